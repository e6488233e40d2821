#include "decide.h"
#include "dictionary.h"
#include "engine.h"
#include "matcher.h"
#include "mem.h"
#include "strmap.h"

enum { LIKES_FEW = 5 };

static void look_for_files(const struct answer_engine *e, struct problems *problems)
{
	size_t n;
	const struct place *unheard = knowledge_unheard(e->knowledge, &n);

	for (size_t i = 0; i < e->mislaid_count; i++)
		problems_add(problems, PROBLEM_WARNING, (struct place){e->mislaid[i], 0, 0},
			"this is not read; only files are whose names end in .yaml, right in "
			"knowledge/ "
			"and patterns/");
	for (size_t i = 0; i < n; i++)
		problems_add(problems, PROBLEM_WARNING, unheard[i],
			"this voice is not used; of several packs it is the first one's");
}

static void look_for_patterns(struct answer_engine *e, struct problems *problems)
{
	const struct pattern *const *unindexed;
	size_t n = matcher_unindexed(e->matcher, &unindexed);

	for (size_t i = 0; i < n; i++)
		problems_add(problems, PROBLEM_WARNING, unindexed[i]->at,
			"no word leads to this regex, so it is tried on every message; put a word "
			"with \\b "
			"on both sides into it");
	for (size_t i = 0; i < intents_count(e->intents); i++) {
		const struct intent *intent = intents_at(e->intents, i);

		if (!intent->lent && !intent->like.count)
			problems_add(problems, PROBLEM_WARNING, intent->at,
				"%s has no `like` sentences; with ten or more, in different "
				"voices, it will be "
				"understood far better",
				intent->id);
		else if (!intent->lent && intent->like.count < LIKES_FEW)
			problems_add(problems, PROBLEM_WARNING, intent->at,
				"%s has %zu `like` sentence%s; with ten or more, in different "
				"voices, it will "
				"be understood far better",
				intent->id, intent->like.count, intent->like.count == 1 ? "" : "s");
	}
}

/* What is asked for in a list before it may do without patterns. */
static void look_for_answers(const struct answer_engine *e, struct problems *problems)
{
	struct strmap led_to;

	strmap_init(&led_to);
	for (size_t i = 0; i < intents_count(e->intents); i++) {
		const char *id = decide_answer_id(e, (uint32_t)i);

		if (id)
			*strmap_put(&led_to, id) = e->knowledge;
	}
	for (size_t i = 0; i < knowledge_count(e->knowledge); i++) {
		const struct knowledge_answer *a = knowledge_at(e->knowledge, i);

		for (size_t k = 0; k < a->items.count; k++)
			*strmap_put(&led_to, a->items.items[k]) = e->knowledge;
	}
	for (size_t i = 0; i < knowledge_count(e->knowledge); i++) {
		const struct knowledge_answer *a = knowledge_at(e->knowledge, i);

		if (!strmap_get(&led_to, a->id))
			problems_add(problems, PROBLEM_WARNING, a->at,
				"nothing leads to this answer; write an intent with the id %s into "
				"a file "
				"below patterns/",
				a->id);
	}
	strmap_release(&led_to);
}

/* What no mistake is, but will disappoint. */
void answer_engine_lint(struct answer_engine *e, struct problems *problems)
{
	look_for_files(e, problems);
	look_for_patterns(e, problems);
	look_for_answers(e, problems);
	if (!dictionary_open(e->dictionary))
		problems_add(problems, PROBLEM_WARNING,
			(struct place){dictionary_path(e->dictionary), 0, 0},
			"the dictionary is missing; slips of the keyboard will not be repaired");
	if (!e->model)
		problems_add(problems, PROBLEM_WARNING, (struct place){e->pack, 0, 0},
			"too many intents and sentences to learn from while loading; patterns "
			"decide alone");
}

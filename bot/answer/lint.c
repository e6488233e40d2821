#include "dictionary.h"
#include "engine.h"
#include "matcher.h"

/* What no mistake is, but will disappoint. */
void answer_engine_lint(struct answer_engine *e, struct problems *problems)
{
	const struct pattern *const *unindexed;
	size_t n = matcher_unindexed(e->matcher, &unindexed);

	for (size_t i = 0; i < n; i++)
		problems_add(problems, PROBLEM_WARNING, unindexed[i]->at,
			"no word leads to this regex, so it is tried on every message; put a word with \\b "
			"on both sides into it");
	if (!dictionary_open(e->dictionary))
		problems_add(problems, PROBLEM_WARNING,
			(struct place){dictionary_path(e->dictionary), 0, 0},
			"the dictionary is missing; slips of the keyboard will not be repaired");
	if (!e->model)
		problems_add(problems, PROBLEM_WARNING, (struct place){e->pack, 0, 0},
			"too many intents and sentences to learn from while loading; patterns decide alone");
	for (size_t i = 0; i < intents_count(e->intents); i++) {
		const struct intent *intent = intents_at(e->intents, i);

		if (intent->like.count < 5)
			problems_add(problems, PROBLEM_WARNING, intent->at,
				"%s has %zu `like` sentences; with ten or more, in different voices, it "
				"will be understood far better", intent->id, intent->like.count);
	}
}

#include "answer.h"

#include "compose.h"
#include "engine.h"
#include "explain.h"
#include "pool.h"
#include "questions.h"
#include "talks.h"

const char *answer_outcome_name(enum answer_outcome outcome)
{
	static const char *const names[] = {
		"answer", "clarify", "suggest", "uncovered", "unknown", "silent"};

	return names[outcome];
}

static struct talk *talk_of(struct answer_talks *talks, const struct answer_question *question)
{
	if (!question->talk)
		return NULL;
	return question->elder ? talks_go_on(talks, question->talk, question->elder)
			       : talks_get(talks, question->talk);
}

void answer_ask(struct answer_engine *e, struct answer_talks *talks,
	const struct answer_question *question, struct answer_reply *reply)
{
	struct talk *talk = talk_of(talks, question);
	struct questions questions;
	struct reading reading;

	*reply = (struct answer_reply){.text = ""};
	if (talk)
		compose_recall(e, talk, &question->about);
	pool_clear(e->arena);
	engine_hear(e, e->arena, question->text, question->len, &reading);
	questions_read(e, e->arena, talk, &reading, &questions);
	compose(e, e->arena, question, &questions, talk, reply);
	if (question->explain)
		reply->explanation = explain(e, e->arena, &reading, &questions);
}

const char *answer_voice(struct answer_engine *e, const char *name, unsigned turn, const char *word,
	const char *value)
{
	struct fill fill = {word, value};

	return compose_voice(e, e->arena, name, turn, &fill, word && value);
}

static bool any_has_section(const struct knowledge *knowledge)
{
	for (size_t i = 0; i < knowledge_count(knowledge); i++)
		if (knowledge_at(knowledge, i)->section.count)
			return true;
	return false;
}

size_t answer_engine_topics(const struct answer_engine *e, struct answer_topic *topics, size_t cap)
{
	bool sections_only = any_has_section(e->knowledge);
	size_t count = 0;

	for (size_t i = 0; i < knowledge_count(e->knowledge); i++) {
		const struct knowledge_answer *a = knowledge_at(e->knowledge, i);

		if (sections_only && !a->section.count)
			continue;
		if (count < cap)
			topics[count] =
				(struct answer_topic){a->id, a->title, a->ask ? a->ask : a->title};
		count++;
	}
	return count;
}

/* --- tests beside the patterns --- */

static bool comes_here(struct answer_engine *e, const char *text, uint32_t intent)
{
	const struct intent *want = intents_at(e->intents, intent);
	struct questions q;
	struct reading r;

	pool_clear(e->arena);
	engine_hear(e, e->arena, text, strlen(text), &r);
	questions_read(e, e->arena, NULL, &r, &q);
	for (size_t i = 0; i < q.count; i++) {
		const struct verdict *v = &q.items[i].verdict;
		const char *id = decide_answer_id(e, v->class);

		if (want->answer ? v->outcome == ANSWER_ANSWER && id && !strcmp(id, want->answer)
				 : v->outcome == ANSWER_UNCOVERED && v->class == intent)
			return true;
	}
	return false;
}

size_t answer_engine_test(struct answer_engine *e, struct problems *problems)
{
	size_t run = 0;

	for (uint32_t i = 0; i < intents_count(e->intents); i++) {
		const struct intent *intent = intents_at(e->intents, i);

		for (size_t k = 0; k < intent->test_count; k++, run++) {
			const struct test_line *test = &intent->tests[k];

			if (comes_here(e, test->text, i) != test->here)
				problems_add(problems, PROBLEM_ERROR, test->at,
					test->here ? "this does not come to %s; `careerbot ask "
						     "--explain` tells why"
						   : "this comes to %s; `careerbot ask --explain` "
						     "tells why",
					intent->id);
		}
	}
	return run;
}

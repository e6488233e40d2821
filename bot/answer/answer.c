#include "answer.h"

#include "buf.h"
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

		if ((sections_only && !a->section.count) || decide_is_about_bot(a->id))
			continue;
		if (count < cap)
			topics[count] =
				(struct answer_topic){a->id, a->title, a->ask ? a->ask : a->title};
		count++;
	}
	return count;
}

/* --- tests beside the patterns --- */

static bool is_here(const struct answer_engine *e, const struct verdict *v, uint32_t intent)
{
	const struct intent *want = intents_at(e->intents, intent);
	const char *id = decide_answer_id(e, v->class);

	return want->answer ? v->outcome == ANSWER_ANSWER && id && !strcmp(id, want->answer)
			    : v->outcome == ANSWER_UNCOVERED && v->class == intent;
}

static bool comes_here(const struct answer_engine *e, const struct questions *q, uint32_t intent)
{
	for (size_t i = 0; i < q->count; i++)
		if (is_here(e, &q->items[i].verdict, intent))
			return true;
	return false;
}

/* What became of a sentence: "it comes to fee.late and hours.hill". */
static void tell_outcome(const struct answer_engine *e, const struct questions *q, struct buf *out)
{
	const struct verdict *first = &q->items[0].verdict;

	switch (first->outcome) {
	case ANSWER_ANSWER:
		buf_add_str(out, "it comes to ");
		for (size_t i = 0; i < q->count; i++)
			buf_addf(out, "%s%s", i ? " and " : "",
				intents_at(e->intents, q->items[i].verdict.class)->id);
		return;
	case ANSWER_UNCOVERED:
		if (first->class < e->near)
			buf_addf(out, "it comes to %s", intents_at(e->intents, first->class)->id);
		else
			buf_add_str(out, "it is taken for one that the pack does not tell");
		return;
	case ANSWER_CLARIFY:
	case ANSWER_SUGGEST:
		buf_addf(out, "it is not sure, and thinks first of %s",
			intents_at(e->intents, first->class)->id);
		return;
	default:
		buf_add_str(out, "it is not understood");
		return;
	}
}

static void report_test(const struct answer_engine *e, const struct intent *intent,
	const struct test_line *test, const struct questions *q, struct problems *problems)
{
	struct buf outcome;

	buf_init(&outcome, BUF_LINE);
	tell_outcome(e, q, &outcome);
	if (test->here)
		problems_add(problems, PROBLEM_ERROR, test->at,
			"this does not come to %s: %s; `careerbot ask --explain` tells why",
			intent->id, outcome.data);
	else
		problems_add(problems, PROBLEM_ERROR, test->at,
			"this comes to %s, and should not; `careerbot ask --explain` tells why",
			intent->id);
	buf_release(&outcome);
}

size_t answer_engine_test(struct answer_engine *e, struct problems *problems)
{
	size_t run = 0;

	for (uint32_t i = 0; i < intents_count(e->intents); i++) {
		const struct intent *intent = intents_at(e->intents, i);

		for (size_t k = 0; k < intent->test_count; k++, run++) {
			const struct test_line *test = &intent->tests[k];
			struct questions q;
			struct reading r;

			pool_clear(e->arena);
			engine_hear(e, e->arena, test->text, strlen(test->text), &r);
			questions_read(e, e->arena, NULL, &r, &q);
			if (comes_here(e, &q, i) != test->here)
				report_test(e, intent, test, &q, problems);
		}
	}
	return run;
}

#include "asked.h"

#include "normalise.h"
#include "pool.h"
#include "repair.h"

static const double stands_alone = 0.6;   /* belief from which a message needs nothing before it */
static const double surely_foreign = 0.8; /* belief from which other talk is left alone */
static const double same_again = 0.2;     /* added for the answer given before */
static const double made_whole = 0.45;    /* belief from which a message made whole is believed */
static const double on_topic = 0.4; /* … and one that only lacks what all the talk is about */

bool asked_is_answer(const struct asked *a)
{
	return a->verdict.outcome == ANSWER_ANSWER;
}

const char *asked_id(const struct answer_engine *e, const struct asked *a)
{
	return asked_is_answer(a) ? decide_answer_id(e, a->verdict.class) : NULL;
}

bool asked_is_social(const struct answer_engine *e, const struct asked *a)
{
	const char *id = asked_id(e, a);

	return id && (!strcmp(id, "bot.greeting") || !strcmp(id, "bot.thanks") ||
			     !strcmp(id, "bot.goodbye"));
}

bool asked_stands(const struct asked *a)
{
	return asked_is_answer(a) && a->verdict.confidence >= stands_alone;
}

bool asked_is_surely_foreign(const struct asked *a)
{
	const struct verdict *v = &a->verdict;

	return v->is_foreign && v->beliefs.count && v->beliefs.items[0].share >= surely_foreign;
}

static bool is_id(const struct answer_engine *e, const struct asked *a, const char *id)
{
	return asked_is_answer(a) && !strcmp(asked_id(e, a), id);
}

/* A message that makes sense by itself, if only as one that is not for us, leans on nothing. */
static bool needs_nothing(const struct answer_engine *e, const struct asked *a)
{
	if (decide_is_about_bot(asked_id(e, a)))
		return asked_stands(a) || asked_is_social(e, a);
	if (a->followup.only_leans || (a->followup.insists && !asked_is_answer(a)))
		return false;
	return asked_stands(a) || a->verdict.outcome == ANSWER_UNCOVERED ||
	       (asked_is_surely_foreign(a) && !a->followup.goes_on);
}

/* --- what the talk makes likely --- */

static void add_ids(struct texts *ids, const struct texts *more)
{
	for (size_t i = 0; i < more->count; i++)
		ids->items[ids->count++] = more->items[i];
}

/* The answer that the talk is about, what goes with it, and what was listed. */
static const struct texts *expected_in(
	const struct answer_engine *e, struct pool *pool, const struct talk *talk)
{
	const struct knowledge_answer *topic = knowledge_find(e->knowledge, talk->topic);
	struct texts *ids = pool_alloc(pool, 1, sizeof(*ids));
	size_t most = 1 + talk->list_count;

	if (topic)
		most += topic->related.count + topic->items.count;
	ids->items = pool_alloc(pool, most, sizeof(*ids->items));
	ids->items[ids->count++] = talk->topic;
	if (topic) {
		add_ids(ids, &topic->related);
		add_ids(ids, &topic->items);
	}
	for (size_t i = 0; i < talk->list_count; i++)
		ids->items[ids->count++] = talk->list[i];
	return ids;
}

void asked_read_within(struct answer_engine *e, struct pool *pool, const struct asked *a,
	const struct texts *expected, struct asked *within)
{
	*within = *a;
	within->reading.domain_known = true;
	within->reading.expected = expected;
	decide(e, pool, &within->reading, &within->verdict);
	within->verdict.rule = "the talk is about the subject already";
}

/* --- what the question before has --- */

/* What a message made whole would be; false: it makes no sense so, or is not believed. */
static bool try_whole(
	struct answer_engine *e, struct pool *pool, const struct whole *w, struct asked *whole)
{
	struct utterance u;

	normalise(e->spelling, pool, w->text, strlen(w->text), &u);
	repair_look_up(e->words, &u);
	engine_read(e, pool, &u, &whole->reading);
	decide(e, pool, &whole->reading, &whole->verdict);
	whole->verdict.rule = "made whole with the question before it";
	return !asked_is_social(e, whole) &&
	       (asked_is_answer(whole) || whole->verdict.outcome == ANSWER_UNCOVERED);
}

/* "What do they get?" after a data scientist is about no ML engineer. */
static bool is_of_them(struct answer_engine *e, struct pool *pool, struct asked *a)
{
	if (decide_is_about_bot(decide_answer_id(e, a->verdict.class)))
		return false;
	for (size_t i = 0; i < a->followup.whole_count; i++) {
		struct asked whole = *a;

		if (!a->followup.whole[i].refers ||
			!try_whole(e, pool, &a->followup.whole[i], &whole))
			continue;
		*a = whole;
		return true;
	}
	return false;
}

static uint32_t likeliest_answer(const struct answer_engine *e, const struct asked *a)
{
	for (size_t i = 0; i < a->verdict.beliefs.count; i++)
		if (engine_is_answer(e, a->verdict.beliefs.items[i].class))
			return a->verdict.beliefs.items[i].class;
	return UINT32_MAX;
}

/* "the maximum?" asks on about the same; "is it hard?" has a topic of its own, and so has whatever
 * points elsewhere even in this talk, or nowhere. */
static bool asks_on(const struct answer_engine *e, const struct talk *talk,
	const struct asked *within, const struct asked *whole)
{
	if (within->verdict.outcome == ANSWER_UNCOVERED ||
		(asked_is_answer(within) && !is_id(e, within, talk->answered)))
		return false;
	if (!*talk->topic || !within->verdict.features.leftover.content)
		return true;
	return asked_is_answer(whole) && likeliest_answer(e, within) == whole->verdict.class &&
	       decide_has_reason(e, &within->reading, &within->verdict, whole->verdict.class);
}

/* Takes the likeliest of the wholes, if it is likelier than the message as it stands. */
static bool take_whole(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct asked *within, struct asked *a)
{
	const struct followup f = a->followup;
	double best = asked_is_answer(a) ? a->verdict.confidence : 0.0;
	bool taken = false;

	for (size_t i = 0; i < f.whole_count; i++) {
		struct asked whole = *a;
		double belief;

		if (!try_whole(e, pool, &f.whole[i], &whole) ||
			(f.whole[i].old_topic && !asks_on(e, talk, within, &whole)))
			continue;
		/* The same again is no answer on somebody else. */
		if (f.whole[i].other_thing && is_id(e, &whole, talk->answered))
			continue;
		if (f.only_leans && i == 0 && (asked_is_answer(&whole) || best < stands_alone)) {
			*a = whole;
			return true;
		}
		belief = asked_is_answer(&whole) ? whole.verdict.confidence : 0.0;
		if (belief < made_whole)
			continue;
		/* "do you have numbers for that?" asks on about the same. */
		if (is_id(e, &whole, talk->answered))
			belief += same_again;
		if (belief > best) {
			best = belief;
			*a = whole;
			taken = true;
		}
	}
	return taken;
}

/* --- */

static bool is_on_topic(const struct answer_engine *e, const struct talk *talk, bool leans,
	const struct asked *within)
{
	bool goes_on = within->followup.goes_on;

	if (!asked_is_answer(within))
		return false;
	if (leans && goes_on && !is_id(e, within, talk->answered))
		return true;
	return (goes_on || within->reading.clauses.any_asks) &&
	       !within->verdict.features.leftover.unknown && within->verdict.confidence >= on_topic;
}

/* By itself it was read before; now with what the question before has, where it `leans` on that,
 * and as one on what all the talk is about. */
static void read_in_talk(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	bool leans, struct asked *a)
{
	struct asked within;

	if (leans && is_of_them(e, pool, a))
		return;
	leans = leans && !needs_nothing(e, a);
	if (!leans && asked_is_answer(a))
		return;
	asked_read_within(e, pool, a, expected_in(e, pool, talk), &within);
	if (leans && take_whole(e, pool, talk, &within, a))
		return;
	if (!asked_is_answer(a) && is_on_topic(e, talk, leans, &within))
		*a = within;
}

/* What is told within a talk is taken for a question only where it can hardly be anything else. */
static void pass_over(const struct answer_engine *e, struct asked *a)
{
	if (asked_stands(a))
		return;
	a->verdict.outcome = ANSWER_UNKNOWN;
	a->verdict.class = e->foreign;
	a->verdict.confidence = 0.0;
	a->verdict.rule = "it tells something, and asks nothing";
	a->verdict.is_foreign = true;
}

/* "what is the first step?" behind a list of places asks for steps, not for a place. */
static bool is_of_another_list(
	const struct answer_engine *e, const struct talk *talk, const struct asked *a)
{
	const struct knowledge_answer *owner = NULL;

	if (!asked_stands(a))
		return false;
	owner = knowledge_find(e->knowledge, asked_id(e, a));
	for (size_t i = 0; i < talk->list_count; i++) {
		if (is_id(e, a, talk->list[i]))
			return false;
		for (size_t k = 0; owner && k < owner->items.count; k++)
			if (!strcmp(owner->items.items[k], talk->list[i]))
				return false;
	}
	return true;
}

void asked_read(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	enum leaning leaning, const struct reading *reading, struct asked *out)
{
	*out = (struct asked){.reading = *reading, .words = reading->u.text};
	decide(e, pool, reading, &out->verdict);
	if (!talk)
		return;
	followup_read(e, pool, talk, reading, &out->followup);
	if (out->followup.kind == FOLLOWUP_PICK && is_of_another_list(e, talk, out))
		out->followup.kind = FOLLOWUP_NONE;
	if (out->followup.kind == FOLLOWUP_REMARK)
		pass_over(e, out);
	else if (*talk->context)
		read_in_talk(e, pool, talk,
			out->followup.kind == FOLLOWUP_LEANS &&
				(leaning == LEANING_FREE || out->followup.only_leans),
			out);
}

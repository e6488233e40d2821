#include "decide.h"

#include "matcher.h"
#include "model.h"
#include "pool.h"

enum { LIKES_ENOUGH = 20 };               /* sentences from which the model knows best */
static const double pattern_factor = 4.0; /* the model has learnt most of it already */
static const double same_factor = 20.0;   /* the answer that a talk is about */
static const double listed_factor = 4.0;  /* what goes with it, or was listed */
static const double least_explained =
	0.4; /* belief where a pattern fits, but leaves all else over */
static const double most_explained = 0.99;  /* … where it leaves nothing over */
static const double counts_at_all = 0.0005; /* belief */

const char *decide_answer_id(const struct answer_engine *e, uint32_t class)
{
	return class < e->near ? intents_at(e->intents, class)->answer : NULL;
}

bool decide_is_about_bot(const char *id)
{
	return id && !strncmp(id, "bot.", 4);
}

/* How much of what was said the match explains: its content words against those that it leaves
 * over. Words that nothing in the pack knows weigh more. */
static double explained(const struct reading *r, const struct match *m)
{
	struct contents in = {0}, all = r->contents[r->u.count];

	for (size_t i = 0; i < m->stretch_count; i++) {
		const struct contents *start = &r->contents[m->stretches[i].start];
		const struct contents *end = &r->contents[m->stretches[i].end];

		in.words += end->words - start->words;
		in.unknown += end->unknown - start->unknown;
	}
	if (!in.words)
		return 0.0;
	return in.words / (all.words + 0.5 * (all.unknown - in.unknown));
}

/* What the patterns that fit have to say: a person wrote them and meant just this. An intent with
 * few sentences to learn from goes by them alone. */
static void heed_patterns(
	const struct answer_engine *e, const struct reading *r, struct beliefs *beliefs)
{
	uint32_t last = UINT32_MAX;

	for (size_t i = 0; i < r->matches.count; i++) {
		const struct match *m = &r->matches.items[i];
		uint32_t class = m->pattern->intent;
		size_t likes = e->model ? intents_at(e->intents, class)->like.count : 0;

		/* Lent ones are the last; what the pack itself says goes before. */
		if (intents_at(e->intents, class)->lent && last != UINT32_MAX)
			break;
		if (likes < LIKES_ENOUGH)
			beliefs_raise(beliefs, class,
				(least_explained +
					explained(r, m) * (most_explained - least_explained)) *
					(1.0 - (double)likes / LIKES_ENOUGH));
		else if (class != last)
			beliefs_favour(beliefs, class, pattern_factor);
		last = class;
	}
}

/* What people ask next is mostly about the same again, or about what goes with it: how much
 * likelier that makes an answer. */
static double likelier(const struct texts *expected, const char *id)
{
	for (size_t i = 0; i < expected->count; i++)
		if (!strcmp(expected->items[i], id))
			return i ? listed_factor : same_factor;
	return 1.0;
}

static void heed_talk(
	const struct answer_engine *e, const struct reading *r, struct beliefs *beliefs)
{
	for (size_t i = 0; r->expected && i < beliefs->count; i++) {
		uint32_t class = beliefs->items[i].class;
		const char *id = decide_answer_id(e, class);

		if (id)
			beliefs_favour(beliefs, class, likelier(r->expected, id));
	}
}

static bool has_key(const struct answer_engine *e, const struct reading *r, uint32_t class)
{
	const struct intent *intent = intents_at(e->intents, class);

	for (size_t i = 0; i < intent->key_count; i++)
		if (chart_find(&r->chart, intent->keys[i]))
			return true;
	return !intent->key_count;
}

/* An intent marked sure, of which all/say/regex fits; a lent one, where nothing else does. */
static const struct match *sure_match(const struct answer_engine *e, const struct reading *r)
{
	for (size_t i = 0; i < r->matches.count; i++) {
		const struct match *m = &r->matches.items[i];
		const struct intent *intent = intents_at(e->intents, m->pattern->intent);

		if (intent->sure && (!intent->lent || i == 0))
			return m;
	}
	return NULL;
}

static void settle(struct verdict *v, enum answer_outcome outcome, uint32_t class,
	double confidence, const char *rule)
{
	v->outcome = outcome;
	v->class = class;
	v->confidence = confidence;
	v->rule = rule;
}

struct masses {
	double in, near, foreign; /* in scope; near the subject, uncovered ones included; neither */
	uint32_t best, best_uncovered; /* classes, or UINT32_MAX */
	double best_belief, best_uncovered_belief;
};

static void weigh(const struct answer_engine *e, const struct verdict *v, struct masses *m)
{
	*m = (struct masses){.best = UINT32_MAX, .best_uncovered = UINT32_MAX};
	for (size_t i = 0; i < v->beliefs.count; i++) {
		const struct belief *r = &v->beliefs.items[i];

		if (engine_is_answer(e, r->class)) {
			m->in += r->share;
			if (m->best == UINT32_MAX) {
				m->best = r->class;
				m->best_belief = r->share;
			}
		} else if (r->class == e->foreign) {
			m->foreign += r->share;
		} else {
			m->near += r->share;
			if (r->class != e->near && m->best_uncovered == UINT32_MAX) {
				m->best_uncovered = r->class;
				m->best_uncovered_belief = r->share;
			}
		}
	}
}

bool decide_has_reason(const struct answer_engine *e, const struct reading *r,
	const struct verdict *v, uint32_t class)
{
	for (size_t i = 0; i < r->matches.count; i++)
		if (r->matches.items[i].pattern->intent == class)
			return true;
	for (size_t i = 0; e->model && i < v->features.count; i++) {
		uint32_t id = v->features.items[i].id;

		if (feature_is_said(e->features, id) && model_weight(e->model, id, class) > 0.0f)
			return true;
	}
	return false;
}

/* Whether it is as well another question as the one that is likeliest. */
static bool is_torn(const struct answer_engine *e, const struct verdict *v, const struct masses *m)
{
	const char *best, *id;

	if (m->best_belief < e->thresholds.answer || m->best_belief >= e->thresholds.plain)
		return false;
	best = decide_answer_id(e, m->best);
	if (decide_is_about_bot(best))
		return false;
	for (size_t i = 0; i < v->beliefs.count; i++) {
		const struct belief *r = &v->beliefs.items[i];

		id = decide_answer_id(e, r->class);
		/* Two intents may lead to one answer. */
		if (id && strcmp(id, best) != 0)
			return !decide_is_about_bot(id) &&
			       r->share >= e->thresholds.rival * m->best_belief;
	}
	return false;
}

void decide(struct answer_engine *e, struct pool *pool, const struct reading *r, struct verdict *v)
{
	const struct thresholds *t = &e->thresholds;
	const struct match *sure = sure_match(e, r);
	struct masses m;
	double bar;

	*v = (struct verdict){.outcome = ANSWER_UNKNOWN, .class = e->foreign};
	feature_extract(e->features, pool, r, &v->features);
	if (!r->u.count) {
		settle(v, ANSWER_UNKNOWN, e->foreign, 0.0, "there are no words in it");
		v->is_foreign = true;
		return;
	}
	if (r->matches.limit_hits >= MATCHER_LIMITS_MAX) {
		settle(v, ANSWER_UNKNOWN, e->foreign, 0.0,
			"it is too tangled: patterns reached their limits");
		v->is_foreign = true;
		return;
	}
	if (e->model) {
		float *shares = pool_alloc(pool, e->classes, sizeof(*shares));

		model_believe(e->model, &v->features, shares);
		beliefs_from(&v->beliefs, pool, shares, e->classes, counts_at_all);
	} else {
		beliefs_only(&v->beliefs, pool, e->foreign);
	}
	heed_patterns(e, r, &v->beliefs);
	heed_talk(e, r, &v->beliefs);
	beliefs_sort(&v->beliefs);
	weigh(e, v, &m);
	if (sure) {
		bool answers = engine_is_answer(e, sure->pattern->intent);

		settle(v, answers ? ANSWER_ANSWER : ANSWER_UNCOVERED, sure->pattern->intent,
			answers ? 1.0 : 0.0, "a pattern of an intent marked `sure` fits");
		return;
	}
	bar = m.best == UINT32_MAX || has_key(e, r, m.best) ? t->answer : t->keyless;
	bar += t->unknown * v->features.leftover.unknown;
	if (m.in > m.near + m.foreign && is_torn(e, v, &m)) {
		settle(v, ANSWER_CLARIFY, m.best, m.best_belief,
			"two readings are about as likely");
	} else if (m.in >= t->scope && m.best_belief >= bar && decide_has_reason(e, r, v, m.best)) {
		settle(v, ANSWER_ANSWER, m.best, m.best_belief,
			"the best reading is above the bar");
	} else if (m.near > m.foreign && m.near >= m.in) {
		settle(v, ANSWER_UNCOVERED,
			m.best_uncovered_belief > 0.5 * m.near ? m.best_uncovered : e->near, 0.0,
			"it is near the subject, but the source does not tell");
	} else if (m.foreign > m.in) {
		settle(v, ANSWER_UNKNOWN, e->foreign, 0.0,
			"it is about something else, or asks nothing");
		v->is_foreign = true;
	} else if (m.best_belief >= t->suggest) {
		settle(v, ANSWER_SUGGEST, m.best, m.best_belief, "no reading is above the bar");
	} else {
		settle(v, ANSWER_UNKNOWN, e->near, 0.0, "no reading is near the bar");
	}
}

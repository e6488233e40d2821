#include "decide.h"

#include "matcher.h"
#include "model.h"
#include "pool.h"

/* A pattern that fits makes its intent this many times as likely: it was written by a person who
 * meant just this. The model has learnt most of it already. */
static const float pattern_factor = 2.5f;
static const float likes_enough = 20.0f; /* sentences from which the model knows best */
static const double counts_at_all = 0.005;

const char *decide_answer_id(const struct answer_engine *e, uint32_t class)
{
	return class < e->near ? intents_at(e->intents, class)->answer : NULL;
}

/* How much of what was said the match explains: its content words against those that it leaves over.
 * Words that nothing in the pack knows weigh more. */
static float explained(const struct answer_engine *e, const struct reading *r, const struct match *m)
{
	float yes = 0.0f, no = 0.0f;

	for (size_t i = 0; i < r->u.count; i++) {
		if (!feature_is_content(e->features, r, i))
			continue;
		if (matcher_covers(&r->chart, m, i))
			yes += 1.0f;
		else
			no += feature_is_unknown(e->features, r, i) ? 1.5f : 1.0f;
	}
	return yes > 0.0f ? yes / (yes + no) : 0.0f;
}

/* An intent with few sentences to learn from goes by its patterns. */
static void trust_patterns(const struct answer_engine *e, const struct reading *r, float *belief)
{
	for (size_t i = 0; i < r->matches.count; i++) {
		uint32_t class = r->matches.items[i].pattern->intent;
		float taught = e->model ? (float)intents_at(e->intents, class)->like.count / likes_enough : 0.0f;
		float share = taught >= 1.0f ? 0.0f
				: (1.0f - taught) * explained(e, r, &r->matches.items[i]);

		if (share <= belief[class])
			continue;
		/* What it takes, the others give, each by its part. */
		for (uint32_t c = 0; c < e->classes; c++)
			if (c != class)
				belief[c] *= (1.0f - share) / (1.0f - belief[class] + 1e-6f);
		belief[class] = share;
	}
}

static void favour_patterns(const struct answer_engine *e, const struct reading *r, float *belief)
{
	uint32_t last = UINT32_MAX;
	float sum = 0.0f;

	for (size_t i = 0; i < r->matches.count; i++) {
		uint32_t intent = r->matches.items[i].pattern->intent;

		if (intent != last)
			belief[intent] *= pattern_factor;
		last = intent;
	}
	for (uint32_t c = 0; c < e->classes; c++)
		sum += belief[c];
	for (uint32_t c = 0; c < e->classes; c++)
		belief[c] /= sum;
}

static int better_first(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;

	if (p->belief != q->belief)
		return p->belief > q->belief ? -1 : 1;
	return p->class < q->class ? -1 : 1;
}

static void rank(const struct answer_engine *e, struct pool *pool, const float *belief,
	struct verdict *v)
{
	v->ranked = pool_alloc(pool, e->classes, sizeof(*v->ranked));
	for (uint32_t c = 0; c < e->classes; c++)
		if (belief[c] > counts_at_all)
			v->ranked[v->ranked_count++] = (struct ranked){c, belief[c]};
	qsort(v->ranked, v->ranked_count, sizeof(*v->ranked), better_first);
}

static bool has_key(const struct answer_engine *e, const struct reading *r, uint32_t class)
{
	const struct intent *intent = intents_at(e->intents, class);

	for (size_t i = 0; i < intent->key_count; i++)
		if (chart_find(&r->chart, intent->keys[i]))
			return true;
	return !intent->key_count;
}

/* An intent marked sure, of which all/say/regex fits. */
static const struct match *sure_match(const struct answer_engine *e, const struct reading *r)
{
	for (size_t i = 0; i < r->matches.count; i++)
		if (intents_at(e->intents, r->matches.items[i].pattern->intent)->sure)
			return &r->matches.items[i];
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
	for (size_t i = 0; i < v->ranked_count; i++) {
		const struct ranked *r = &v->ranked[i];

		if (engine_is_answer(e, r->class)) {
			m->in += r->belief;
			if (m->best == UINT32_MAX) {
				m->best = r->class;
				m->best_belief = r->belief;
			}
		} else if (r->class == e->foreign) {
			m->foreign += r->belief;
		} else {
			m->near += r->belief;
			if (r->class != e->near && m->best_uncovered == UINT32_MAX) {
				m->best_uncovered = r->class;
				m->best_uncovered_belief = r->belief;
			}
		}
	}
}

void decide(struct answer_engine *e, struct pool *pool, const struct reading *r, struct verdict *v)
{
	const struct thresholds *t = &e->thresholds;
	float *belief = pool_alloc(pool, e->classes, sizeof(*belief));
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
		settle(v, ANSWER_UNKNOWN, e->foreign, 0.0, "it is too tangled: patterns reached their limits");
		v->is_foreign = true;
		return;
	}
	if (e->model) {
		model_believe(e->model, &v->features, belief);
		favour_patterns(e, r, belief);
	} else {
		belief[e->foreign] = 1.0f;
	}
	trust_patterns(e, r, belief);
	rank(e, pool, belief, v);
	weigh(e, v, &m);
	if (sure) {
		bool answers = engine_is_answer(e, sure->pattern->intent);

		settle(v, answers ? ANSWER_ANSWER : ANSWER_UNCOVERED, sure->pattern->intent,
			answers ? 1.0 : 0.0, "a pattern of an intent marked `sure` fits");
		return;
	}
	bar = m.best == UINT32_MAX || has_key(e, r, m.best) ? t->answer : t->keyless;
	bar += t->unknown * v->features.leftover.unknown;
	if (m.in > m.near + m.foreign && m.best_belief >= bar) {
		settle(v, ANSWER_ANSWER, m.best, m.best_belief, "the best reading is above the bar");
	} else if (m.near > m.foreign && m.near >= m.in) {
		settle(v, ANSWER_UNCOVERED,
			m.best_uncovered_belief > 0.5 * m.near ? m.best_uncovered : e->near, 0.0,
			"it is near the subject, but the source does not tell");
	} else if (m.foreign > m.in) {
		settle(v, ANSWER_UNKNOWN, e->foreign, 0.0, "it is about something else, or asks nothing");
		v->is_foreign = true;
	} else if (m.best_belief >= t->suggest) {
		settle(v, ANSWER_SUGGEST, m.best, m.best_belief, "no reading is above the bar");
	} else {
		settle(v, ANSWER_UNKNOWN, e->near, 0.0, "no reading is near the bar");
	}
}

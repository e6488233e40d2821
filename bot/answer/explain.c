#include "explain.h"

#include "buf.h"
#include "grammar.h"
#include "model.h"
#include "pool.h"

enum { CANDIDATES_SHOWN = 6, EVIDENCE_SHOWN = 6 };

static char *take(struct pool *pool, struct buf *text)
{
	char *copy = pool_strndup(pool, text->data, text->len);

	buf_release(text);
	return copy;
}

static const char *repairs_of(struct pool *pool, const struct reading *r)
{
	struct buf out;
	const char *last = NULL;

	buf_init_in(&out, pool, BUF_LINE);
	for (size_t i = 0; i < r->u.count; i++) {
		const struct token *t = &r->u.tokens[i];

		/* The halves of a word that was split share what was typed. */
		if (t->typed && t->typed == last)
			buf_addf(&out, " %s", t->text);
		else if (t->typed)
			buf_addf(&out, "%s%s -> %s", out.len ? ", " : "", t->typed, t->text);
		last = t->typed;
	}
	return take(pool, &out);
}

/* A concept or a pattern's own words stand on token i. */
static bool is_used(const struct answer_engine *e, const struct reading *r, size_t i)
{
	for (size_t k = 0; k < r->chart.span_count; k++) {
		const struct span *s = r->chart.all[k];

		if (s->start <= i && i < s->end && !language_is_role(&e->language, s->concept))
			return true;
	}
	return false;
}

static const char *unused_of(
	const struct answer_engine *e, struct pool *pool, const struct reading *r)
{
	struct buf out;

	buf_init_in(&out, pool, BUF_LINE);
	for (size_t i = 0; i < r->u.count; i++)
		if (feature_is_content(r, i) && !is_used(e, r, i) &&
			feature_is_unknown(e->features, r, i))
			buf_addf(&out, "%s%s", out.len ? ", " : "", r->u.tokens[i].text);
	return take(pool, &out);
}

static const char *concepts_of(
	const struct answer_engine *e, struct pool *pool, const struct reading *r)
{
	struct buf out;

	buf_init_in(&out, pool, BUF_LINE);
	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if (s->hidden || !grammar_is_named(e->grammar, s->concept) ||
			language_is_role(&e->language, s->concept))
			continue;
		buf_addf(&out, "%s<%s:", out.len ? " " : "",
			grammar_concept_name(e->grammar, s->concept));
		for (size_t k = s->start; k < s->end; k++)
			buf_addf(&out, " %s", r->u.tokens[k].text);
		buf_add_str(&out, ">");
	}
	return take(pool, &out);
}

struct reason {
	uint32_t feature;
	float weight;
};

static int stronger(const void *a, const void *b)
{
	const struct reason *p = a, *q = b;

	if (p->weight != q->weight)
		return p->weight > q->weight ? -1 : 1;
	return p->feature < q->feature ? -1 : 1;
}

/* The features that spoke loudest for the class. */
static const char *evidence_for(
	const struct answer_engine *e, struct pool *pool, const struct verdict *v, uint32_t class)
{
	struct reason *reasons = pool_alloc(pool, v->features.count, sizeof(*reasons));
	struct buf out;
	size_t n = 0;

	if (!e->model)
		return "the pattern fits";
	for (size_t i = 0; i < v->features.count; i++) {
		float weight = v->features.items[i].value *
			       model_weight(e->model, v->features.items[i].id, class);

		if (weight > 0.05f)
			reasons[n++] = (struct reason){v->features.items[i].id, weight};
	}
	qsort(reasons, n, sizeof(*reasons), stronger);
	buf_init_in(&out, pool, BUF_LINE);
	for (size_t i = 0; i < n && i < EVIDENCE_SHOWN; i++) {
		if (i)
			buf_add_str(&out, ", ");
		feature_name(e->features, reasons[i].feature, &out);
		buf_addf(&out, " +%.1f", (double)reasons[i].weight);
	}
	return take(pool, &out);
}

static void list_candidates(const struct answer_engine *e, struct pool *pool,
	const struct verdict *v, struct answer_explanation *x)
{
	size_t count = v->beliefs.count < CANDIDATES_SHOWN ? v->beliefs.count : CANDIDATES_SHOWN;
	struct answer_candidate *out = pool_alloc(pool, count, sizeof(*out));

	for (size_t i = 0; i < count; i++) {
		uint32_t class = v->beliefs.items[i].class;

		out[i].score = v->beliefs.items[i].share;
		out[i].evidence = evidence_for(e, pool, v, class);
		if (class < e->near) {
			out[i].id = intents_at(e->intents, class)->id;
			out[i].at = intents_at(e->intents, class)->at;
		} else {
			out[i].id = class == e->near ? "(near)" : "(foreign)";
			out[i].at = (struct place){e->pack, 0, 0};
		}
	}
	x->candidates = out;
	x->candidate_count = count;
}

const struct answer_explanation *explain(const struct answer_engine *e, struct pool *pool,
	const struct reading *reading, const struct questions *q)
{
	static const char *const rules[FOLLOWUP_LEANS + 1] = {
		[FOLLOWUP_PICK] = "chosen from the list before",
		[FOLLOWUP_MORE] = "more of the answer before",
		[FOLLOWUP_SHORTER] = "the answer before in fewer words",
		[FOLLOWUP_SOURCE] = "the source of the answer before",
		[FOLLOWUP_YES] = "a yes to several offers",
		[FOLLOWUP_NO] = "a no to what was offered",
	};
	struct answer_explanation *x = pool_alloc(pool, 1, sizeof(*x));
	const struct asked *first = &q->items[0];
	enum followup_kind kind = first->followup.kind;
	struct buf rule;

	x->normalised = first->reading.u.text;
	x->repairs = repairs_of(pool, reading);
	x->unused = unused_of(e, pool, &first->reading);
	x->concepts = concepts_of(e, pool, &first->reading);
	buf_init_in(&rule, pool, BUF_LINE);
	if (q->count > 1)
		buf_addf(&rule, "%zu questions, each read by itself; the first: ", q->count);
	buf_add_str(&rule, rules[kind] ? rules[kind] : first->verdict.rule);
	x->rule = take(pool, &rule);
	list_candidates(e, pool, &first->verdict, x);
	return x;
}

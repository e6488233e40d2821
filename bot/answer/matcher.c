#include "matcher.h"

#include "intents.h"
#include "mem.h"
#include "pool.h"
#include "regexp.h"

struct matcher {
	const struct intents *intents;
	size_t concept_count;
	uint32_t *starts; /* by concept, into items; concept_count + 1 */
	uint32_t *items;  /* numbers of patterns */
	const struct pattern **unindexed;
	size_t unindexed_count;
	/* Which concepts the utterance at hand has; an entry is valid if its turn is this one. */
	struct present {
		uint32_t turn;
		uint16_t start, end;
	} *present;
	uint32_t turn;
};

/* The concept of the pattern that fewest patterns need. */
static uint32_t rarest(const struct pattern *p, const uint32_t *needs)
{
	uint32_t best = p->concepts[0];

	for (size_t i = 1; i < p->concept_count; i++)
		if (needs[p->concepts[i]] < needs[best])
			best = p->concepts[i];
	return best;
}

struct matcher *matcher_new(const struct intents *intents, size_t concept_count)
{
	struct matcher *m = mem_alloc(1, sizeof(*m));
	size_t n = intents_pattern_count(intents);
	uint32_t *needs = mem_alloc(concept_count, sizeof(*needs));

	m->intents = intents;
	m->concept_count = concept_count;
	m->starts = mem_alloc(concept_count + 1, sizeof(*m->starts));
	m->items = mem_alloc(n, sizeof(*m->items));
	m->unindexed = mem_alloc(n, sizeof(*m->unindexed));
	m->present = mem_alloc(concept_count, sizeof(*m->present));
	for (size_t i = 0; i < n; i++) {
		const struct pattern *p = intents_pattern(intents, i);

		for (size_t k = 0; k < p->concept_count; k++)
			needs[p->concepts[k]]++;
	}
	for (size_t i = 0; i < n; i++) {
		const struct pattern *p = intents_pattern(intents, i);

		if (p->concept_count)
			m->starts[rarest(p, needs)]++;
		else
			m->unindexed[m->unindexed_count++] = p;
	}
	for (size_t i = 1; i <= concept_count; i++)
		m->starts[i] += m->starts[i - 1];
	for (size_t i = n; i-- > 0;) {
		const struct pattern *p = intents_pattern(intents, i);

		if (p->concept_count)
			m->items[--m->starts[rarest(p, needs)]] = (uint32_t)i;
	}
	mem_free(needs);
	return m;
}

void matcher_free(struct matcher **matcher)
{
	struct matcher *m = *matcher;

	if (!m)
		return;
	mem_free(m->starts);
	mem_free(m->items);
	mem_free(m->unindexed);
	mem_free(m->present);
	mem_free(m);
	*matcher = NULL;
}

static const struct present *find_present(const struct matcher *m, uint32_t concept)
{
	const struct present *p = &m->present[concept];

	return p->turn == m->turn ? p : NULL;
}

static void note_present(struct matcher *m, const struct chart *chart)
{
	if (++m->turn == 0) {
		memset(m->present, 0, m->concept_count * sizeof(*m->present));
		m->turn = 1;
	}
	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];
		struct present *p = &m->present[s->concept];

		if (p->turn == m->turn && p->end - p->start >= s->end - s->start)
			continue;
		*p = (struct present){m->turn, s->start, s->end};
	}
}

static bool is_vetoed(const struct matcher *m, const struct pattern *p)
{
	const struct intent *intent = intents_at(m->intents, p->intent);

	for (size_t i = 0; i < intent->unless_count; i++)
		if (find_present(m, intent->unless[i]))
			return true;
	return false;
}

/* The token that the byte belongs to. */
static uint16_t token_at(const struct utterance *u, size_t byte)
{
	size_t i = 0;

	while (i + 1 < u->count && u->tokens[i + 1].start <= byte)
		i++;
	return (uint16_t)i;
}

static bool fits(const struct matcher *m, const struct pattern *p, const struct utterance *u,
	struct match *match, unsigned *limit_hits)
{
	*match = (struct match){.pattern = p, .start = UINT16_MAX};
	for (size_t i = 0; i < p->concept_count; i++) {
		const struct present *present = find_present(m, p->concepts[i]);

		if (!present)
			return false;
		if (present->start < match->start)
			match->start = present->start;
		if (present->end > match->end)
			match->end = present->end;
	}
	if (p->regex) {
		size_t start = 0, end = 0;

		switch (regexp_match(p->regex, u->text, u->len, &start, &end)) {
		case REGEXP_LIMIT:
			++*limit_hits;
			return false;
		case REGEXP_NO:
			return false;
		case REGEXP_YES:
			match->start = token_at(u, start);
			match->end = (uint16_t)(token_at(u, end ? end - 1 : 0) + 1);
		}
	}
	return !is_vetoed(m, p);
}

static int by_intent(const void *a, const void *b)
{
	const struct pattern *p = ((const struct match *)a)->pattern;
	const struct pattern *q = ((const struct match *)b)->pattern;

	if (p->intent != q->intent)
		return p->intent < q->intent ? -1 : 1;
	return (p > q) - (p < q);
}

struct finding {
	struct matcher *m;
	struct pool *pool;
	const struct utterance *u;
	struct matches *out;
	size_t cap;
};

static void try_pattern(struct finding *f, const struct pattern *p)
{
	struct matches *out = f->out;
	struct match match;

	if (out->limit_hits >= MATCHER_LIMITS_MAX || !fits(f->m, p, f->u, &match, &out->limit_hits))
		return;
	if (out->count == f->cap) {
		struct match *more = pool_alloc(f->pool, 2 * f->cap + 16, sizeof(*more));

		if (out->count)
			memcpy(more, out->items, out->count * sizeof(*more));
		out->items = more;
		f->cap = 2 * f->cap + 16;
	}
	out->items[out->count++] = match;
}

void matcher_find(struct matcher *m, struct pool *pool, const struct utterance *u,
	const struct chart *chart, struct matches *out)
{
	struct finding f = {.m = m, .pool = pool, .u = u, .out = out};

	*out = (struct matches){0};
	note_present(m, chart);
	for (size_t i = 0; i < chart->span_count; i++) {
		uint32_t concept = chart->all[i]->concept;
		struct present *p = &m->present[concept];

		/* Once for each concept: at the span that was noted. */
		if (p->start != chart->all[i]->start || p->end != chart->all[i]->end)
			continue;
		for (uint32_t k = m->starts[concept]; k < m->starts[concept + 1]; k++)
			try_pattern(&f, intents_pattern(m->intents, m->items[k]));
	}
	for (size_t i = 0; i < m->unindexed_count; i++)
		try_pattern(&f, m->unindexed[i]);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_intent);
}

bool matcher_covers(const struct chart *chart, const struct match *match, size_t i)
{
	if (match->pattern->kind != PATTERN_ALL)
		return i >= match->start && i < match->end;
	/* the concepts of `all` may stand far apart */
	for (size_t k = 0; k < match->pattern->concept_count; k++) {
		const struct span *s = chart_find(chart, match->pattern->concepts[k]);

		if (s && i >= s->start && i < s->end)
			return true;
	}
	return false;
}

size_t matcher_unindexed(const struct matcher *m, const struct pattern *const **patterns)
{
	*patterns = m->unindexed;
	return m->unindexed_count;
}

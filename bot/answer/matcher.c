#include "matcher.h"

#include "intents.h"
#include "mem.h"
#include "pool.h"
#include "regexp.h"

/* For each word or prefix, the patterns that wait for it. */
struct waiting {
	uint32_t *starts; /* into items; ids + 1 */
	uint32_t *items;  /* numbers of patterns */
	size_t ids;
};

struct matcher {
	const struct intents *intents;
	struct phrase_index *index;
	size_t concept_count;
	struct waiting waiting[2]; /* by enum element_kind: words, prefixes */
	const struct pattern **unindexed;
	size_t unindexed_count;
	/* Patterns in question for the utterance at hand, each once. */
	uint32_t *asked; /* by pattern: the turn */
	uint32_t *in_question;
	size_t in_question_count;
	/* Which concepts the utterance at hand has; an entry is valid if its turn is this one. */
	struct present {
		uint32_t turn;
		uint16_t start, end;
	} *present;
	uint32_t turn;
};

/* --- making --- */

struct filling {
	struct matcher *m;
	bool counting;
	uint32_t pattern;
};

static void put_leaf(void *userdata, enum element_kind kind, uint32_t id)
{
	struct filling *f = userdata;
	struct waiting *w = &f->m->waiting[kind];

	if (f->counting)
		w->starts[id]++;
	else
		w->items[--w->starts[id]] = f->pattern;
}

/* The concept of the pattern that is met least. */
static uint32_t rarest(const struct matcher *m, const struct pattern *p)
{
	uint32_t best = p->concepts[0], least = UINT32_MAX;

	for (size_t i = 0; i < p->concept_count; i++) {
		uint32_t cost = phrase_index_leaves(m->index, p->concepts[i], NULL, NULL);

		if (cost < least) {
			least = cost;
			best = p->concepts[i];
		}
	}
	return best;
}

static void put_all(struct matcher *m, bool counting)
{
	struct filling f = {m, counting, 0};

	for (; f.pattern < intents_pattern_count(m->intents); f.pattern++) {
		const struct pattern *p = intents_pattern(m->intents, f.pattern);

		if (p->concept_count)
			phrase_index_leaves(m->index, rarest(m, p), put_leaf, &f);
		else if (counting)
			m->unindexed[m->unindexed_count++] = p;
	}
}

struct matcher *matcher_new(const struct intents *intents, struct phrase_index *index)
{
	const struct grammar *grammar = phrase_index_grammar(index);
	struct matcher *m = mem_alloc(1, sizeof(*m));
	size_t n = intents_pattern_count(intents);

	m->intents = intents;
	m->index = index;
	m->concept_count = grammar_concept_count(grammar);
	m->unindexed = mem_alloc(n, sizeof(*m->unindexed));
	m->asked = mem_alloc(n, sizeof(*m->asked));
	m->in_question = mem_alloc(n, sizeof(*m->in_question));
	m->present = mem_alloc(m->concept_count, sizeof(*m->present));
	for (size_t kind = 0; kind < ARRAY_LEN(m->waiting); kind++) {
		m->waiting[kind].ids = grammar_ids(grammar, (enum element_kind)kind);
		m->waiting[kind].starts =
			mem_alloc(m->waiting[kind].ids + 1, sizeof(*m->waiting[kind].starts));
	}
	put_all(m, true);
	for (size_t kind = 0; kind < ARRAY_LEN(m->waiting); kind++) {
		struct waiting *w = &m->waiting[kind];

		for (size_t i = 1; i <= w->ids; i++)
			w->starts[i] += w->starts[i - 1];
		w->items = mem_alloc(w->starts[w->ids], sizeof(*w->items));
	}
	put_all(m, false);
	return m;
}

void matcher_free(struct matcher **matcher)
{
	struct matcher *m = *matcher;

	if (!m)
		return;
	for (size_t kind = 0; kind < ARRAY_LEN(m->waiting); kind++) {
		mem_free(m->waiting[kind].starts);
		mem_free(m->waiting[kind].items);
	}
	mem_free(m->unindexed);
	mem_free(m->asked);
	mem_free(m->in_question);
	mem_free(m->present);
	mem_free(m);
	*matcher = NULL;
}

/* --- asking --- */

static void begin_turn(struct matcher *m)
{
	m->in_question_count = 0;
	if (++m->turn)
		return;
	memset(m->present, 0, m->concept_count * sizeof(*m->present));
	memset(m->asked, 0, intents_pattern_count(m->intents) * sizeof(*m->asked));
	m->turn = 1;
}

static void need_all(struct matcher *m, const uint32_t *concepts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		phrase_index_need(m->index, concepts[i]);
}

static void put_in_question(struct matcher *m, uint32_t number)
{
	const struct pattern *p = intents_pattern(m->intents, number);
	const struct intent *intent = intents_at(m->intents, p->intent);

	if (m->asked[number] == m->turn)
		return;
	m->asked[number] = m->turn;
	for (size_t i = 0; i < p->concept_count; i++)
		if (!phrase_index_is_possible(m->index, p->concepts[i]))
			return;
	m->in_question[m->in_question_count++] = number;
	need_all(m, p->concepts, p->concept_count);
	need_all(m, intent->unless, intent->unless_count);
	need_all(m, intent->keys, intent->key_count);
}

static void heard(struct matcher *m, enum element_kind kind, uint32_t id)
{
	const struct waiting *w = &m->waiting[kind];

	if (id < w->ids)
		for (uint32_t i = w->starts[id]; i < w->starts[id + 1]; i++)
			put_in_question(m, w->items[i]);
}

void matcher_ask(struct matcher *m, const struct utterance *u, const struct chart *chart)
{
	begin_turn(m);
	for (size_t i = 0; i < u->count; i++) {
		heard(m, ELEMENT_WORD, u->tokens[i].word);
		for (size_t k = 0; k < chart->prefixes[i].count; k++)
			heard(m, ELEMENT_PREFIX, chart->prefixes[i].ids[k]);
	}
	for (size_t i = 0; i < m->unindexed_count; i++) {
		const struct intent *intent = intents_at(m->intents, m->unindexed[i]->intent);

		need_all(m, intent->unless, intent->unless_count);
	}
}

/* --- finding --- */

static const struct present *find_present(const struct matcher *m, uint32_t concept)
{
	const struct present *p = &m->present[concept];

	return p->turn == m->turn ? p : NULL;
}

static void note_present(struct matcher *m, const struct chart *chart)
{
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
	for (size_t i = 0; i < m->in_question_count; i++)
		try_pattern(&f, intents_pattern(m->intents, m->in_question[i]));
	/* Of a message without words there is nothing that a regex could be said to explain. */
	for (size_t i = 0; u->count && i < m->unindexed_count; i++)
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

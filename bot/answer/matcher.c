#include "matcher.h"

#include "intents.h"
#include "mem.h"
#include "pattern_index.h"
#include "pool.h"
#include "regexp.h"

struct matcher {
	const struct intents *intents;
	struct phrase_index *phrases;
	struct pattern_index *patterns;
	size_t concept_count;
	/* Of the utterance at hand. */
	const uint32_t *in_question;
	size_t in_question_count;
	bool is_tangled; /* too many of them */
	uint32_t turn;
	/* Which concepts it has; an entry is valid if its turn is this one. */
	struct present {
		uint32_t turn;
		uint16_t start, end;
	} *present;
};

struct matcher *matcher_new(const struct intents *intents, const struct rarity *rarity,
	struct phrase_index *phrases)
{
	struct matcher *m = mem_alloc(1, sizeof(*m));

	m->intents = intents;
	m->phrases = phrases;
	m->patterns = pattern_index_new(intents, rarity, phrases);
	m->concept_count = grammar_concept_count(phrase_index_grammar(phrases));
	m->present = mem_alloc(m->concept_count, sizeof(*m->present));
	return m;
}

void matcher_free(struct matcher **matcher)
{
	struct matcher *m = *matcher;

	if (!m)
		return;
	pattern_index_free(&m->patterns);
	mem_free(m->present);
	mem_free(m);
	*matcher = NULL;
}

/* --- asking --- */

static void need_all(struct matcher *m, const uint32_t *concepts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		phrase_index_need(m->phrases, concepts[i]);
}

void matcher_ask(struct matcher *m, const struct chart *chart)
{
	const struct pattern *const *outside;
	size_t count = pattern_index_outside(m->patterns, &outside);

	m->in_question = pattern_index_ask(
		m->patterns, chart->heard, chart->heard_count, &m->in_question_count);
	m->is_tangled = m->in_question_count > MATCHER_ASKED_MAX;
	if (m->is_tangled)
		return;
	for (size_t i = 0; i < m->in_question_count; i++) {
		const struct pattern *p = intents_pattern(m->intents, m->in_question[i]);
		const struct intent *intent = intents_at(m->intents, p->intent);

		need_all(m, p->concepts, p->concept_count);
		need_all(m, intent->unless, intent->unless_count);
		need_all(m, intent->keys, intent->key_count);
	}
	for (size_t i = 0; i < count; i++) {
		const struct intent *intent = intents_at(m->intents, outside[i]->intent);

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
	if (!++m->turn) {
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

/* Adds the tokens of a span to those of the match, in order and each once. */
static void cover(struct match *match, uint16_t start, uint16_t end)
{
	size_t i = match->stretch_count++;
	struct stretch *s = match->stretches;
	size_t kept = 0;

	for (; i > 0 && s[i - 1].start > start; i--)
		s[i] = s[i - 1];
	s[i] = (struct stretch){start, end};
	for (i = 1; i < match->stretch_count; i++) {
		if (s[i].start > s[kept].end)
			s[++kept] = s[i];
		else if (s[i].end > s[kept].end)
			s[kept].end = s[i].end;
	}
	match->stretch_count = kept + 1;
}

static bool has_all(const struct matcher *m, const struct pattern *p)
{
	for (size_t i = 0; i < p->concept_count; i++)
		if (!find_present(m, p->concepts[i]))
			return false;
	return true;
}

struct finding {
	struct matcher *m;
	struct pool *pool;
	const struct utterance *u;
	struct matches *out;
	size_t cap;
	size_t looked_at; /* bytes, by regexes */
};

static void keep_match(struct finding *f, const struct match *match)
{
	struct matches *out = f->out;

	if (out->count == f->cap) {
		struct match *more = pool_alloc(f->pool, 2 * f->cap + 16, sizeof(*more));

		if (out->count)
			memcpy(more, out->items, out->count * sizeof(*more));
		out->items = more;
		f->cap = 2 * f->cap + 16;
	}
	out->items[out->count++] = *match;
}

static enum regexp_result fit_regex(struct finding *f, const struct pattern *p,
	struct match *match)
{
	const struct utterance *u = f->u;
	size_t start = 0, end = 0;
	enum regexp_result result = REGEXP_LIMIT;

	f->looked_at += u->len;
	if (f->looked_at <= MATCHER_TEXT_MAX)
		result = regexp_match(p->regex, u->text, u->len, &start, &end);
	match->stretch_count = 0;
	if (result == REGEXP_YES)
		cover(match, token_at(u, start), (uint16_t)(token_at(u, end ? end - 1 : 0) + 1));
	return result;
}

static void try_pattern(struct finding *f, const struct pattern *p)
{
	struct match match = {.pattern = p};

	if (f->out->limit_hits >= MATCHER_LIMITS_MAX || !has_all(f->m, p) || is_vetoed(f->m, p))
		return;
	match.stretches = pool_alloc(f->pool, p->concept_count + 1, sizeof(*match.stretches));
	for (size_t i = 0; i < p->concept_count; i++) {
		const struct present *present = find_present(f->m, p->concepts[i]);

		cover(&match, present->start, present->end);
	}
	if (p->regex) {
		enum regexp_result result = fit_regex(f, p, &match);

		f->out->limit_hits += result == REGEXP_LIMIT;
		if (result != REGEXP_YES)
			return;
	}
	keep_match(f, &match);
}

void matcher_find(struct matcher *m, struct pool *pool, const struct utterance *u,
	const struct chart *chart, struct matches *out)
{
	struct finding f = {.m = m, .pool = pool, .u = u, .out = out};
	const struct pattern *const *outside;
	size_t left = matcher_unindexed(m, &outside);

	*out = (struct matches){0};
	/* Of a message without words there is nothing that a regex could be said to explain. */
	if (!u->count)
		return;
	if (m->is_tangled) {
		out->limit_hits = MATCHER_LIMITS_MAX;
		return;
	}
	note_present(m, chart);
	for (size_t i = 0; i < m->in_question_count; i++) {
		const struct pattern *p = intents_pattern(m->intents, m->in_question[i]);

		for (; left && *outside < p; left--)
			try_pattern(&f, *outside++);
		try_pattern(&f, p);
	}
	for (; left; left--)
		try_pattern(&f, *outside++);
}

size_t matcher_unindexed(const struct matcher *m, const struct pattern *const **patterns)
{
	return pattern_index_outside(m->patterns, patterns);
}

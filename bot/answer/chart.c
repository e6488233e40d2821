#include "chart.h"

#include "pool.h"
#include "words.h"

enum {
	SPANS_MAX = 96,      /* beginning at one token */
	STEPS_MAX = 200000,  /* elements tried for one utterance */
};

struct reader {
	struct phrase_index *index;
	const struct grammar *grammar;
	struct pool *pool;
	const struct utterance *u;
	struct chart *chart;
	size_t at;   /* the token that phrases are tried from */
	size_t spans_here;
	size_t steps;
};

static void add_span(struct reader *r, uint32_t concept, size_t end, bool gappy)
{
	struct chart *chart = r->chart;
	struct span **tail = &chart->at[r->at], *span;

	for (; *tail; tail = &(*tail)->next)
		if ((*tail)->concept == concept && (*tail)->end == end) {
			(*tail)->gappy &= gappy;
			return;
		}
	if (r->spans_here == SPANS_MAX)
		return;
	r->spans_here++;
	chart->cut |= r->spans_here == SPANS_MAX; /* there may be more */
	phrase_index_find(r->index, concept);
	span = pool_alloc(r->pool, 1, sizeof(*span));
	*span = (struct span){
		.concept = concept,
		.start = (uint16_t)r->at,
		.end = (uint16_t)end,
		.gappy = gappy,
	};
	/* Behind the others: whoever goes through the list meets what is added meanwhile. */
	*tail = span;
	chart->span_count++;
}

static bool begins_with(const struct reader *r, size_t token, uint32_t prefix)
{
	for (size_t i = 0; i < r->chart->prefixes[token].count; i++)
		if (r->chart->prefixes[token].ids[i] == prefix)
			return true;
	return false;
}

/* Where we are in a phrase, and in those it is a group of. */
struct progress {
	const struct phrase *phrase;
	size_t k;
	const struct progress *outer;
};

/* Tries what is left of the phrase at token pos; each way to the end is a span. */
static void go_on(struct reader *r, struct progress here, size_t pos, bool gappy)
{
	const struct element *e = &here.phrase->elements[here.k];
	struct progress next = {here.phrase, here.k + 1, here.outer};

	if (++r->steps > STEPS_MAX) {
		r->chart->cut = true;
		return;
	}
	if (here.k == here.phrase->count) {
		if (here.outer)
			go_on(r, *here.outer, pos, gappy);
		else if (pos > r->at)
			add_span(r, here.phrase->concept, pos, gappy);
		return;
	}
	if (e->optional)
		go_on(r, next, pos, gappy);
	if (pos >= r->u->count || (pos > r->at && r->u->tokens[pos].before >= MARK_STOP))
		return;
	switch (e->kind) {
	case ELEMENT_WORD:
		if (r->u->tokens[pos].word == e->id)
			go_on(r, next, pos + 1, gappy);
		break;
	case ELEMENT_PREFIX:
		if (begins_with(r, pos, e->id))
			go_on(r, next, pos + 1, gappy);
		break;
	case ELEMENT_CONCEPT:
		for (const struct span *s = r->chart->at[pos]; s; s = s->next)
			if (s->concept == e->id)
				go_on(r, next, s->end, gappy || s->gappy);
		break;
	case ELEMENT_GROUP: {
		struct phrase_list list = grammar_alternatives(r->grammar, e->id);

		for (size_t i = 0; i < list.count; i++)
			go_on(r, (struct progress){grammar_phrase(r->grammar, list.phrases[i]), 0, &next},
				pos, gappy);
		break;
	}
	case ELEMENT_GAP:
		go_on(r, next, pos, gappy);
		for (size_t n = 1; n <= GAP_WORDS && pos + n < r->u->count; n++) {
			if (r->u->tokens[pos + n].before >= MARK_STOP)
				break;
			go_on(r, next, pos + n, true);
		}
		break;
	}
}

static void try_all(struct reader *r, enum element_kind kind, uint32_t id)
{
	const struct trial *t = phrase_index_trials(r->index, kind, id);

	/* What is full takes no more: a message that holds everything is not worth all the trials. */
	for (; t && r->spans_here < SPANS_MAX; t = t->next)
		go_on(r, (struct progress){grammar_phrase(r->grammar, t->phrase), 0, NULL}, r->at,
			false);
}

/* Spans that begin together, the longer first. There are few: insertion serves. */
static void put_in_order(struct span **spans, size_t *count, struct span *span)
{
	size_t i = *count;

	for (; i > 0; i--) {
		const struct span *other = spans[i - 1];

		if (other->start != span->start || other->end > span->end ||
			(other->end == span->end && other->concept < span->concept))
			break;
		spans[i] = spans[i - 1];
	}
	spans[i] = span;
	++*count;
}

/* "machine learning engineer" hides the "engineer" in it; "how much does … make" hides nothing. */
static void hide_inner(const struct grammar *grammar, struct pool *pool, struct chart *chart)
{
	struct span **outer = pool_alloc(pool, chart->span_count + 1, sizeof(*outer));
	size_t count = 0;

	for (size_t i = 0; i < chart->span_count; i++)
		if (!chart->all[i]->gappy && chart->all[i]->end - chart->all[i]->start > 1 &&
			grammar_hides(grammar, chart->all[i]->concept))
			outer[count++] = chart->all[i];
	for (size_t i = 0; i < chart->span_count; i++) {
		struct span *inner = chart->all[i];

		for (size_t k = 0; k < count && outer[k]->start <= inner->start && !inner->hidden; k++)
			inner->hidden = outer[k]->end >= inner->end && outer[k]->end - outer[k]->start >
				inner->end - inner->start;
	}
}

struct hearing {
	struct phrase_index *index;
	struct pool *pool;
	struct chart *chart;
	size_t cap;
};

static void hear(struct hearing *h, enum element_kind kind, uint32_t id)
{
	uint32_t term = phrase_index_term(h->index, kind, id), *more;

	if (!phrase_index_hear(h->index, term))
		return;
	if (h->chart->heard_count == h->cap) {
		more = pool_alloc(h->pool, 2 * h->cap + 32, sizeof(*more));
		if (h->cap)
			memcpy(more, h->chart->heard, h->cap * sizeof(*more));
		h->chart->heard = more;
		h->cap = 2 * h->cap + 32;
	}
	h->chart->heard[h->chart->heard_count++] = term;
}

static struct prefixes hear_token(struct hearing *h, const struct token *t)
{
	struct prefixes prefixes = phrase_index_prefixes(h->index, h->pool, t);

	if (t->word != WORD_NONE)
		hear(h, ELEMENT_WORD, t->word);
	for (size_t i = 0; i < prefixes.count; i++)
		hear(h, ELEMENT_PREFIX, prefixes.ids[i]);
	return prefixes;
}

static size_t plain_letters(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= '0' && text[n] <= '9')))
		n++;
	return n;
}

/* A regex finds "brien" in "o'brien", and 7 in 7.4: each part is heard as well. */
static void hear_parts(struct hearing *h, const struct token *t)
{
	const struct words *words = grammar_words(phrase_index_grammar(h->index));
	struct token part = {.len = 0};

	for (size_t i = 0; i < t->len; i += part.len + 1) {
		part.text = t->text + i;
		part.len = (uint32_t)plain_letters(part.text, t->len - i);
		part.word = words_find(words, part.text, part.len);
		if (part.len)
			hear_token(h, &part);
	}
}

void chart_open(struct phrase_index *index, struct pool *pool, const struct utterance *u,
	struct chart *chart)
{
	struct hearing h = {index, pool, chart, 0};

	*chart = (struct chart){.count = u->count};
	chart->prefixes = pool_alloc(pool, u->count + 1, sizeof(*chart->prefixes));
	phrase_index_begin(index, pool);
	for (size_t i = 0; i < u->count; i++) {
		const struct token *t = &u->tokens[i];

		chart->prefixes[i] = hear_token(&h, t);
		if (plain_letters(t->text, t->len) < t->len)
			hear_parts(&h, t);
	}
}

void chart_fill(struct phrase_index *index, struct pool *pool, const struct utterance *u,
	struct chart *chart)
{
	const struct grammar *grammar = phrase_index_grammar(index);
	struct reader r = {
		.index = index, .grammar = grammar, .pool = pool, .u = u, .chart = chart};
	size_t n = 0;

	chart->at = pool_alloc(pool, u->count + 1, sizeof(*chart->at));
	for (r.at = u->count; r.at-- > 0;) {
		const struct prefixes *p = &chart->prefixes[r.at];

		r.spans_here = 0;
		if (u->tokens[r.at].word != WORD_NONE)
			try_all(&r, ELEMENT_WORD, u->tokens[r.at].word);
		for (size_t i = 0; i < p->count; i++)
			try_all(&r, ELEMENT_PREFIX, p->ids[i]);
		for (const struct span *s = chart->at[r.at]; s; s = s->next)
			try_all(&r, ELEMENT_CONCEPT, s->concept);
	}
	chart->all = pool_alloc(pool, chart->span_count + 1, sizeof(*chart->all));
	for (size_t i = 0; i < chart->count; i++)
		for (struct span *s = chart->at[i]; s; s = s->next)
			put_in_order(chart->all, &n, s);
	hide_inner(grammar, pool, chart);
}

void chart_read(struct phrase_index *index, struct pool *pool, const struct utterance *u,
	struct chart *chart)
{
	chart_open(index, pool, u, chart);
	chart_fill(index, pool, u, chart);
}

const struct span *chart_find(const struct chart *chart, uint32_t concept)
{
	const struct span *best = NULL;

	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];

		if (s->concept == concept && (!best || s->end - s->start > best->end - best->start))
			best = s;
	}
	return best;
}

#include "feature.h"

#include "buf.h"
#include "grammar.h"
#include "mem.h"
#include "pool.h"
#include "stem.h"
#include "words.h"

/* How much each kind counts before the whole is scaled; found by measuring, not sensitive. */
static const float value_concept = 1.5f;
static const float value_stem = 0.8f;
static const float value_covered_stem = 0.5f; /* in a concept: that speaks for it already */
static const float value_pair = 0.4f;
static const float value_bigram = 0.7f;
static const float value_fact = 0.5f;
static const float value_story = 0.9f; /* times, for what stands beside the question */

enum {
	SEEN_MIN = 2,       /* sentences that must use a stem before it means anything */
	ITEMS_MAX = 200,    /* of the sequence looked at */
	CONCEPTS_MAX = 24,  /* of which pairs are made */
	STEM_LONGEST = 64
};

enum kind { KIND_CONCEPT, KIND_STEM, KIND_PAIR, KIND_BIGRAM, KIND_FACT };

/* An item of the sequence: a concept or, with the top bit set, a stem. */
#define ITEM_STEM 0x8000000u
#define ITEM_BEGIN 0xFFFFFFEu
#define ITEM_END 0xFFFFFFFu

static uint64_t key_of(enum kind kind, uint32_t a, uint32_t b)
{
	return (uint64_t)kind << 56 | (uint64_t)a << 28 | b;
}

struct feature_table {
	const struct language *language;
	const struct grammar *grammar;
	const struct words *words;
	struct words *stems;    /* uses: sentences that have it */
	uint32_t *stem_of_word;
	size_t word_count;
	uint64_t *keys; /* by id */
	size_t count, cap;
	uint32_t *slots; /* id + 1, by hash of key */
	size_t slot_count;
};

struct feature_table *feature_new(const struct language *language, const struct grammar *grammar,
	const struct words *words)
{
	struct feature_table *f = mem_alloc(1, sizeof(*f));

	f->language = language;
	f->grammar = grammar;
	f->words = words;
	f->stems = words_new();
	f->slot_count = 4096;
	f->slots = mem_alloc(f->slot_count, sizeof(*f->slots));
	return f;
}

void feature_free(struct feature_table **features)
{
	struct feature_table *f = *features;

	if (!f)
		return;
	words_free(&f->stems);
	mem_free(f->stem_of_word);
	mem_free(f->keys);
	mem_free(f->slots);
	mem_free(f);
	*features = NULL;
}

bool feature_is_said(const struct feature_table *f, uint32_t id)
{
	enum kind kind = (enum kind)(f->keys[id] >> 56);

	return kind == KIND_CONCEPT || kind == KIND_STEM || kind == KIND_PAIR;
}

size_t feature_total(const struct feature_table *f)
{
	return f->count;
}

/* --- the table --- */

static size_t slot_of(const struct feature_table *f, uint64_t key)
{
	uint64_t h = key * 0x9E3779B97F4A7C15u;
	size_t i = (size_t)(h >> 32) & (f->slot_count - 1);

	while (f->slots[i] && f->keys[f->slots[i] - 1] != key)
		i = (i + 1) & (f->slot_count - 1);
	return i;
}

static void grow(struct feature_table *f)
{
	mem_free(f->slots);
	f->slot_count *= 2;
	f->slots = mem_alloc(f->slot_count, sizeof(*f->slots));
	for (uint32_t id = 0; id < f->count; id++)
		f->slots[slot_of(f, f->keys[id])] = id + 1;
}

static uint32_t find(const struct feature_table *f, uint64_t key)
{
	uint32_t found = f->slots[slot_of(f, key)];

	return found ? found - 1 : FEATURE_NONE;
}

static uint32_t find_or_add(struct feature_table *f, uint64_t key)
{
	uint32_t id = find(f, key);

	if (id != FEATURE_NONE)
		return id;
	if (2 * (f->count + 1) > f->slot_count)
		grow(f);
	MEM_GROW(&f->keys, &f->cap, f->count + 1);
	f->keys[f->count] = key;
	f->slots[slot_of(f, key)] = (uint32_t)++f->count;
	return (uint32_t)f->count - 1;
}

/* --- stems --- */

static uint32_t stem_number(const struct feature_table *f, const struct token *t)
{
	char stem[STEM_LONGEST + 1];

	if (!words_count(f->stems))
		return WORD_NONE;
	if (f->stem_of_word && t->word != WORD_NONE && t->word < f->word_count)
		return f->stem_of_word[t->word];
	if (t->len > STEM_LONGEST)
		return WORD_NONE;
	return words_find(f->stems, stem, stem_english(t->text, t->len, stem));
}

static bool is_known(const struct feature_table *f, uint32_t stem)
{
	return stem != WORD_NONE && words_uses(f->stems, stem) >= SEEN_MIN;
}

void feature_stem_words(struct feature_table *f)
{
	char stem[STEM_LONGEST + 1];

	f->word_count = words_count(f->words);
	f->stem_of_word = mem_alloc(f->word_count, sizeof(*f->stem_of_word));
	for (uint32_t w = 0; w < f->word_count; w++) {
		const char *text = words_text(f->words, w);
		size_t len = words_len(f->words, w);

		f->stem_of_word[w] = len > STEM_LONGEST ? WORD_NONE
			: words_add(f->stems, stem, stem_english(text, len, stem));
	}
}

void feature_count(struct feature_table *f, const uint32_t *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t stem = f->stem_of_word[words[i]];
		size_t k = 0;

		while (f->stem_of_word[words[k]] != stem)
			k++;
		if (k == i && stem != WORD_NONE)
			words_used(f->stems, stem);
	}
}

/* --- what stands where --- */

enum token_use { USE_CONTENT, USE_FUNCTION, USE_SILENT };

struct layout {
	unsigned char *use;           /* enum token_use, by token */
	bool *covered;                /* by a visible concept */
	const struct span **starting; /* the longest visible concept without gaps that begins here */
	bool *core;                   /* part of what is asked */
};

static void mark(struct layout *l, const struct span *s, enum token_use use)
{
	for (size_t i = s->start; i < s->end; i++)
		if (use == USE_SILENT || l->use[i] == USE_CONTENT)
			l->use[i] = (unsigned char)use;
}

static bool is_telling(const struct feature_table *f, const struct span *s)
{
	return !s->hidden && grammar_is_named(f->grammar, s->concept) &&
	       !language_is_role(f->language, s->concept) &&
	       !grammar_is_bundle(f->grammar, s->concept);
}

static void lay_out(const struct feature_table *f, struct pool *pool, const struct reading *r,
	struct layout *l)
{
	const uint32_t *roles = f->language->roles;
	size_t n = r->u.count;

	l->use = pool_alloc(pool, n + 1, sizeof(*l->use));
	l->covered = pool_alloc(pool, n + 1, sizeof(*l->covered));
	l->starting = pool_alloc(pool, n + 1, sizeof(*l->starting));
	l->core = pool_alloc(pool, n + 1, sizeof(*l->core));
	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if (s->concept == roles[ROLE_FILLER] || s->concept == roles[ROLE_SPEAKER])
			mark(l, s, USE_SILENT);
		else if (s->concept == roles[ROLE_FUNCTION])
			mark(l, s, USE_FUNCTION);
	}
	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if (!is_telling(f, s) || s->gappy)
			continue;
		if (!l->starting[s->start])
			l->starting[s->start] = s; /* the longer come first */
		for (size_t k = s->start; k < s->end; k++) {
			l->covered[k] = true;
			if (l->use[k] == USE_SILENT && s->end - s->start > 1)
				l->use[k] = USE_CONTENT; /* "please" in a concept is part of it */
		}
	}
	for (size_t i = 0; i < r->clauses.count; i++) {
		const struct clause *c = &r->clauses.items[i];

		for (size_t k = c->start; k < c->end; k++)
			l->core[k] = c->asks || !r->clauses.any_asks;
	}
}

/* --- extraction --- */

struct maker {
	const struct feature_table *f;
	struct feature_table *learner; /* NULL: only what is known */
	struct pool *pool;
	const struct reading *r;
	struct layout l;
	struct feature_list *list;
	size_t cap;
	float strange; /* the squares of what was never learnt */
};

static void emit(struct maker *m, uint64_t key, float value)
{
	uint32_t id = m->learner ? find_or_add(m->learner, key) : find(m->f, key);
	struct feature_list *list = m->list;

	if (id == FEATURE_NONE) {
		m->strange += value * value;
		return;
	}
	if (list->count == m->cap) {
		struct feature *more = pool_alloc(m->pool, 2 * m->cap + 128, sizeof(*more));

		if (list->count)
			memcpy(more, list->items, list->count * sizeof(*more));
		list->items = more;
		m->cap = 2 * m->cap + 128;
	}
	list->items[list->count++] = (struct feature){id, value};
}

static float weight_at(const struct maker *m, size_t token)
{
	return m->l.core[token] ? 1.0f : value_story;
}

static void emit_concepts(struct maker *m)
{
	uint32_t found[CONCEPTS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < m->r->chart.span_count; i++) {
		const struct span *s = m->r->chart.all[i];
		float weight = weight_at(m, s->start);
		size_t k = 0;

		if (!is_telling(m->f, s) || m->l.use[s->start] == USE_SILENT)
			continue;
		emit(m, key_of(KIND_CONCEPT, s->concept, 0), weight * value_concept);
		while (k < count && found[k] != s->concept)
			k++;
		if (k == count && count < CONCEPTS_MAX && m->l.core[s->start])
			found[count++] = s->concept;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++) {
			uint32_t a = found[i] < found[k] ? found[i] : found[k];
			uint32_t b = found[i] < found[k] ? found[k] : found[i];

			emit(m, key_of(KIND_PAIR, a, b), value_pair);
		}
}

static void emit_stems(struct maker *m)
{
	for (size_t i = 0; i < m->r->u.count; i++) {
		uint32_t stem = stem_number(m->f, &m->r->u.tokens[i]);

		if (m->l.use[i] != USE_SILENT && is_known(m->f, stem))
			emit(m, key_of(KIND_STEM, stem, 0), weight_at(m, i) *
				(m->l.covered[i] ? value_covered_stem : value_stem));
	}
}

/* Neighbours in the sequence of concepts and stems; sentences have a beginning and an end. */
static void emit_bigrams(struct maker *m)
{
	uint32_t before = ITEM_BEGIN;
	size_t items = 0, last = 0;

	for (size_t i = 0; i < m->r->u.count && items < ITEMS_MAX; items++) {
		const struct span *s = m->l.starting[i];
		uint32_t item;

		if (i && m->r->u.tokens[i].before >= MARK_STOP && before != ITEM_BEGIN) {
			emit(m, key_of(KIND_BIGRAM, before, ITEM_END), weight_at(m, i - 1) * value_bigram);
			before = ITEM_BEGIN;
		}
		last = i;
		if (m->l.use[i] == USE_SILENT) {
			i++;
			continue;
		}
		if (s) {
			item = s->concept;
			i = s->end;
		} else {
			uint32_t stem = stem_number(m->f, &m->r->u.tokens[i]);

			item = ITEM_STEM | (is_known(m->f, stem) ? stem + 1 : 0);
			i++;
		}
		emit(m, key_of(KIND_BIGRAM, before, item), weight_at(m, last) * value_bigram);
		before = item;
	}
	if (before != ITEM_BEGIN)
		emit(m, key_of(KIND_BIGRAM, before, ITEM_END), weight_at(m, last) * value_bigram);
}

enum fact { FACT_ALWAYS, FACT_UNKNOWN, FACT_LENGTH, FACT_ASKS, FACT_MARK, FACT_DOMAIN, FACT_COMPARES };

static void emit_fact(struct maker *m, enum fact fact, uint32_t degree)
{
	emit(m, key_of(KIND_FACT, fact, degree), value_fact);
}

static uint32_t length_degree(size_t words)
{
	uint32_t degree = 0;

	while (words > 1) {
		words /= 2;
		degree++;
	}
	return degree;
}

static void count_leftover(struct maker *m)
{
	struct leftover *out = &m->list->leftover;
	const struct reading *r = m->r;

	out->in_domain = r->domain_known;
	for (size_t i = 0; i < r->u.count; i++) {
		if (m->l.use[i] != USE_CONTENT)
			continue;
		out->content++;
		if (m->l.covered[i])
			continue;
		out->unexplained++;
		out->unknown += feature_is_unknown(m->f, r, i);
	}
	for (size_t i = 0; i < r->chart.span_count; i++)
		out->in_domain |=
			r->chart.all[i]->concept == m->f->language->roles[ROLE_DOMAIN];
}

static void emit_facts(struct maker *m)
{
	const struct leftover *left = &m->list->leftover;

	emit_fact(m, FACT_ALWAYS, 0);
	emit_fact(m, FACT_UNKNOWN, left->unknown > 3 ? 3 : left->unknown);
	emit_fact(m, FACT_LENGTH, length_degree(m->r->u.count));
	emit_fact(m, FACT_ASKS, m->r->clauses.any_asks);
	emit_fact(m, FACT_MARK, m->r->u.asks_by_mark);
	emit_fact(m, FACT_DOMAIN, left->in_domain);
}

static bool comes_before(struct feature a, struct feature b)
{
	return a.id < b.id || (a.id == b.id && a.value > b.value);
}

/* By id, the greater value first. Shell's sort: lists are short, and qsort() would call back for
 * every comparison. */
static void put_in_order(struct feature *items, size_t count)
{
	static const unsigned short gaps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

	for (size_t g = 0; g < ARRAY_LEN(gaps); g++)
		for (size_t gap = gaps[g], i = gap; i < count; i++) {
			struct feature item = items[i];
			size_t k = i;

			for (; k >= gap && comes_before(item, items[k - gap]); k -= gap)
				items[k] = items[k - gap];
			items[k] = item;
		}
}

/* A root that needs no libm: the same bits on every machine. */
static float root(float x)
{
	float guess = x > 1.0f ? x : 1.0f, before = 0.0f;

	for (int i = 0; i < 20 && guess != before; i++) {
		before = guess;
		guess = 0.5f * (guess + x / guess);
	}
	return guess;
}

/* Each once, with its greatest value; all scaled to one length, so that a long message does not
 * shout. What was never learnt has its part in that length: the stranger a message, the fainter all
 * the rest. */
static void settle(struct feature_list *list, float strange)
{
	float squares = strange, scale;
	size_t n = 0;

	if (!list->count)
		return;
	put_in_order(list->items, list->count);
	for (size_t i = 0; i < list->count; i++)
		if (!i || list->items[i].id != list->items[i - 1].id)
			list->items[n++] = list->items[i];
	list->count = n;
	for (size_t i = 0; i < n; i++)
		squares += list->items[i].value * list->items[i].value;
	scale = 1.0f / root(squares);
	for (size_t i = 0; i < n; i++)
		list->items[i].value *= scale;
}

static void make(struct maker *m)
{
	*m->list = (struct feature_list){0};
	lay_out(m->f, m->pool, m->r, &m->l);
	count_leftover(m);
	if (!m->learner && !m->f->count)
		return; /* nothing was learnt */
	emit_concepts(m);
	emit_stems(m);
	emit_bigrams(m);
	emit_facts(m);
	settle(m->list, m->strange);
}

void feature_learn(struct feature_table *f, struct pool *pool, const struct reading *r,
	struct feature_list *list)
{
	struct maker m = {.f = f, .learner = f, .pool = pool, .r = r, .list = list};

	make(&m);
}

void feature_extract(const struct feature_table *f, struct pool *pool, const struct reading *r,
	struct feature_list *list)
{
	struct maker m = {.f = f, .pool = pool, .r = r, .list = list};

	make(&m);
}

/* --- forgetting --- */

void feature_forget(struct feature_table *f, const uint32_t *uses, uint32_t least, uint32_t *renumbered)
{
	size_t kept = 0;

	memset(f->slots, 0, f->slot_count * sizeof(*f->slots));
	for (uint32_t id = 0; id < f->count; id++) {
		renumbered[id] = FEATURE_NONE;
		if (uses[id] < least)
			continue;
		renumbered[id] = (uint32_t)kept;
		f->keys[kept++] = f->keys[id];
	}
	f->count = 0;
	while (f->count < kept) {
		f->slots[slot_of(f, f->keys[f->count])] = (uint32_t)f->count + 1;
		f->count++;
	}
}

/* --- what is left over --- */

bool feature_is_unknown(const struct feature_table *f, const struct reading *r, size_t i)
{
	const struct token *t = &r->u.tokens[i];

	return t->len > 1 && !is_known(f, stem_number(f, t));
}

void feature_weigh(const struct feature_table *f, struct pool *pool, struct reading *r)
{
	size_t n = r->u.count;
	bool *silent = pool_alloc(pool, n + 1, sizeof(*silent));

	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if (language_is_silent(f->language, s->concept))
			memset(silent + s->start, true, (size_t)(s->end - s->start));
	}
	r->contents = pool_alloc(pool, n + 1, sizeof(*r->contents));
	for (size_t i = 0; i < n; i++) {
		r->contents[i + 1] = r->contents[i];
		r->contents[i + 1].words += !silent[i];
		r->contents[i + 1].unknown += !silent[i] && feature_is_unknown(f, r, i);
	}
}

bool feature_is_content(const struct reading *r, size_t i)
{
	return r->contents[i + 1].words != r->contents[i].words;
}

/* --- names --- */

static void name_item(const struct feature_table *f, uint32_t item, struct buf *out)
{
	if (item == ITEM_BEGIN || item == ITEM_END)
		buf_add_str(out, "|");
	else if (item & ITEM_STEM)
		buf_add_str(out, (item & ~ITEM_STEM) ? words_text(f->stems, (item & ~ITEM_STEM) - 1) : "?");
	else
		buf_addf(out, "<%s>", grammar_concept_name(f->grammar, item));
}

void feature_name(const struct feature_table *f, uint32_t id, struct buf *out)
{
	static const char *const facts[] = {"any message: ", "unknown words: ", "length: ", "asks: ",
		"question mark: ", "subject in sight: ", "compares: "};
	uint64_t key = f->keys[id];
	uint32_t a = (uint32_t)(key >> 28) & 0xFFFFFFF, b = (uint32_t)key & 0xFFFFFFF;

	switch ((enum kind)(key >> 56)) {
	case KIND_CONCEPT:
		name_item(f, a, out);
		break;
	case KIND_STEM:
		buf_add_str(out, words_text(f->stems, a));
		break;
	case KIND_PAIR:
		name_item(f, a, out);
		buf_add_str(out, " & ");
		name_item(f, b, out);
		break;
	case KIND_BIGRAM:
		name_item(f, a, out);
		buf_add_str(out, " ");
		name_item(f, b, out);
		break;
	case KIND_FACT:
		buf_addf(out, "%s%u", facts[a], b);
		break;
	}
}

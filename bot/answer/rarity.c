#include "rarity.h"

#include <limits.h>

#include "mem.h"
#include "words.h"

enum { KINDS = ELEMENT_CONCEPT + 1 }; /* words, prefixes, concepts */
#define COST_MAX UINT32_C(1000000000)

struct rarity {
	const struct grammar *grammar;
	uint32_t *costs[KINDS]; /* how often each is met; 0: not known yet */
	unsigned char *keys;    /* by phrase: the number of its key element */
};

static uint32_t add_costs(uint32_t a, uint32_t b)
{
	return a + b < COST_MAX ? a + b : COST_MAX;
}

static uint32_t phrase_cost(struct rarity *r, uint32_t phrase);

/* Of a concept or group: any of its phrases will do. */
static uint32_t concept_cost(struct rarity *r, uint32_t concept)
{
	struct phrase_list list = grammar_alternatives(r->grammar, concept);
	uint32_t *cost = &r->costs[ELEMENT_CONCEPT][concept];

	if (*cost)
		return *cost;
	*cost = 1;
	for (size_t i = 0; i < list.count; i++)
		*cost = add_costs(*cost, phrase_cost(r, list.phrases[i]));
	return *cost;
}

static bool may_be_missing(const struct element *e)
{
	return e->optional || e->kind == ELEMENT_GAP;
}

static uint32_t element_cost(struct rarity *r, const struct element *e)
{
	if (may_be_missing(e))
		return COST_MAX;
	if (e->kind >= ELEMENT_CONCEPT)
		return concept_cost(r, e->id);
	return r->costs[e->kind][e->id];
}

static uint32_t phrase_cost(struct rarity *r, uint32_t phrase)
{
	const struct phrase *p = grammar_phrase(r->grammar, phrase);
	uint32_t least = element_cost(r, &p->elements[0]);

	r->keys[phrase] = 0;
	for (size_t k = 1; k < p->count; k++) {
		uint32_t cost = element_cost(r, &p->elements[k]);

		if (cost < least) {
			least = cost;
			r->keys[phrase] = (unsigned char)k;
		}
	}
	return least;
}

/* A word that many phrases have is said often, even where there are no sentences to tell. */
static void count_phrases(struct rarity *r)
{
	for (uint32_t n = 0; n < grammar_phrase_count(r->grammar); n++) {
		const struct phrase *p = grammar_phrase(r->grammar, n);

		for (size_t k = 0; k < p->count; k++)
			if (p->elements[k].kind <= ELEMENT_PREFIX)
				r->costs[p->elements[k].kind][p->elements[k].id]++;
	}
}

static void count_words(struct rarity *r)
{
	const struct words *words = grammar_words(r->grammar);
	uint32_t prefixes[GRAMMAR_PREFIXES_MAX];

	for (uint32_t w = 0; w < words_count(words); w++) {
		uint32_t uses = words_uses(words, w);
		size_t n = grammar_prefixes(r->grammar, words_text(words, w), words_len(words, w),
			prefixes, ARRAY_LEN(prefixes));

		r->costs[ELEMENT_WORD][w] = add_costs(r->costs[ELEMENT_WORD][w], uses);
		for (size_t i = 0; i < n; i++) {
			uint32_t *cost = &r->costs[ELEMENT_PREFIX][prefixes[i]];

			*cost = add_costs(*cost, r->costs[ELEMENT_WORD][w]);
		}
	}
}

struct rarity *rarity_new(const struct grammar *grammar)
{
	struct rarity *r = mem_alloc(1, sizeof(*r));

	_Static_assert(PHRASE_MAX <= UCHAR_MAX, "a key is kept as one byte");
	r->grammar = grammar;
	for (int kind = 0; kind < KINDS; kind++)
		r->costs[kind] = mem_alloc(
			grammar_ids(grammar, (enum element_kind)kind), sizeof(*r->costs[kind]));
	r->keys = mem_alloc(grammar_phrase_count(grammar), sizeof(*r->keys));
	count_phrases(r);
	count_words(r);
	/* Every phrase belongs to a concept or group: this finds all keys. */
	for (uint32_t c = 0; c < grammar_concept_count(grammar); c++)
		concept_cost(r, c);
	return r;
}

void rarity_free(struct rarity **rarity)
{
	struct rarity *r = *rarity;

	if (!r)
		return;
	for (int kind = 0; kind < KINDS; kind++)
		mem_free(r->costs[kind]);
	mem_free(r->keys);
	mem_free(r);
	*rarity = NULL;
}

const struct element *rarity_key(const struct rarity *r, uint32_t phrase)
{
	return &grammar_phrase(r->grammar, phrase)->elements[r->keys[phrase]];
}

struct need rarity_of(const struct rarity *r, const struct element *e)
{
	enum element_kind kind = e->kind == ELEMENT_GROUP ? ELEMENT_CONCEPT : e->kind;

	return (struct need){kind, e->id, r->costs[kind][e->id]};
}

static void add_needs(
	const struct rarity *r, uint32_t concept, struct need *out, size_t *count, size_t max)
{
	struct phrase_list list = grammar_alternatives(r->grammar, concept);
	const struct element whole = {.kind = ELEMENT_CONCEPT, .id = concept};
	const struct phrase *only;

	if (list.count != 1) {
		if (*count < max)
			out[(*count)++] = rarity_of(r, &whole);
		return;
	}
	only = grammar_phrase(r->grammar, list.phrases[0]);
	for (size_t k = 0; k < only->count; k++) {
		const struct element *e = &only->elements[k];

		if (e->kind >= ELEMENT_CONCEPT && !may_be_missing(e))
			add_needs(r, e->id, out, count, max);
		else if (!may_be_missing(e) && *count < max)
			out[(*count)++] = rarity_of(r, e);
	}
}

size_t rarity_needs(const struct rarity *r, uint32_t concept, struct need *out, size_t max)
{
	size_t count = 0;

	add_needs(r, concept, out, &count, max);
	return count;
}

void rarity_leaves(const struct rarity *r, uint32_t concept, rarity_leaf *each, void *userdata)
{
	struct phrase_list list = grammar_alternatives(r->grammar, concept);

	for (size_t i = 0; i < list.count; i++) {
		const struct element *e = rarity_key(r, list.phrases[i]);

		if (e->kind >= ELEMENT_CONCEPT)
			rarity_leaves(r, e->id, each, userdata);
		else
			each(userdata, e->kind, e->id);
	}
}

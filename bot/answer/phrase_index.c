#include "phrase_index.h"

#include "mem.h"
#include "words.h"

/* For each id of one kind, numbers of phrases. */
struct lists {
	uint32_t *starts; /* into items; ids + 1 */
	uint32_t *items;
	size_t ids;
};

enum { KINDS = ELEMENT_CONCEPT + 1 }; /* words, prefixes, concepts */
#define ALWAYS UINT32_MAX
#define COST_MAX UINT32_C(1000000000)

struct phrase_index {
	const struct grammar *grammar;
	struct lists by_first[KINDS];
	struct lists by_key[KINDS];
	uint32_t *costs[KINDS]; /* how often each is met, roughly; 0: not known yet */
	const struct element **keys; /* by phrase: what it cannot do without, the rarest of that */
	uint32_t *met[KINDS];   /* by id: the turn in which it was met */
	uint32_t *woken;        /* by phrase: the turn in which it woke */
	uint32_t *needed;       /* by concept: the turn, or ALWAYS */
	uint32_t turn;
	bool on_demand;
};

/* --- how rare --- */

static uint32_t add_costs(uint32_t a, uint32_t b)
{
	return a + b < COST_MAX ? a + b : COST_MAX;
}

static uint32_t phrase_cost(struct phrase_index *x, const struct phrase *p);

/* Of a concept or group: any of its phrases will do. */
static uint32_t concept_cost(struct phrase_index *x, uint32_t concept)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);
	uint32_t *cost = &x->costs[ELEMENT_CONCEPT][concept];

	if (*cost)
		return *cost;
	*cost = 1;
	for (size_t i = 0; i < list.count; i++)
		*cost = add_costs(*cost, phrase_cost(x, grammar_phrase(x->grammar, list.phrases[i])));
	return *cost;
}

static uint32_t element_cost(struct phrase_index *x, const struct element *e)
{
	if (e->optional || e->kind == ELEMENT_GAP)
		return COST_MAX;
	if (e->kind >= ELEMENT_CONCEPT)
		return concept_cost(x, e->id);
	return x->costs[e->kind][e->id];
}

static const struct element *rarest(struct phrase_index *x, const struct phrase *p)
{
	const struct element *best = &p->elements[0];

	for (size_t k = 1; k < p->count; k++)
		if (element_cost(x, &p->elements[k]) < element_cost(x, best))
			best = &p->elements[k];
	return best;
}

static uint32_t phrase_cost(struct phrase_index *x, const struct phrase *p)
{
	return element_cost(x, rarest(x, p));
}

/* A word that many phrases have is said often, even where there are no sentences to tell. */
static void count_phrases(struct phrase_index *x)
{
	for (uint32_t n = 0; n < grammar_phrase_count(x->grammar); n++) {
		const struct phrase *p = grammar_phrase(x->grammar, n);

		for (size_t k = 0; k < p->count; k++)
			if (p->elements[k].kind <= ELEMENT_PREFIX)
				x->costs[p->elements[k].kind][p->elements[k].id]++;
	}
}

static void count_words(struct phrase_index *x)
{
	const struct words *words = grammar_words(x->grammar);
	uint32_t prefixes[8];

	for (uint32_t w = 0; w < words_count(words); w++) {
		uint32_t uses = words_uses(words, w);
		size_t n = grammar_prefixes(x->grammar, words_text(words, w), words_len(words, w),
			prefixes, ARRAY_LEN(prefixes));

		x->costs[ELEMENT_WORD][w] = add_costs(x->costs[ELEMENT_WORD][w], uses);
		for (size_t i = 0; i < n; i++) {
			uint32_t *cost = &x->costs[ELEMENT_PREFIX][prefixes[i]];

			*cost = add_costs(*cost, uses);
		}
	}
}

/* --- the lists --- */

struct filling {
	struct phrase_index *x;
	struct lists *lists; /* by kind */
	bool counting;
	uint32_t phrase;
};

static void put(const struct filling *f, enum element_kind kind, uint32_t id)
{
	struct lists *lists = &f->lists[kind];

	if (f->counting)
		lists->starts[id]++;
	else
		lists->items[--lists->starts[id]] = f->phrase;
}

typedef void put_phrase(const struct filling *f, uint32_t phrase);

/* Every element up to the first that must be there may be the one that a phrase begins with; of a
 * group, whatever its alternatives begin with. */
static void put_beginnings(const struct filling *f, uint32_t phrase)
{
	const struct phrase *p = grammar_phrase(f->x->grammar, phrase);

	for (size_t k = 0; k < p->count; k++) {
		const struct element *e = &p->elements[k];

		if (e->kind == ELEMENT_GROUP) {
			struct phrase_list list = grammar_alternatives(f->x->grammar, e->id);

			for (size_t i = 0; i < list.count; i++)
				put_beginnings(f, list.phrases[i]);
		} else {
			put(f, e->kind, e->id);
		}
		if (!e->optional)
			break;
	}
}

static void put_keys(const struct filling *f, uint32_t phrase)
{
	const struct element *e = f->x->keys[phrase];

	if (e->kind == ELEMENT_GROUP) {
		struct phrase_list list = grammar_alternatives(f->x->grammar, e->id);

		for (size_t i = 0; i < list.count; i++)
			put_keys(f, list.phrases[i]);
	} else {
		put(f, e->kind, e->id);
	}
}

static void put_all(struct phrase_index *x, struct lists *lists, bool counting, put_phrase *each)
{
	struct filling f = {x, lists, counting, 0};

	for (; f.phrase < grammar_phrase_count(x->grammar); f.phrase++) {
		const struct phrase *p = grammar_phrase(x->grammar, f.phrase);

		/* What belongs to a group is met inside other phrases only. */
		if (!grammar_is_group(x->grammar, p->concept))
			each(&f, f.phrase);
	}
}

static void make_lists(struct phrase_index *x, struct lists *lists, put_phrase *each)
{
	for (int kind = 0; kind < KINDS; kind++) {
		lists[kind].ids = grammar_ids(x->grammar, (enum element_kind)kind);
		lists[kind].starts = mem_alloc(lists[kind].ids + 1, sizeof(*lists[kind].starts));
	}
	put_all(x, lists, true, each);
	for (int kind = 0; kind < KINDS; kind++) {
		struct lists *l = &lists[kind];

		/* Counts become ends; filling the lists downwards leaves their beginnings. */
		for (size_t i = 1; i <= l->ids; i++)
			l->starts[i] += l->starts[i - 1];
		l->items = mem_alloc(l->starts[l->ids], sizeof(*l->items));
	}
	put_all(x, lists, false, each);
}

struct phrase_index *phrase_index_new(const struct grammar *grammar)
{
	struct phrase_index *x = mem_alloc(1, sizeof(*x));

	x->grammar = grammar;
	x->woken = mem_alloc(grammar_phrase_count(grammar), sizeof(*x->woken));
	x->needed = mem_alloc(grammar_ids(grammar, ELEMENT_CONCEPT), sizeof(*x->needed));
	for (int kind = 0; kind < KINDS; kind++) {
		size_t ids = grammar_ids(grammar, (enum element_kind)kind);

		x->costs[kind] = mem_alloc(ids, sizeof(*x->costs[kind]));
		x->met[kind] = mem_alloc(ids, sizeof(*x->met[kind]));
	}
	count_phrases(x);
	count_words(x);
	x->keys = mem_alloc(grammar_phrase_count(grammar), sizeof(*x->keys));
	for (uint32_t n = 0; n < grammar_phrase_count(grammar); n++)
		x->keys[n] = rarest(x, grammar_phrase(grammar, n));
	make_lists(x, x->by_first, put_beginnings);
	make_lists(x, x->by_key, put_keys);
	return x;
}

void phrase_index_free(struct phrase_index **index)
{
	struct phrase_index *x = *index;

	if (!x)
		return;
	for (int kind = 0; kind < KINDS; kind++) {
		mem_free(x->by_first[kind].starts);
		mem_free(x->by_first[kind].items);
		mem_free(x->by_key[kind].starts);
		mem_free(x->by_key[kind].items);
		mem_free(x->costs[kind]);
		mem_free(x->met[kind]);
	}
	mem_free(x->keys);
	mem_free(x->needed);
	mem_free(x->woken);
	mem_free(x);
	*index = NULL;
}

const struct grammar *phrase_index_grammar(const struct phrase_index *x)
{
	return x->grammar;
}

/* --- one utterance --- */

static struct phrase_list list_of(const struct lists *lists, uint32_t id)
{
	if (id >= lists->ids)
		return (struct phrase_list){0};
	return (struct phrase_list){
		.phrases = lists->items + lists->starts[id],
		.count = lists->starts[id + 1] - lists->starts[id],
	};
}

void phrase_index_on_demand(struct phrase_index *x)
{
	x->on_demand = true;
}

static void need(struct phrase_index *x, uint32_t concept, uint32_t until)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);

	if (x->needed[concept] == ALWAYS || x->needed[concept] == until)
		return;
	x->needed[concept] = until;
	for (size_t i = 0; i < list.count; i++) {
		const struct phrase *p = grammar_phrase(x->grammar, list.phrases[i]);

		for (size_t k = 0; k < p->count; k++)
			if (p->elements[k].kind == ELEMENT_CONCEPT ||
				p->elements[k].kind == ELEMENT_GROUP)
				need(x, p->elements[k].id, until);
	}
}

void phrase_index_need_always(struct phrase_index *x, uint32_t concept)
{
	need(x, concept, ALWAYS);
}

void phrase_index_need(struct phrase_index *x, uint32_t concept)
{
	if (x->on_demand)
		need(x, concept, x->turn);
}

static void leaves_of(struct phrase_index *x, uint32_t concept, phrase_index_leaf *each,
	void *userdata)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);

	for (size_t i = 0; i < list.count; i++) {
		const struct element *e = x->keys[list.phrases[i]];

		if (e->kind >= ELEMENT_CONCEPT)
			leaves_of(x, e->id, each, userdata);
		else
			each(userdata, e->kind, e->id);
	}
}

uint32_t phrase_index_leaves(struct phrase_index *x, uint32_t concept, phrase_index_leaf *each,
	void *userdata)
{
	if (each)
		leaves_of(x, concept, each, userdata);
	return concept_cost(x, concept);
}

void phrase_index_begin(struct phrase_index *x)
{
	if (++x->turn == ALWAYS) {
		memset(x->woken, 0, grammar_phrase_count(x->grammar) * sizeof(*x->woken));
		for (size_t i = 0; i < grammar_ids(x->grammar, ELEMENT_CONCEPT); i++)
			if (x->needed[i] != ALWAYS)
				x->needed[i] = 0;
		for (int kind = 0; kind < KINDS; kind++)
			memset(x->met[kind], 0, grammar_ids(x->grammar, (enum element_kind)kind) *
				sizeof(*x->met[kind]));
		x->turn = 1;
	}
}

void phrase_index_wake(struct phrase_index *x, enum element_kind kind, uint32_t id)
{
	struct phrase_list list = list_of(&x->by_key[kind], id);

	if (id < x->by_key[kind].ids)
		x->met[kind][id] = x->turn;
	for (size_t i = 0; i < list.count; i++)
		x->woken[list.phrases[i]] = x->turn;
}

bool phrase_index_is_awake(const struct phrase_index *x, uint32_t phrase)
{
	uint32_t needed;

	if (x->woken[phrase] != x->turn)
		return false;
	needed = x->needed[grammar_phrase(x->grammar, phrase)->concept];
	return !x->on_demand || needed == ALWAYS || needed == x->turn;
}

bool phrase_index_is_possible(const struct phrase_index *x, uint32_t concept)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);

	for (size_t i = 0; i < list.count; i++) {
		const struct element *key = x->keys[list.phrases[i]];

		if (key->kind >= ELEMENT_CONCEPT ? phrase_index_is_possible(x, key->id)
						 : x->met[key->kind][key->id] == x->turn)
			return true;
	}
	return false;
}

struct phrase_list phrase_index_starting(const struct phrase_index *x, enum element_kind kind,
	uint32_t id)
{
	return list_of(&x->by_first[kind], id);
}

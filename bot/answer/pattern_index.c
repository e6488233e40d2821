#include "pattern_index.h"

#include "intents.h"
#include "mem.h"
#include "rarity.h"

/* A pattern that waits for a term. Most of those that wait for a common word are turned away at the
 * door, without a look at the pattern: of the terms that it needs as well, none was said. */
enum { ALSO_MAX = 4, DOOR_SIZE = 1 << 16, DOOR_OPEN = DOOR_SIZE - 1 };

struct waiter {
	uint32_t pattern;
	uint16_t also[ALSO_MAX]; /* numbers of bits in the door, of which one must be set */
};

enum { NEEDS_MAX = 16 }; /* of one pattern that are looked at */

struct pattern_index {
	const struct intents *intents;
	const struct rarity *rarity;
	const struct phrase_index *phrases;
	size_t term_count, concept_count;
	uint32_t *starts; /* into waiters, by term; one more than there are */
	struct waiter *waiters;
	/* By pattern, what it cannot do without: terms, and behind the last term the concepts. */
	uint32_t *need_starts; /* one more than there are */
	uint32_t *needs;
	size_t need_count, need_cap;
	/* By concept that is needed, the terms of which one must be said. */
	uint32_t *leaf_starts; /* one more than there are */
	uint32_t *leaves;
	const struct pattern **outside;
	size_t outside_count;
	/* Of the utterance at hand. */
	uint32_t turn;
	unsigned char
		door[DOOR_SIZE / 8]; /* a bit for each term, by the lower half of its number */
	uint32_t *possible; /* by concept: the turn in which that was asked, doubled, and the answer
			     */
	uint32_t *asked;    /* by pattern: the turn */
	uint32_t *in_question;
	size_t count;
};

/* --- what patterns need --- */

static void put_in_order(struct need *needs, size_t *count, struct need need)
{
	size_t i = *count;

	for (; i > 0 && need.cost < needs[i - 1].cost; i--)
		needs[i] = needs[i - 1];
	needs[i] = need;
	++*count;
}

/* The rarest first. */
static size_t needs_of(const struct pattern_index *x, const struct pattern *p, struct need *out)
{
	struct need some[NEEDS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < p->term_count; i++)
		put_in_order(out, &count, rarity_of(x->rarity, &p->terms[i]));
	for (size_t i = 0; i < p->concept_count; i++) {
		size_t n = rarity_needs(x->rarity, p->concepts[i], some, NEEDS_MAX);

		for (size_t k = 0; k < n && count < NEEDS_MAX; k++)
			put_in_order(out, &count, some[k]);
	}
	return count;
}

static void keep_needs(struct pattern_index *x)
{
	size_t patterns = intents_pattern_count(x->intents);

	x->need_starts = mem_alloc(patterns + 1, sizeof(*x->need_starts));
	for (size_t i = 0; i < patterns; i++) {
		struct need needs[NEEDS_MAX];
		size_t n = needs_of(x, intents_pattern(x->intents, i), needs);

		if (!n)
			x->outside[x->outside_count++] = intents_pattern(x->intents, i);
		MEM_GROW(&x->needs, &x->need_cap, x->need_count + n);
		for (size_t k = 0; k < n; k++)
			x->needs[x->need_count++] =
				needs[k].kind < ELEMENT_CONCEPT
					? phrase_index_term(x->phrases, needs[k].kind, needs[k].id)
					: (uint32_t)x->term_count + needs[k].id;
		x->need_starts[i + 1] = (uint32_t)x->need_count;
	}
}

struct leafing {
	struct pattern_index *x;
	uint32_t *count;
	bool counting;
};

static void put_leaf(void *userdata, enum element_kind kind, uint32_t id)
{
	const struct leafing *l = userdata;

	if (!l->counting)
		l->x->leaves[*l->count] = phrase_index_term(l->x->phrases, kind, id);
	++*l->count;
}

/* Called twice: to count, and to fill in. */
static uint32_t put_leaves(struct pattern_index *x, bool counting)
{
	uint32_t count = 0;

	for (uint32_t c = 0; c < x->concept_count; c++) {
		struct leafing l = {x, &count, counting};

		/* The counting marks those that are needed in the start behind them. */
		if (x->leaf_starts[c + 1])
			rarity_leaves(x->rarity, c, put_leaf, &l);
		if (!counting)
			x->leaf_starts[c + 1] = count;
	}
	return count;
}

static void keep_leaves(struct pattern_index *x)
{
	x->leaf_starts = mem_alloc(x->concept_count + 1, sizeof(*x->leaf_starts));
	for (size_t i = 0; i < x->need_count; i++)
		if (x->needs[i] >= x->term_count)
			x->leaf_starts[x->needs[i] - x->term_count + 1] = 1;
	x->leaves = mem_alloc(put_leaves(x, true), sizeof(*x->leaves));
	put_leaves(x, false);
}

/* --- who waits where --- */

/* The terms of which one must be said for the need to be met. */
static const uint32_t *terms_of(const struct pattern_index *x, const uint32_t *need, size_t *count)
{
	size_t concept = *need - x->term_count;

	*count = 1;
	if (*need < x->term_count)
		return need;
	*count = x->leaf_starts[concept + 1] - x->leaf_starts[concept];
	return x->leaves + x->leaf_starts[concept];
}

static struct waiter waiter_for(const struct pattern_index *x, uint32_t pattern)
{
	struct waiter w = {.pattern = pattern};
	const uint32_t *second = x->needs + x->need_starts[pattern] + 1, *terms = NULL;
	size_t count = 0;

	if (second < x->needs + x->need_starts[pattern + 1])
		terms = terms_of(x, second, &count);
	for (size_t i = 0; i < ALSO_MAX; i++)
		w.also[i] = count && count <= ALSO_MAX ? (uint16_t)terms[i % count] : DOOR_OPEN;
	return w;
}

static void put_waiters(struct pattern_index *x, bool counting)
{
	for (uint32_t p = 0; p < intents_pattern_count(x->intents); p++) {
		const uint32_t *terms;
		struct waiter w;
		size_t count;

		if (x->need_starts[p] == x->need_starts[p + 1])
			continue;
		terms = terms_of(x, x->needs + x->need_starts[p], &count);
		if (!counting)
			w = waiter_for(x, p);
		for (size_t i = 0; i < count; i++) {
			if (counting)
				x->starts[terms[i]]++;
			else
				x->waiters[--x->starts[terms[i]]] = w;
		}
	}
}

static void keep_waiters(struct pattern_index *x)
{
	x->starts = mem_alloc(x->term_count + 1, sizeof(*x->starts));
	put_waiters(x, true);
	/* Counts become ends; filling the lists downwards leaves their beginnings. */
	for (size_t i = 1; i <= x->term_count; i++)
		x->starts[i] += x->starts[i - 1];
	x->waiters = mem_alloc(x->starts[x->term_count], sizeof(*x->waiters));
	put_waiters(x, false);
}

struct pattern_index *pattern_index_new(const struct intents *intents, const struct rarity *rarity,
	const struct phrase_index *phrases)
{
	struct pattern_index *x = mem_alloc(1, sizeof(*x));
	size_t patterns = intents_pattern_count(intents);

	x->intents = intents;
	x->rarity = rarity;
	x->phrases = phrases;
	x->term_count = phrase_index_terms(phrases);
	x->concept_count = grammar_concept_count(phrase_index_grammar(phrases));
	x->outside = mem_alloc(patterns, sizeof(*x->outside));
	x->possible = mem_alloc(x->concept_count, sizeof(*x->possible));
	x->asked = mem_alloc(patterns, sizeof(*x->asked));
	x->in_question = mem_alloc(patterns, sizeof(*x->in_question));
	x->door[DOOR_OPEN / 8] = 1 << DOOR_OPEN % 8;
	keep_needs(x);
	keep_leaves(x);
	keep_waiters(x);
	return x;
}

void pattern_index_free(struct pattern_index **index)
{
	struct pattern_index *x = *index;

	if (!x)
		return;
	mem_free(x->starts);
	mem_free(x->waiters);
	mem_free(x->need_starts);
	mem_free(x->needs);
	mem_free(x->leaf_starts);
	mem_free(x->leaves);
	mem_free(x->outside);
	mem_free(x->possible);
	mem_free(x->asked);
	mem_free(x->in_question);
	mem_free(x);
	*index = NULL;
}

/* --- asking --- */

static void begin_turn(struct pattern_index *x)
{
	x->count = 0;
	if (++x->turn <= UINT32_MAX / 2)
		return;
	memset(x->possible, 0, x->concept_count * sizeof(*x->possible));
	memset(x->asked, 0, intents_pattern_count(x->intents) * sizeof(*x->asked));
	x->turn = 1;
}

static bool is_met(struct pattern_index *x, const uint32_t *need)
{
	uint32_t *known = *need < x->term_count ? NULL : &x->possible[*need - x->term_count];
	const uint32_t *terms;
	size_t count;
	bool met = false;

	if (known && *known / 2 == x->turn)
		return *known % 2;
	terms = terms_of(x, need, &count);
	for (size_t i = 0; i < count && !met; i++)
		met = phrase_index_has_heard(x->phrases, terms[i]);
	if (known)
		*known = 2 * x->turn + met;
	return met;
}

static void question(struct pattern_index *x, uint32_t pattern)
{
	if (x->asked[pattern] == x->turn)
		return;
	x->asked[pattern] = x->turn;
	/* For the first of them it waited. */
	for (size_t i = x->need_starts[pattern] + 1; i < x->need_starts[pattern + 1]; i++)
		if (!is_met(x, &x->needs[i]))
			return;
	x->in_question[x->count++] = pattern;
}

/* A number, since to look at all four bits is cheaper than to branch after each. */
static unsigned is_set(const struct pattern_index *x, uint16_t bit)
{
	return x->door[bit / 8] >> bit % 8 & 1;
}

static void admit(struct pattern_index *x, uint32_t term)
{
	const struct waiter *end = x->waiters + x->starts[term + 1];

	for (const struct waiter *w = x->waiters + x->starts[term]; w < end; w++)
		if (is_set(x, w->also[0]) | is_set(x, w->also[1]) | is_set(x, w->also[2]) |
			is_set(x, w->also[3]))
			question(x, w->pattern);
}

/* Sinks the number at i to its place in a heap, the greatest on top. */
static void sink(uint32_t *numbers, size_t count, size_t i)
{
	uint32_t number = numbers[i];

	for (size_t k; (k = 2 * i + 1) < count; i = k) {
		if (k + 1 < count && numbers[k + 1] > numbers[k])
			k++;
		if (numbers[k] <= number)
			break;
		numbers[i] = numbers[k];
	}
	numbers[i] = number;
}

/* In place: qsort() may ask for memory. */
static void sort(uint32_t *numbers, size_t count)
{
	for (size_t i = count / 2; i-- > 0;)
		sink(numbers, count, i);
	for (size_t n = count; n-- > 1;) {
		uint32_t greatest = numbers[0];

		numbers[0] = numbers[n];
		numbers[n] = greatest;
		sink(numbers, n, 0);
	}
}

const uint32_t *pattern_index_ask(
	struct pattern_index *x, const uint32_t *heard, size_t heard_count, size_t *count)
{
	begin_turn(x);
	/* At this size memory is far away: what is looked at soon is sent for now. */
	for (size_t i = 0; i < heard_count; i++) {
		__builtin_prefetch(&x->starts[heard[i]]);
		x->door[(uint16_t)heard[i] / 8] |= (unsigned char)(1 << heard[i] % 8);
	}
	for (size_t i = 0; i < heard_count; i++)
		__builtin_prefetch(&x->waiters[x->starts[heard[i]]]);
	for (size_t i = 0; i < heard_count; i++)
		admit(x, heard[i]);
	for (size_t i = 0; i < heard_count; i++)
		x->door[(uint16_t)heard[i] / 8] = 0;
	x->door[DOOR_OPEN / 8] |= 1 << DOOR_OPEN % 8;
	sort(x->in_question, x->count);
	*count = x->count;
	return x->in_question;
}

size_t pattern_index_outside(const struct pattern_index *x, const struct pattern *const **patterns)
{
	*patterns = x->outside;
	return x->outside_count;
}

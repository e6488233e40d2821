#include "phrase_index.h"

#include "mem.h"
#include "pool.h"
#include "rarity.h"
#include "utterance.h"
#include "words.h"

/* Everything that a phrase may begin with or be woken by has a place in one row: the words, then the
 * prefixes, then the concepts. All that is asked of one stands together, for the memory's sake. */
struct place_in_row {
	const struct trial *trials; /* that wait to be tried, if they are of this turn */
	uint32_t trials_turn;
	uint32_t heard;    /* the turn in which it was */
	uint32_t keyed;    /* where its part of the keyed phrases begins; that of the next ends it */
	uint32_t prefixes; /* of a word, likewise */
};

struct phrase_index {
	const struct grammar *grammar;
	const struct rarity *rarity;
	struct pool *pool; /* of the utterance at hand */
	uint32_t turn;
	uint32_t firsts[ELEMENT_CONCEPT + 2]; /* by kind: where its ids begin in the row; the end */
	struct place_in_row *row;             /* one more than there are */
	uint32_t *keyed;    /* phrases of what is looked for always, by their keys */
	uint32_t *prefixes; /* of the words, one behind the other */
	uint32_t *woken;    /* by phrase: the turn in which it woke */
	uint32_t *needed;   /* by concept: the turn, or ALWAYS */
};

#define ALWAYS UINT32_MAX

static uint32_t place_of(const struct phrase_index *x, enum element_kind kind, uint32_t id)
{
	return x->firsts[kind] + id;
}

/* --- making --- */

static void need_always(struct phrase_index *x, uint32_t concept)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);

	if (x->needed[concept] == ALWAYS)
		return;
	x->needed[concept] = ALWAYS;
	for (size_t i = 0; i < list.count; i++) {
		const struct phrase *p = grammar_phrase(x->grammar, list.phrases[i]);

		for (size_t k = 0; k < p->count; k++)
			if (p->elements[k].kind == ELEMENT_CONCEPT ||
				p->elements[k].kind == ELEMENT_GROUP)
				need_always(x, p->elements[k].id);
	}
}

struct filling {
	struct phrase_index *x;
	bool counting;
	uint32_t phrase;
};

static void put_key(const struct filling *f, uint32_t phrase)
{
	const struct element *e = rarity_key(f->x->rarity, phrase);
	uint32_t *start;

	if (e->kind == ELEMENT_GROUP) {
		struct phrase_list list = grammar_alternatives(f->x->grammar, e->id);

		for (size_t i = 0; i < list.count; i++)
			put_key(f, list.phrases[i]);
		return;
	}
	start = &f->x->row[place_of(f->x, e->kind, e->id)].keyed;
	if (f->counting)
		++*start;
	else
		f->x->keyed[--*start] = f->phrase;
}

static void put_keys(struct phrase_index *x, bool counting)
{
	struct filling f = {x, counting, 0};

	for (; f.phrase < grammar_phrase_count(x->grammar); f.phrase++) {
		uint32_t concept = grammar_phrase(x->grammar, f.phrase)->concept;

		/* What belongs to a group is met inside other phrases only. */
		if (x->needed[concept] == ALWAYS && !grammar_is_group(x->grammar, concept))
			put_key(&f, f.phrase);
	}
}

static void index_keys(struct phrase_index *x)
{
	size_t places = x->firsts[ELEMENT_CONCEPT + 1];

	put_keys(x, true);
	/* Counts become ends; filling the lists downwards leaves their beginnings. */
	for (size_t i = 1; i <= places; i++)
		x->row[i].keyed += x->row[i - 1].keyed;
	x->keyed = mem_alloc(x->row[places].keyed, sizeof(*x->keyed));
	put_keys(x, false);
}

static void index_prefixes(struct phrase_index *x)
{
	const struct words *words = grammar_words(x->grammar);
	uint32_t found[GRAMMAR_PREFIXES_MAX];
	size_t count = 0, cap = 0;

	MEM_GROW(&x->prefixes, &cap, 1); /* a place to point at, though there may be none */
	for (uint32_t w = 0; w < words_count(words); w++) {
		size_t n = grammar_prefixes(x->grammar, words_text(words, w), words_len(words, w),
			found, ARRAY_LEN(found));

		MEM_GROW(&x->prefixes, &cap, count + n);
		/* Nothing may be there yet. */
		if (n)
			memcpy(x->prefixes + count, found, n * sizeof(*found));
		count += n;
		x->row[w + 1].prefixes = (uint32_t)count;
	}
}

struct phrase_index *phrase_index_new(
	const struct grammar *grammar, const struct rarity *rarity, const bool *always)
{
	struct phrase_index *x = mem_alloc(1, sizeof(*x));

	x->grammar = grammar;
	x->rarity = rarity;
	for (int kind = 0; kind <= ELEMENT_CONCEPT; kind++)
		x->firsts[kind + 1] =
			x->firsts[kind] + (uint32_t)grammar_ids(grammar, (enum element_kind)kind);
	x->row = mem_alloc(x->firsts[ELEMENT_CONCEPT + 1] + 1, sizeof(*x->row));
	x->woken = mem_alloc(grammar_phrase_count(grammar), sizeof(*x->woken));
	x->needed = mem_alloc(grammar_concept_count(grammar), sizeof(*x->needed));
	for (uint32_t c = 0; c < grammar_concept_count(grammar); c++)
		if (!always || always[c])
			need_always(x, c);
	index_keys(x);
	index_prefixes(x);
	return x;
}

void phrase_index_free(struct phrase_index **index)
{
	struct phrase_index *x = *index;

	if (!x)
		return;
	mem_free(x->row);
	mem_free(x->keyed);
	mem_free(x->woken);
	mem_free(x->needed);
	mem_free(x->prefixes);
	mem_free(x);
	*index = NULL;
}

const struct grammar *phrase_index_grammar(const struct phrase_index *x)
{
	return x->grammar;
}

size_t phrase_index_terms(const struct phrase_index *x)
{
	return x->firsts[ELEMENT_CONCEPT];
}

uint32_t phrase_index_term(const struct phrase_index *x, enum element_kind kind, uint32_t id)
{
	return place_of(x, kind, id);
}

/* --- one utterance --- */

void phrase_index_begin(struct phrase_index *x, struct pool *pool)
{
	x->pool = pool;
	if (++x->turn != ALWAYS)
		return;
	for (size_t i = 0; i < x->firsts[ELEMENT_CONCEPT + 1]; i++)
		x->row[i].heard = x->row[i].trials_turn = 0;
	memset(x->woken, 0, grammar_phrase_count(x->grammar) * sizeof(*x->woken));
	for (size_t i = 0; i < grammar_concept_count(x->grammar); i++)
		if (x->needed[i] != ALWAYS)
			x->needed[i] = 0;
	x->turn = 1;
}

struct prefixes phrase_index_prefixes(
	const struct phrase_index *x, struct pool *pool, const struct token *t)
{
	uint32_t found[GRAMMAR_PREFIXES_MAX], *ids;
	size_t count;

	if (t->word != WORD_NONE) {
		const struct place_in_row *place = &x->row[t->word];

		return (struct prefixes){
			x->prefixes + place->prefixes, place[1].prefixes - place->prefixes};
	}
	count = grammar_prefixes(x->grammar, t->text, t->len, found, ARRAY_LEN(found));
	if (!count)
		return (struct prefixes){0};
	ids = pool_alloc(pool, count, sizeof(*ids));
	memcpy(ids, found, count * sizeof(*ids));
	return (struct prefixes){ids, count};
}

static void add_trial(struct phrase_index *x, const struct element *e, uint32_t phrase)
{
	struct place_in_row *place = &x->row[place_of(x, e->kind, e->id)];
	struct trial *trial = pool_alloc(x->pool, 1, sizeof(*trial));

	*trial = (struct trial){phrase, place->trials_turn == x->turn ? place->trials : NULL};
	place->trials = trial;
	place->trials_turn = x->turn;
}

/* Every element up to the first that must be there may be the one that a phrase begins with; of a
 * group, whatever its alternatives begin with. */
static void add_trials(struct phrase_index *x, const struct phrase *p, uint32_t phrase)
{
	for (size_t k = 0; k < p->count; k++) {
		const struct element *e = &p->elements[k];

		if (e->kind == ELEMENT_GROUP) {
			struct phrase_list list = grammar_alternatives(x->grammar, e->id);

			for (size_t i = 0; i < list.count; i++)
				add_trials(x, grammar_phrase(x->grammar, list.phrases[i]), phrase);
		} else {
			add_trial(x, e, phrase);
		}
		if (!e->optional)
			break;
	}
}

static void wake(struct phrase_index *x, uint32_t phrase)
{
	if (x->woken[phrase] == x->turn)
		return;
	x->woken[phrase] = x->turn;
	add_trials(x, grammar_phrase(x->grammar, phrase), phrase);
}

static void wake_keyed(struct phrase_index *x, uint32_t place)
{
	for (uint32_t i = x->row[place].keyed; i < x->row[place + 1].keyed; i++)
		wake(x, x->keyed[i]);
}

bool phrase_index_hear(struct phrase_index *x, uint32_t term)
{
	if (x->row[term].heard == x->turn)
		return false;
	x->row[term].heard = x->turn;
	wake_keyed(x, term);
	return true;
}

bool phrase_index_has_heard(const struct phrase_index *x, uint32_t term)
{
	return x->row[term].heard == x->turn;
}

void phrase_index_find(struct phrase_index *x, uint32_t concept)
{
	wake_keyed(x, place_of(x, ELEMENT_CONCEPT, concept));
}

void phrase_index_need(struct phrase_index *x, uint32_t concept)
{
	struct phrase_list list = grammar_alternatives(x->grammar, concept);

	if (x->needed[concept] == ALWAYS || x->needed[concept] == x->turn)
		return;
	x->needed[concept] = x->turn;
	for (size_t i = 0; i < list.count; i++) {
		const struct element *key = rarity_key(x->rarity, list.phrases[i]);
		const struct phrase *p = grammar_phrase(x->grammar, list.phrases[i]);

		if (key->kind <= ELEMENT_PREFIX &&
			!phrase_index_has_heard(x, place_of(x, key->kind, key->id)))
			continue;
		if (!grammar_is_group(x->grammar, concept))
			wake(x, list.phrases[i]);
		for (size_t k = 0; k < p->count; k++)
			if (p->elements[k].kind == ELEMENT_CONCEPT ||
				p->elements[k].kind == ELEMENT_GROUP)
				phrase_index_need(x, p->elements[k].id);
	}
}

const struct trial *phrase_index_trials(
	const struct phrase_index *x, enum element_kind kind, uint32_t id)
{
	const struct place_in_row *place = &x->row[place_of(x, kind, id)];

	return place->trials_turn == x->turn ? place->trials : NULL;
}

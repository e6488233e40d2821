#include "grammar.h"

#include "mem.h"
#include "normalise.h"
#include "pool.h"
#include "spelling.h"
#include "strmap.h"
#include "utf8.h"
#include "words.h"

struct concept {
	const char *name;
	bool named, defined, transparent;
	bool bundle;
	bool group; /* met only inside other phrases */
	struct place at;
	uint32_t *phrases; /* its own, for the search for circles */
	size_t phrase_count, phrase_cap;
	unsigned char colour;
};

struct grammar {
	struct pool *pool;
	struct pool *scratch; /* for one run of words */
	unsigned scope;
	struct words *words;
	const struct spelling *spelling;
	struct strmap names;     /* concept names; value: number + 1 */
	struct strmap anonymous; /* texts; value: number + 1 */
	struct concept *concepts;
	size_t concept_count, concept_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	struct words *prefixes;
	size_t prefix_longest;
};

struct grammar *grammar_new(struct words *words, const struct spelling *spelling)
{
	struct grammar *grammar = mem_alloc(1, sizeof(*grammar));

	grammar->pool = pool_new(64 * 1024);
	grammar->scratch = pool_new(4096);
	grammar->words = words;
	grammar->spelling = spelling;
	grammar->prefixes = words_new();
	strmap_init(&grammar->names);
	strmap_init(&grammar->anonymous);
	return grammar;
}

void grammar_free(struct grammar **grammar)
{
	struct grammar *g = *grammar;

	if (!g)
		return;
	for (size_t i = 0; i < g->concept_count; i++)
		mem_free(g->concepts[i].phrases);
	mem_free(g->concepts);
	mem_free(g->phrases);
	strmap_release(&g->names);
	strmap_release(&g->anonymous);
	words_free(&g->prefixes);
	pool_free(&g->scratch);
	pool_free(&g->pool);
	mem_free(g);
	*grammar = NULL;
}

static uint32_t add_concept(struct grammar *g, const char *name, bool named, struct place at)
{
	MEM_GROW(&g->concepts, &g->concept_cap, g->concept_count + 1);
	g->concepts[g->concept_count] = (struct concept){.name = name, .named = named, .at = at};
	return (uint32_t)g->concept_count++;
}

/* "pay" in the second pack is kept as "pay@1"; the name shown stays "pay". */
static uint32_t concept_len(struct grammar *g, const char *name, size_t len, struct place at)
{
	char key[128];
	uintptr_t found;
	uint32_t concept;
	char *copy;

	if (len > 100)
		len = utf8_floor(name, len, 100);
	snprintf(key, sizeof(key), "%.*s@%u", (int)len, name, g->scope);
	found = (uintptr_t)strmap_get(&g->names, key);
	if (found)
		return (uint32_t)(found - 1);
	copy = pool_strdup(g->pool, key);
	concept = add_concept(g, pool_strndup(g->pool, name, len), true, at);
	*strmap_put(&g->names, copy) = (void *)((uintptr_t)concept + 1);
	return concept;
}

uint32_t grammar_concept(struct grammar *g, const char *name, struct place at)
{
	return concept_len(g, name, strlen(name), at);
}

void grammar_set_scope(struct grammar *g, unsigned scope)
{
	g->scope = scope;
}

bool grammar_define(struct grammar *g, uint32_t concept, struct place at, struct place *earlier)
{
	struct concept *c = &g->concepts[concept];

	if (c->defined) {
		*earlier = c->at;
		return false;
	}
	c->defined = true;
	c->at = at;
	return true;
}

size_t grammar_concept_count(const struct grammar *g)
{
	return g->concept_count;
}

size_t grammar_named_count(const struct grammar *g)
{
	return g->names.count;
}

const char *grammar_concept_name(const struct grammar *g, uint32_t concept)
{
	return g->concepts[concept].name;
}

bool grammar_is_named(const struct grammar *g, uint32_t concept)
{
	return g->concepts[concept].named;
}

static bool only_bundles(const struct grammar *g, const struct concept *c)
{
	for (size_t i = 0; i < c->phrase_count; i++) {
		const struct phrase *p = &g->phrases[c->phrases[i]];

		if (p->count != 1 || p->elements[0].kind != ELEMENT_CONCEPT)
			return false;
	}
	return true;
}

bool grammar_is_bundle(const struct grammar *g, uint32_t concept)
{
	return g->concepts[concept].bundle;
}

bool grammar_hides(const struct grammar *g, uint32_t concept)
{
	return g->concepts[concept].named && !g->concepts[concept].transparent;
}

void grammar_forgive(struct grammar *g, const char *name)
{
	struct place nowhere = {"", 0, 0};

	uint32_t concept = grammar_concept(g, name, nowhere);

	g->concepts[concept].defined = true;
}

void grammar_set_transparent(struct grammar *g, uint32_t concept)
{
	g->concepts[concept].transparent = true;
}

/* --- reading a phrase --- */

enum { NESTED_MAX = 8 }; /* brackets in brackets; reading calls itself for each */

struct parser {
	struct grammar *g;
	unsigned nested;
	const char *text;
	size_t len, pos;
	struct place at;
	struct problems *problems;
	struct element elements[PHRASE_MAX];
	size_t count;
	bool failed;
};

static void fail(struct parser *p, size_t where, const char *what)
{
	struct place at = p->at;

	if (p->failed)
		return;
	at.col += (unsigned)utf8_count(p->text, where);
	problems_add(p->problems, PROBLEM_ERROR, at, "%s", what);
	p->failed = true;
}

static void push(struct parser *p, enum element_kind kind, uint32_t id, bool optional)
{
	if (p->count == PHRASE_MAX) {
		fail(p, p->pos, "more than 24 words in one phrase; make it shorter");
		return;
	}
	p->elements[p->count++] = (struct element){.kind = kind, .id = id, .optional = optional};
}

static bool is_special(char c)
{
	return c && strchr("<>()[]|*", c);
}

struct element grammar_term(struct grammar *g, const char *text, size_t len, bool whole)
{
	struct element term = {.kind = whole ? ELEMENT_WORD : ELEMENT_PREFIX};

	term.id = words_add(whole ? g->words : g->prefixes, text, len);
	if (whole)
		words_mark_meant(g->words, term.id);
	else if (len > g->prefix_longest)
		g->prefix_longest = len;
	return term;
}

/* Plain words go the way a question goes, so that "what's" in a template meets "what is". */
static void read_words(struct parser *p, size_t end)
{
	struct utterance u;

	normalise(p->g->spelling, p->g->scratch, p->text + p->pos, end - p->pos, &u);
	for (size_t i = 0; i < u.count; i++) {
		push(p, ELEMENT_WORD,
			grammar_term(p->g, u.tokens[i].text, u.tokens[i].len, true).id, false);
	}
	pool_clear(p->g->scratch);
	p->pos = end;
}

/* Behind the * that was read: nothing goes on right there. */
static void check_star(struct parser *p)
{
	if (p->pos < p->len && p->text[p->pos] != ' ' && !is_special(p->text[p->pos]))
		fail(p, p->pos - 1, "a * stands at the end of a word, as in wage*, or alone");
}

static void read_prefix(struct parser *p, size_t end)
{
	struct utterance u;

	normalise(p->g->spelling, p->g->scratch, p->text + p->pos, end - p->pos, &u);
	if (u.count != 1) {
		fail(p, p->pos, "a * may only end a single word, as in wage*");
	} else {
		push(p, ELEMENT_PREFIX,
			grammar_term(p->g, u.tokens[0].text, u.tokens[0].len, false).id, false);
		/* the beginning is often a word itself */
		words_mark_meant(p->g->words,
			words_add(p->g->words, u.tokens[0].text, u.tokens[0].len));
	}
	pool_clear(p->g->scratch);
	p->pos = end + 1;
	check_star(p);
}

static void read_reference(struct parser *p)
{
	size_t start = p->pos + 1, end = start;
	struct place at = p->at;

	while (end < p->len && p->text[end] != '>' && p->text[end] != ' ')
		end++;
	if (end == p->len || p->text[end] != '>' || end == start) {
		fail(p, p->pos, "a < without its >; a concept is written <name>");
		return;
	}
	at.col += (unsigned)utf8_count(p->text, p->pos);
	push(p, ELEMENT_CONCEPT, concept_len(p->g, p->text + start, end - start, at), false);
	p->pos = end + 1;
}

static void add_phrase(struct grammar *g, uint32_t concept, const char *text, size_t len,
	struct place at, unsigned nested, struct problems *problems);

/* (x|y) and [x|y] */
static void read_group(struct parser *p)
{
	char open = p->text[p->pos], close = open == '(' ? ')' : ']';
	size_t start = p->pos + 1, end = start, depth = 1, from;
	struct place at = p->at;
	uint32_t group;

	if (p->nested == NESTED_MAX) {
		fail(p, p->pos, "brackets more than 8 deep; make it shorter");
		return;
	}
	for (; end < p->len; end++) {
		if (p->text[end] == '(' || p->text[end] == '[')
			depth++;
		else if ((p->text[end] == ')' || p->text[end] == ']') && --depth == 0)
			break;
	}
	if (end == p->len || p->text[end] != close) {
		fail(p, p->pos, open == '(' ? "a ( without its )" : "a [ without its ]");
		return;
	}
	group = add_concept(p->g, pool_strndup(p->g->pool, p->text + p->pos, end + 1 - p->pos),
		false, at);
	p->g->concepts[group].defined = p->g->concepts[group].group = true;
	for (size_t i = from = start, inner = 0; i <= end; i++) {
		if (i < end && (p->text[i] == '(' || p->text[i] == '['))
			inner++;
		else if (i < end && (p->text[i] == ')' || p->text[i] == ']'))
			inner--;
		else if (i == end || (p->text[i] == '|' && !inner)) {
			at = p->at;
			at.col += (unsigned)utf8_count(p->text, from);
			add_phrase(p->g, group, p->text + from, i - from, at, p->nested + 1,
				p->problems);
			from = i + 1;
		}
	}
	push(p, ELEMENT_GROUP, group, open == '[');
	p->pos = end + 1;
}

static void read_next(struct parser *p)
{
	size_t end = p->pos;
	char c = p->text[p->pos];

	if (c == ' ') {
		p->pos++;
	} else if (c == '<') {
		read_reference(p);
	} else if (c == '(' || c == '[') {
		read_group(p);
	} else if (c == '*') {
		push(p, ELEMENT_GAP, 0, false);
		p->pos++;
		check_star(p);
	} else if (is_special(c)) {
		fail(p, p->pos, c == '|' ? "a | outside brackets; write (this|that)" :
					   "a closing bracket without its opening one");
	} else {
		/* a run of plain words; one with a * behind it stands by itself */
		size_t word = end;

		while (end < p->len && !is_special(p->text[end])) {
			if (p->text[end] == ' ')
				word = end + 1;
			end++;
		}
		if (end < p->len && p->text[end] == '*' && end > word) {
			if (word > p->pos)
				read_words(p, word);
			read_prefix(p, end);
		} else {
			read_words(p, end);
		}
	}
}

static bool is_solid(const struct element *e)
{
	return !e->optional && e->kind != ELEMENT_GAP;
}

/* A gap with nothing solid on one side, as in "[so] * pay", may stand at an end. */
static bool has_open_gap(const struct parser *p)
{
	size_t first = 0, last = p->count;

	while (first < p->count && !is_solid(&p->elements[first]))
		first++;
	while (last > first && !is_solid(&p->elements[last - 1]))
		last--;
	for (size_t i = 0; i < p->count; i++)
		if (p->elements[i].kind == ELEMENT_GAP && (i < first || i >= last))
			return true;
	return false;
}

static void check_phrase(struct parser *p)
{
	bool solid = false;

	if (p->failed)
		return;
	for (size_t i = 0; i < p->count; i++)
		solid |= is_solid(&p->elements[i]);
	if (!solid)
		fail(p, 0, p->count ? "nothing here must be said; give at least one word that is not in [ ]"
				    : "no words here");
	else if (has_open_gap(p))
		fail(p, 0, "a lone * stands between words, not at an end");
}

static void add_phrase(struct grammar *g, uint32_t concept, const char *text, size_t len,
	struct place at, unsigned nested, struct problems *problems)
{
	struct parser p = {.g = g,
		.nested = nested,
		.text = text,
		.len = len,
		.at = at,
		.problems = problems};
	struct element *elements;
	struct concept *c;

	while (p.pos < p.len && !p.failed)
		read_next(&p);
	check_phrase(&p);
	if (p.failed)
		return;
	elements = pool_alloc(g->pool, p.count, sizeof(*elements));
	memcpy(elements, p.elements, p.count * sizeof(*elements));
	MEM_GROW(&g->phrases, &g->phrase_cap, g->phrase_count + 1);
	g->phrases[g->phrase_count] = (struct phrase){
		.concept = concept, .count = (uint32_t)p.count, .elements = elements};
	c = &g->concepts[concept];
	MEM_GROW(&c->phrases, &c->phrase_cap, c->phrase_count + 1);
	c->phrases[c->phrase_count++] = (uint32_t)g->phrase_count++;
}

void grammar_add(struct grammar *g, uint32_t concept, const char *text, size_t len,
	struct place at, struct problems *problems)
{
	add_phrase(g, concept, text, len, at, 0, problems);
}

uint32_t grammar_phrase_concept(struct grammar *g, const char *text, size_t len, struct place at,
	struct problems *problems)
{
	char *key = pool_printf(g->pool, "%.*s@%u", (int)len, text, g->scope);
	uintptr_t found = (uintptr_t)strmap_get(&g->anonymous, key);
	uint32_t concept;

	if (found)
		return (uint32_t)(found - 1);
	/* <pay> alone is <pay>, not a concept around it. */
	if (len > 2 && text[0] == '<' && memchr(text, '>', len) == text + len - 1)
		return concept_len(g, text + 1, len - 2, at);
	concept = add_concept(g, pool_strndup(g->pool, text, len), false, at);
	g->concepts[concept].defined = true;
	*strmap_put(&g->anonymous, key) = (void *)((uintptr_t)concept + 1);
	grammar_add(g, concept, text, len, at, problems);
	return concept;
}

/* --- finishing --- */

/* How many letters must change to make one name the other, for names alike enough; else 9. */
static size_t unlikeness(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), head = 0, tail = 0, longer = la > lb ? la : lb;

	while (head < la && head < lb && a[head] == b[head])
		head++;
	while (tail < la - head && tail < lb - head && a[la - 1 - tail] == b[lb - 1 - tail])
		tail++;
	if (la == lb && la - head - tail == 2 && a[head] == b[head + 1] && a[head + 1] == b[head])
		return 1; /* two letters swapped */
	return longer - head - tail < 3 && head + tail > 1 ? longer - head - tail : 9;
}

static void report_unknown(struct grammar *g, const struct concept *c, struct problems *problems)
{
	const char *near = NULL;
	size_t best = 9;

	for (size_t i = 0; i < g->concept_count; i++) {
		const struct concept *other = &g->concepts[i];

		if (other->named && other->defined && unlikeness(c->name, other->name) < best) {
			best = unlikeness(c->name, other->name);
			near = other->name;
		}
	}
	if (near)
		problems_add(problems, PROBLEM_ERROR, c->at,
			"there is no concept <%s>; did you mean <%s>?", c->name, near);
	else
		problems_add(problems, PROBLEM_ERROR, c->at, "there is no concept <%s>", c->name);
}

enum { WHITE, GREY, BLACK };

/* Depth is bounded by the number of concepts; a circle is found before it is walked twice. */
static void find_circles(struct grammar *g, uint32_t concept, unsigned depth,
	struct problems *problems)
{
	struct concept *c = &g->concepts[concept];

	if (c->colour == BLACK)
		return;
	if (c->colour == GREY || depth > 200) {
		problems_add(problems, PROBLEM_ERROR, c->at,
			depth > 200 ? "%s refers to others too deeply" :
				      "%s comes round to itself by what it refers to",
			c->name);
		c->colour = BLACK;
		return;
	}
	c->colour = GREY;
	for (size_t i = 0; i < c->phrase_count; i++) {
		const struct phrase *phrase = &g->phrases[c->phrases[i]];

		for (size_t k = 0; k < phrase->count; k++)
			if (phrase->elements[k].kind == ELEMENT_CONCEPT ||
				phrase->elements[k].kind == ELEMENT_GROUP)
				find_circles(g, phrase->elements[k].id, depth + 1, problems);
	}
	c->colour = BLACK;
}

void grammar_finish(struct grammar *g, struct problems *problems)
{
	for (uint32_t i = 0; i < g->concept_count; i++) {
		if (g->concepts[i].named && !g->concepts[i].defined)
			report_unknown(g, &g->concepts[i], problems);
		find_circles(g, i, 0, problems);
		g->concepts[i].bundle = only_bundles(g, &g->concepts[i]);
	}
}

/* --- looking --- */

size_t grammar_ids(const struct grammar *g, enum element_kind kind)
{
	if (kind == ELEMENT_WORD)
		return words_count(g->words);
	return kind == ELEMENT_PREFIX ? words_count(g->prefixes) : g->concept_count;
}

const struct words *grammar_words(const struct grammar *g)
{
	return g->words;
}

bool grammar_is_group(const struct grammar *g, uint32_t concept)
{
	return g->concepts[concept].group;
}

size_t grammar_phrase_count(const struct grammar *g)
{
	return g->phrase_count;
}

const struct phrase *grammar_phrase(const struct grammar *g, uint32_t number)
{
	return &g->phrases[number];
}

struct phrase_list grammar_alternatives(const struct grammar *g, uint32_t group)
{
	return (struct phrase_list){g->concepts[group].phrases, g->concepts[group].phrase_count};
}

size_t grammar_prefixes(const struct grammar *g, const char *text, size_t len, uint32_t *out,
	size_t max)
{
	size_t count = 0, longest = len < g->prefix_longest ? len : g->prefix_longest;

	for (size_t n = 1; n <= longest && count < max; n++) {
		uint32_t prefix = words_find(g->prefixes, text, n);

		if (prefix != WORD_NONE)
			out[count++] = prefix;
	}
	return count;
}

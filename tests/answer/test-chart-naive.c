/* test-chart-naive.c - the chart against a plain reading of the same grammar.
 *
 * The chart wakes phrases by their rarest word, looks them up by how they may
 * begin, and asks no phrase twice. Here each phrase is tried at each word with
 * none of that, on grammars and messages made by chance: both must find the
 * same spans.
 */
#include "workshop.h"

#include "buf.h"
#include "chance.h"

enum { GRAMMARS = 400, MESSAGES = 12, CONCEPTS = 6, WORDS = 6, MESSAGE_MAX = 9, SPANS = 4096 };

struct naive {
	struct workshop *w;
	const struct utterance *u;
	struct found {
		uint32_t concept;
		size_t start, end;
		bool gappy;
	} spans[SPANS];
	size_t count;
	bool grown;
};

static void note(struct naive *n, uint32_t concept, size_t start, size_t end, bool gappy)
{
	for (size_t i = 0; i < n->count; i++) {
		struct found *f = &n->spans[i];

		if (f->concept == concept && f->start == start && f->end == end) {
			n->grown |= f->gappy && !gappy;
			f->gappy &= gappy;
			return;
		}
	}
	assert_true(n->count < SPANS);
	n->spans[n->count++] = (struct found){concept, start, end, gappy};
	n->grown = true;
}

struct step {
	const struct phrase *phrase;
	size_t k;
	const struct step *outer;
};

static bool goes_on(const struct naive *n, size_t start, size_t pos)
{
	return pos < n->u->count && (pos == start || n->u->tokens[pos].before < MARK_STOP);
}

static void walk(
	struct naive *n, struct step here, uint32_t concept, size_t start, size_t pos, bool gappy)
{
	const struct step next = {here.phrase, here.k + 1, here.outer};
	const struct element *e;

	if (here.k == here.phrase->count) {
		if (here.outer)
			walk(n, *here.outer, concept, start, pos, gappy);
		else if (pos > start)
			note(n, concept, start, pos, gappy);
		return;
	}
	e = &here.phrase->elements[here.k];
	if (e->optional)
		walk(n, next, concept, start, pos, gappy);
	if (!goes_on(n, start, pos))
		return;
	if (e->kind == ELEMENT_WORD) {
		if (n->u->tokens[pos].word == e->id)
			walk(n, next, concept, start, pos + 1, gappy);
	} else if (e->kind == ELEMENT_PREFIX) {
		uint32_t found[8];
		size_t count = grammar_prefixes(
			n->w->grammar, n->u->tokens[pos].text, n->u->tokens[pos].len, found, 8);

		for (size_t i = 0; i < count; i++)
			if (found[i] == e->id)
				walk(n, next, concept, start, pos + 1, gappy);
	} else if (e->kind == ELEMENT_CONCEPT) {
		for (size_t i = 0; i < n->count; i++)
			if (n->spans[i].concept == e->id && n->spans[i].start == pos)
				walk(n, next, concept, start, n->spans[i].end,
					gappy || n->spans[i].gappy);
	} else if (e->kind == ELEMENT_GROUP) {
		struct phrase_list list = grammar_alternatives(n->w->grammar, e->id);

		for (size_t i = 0; i < list.count; i++)
			walk(n,
				(struct step){
					grammar_phrase(n->w->grammar, list.phrases[i]), 0, &next},
				concept, start, pos, gappy);
	} else {
		walk(n, next, concept, start, pos, gappy);
		for (size_t k = 1; k <= GAP_WORDS && goes_on(n, start, pos + k); k++)
			walk(n, next, concept, start, pos + k, true);
	}
}

/* Until nothing more is found: no order of phrases is taken for granted. */
static void read_naively(struct naive *n, const uint32_t *concepts)
{
	do {
		n->grown = false;
		for (size_t c = 0; c < CONCEPTS; c++) {
			struct phrase_list list = grammar_alternatives(n->w->grammar, concepts[c]);

			for (size_t i = 0; i < list.count; i++)
				for (size_t start = 0; start < n->u->count; start++)
					walk(n,
						(struct step){grammar_phrase(n->w->grammar,
								      list.phrases[i]),
							0, NULL},
						concepts[c], start, start, false);
		}
	} while (n->grown);
}

/* --- grammars and messages by chance --- */

static const char *const words[WORDS] = {"ant", "bee", "cat", "catfish", "dog", "elk"};

/* What must be said: a word, a beginning of one, or a concept with a lower number. */
static void add_solid(struct buf *out, const struct chance *chance, uint32_t concept)
{
	uint32_t kind = chance_below(chance, 6);

	if (kind < 3 || (kind > 3 && !concept))
		buf_addf(out, " %s", words[chance_below(chance, WORDS)]);
	else if (kind == 3)
		buf_add_str(out, chance_below(chance, 2) ? " cat*" : " e*");
	else
		buf_addf(out, " <c%u>", chance_below(chance, concept));
}

/* That, or a group of some, which may hold groups. */
static void add_element(
	struct buf *out, const struct chance *chance, uint32_t concept, unsigned depth)
{
	uint32_t kind = chance_below(chance, depth < 2 ? 6 : 3), alternatives;

	if (kind < 3) {
		add_solid(out, chance, concept);
		return;
	}
	buf_add_str(out, kind == 3 ? " (" : " [");
	alternatives = 1 + chance_below(chance, 3);
	for (uint32_t i = 0; i < alternatives; i++) {
		if (i)
			buf_add_char(out, '|');
		if (chance_below(chance, 2))
			add_element(out, chance, concept, depth + 1);
		add_solid(out, chance, concept);
	}
	buf_add_char(out, kind == 3 ? ')' : ']');
}

static void add_phrase(struct buf *out, const struct chance *chance, uint32_t concept)
{
	uint32_t elements = chance_below(chance, 3);

	/* A solid element at both ends: a gap may not stand there. */
	if (chance_below(chance, 2))
		add_element(out, chance, concept, 0);
	add_solid(out, chance, concept);
	for (uint32_t i = 0; i < elements; i++) {
		buf_add_str(out, chance_below(chance, 5) ? "" : " *");
		add_element(out, chance, concept, 0);
		if (i + 1 == elements)
			add_solid(out, chance, concept);
	}
	if (chance_below(chance, 4) == 0)
		buf_addf(out, " [%s]", words[chance_below(chance, WORDS)]);
}

static uint32_t add_concept(struct workshop *w, const struct chance *chance, uint32_t number)
{
	uint32_t phrases = 1 + chance_below(chance, 3), concept;
	struct buf text;
	char name[8];

	buf_init(&text, BUF_REPLY);
	for (uint32_t i = 0; i < phrases; i++) {
		if (i)
			buf_add_str(&text, "; ");
		add_phrase(&text, chance, number);
	}
	snprintf(name, sizeof(name), "c%u", number);
	concept = workshop_concept(w, name, text.data);
	buf_release(&text);
	return concept;
}

static void make_message(struct buf *out, const struct chance *chance)
{
	uint32_t count = 1 + chance_below(chance, MESSAGE_MAX);

	buf_clear(out);
	for (uint32_t i = 0; i < count; i++)
		buf_addf(out, "%s%s", words[chance_below(chance, WORDS)],
			chance_below(chance, 12) ? " " : ". ");
}

static void assert_same(
	struct workshop *w, struct naive *n, const uint32_t *concepts, const char *said)
{
	struct chart chart = workshop_read(w, said);
	struct utterance u = workshop_hear(w, said);

	n->u = &u;
	n->count = 0;
	read_naively(n, concepts);
	if (chart.span_count != n->count)
		fail_msg("`%s`: %zu spans, not %zu", said, chart.span_count, n->count);
	for (size_t i = 0; i < chart.span_count; i++) {
		const struct span *s = chart.all[i];
		size_t k = 0;

		while (k < n->count &&
			(n->spans[k].concept != s->concept || n->spans[k].start != s->start ||
				n->spans[k].end != s->end))
			k++;
		assert_true(k < n->count);
		assert_int_equal(s->gappy, n->spans[k].gappy);
	}
	assert_false(chart.cut);
}

static void chart_read__finds__what_a_plain_reading_finds(void **state)
{
	static struct naive naive;
	uint64_t seed = 20221;
	const struct chance chance = chance_from_seed(&seed);
	size_t found = 0;
	struct buf said;

	buf_init(&said, BUF_REPLY);
	for (int round = 0; round < GRAMMARS; round++) {
		uint32_t concepts[CONCEPTS];

		workshop_setup(state);
		naive.w = *state;
		for (uint32_t c = 0; c < CONCEPTS; c++)
			concepts[c] = add_concept(naive.w, &chance, c);
		workshop_finish(naive.w);
		for (int i = 0; i < MESSAGES; i++) {
			make_message(&said, &chance);
			assert_same(naive.w, &naive, concepts, said.data);
			found += naive.count;
		}
		workshop_teardown(state);
	}
	buf_release(&said);
	/* Chance has made enough for the comparison to mean something. */
	assert_true(found > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chart_read__finds__what_a_plain_reading_finds),
	};

	return cmocka_run_group_tests_name("chart, plainly", tests, NULL, NULL);
}

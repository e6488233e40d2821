/* fuzz-template.c - the ways to say things: words, wild cards, brackets, references.
 *
 * Lines such as `pay = how much * (earn|make)` define concepts; lines without
 * a = are heard.
 */
#include "fuzz.h"

#include "chart.h"
#include "grammar.h"
#include "mem.h"
#include "normalise.h"
#include "phrase_index.h"
#include "pool.h"
#include "rarity.h"
#include "problems.h"
#include "repair.h"
#include "spelling.h"
#include "words.h"

struct line {
	const char *text;
	size_t len;
	uint32_t concept; /* what it is a way to say; CONCEPT_NONE for what is heard */
};

struct world {
	struct pool *pool, *arena;
	struct words *words;
	struct spelling *spelling;
	struct grammar *grammar;
	struct rarity *rarity;
	struct phrase_index *phrases;
	struct problems *problems;
	struct line *lines;
	size_t count, cap;
};

static void read_line(struct world *w, const char *text, size_t len)
{
	const struct place at = {"f.yaml", (unsigned)w->count + 1, 1};
	const char *equals = len ? memchr(text, '=', len) : NULL;
	struct line line = {text, len, CONCEPT_NONE};
	struct place earlier;

	if (equals) {
		size_t name = (size_t)(equals - text);

		while (name && text[name - 1] == ' ')
			name--;
		line.text = equals + 1;
		line.len = len - (size_t)(equals + 1 - text);
		line.concept = grammar_concept(w->grammar, pool_strndup(w->pool, text, name), at);
		(void)grammar_define(w->grammar, line.concept, at, &earlier);
		grammar_add(w->grammar, line.concept, line.text, line.len, at, w->problems);
	}
	MEM_GROW(&w->lines, &w->cap, w->count + 1);
	w->lines[w->count++] = line;
}

static void read_lines(struct world *w, const char *text, size_t size)
{
	while (size) {
		const char *newline = memchr(text, '\n', size);
		size_t len = newline ? (size_t)(newline - text) : size;

		read_line(w, text, len);
		len += newline != NULL;
		text += len;
		size -= len;
	}
}

static bool has_marks(const struct utterance *u)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->tokens[i].before != MARK_NONE)
			return true;
	return false;
}

static bool is_plain(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (strchr("<>()[]|*", line->text[i])) /* NUL among them */
			return false;
	return true;
}

/* Every line is heard: what is plain words is found in what it says itself. */
static void hear(struct world *w, const struct line *line)
{
	struct utterance u;
	struct chart chart;

	normalise(w->spelling, w->arena, line->text, line->len, &u);
	repair_look_up(w->words, &u);
	chart_read(w->phrases, w->arena, &u, &chart);
	HOLDS(chart.count == u.count);
	for (size_t i = 0; i < chart.span_count; i++) {
		const struct span *s = chart.all[i];

		HOLDS(s->start < s->end && s->end <= u.count);
		HOLDS(s->concept < grammar_concept_count(w->grammar));
		HOLDS(!i || chart.all[i - 1]->start <= s->start);
	}
	if (line->concept != CONCEPT_NONE && u.count && is_plain(line) && !has_marks(&u))
		HOLDS(chart.cut || chart_find(&chart, line->concept));
	pool_clear(w->arena);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct world w = {.pool = pool_new(4096),
		.arena = pool_new(4096),
		.words = words_new(),
		.spelling = spelling_new(),
		.problems = problems_new()};

	spelling_add(w.spelling, "u", "you");
	spelling_add(w.spelling, "whats", "what is");
	spelling_add_ending(w.spelling, "'s", "is");
	w.grammar = grammar_new(w.words, w.spelling);
	read_lines(&w, (const char *)data, size);
	grammar_finish(w.grammar, w.problems);
	fuzz_print(w.problems);
	if (!problems_count(w.problems, PROBLEM_ERROR)) {
		w.rarity = rarity_new(w.grammar);
		w.phrases = phrase_index_new(w.grammar, w.rarity, NULL);
		for (size_t i = 0; i < w.count; i++)
			hear(&w, &w.lines[i]);
	}
	mem_free(w.lines);
	phrase_index_free(&w.phrases);
	rarity_free(&w.rarity);
	grammar_free(&w.grammar);
	problems_free(&w.problems);
	spelling_free(&w.spelling);
	words_free(&w.words);
	pool_free(&w.arena);
	pool_free(&w.pool);
	return 0;
}

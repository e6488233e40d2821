#include "workshop.h"

#include "mem.h"

int workshop_setup(void **state)
{
	struct workshop *w = mem_alloc(1, sizeof(*w));

	w->pool = pool_new(4096);
	w->words = words_new();
	w->spelling = spelling_new();
	w->grammar = grammar_new(w->words, w->spelling);
	w->problems = problems_new();
	*state = w;
	return 0;
}

int workshop_teardown(void **state)
{
	struct workshop *w = *state;

	free(w->printed);
	problems_free(&w->problems);
	phrase_index_free(&w->phrases);
	rarity_free(&w->rarity);
	grammar_free(&w->grammar);
	spelling_free(&w->spelling);
	words_free(&w->words);
	pool_free(&w->pool);
	mem_free(w);
	return 0;
}

uint32_t workshop_concept(struct workshop *w, const char *name, const char *phrases)
{
	struct place at = {"f.yaml", 1, 1}, earlier;
	uint32_t concept = grammar_concept(w->grammar, name, at);

	assert_true(grammar_define(w->grammar, concept, at, &earlier));
	while (*phrases) {
		size_t len = strcspn(phrases, ";");

		grammar_add(w->grammar, concept, phrases, len, at, w->problems);
		phrases += len + (phrases[len] == ';');
		phrases += strspn(phrases, " ");
	}
	return concept;
}

void workshop_finish(struct workshop *w)
{
	grammar_finish(w->grammar, w->problems);
	if (problems_count(w->problems, PROBLEM_ERROR))
		fail_msg("%s", workshop_printed(w));
	w->rarity = rarity_new(w->grammar);
	w->phrases = phrase_index_new(w->grammar, w->rarity, NULL);
}

struct utterance workshop_hear(struct workshop *w, const char *text)
{
	struct utterance u;

	normalise(w->spelling, w->pool, text, strlen(text), &u);
	for (size_t i = 0; i < u.count; i++)
		u.tokens[i].word = words_find(w->words, u.tokens[i].text, u.tokens[i].len);
	return u;
}

struct chart workshop_read(struct workshop *w, const char *text)
{
	struct utterance *u = pool_alloc(w->pool, 1, sizeof(*u));
	struct chart chart;

	*u = workshop_hear(w, text);
	chart_read(w->phrases, w->pool, u, &chart);
	return chart;
}

const char *workshop_printed(struct workshop *w)
{
	size_t size;
	FILE *out;

	free(w->printed);
	out = open_memstream(&w->printed, &size);
	problems_print(w->problems, out);
	fclose(out);
	return w->printed;
}

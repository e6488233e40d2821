/* fuzz-patterns.c - a pattern file: read, checked, and where it has no mistake, used. */
#include "fuzz.h"

#include "chart.h"
#include "clauses.h"
#include "grammar.h"
#include "intents.h"
#include "knowledge.h"
#include "language.h"
#include "matcher.h"
#include "mem.h"
#include "normalise.h"
#include "phrase_index.h"
#include "pool.h"
#include "rarity.h"
#include "repair.h"
#include "spelling.h"
#include "thresholds.h"
#include "words.h"

/* Finds what fits by looking for all concepts, and by looking for those that are needed alone. */
struct ear {
	struct rarity *rarity;
	struct phrase_index *phrases;
	struct matcher *matcher;
};

struct world {
	struct pool *pool, *arena;
	struct words *words;
	struct spelling *spelling;
	struct grammar *grammar;
	struct language language;
	struct intents *intents;
	struct problems *problems;
	struct ear thorough, sparing;
};

static void open_ear(struct ear *ear, const struct world *w, const bool *always)
{
	ear->rarity = rarity_new(w->grammar);
	ear->phrases = phrase_index_new(w->grammar, ear->rarity, always);
	ear->matcher = matcher_new(w->intents, ear->rarity, ear->phrases);
}

static void close_ear(struct ear *ear)
{
	matcher_free(&ear->matcher);
	phrase_index_free(&ear->phrases);
	rarity_free(&ear->rarity);
}

static void listen(struct ear *ear, struct world *w, const struct utterance *u, struct chart *chart,
	struct matches *matches)
{
	chart_open(ear->phrases, w->arena, u, chart);
	matcher_ask(ear->matcher, chart);
	chart_fill(ear->phrases, w->arena, u, chart);
	matcher_find(ear->matcher, w->arena, u, chart, matches);
}

static bool is_within(const struct match *m, size_t tokens)
{
	size_t before = 0;

	for (size_t i = 0; i < m->stretch_count; before = m->stretches[i++].end)
		if ((i && m->stretches[i].start <= before) ||
			m->stretches[i].start >= m->stretches[i].end)
			return false;
	return m->stretch_count && before <= tokens;
}

static bool is_same(const struct match *a, const struct match *b)
{
	return a->pattern == b->pattern && a->stretch_count == b->stretch_count &&
	       !memcmp(a->stretches, b->stretches, a->stretch_count * sizeof(*a->stretches));
}

static void hear(struct world *w, const char *text)
{
	struct utterance u;
	struct chart all, some;
	struct clauses clauses;
	struct matches fit, same;

	normalise(w->spelling, w->arena, text, strlen(text), &u);
	repair_look_up(w->words, &u);
	listen(&w->thorough, w, &u, &all, &fit);
	listen(&w->sparing, w, &u, &some, &same);
	clauses_read(&w->language, w->arena, &u, &some, &clauses);
	for (size_t i = 0; i < fit.count; i++)
		HOLDS(is_within(&fit.items[i], u.count));
	HOLDS(all.cut || fit.count == same.count);
	for (size_t i = 0; i < fit.count && !all.cut; i++)
		HOLDS(is_same(&fit.items[i], &same.items[i]));
	pool_clear(w->arena);
}

/* The sentences and templates of the file, said to it. */
static void use(struct world *w)
{
	bool *never = mem_alloc(grammar_concept_count(w->grammar), sizeof(*never));

	open_ear(&w->thorough, w, NULL);
	open_ear(&w->sparing, w, never);
	mem_free(never);
	for (size_t i = 0; i < intents_count(w->intents); i++) {
		const struct intent *intent = intents_at(w->intents, i);

		for (size_t k = 0; k < intent->like.count; k++)
			hear(w, intent->like.items[k]);
		for (size_t k = 0; k < intent->test_count; k++)
			hear(w, intent->tests[k].text);
	}
	for (size_t i = 0; i < intents_pattern_count(w->intents); i++)
		hear(w, intents_pattern(w->intents, i)->text);
	close_ear(&w->sparing);
	close_ear(&w->thorough);
}

/* A thresholds file may be anything too. */
static void read_thresholds(const struct node *root, struct problems *problems)
{
	struct thresholds t = thresholds_default;

	thresholds_read(&t, root, problems);
	HOLDS(t.answer >= 0 && t.answer <= 1 && t.part >= 0 && t.part <= 1);
}

static void read_patterns(struct world *w, const struct node *root)
{
	struct knowledge *knowledge = knowledge_new();

	language_read_spelling(&w->language, root, w->spelling, w->pool, w->problems);
	language_read_roles(&w->language, root, w->grammar, true, w->problems);
	intents_read(w->intents, root, w->grammar, w->problems);
	grammar_finish(w->grammar, w->problems);
	if (!problems_count(w->problems, PROBLEM_ERROR))
		use(w);
	intents_check(w->intents, knowledge, w->problems);
	read_thresholds(root, w->problems);
	knowledge_free(&knowledge);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct world w = {.pool = pool_new(4096),
		.arena = pool_new(4096),
		.words = words_new(),
		.spelling = spelling_new(),
		.intents = intents_new(),
		.problems = problems_new()};
	const struct node *root;

	w.grammar = grammar_new(w.words, w.spelling);
	language_init(&w.language, w.grammar);
	root = yaml_parse(w.pool, "f.yaml", (const char *)data, size, w.problems);
	HOLDS(root || problems_count(w.problems, PROBLEM_ERROR));
	if (root && fields_is(root, NODE_MAP, "a pattern file", w.problems))
		read_patterns(&w, root);
	fuzz_print(w.problems);
	intents_free(&w.intents);
	grammar_free(&w.grammar);
	problems_free(&w.problems);
	spelling_free(&w.spelling);
	words_free(&w.words);
	pool_free(&w.arena);
	pool_free(&w.pool);
	return 0;
}

#include "lessons.h"

#include "chart.h"
#include "clauses.h"
#include "engine.h"
#include "mem.h"
#include "model.h"
#include "normalise.h"
#include "pool.h"
#include "words.h"

enum { FEATURE_USES_MIN = 2 }; /* what one sentence alone has teaches nothing about others */

struct lesson {
	size_t first, count; /* its words */
	uint32_t class;
	enum mark last;
	bool asks_by_mark;
};

struct lessons {
	struct answer_engine *engine;
	struct pool *scratch; /* for one sentence */
	struct lesson *items;
	size_t count, cap;
	/* One sentence behind the other. */
	uint32_t *words;
	unsigned char *marks; /* enum mark, before each word */
	size_t word_count, word_cap, mark_cap;
};

struct lessons *lessons_new(struct answer_engine *engine)
{
	struct lessons *lessons = mem_alloc(1, sizeof(*lessons));

	lessons->engine = engine;
	lessons->scratch = pool_new(64 * 1024);
	return lessons;
}

void lessons_free(struct lessons **lessons)
{
	if (!*lessons)
		return;
	pool_free(&(*lessons)->scratch);
	mem_free((*lessons)->items);
	mem_free((*lessons)->words);
	mem_free((*lessons)->marks);
	mem_free(*lessons);
	*lessons = NULL;
}

void lessons_add(struct lessons *l, const char *text, uint32_t class)
{
	struct words *words = l->engine->words;
	struct utterance u;

	normalise(l->engine->spelling, l->scratch, text, strlen(text), &u);
	MEM_GROW(&l->words, &l->word_cap, l->word_count + u.count);
	MEM_GROW(&l->marks, &l->mark_cap, l->word_count + u.count);
	MEM_GROW(&l->items, &l->cap, l->count + 1);
	l->items[l->count++] = (struct lesson){
		.first = l->word_count,
		.count = u.count,
		.class = class,
		.last = u.last,
		.asks_by_mark = u.asks_by_mark,
	};
	for (size_t i = 0; i < u.count; i++) {
		uint32_t word = words_add(words, u.tokens[i].text, u.tokens[i].len);

		words_used(words, word);
		l->words[l->word_count] = word;
		l->marks[l->word_count++] = (unsigned char)u.tokens[i].before;
	}
	pool_clear(l->scratch);
}

/* The sentence again, but for its text in one piece, which nobody asks for here. */
static struct utterance utterance_of(const struct lessons *l, const struct lesson *lesson)
{
	const struct words *words = l->engine->words;
	struct utterance u = {
		.tokens = pool_alloc(l->scratch, lesson->count, sizeof(*u.tokens)),
		.count = lesson->count,
		.last = lesson->last,
		.asks_by_mark = lesson->asks_by_mark,
	};

	for (size_t i = 0; i < u.count; i++) {
		uint32_t word = l->words[lesson->first + i];

		u.tokens[i] = (struct token){
			.text = words_text(words, word),
			.len = (uint32_t)words_len(words, word),
			.word = word,
			.before = l->marks[lesson->first + i],
		};
	}
	return u;
}

/* Without the patterns: what the model learns of them it would have to unlearn where they don't
 * fit, and they have a voice of their own. */
static struct feature_list understand(struct lessons *l, const struct lesson *lesson)
{
	struct answer_engine *e = l->engine;
	struct reading r = {.u = utterance_of(l, lesson)};
	struct feature_list list;

	chart_read(e->phrases, l->scratch, &r.u, &r.chart);
	clauses_read(&e->language, l->scratch, &r.u, &r.chart, &r.clauses);
	feature_learn(e->features, l->scratch, &r, &list);
	return list;
}

static void forget_rare(struct feature_table *features, struct example *examples, size_t count)
{
	size_t total = feature_total(features);
	uint32_t *uses = mem_alloc(total, sizeof(*uses));
	uint32_t *renumbered = mem_alloc(total, sizeof(*renumbered));

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < examples[i].features.count; k++)
			uses[examples[i].features.items[k].id]++;
	feature_forget(features, uses, FEATURE_USES_MIN, renumbered);
	for (size_t i = 0; i < count; i++) {
		struct feature_list *list = &examples[i].features;
		size_t kept = 0;

		for (size_t k = 0; k < list->count; k++) {
			uint32_t id = renumbered[list->items[k].id];

			if (id != FEATURE_NONE)
				list->items[kept++] = (struct feature){id, list->items[k].value};
		}
		list->count = kept;
	}
	mem_free(renumbered);
	mem_free(uses);
}

void lessons_teach(struct lessons *l)
{
	struct answer_engine *e = l->engine;
	struct example *examples = mem_alloc(l->count, sizeof(*examples));
	struct pool *lists = pool_new(256 * 1024);

	feature_stem_words(e->features);
	for (size_t i = 0; i < l->count; i++)
		feature_count(e->features, l->words + l->items[i].first, l->items[i].count);
	for (size_t i = 0; i < l->count; i++) {
		struct feature_list list = understand(l, &l->items[i]);
		size_t size = list.count * sizeof(*list.items);

		examples[i].class = l->items[i].class;
		examples[i].features.count = list.count;
		examples[i].features.items = pool_alloc(lists, 1, size);
		memcpy(examples[i].features.items, list.items, size);
		pool_clear(l->scratch);
	}
	forget_rare(e->features, examples, l->count);
	e->model = model_train(examples, l->count, feature_total(e->features), e->classes);
	pool_free(&lists);
	mem_free(examples);
}

#include "words.h"

#include "mem.h"
#include "pool.h"
#include "strmap.h"

struct word {
	const char *text;
	uint32_t len;
	uint32_t uses;
	bool meant;
};

struct words {
	struct pool *pool;
	struct strmap by_text; /* value: number + 1, as NULL means none */
	struct word *items;
	size_t count, cap;
};

struct words *words_new(void)
{
	struct words *words = mem_alloc(1, sizeof(*words));

	words->pool = pool_new(32 * 1024);
	strmap_init(&words->by_text);
	return words;
}

void words_free(struct words **words)
{
	if (!*words)
		return;
	strmap_release(&(*words)->by_text);
	pool_free(&(*words)->pool);
	mem_free((*words)->items);
	mem_free(*words);
	*words = NULL;
}

uint32_t words_find(const struct words *words, const char *text, size_t len)
{
	uintptr_t found = (uintptr_t)strmap_get_len(&words->by_text, text, len);

	return found ? (uint32_t)(found - 1) : WORD_NONE;
}

uint32_t words_add(struct words *words, const char *text, size_t len)
{
	uint32_t word = words_find(words, text, len);
	char *copy;

	if (word != WORD_NONE)
		return word;
	word = (uint32_t)words->count;
	copy = pool_strndup(words->pool, text, len);
	MEM_GROW(&words->items, &words->cap, words->count + 1);
	words->items[words->count++] = (struct word){.text = copy, .len = (uint32_t)len};
	*strmap_put_len(&words->by_text, copy, len) = (void *)((uintptr_t)word + 1);
	return word;
}

const char *words_text(const struct words *words, uint32_t word)
{
	return words->items[word].text;
}

size_t words_len(const struct words *words, uint32_t word)
{
	return words->items[word].len;
}

size_t words_count(const struct words *words)
{
	return words->count;
}

uint32_t words_uses(const struct words *words, uint32_t word)
{
	return words->items[word].uses;
}

void words_used(struct words *words, uint32_t word)
{
	words->items[word].uses++;
}

void words_mark_meant(struct words *words, uint32_t word)
{
	words->items[word].meant = true;
}

bool words_is_meant(const struct words *words, uint32_t word)
{
	return words->items[word].meant;
}

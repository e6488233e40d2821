/* fuzz-normalise.c - whatever a person may type, as words. */
#include "fuzz.h"

#include "normalise.h"
#include "pool.h"
#include "spelling.h"
#include "utf8.h"

/* A rule of each kind that a pack has; none makes words that another takes up. */
static struct spelling *make_spelling(void)
{
	struct spelling *spelling = spelling_new();

	spelling_add(spelling, "u", "you");
	spelling_add(spelling, "whats", "what is");
	spelling_add(spelling, "ca not", "can not");
	spelling_add(spelling, "sea plus plus", "c++");
	spelling_add_ending(spelling, "n't", "not");
	spelling_add_ending(spelling, "'s", "is");
	spelling_add_case(spelling, "US", "usa");
	spelling_add_case(spelling, "IT", "information technology");
	return spelling;
}

static void check_tokens(const struct utterance *u)
{
	size_t end = 0;

	HOLDS(u->text[u->len] == '\0' && strlen(u->text) == u->len);
	HOLDS(utf8_valid(u->text, u->len));
	for (size_t i = 0; i < u->count; i++) {
		const struct token *t = &u->tokens[i];

		HOLDS(t->len && strlen(t->text) == t->len && !strpbrk(t->text, " \n"));
		HOLDS(t->start == end + (i > 0) && !memcmp(u->text + t->start, t->text, t->len));
		end = t->start + t->len;
	}
	HOLDS(end == u->len);
}

/* A comma keeps two words from being taken for one rule's, and is gone from the text. */
static bool has_commas(const struct utterance *u)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->tokens[i].before == MARK_COMMA)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct spelling *spelling;
	static struct pool *pool;
	struct utterance once, twice;

	if (!spelling) {
		spelling = make_spelling();
		pool = pool_new(16 * 1024);
	}
	normalise(spelling, pool, (const char *)data, size, &once);
	check_tokens(&once);
	if (once.len <= NORMALISE_MAX && !has_commas(&once)) {
		normalise(spelling, pool, once.text, once.len, &twice);
		check_tokens(&twice);
		HOLDS(!strcmp(once.text, twice.text));
	}
	pool_clear(pool);
	return 0;
}

/* fuzz-regex.c - a regex of a pattern file, and the text of a message behind it.
 *
 * The first line is the regex, what follows is said to it.
 */
#include "fuzz.h"

#include "mem.h"
#include "normalise.h"
#include "pool.h"
#include "regexp.h"
#include "spelling.h"

/* Other alphabets' marks are words' parts to some versions of PCRE2 and none to others. */
static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool has(const struct utterance *u, const struct needed *needed)
{
	for (size_t i = 0; i + needed->len <= u->len; i++)
		if (!memcmp(u->text + i, needed->text, needed->len) &&
			(!i || !is_word_char(u->text[i - 1])) &&
			!(needed->whole && is_word_char(u->text[i + needed->len])))
			return true;
	return false;
}

static void match(struct regexp *regex, const struct utterance *u, const char *pattern, size_t len)
{
	size_t start = SIZE_MAX, end = SIZE_MAX, count;
	struct needed needs[8];
	enum regexp_result result = regexp_match(regex, u->text, u->len, &start, &end);

	count = regexp_needs(pattern, len, needs, ARRAY_LEN(needs));
	for (size_t i = 0; i < count; i++)
		HOLDS(needs[i].len && needs[i].text >= pattern &&
			needs[i].text + needs[i].len <= pattern + len);
	if (result != REGEXP_YES)
		return;
	/* \K and a look-behind may set the start behind the end. */
	HOLDS(start <= u->len && end <= u->len);
	for (size_t i = 0; i < count; i++)
		HOLDS(has(u, &needs[i]));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const unsigned char *newline = size ? memchr(data, '\n', size) : NULL;
	size_t len = newline ? (size_t)(newline - data) : size, offset = SIZE_MAX;
	struct spelling *spelling = spelling_new();
	struct pool *pool = pool_new(1024);
	char *pattern = mem_strndup((const char *)data, len);
	char message[160] = "";
	struct regexp *regex;

	regex = regexp_new(pattern, len, message, sizeof(message), &offset);
	if (regex) {
		struct utterance u;

		normalise(spelling, pool, (const char *)data + len, size - len, &u);
		match(regex, &u, pattern, len);
	} else {
		HOLDS(*message && strlen(message) < sizeof(message) && offset <= len);
	}
	regexp_free(&regex);
	mem_free(pattern);
	pool_free(&pool);
	spelling_free(&spelling);
	return 0;
}

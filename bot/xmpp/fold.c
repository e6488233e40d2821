#include "fold.h"

#include <utf8proc.h>

#include "pool.h"
#include "utf8.h"

static const utf8proc_option_t folding = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;

static bool is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char *fold_text(struct pool *pool, const char *text, size_t len)
{
	utf8proc_uint8_t *folded = NULL;
	char *copy;

	if (is_ascii(text, len)) {
		copy = pool_strndup(pool, text, len);
		for (size_t i = 0; i < len; i++)
			copy[i] = lower(copy[i]);
		return copy;
	}
	if (utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &folded, folding) <
		0)
		return pool_strndup(pool, text, len);
	copy = pool_strdup(pool, (const char *)folded);
	free(folded);
	return copy;
}

static size_t ascii_prefix(const char *text, size_t len, const char *folded, size_t folded_len)
{
	if (len < folded_len)
		return 0;
	for (size_t i = 0; i < folded_len; i++)
		if (lower(text[i]) != folded[i])
			return 0;
	return folded_len;
}

size_t fold_prefix(const char *text, size_t len, const char *folded)
{
	size_t folded_len = strlen(folded), size, found = 0;

	if (!folded_len)
		return 0;
	if (is_ascii(folded, folded_len))
		return ascii_prefix(text, len, folded, folded_len);
	/* Folding changes lengths in both directions, so the end of the prefix is found by trying,
	 * the longest one winning: a mark that composes with the last letter belongs to it. */
	for (size_t end = 0; end < len && end < 4 * folded_len; end += size) {
		utf8proc_uint8_t *prefix = NULL;

		utf8_next(text + end, len - end, &size);
		if (utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)(end + size),
			    &prefix, folding) < 0)
			break;
		if (!strcmp((const char *)prefix, folded))
			found = end + size;
		free(prefix);
	}
	return found;
}

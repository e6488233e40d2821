#include "closest.h"

#include <ctype.h>

enum { WORD_MAX = 32 }; /* longer than any name; what is longer resembles none */

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* `-`, `_` and a blank are one: people mix them up. */
static char folded(char c)
{
	return c == '-' || c == ' ' ? '_' : (char)tolower((unsigned char)c);
}

/* Edits between the words, two swapped neighbours being one (optimal string alignment). */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= a_len; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= a_len; i++)
		for (size_t j = 1; j <= b_len; j++) {
			bool same = folded(a[i - 1]) == folded(b[j - 1]);

			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + !same);
			if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
				folded(a[i - 2]) == folded(b[j - 1]) &&
				d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	return d[a_len][b_len];
}

const char *closest_word(const char *written, const char *const *words, size_t count)
{
	size_t len = strlen(written), best = len / 3 + 1;
	const char *found = NULL;

	if (len > WORD_MAX)
		return NULL;
	/* The rule: it is one of them, and nothing needs to be weighed. */
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i], written))
			return words[i];
	for (size_t i = 0; i < count; i++) {
		size_t word_len = strlen(words[i]);
		size_t d = word_len > WORD_MAX ? best : distance(written, len, words[i], word_len);

		if (d < best && d < word_len) {
			best = d;
			found = words[i];
		}
	}
	return found;
}

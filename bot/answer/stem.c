#include "stem.h"

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_vowel(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (is_vowel(word[i]))
			return true;
	return false;
}

static bool ends(const char *word, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len > n && !memcmp(word + len - n, with, n);
}

/* -ing and -ed leave a doubled consonant: run and running shall meet. */
static size_t trim_stem(const char *out, size_t len)
{
	if (len > 2 && out[len - 1] == out[len - 2] && !is_vowel(out[len - 1]) &&
		out[len - 1] != 'l' && out[len - 1] != 's')
		return len - 1;
	return len;
}

size_t stem_english(const char *word, size_t len, char *out)
{
	memcpy(out, word, len);
	out[len] = '\0';
	if (len < 4)
		return len;
	for (size_t i = 0; i < len; i++)
		if ((word[i] < 'a' || word[i] > 'z') && word[i] != '\'')
			return len; /* numbers, c++, other alphabets */

	if (ends(out, len, "ies") && len > 4) {
		len -= 2;
		out[len - 1] = 'y';
	} else if (ends(out, len, "sses") || ends(out, len, "xes") || ends(out, len, "ches") ||
		   ends(out, len, "shes")) {
		len -= 2;
	} else if (ends(out, len, "s") && !ends(out, len, "ss") && !ends(out, len, "us") &&
		   !ends(out, len, "is")) {
		len -= 1;
	}
	if (ends(out, len, "ing") && has_vowel(out, len - 3) && len > 5)
		len = trim_stem(out, len - 3);
	else if (ends(out, len, "ed") && has_vowel(out, len - 2) && len > 4)
		len = trim_stem(out, len - 2);
	else if (ends(out, len, "ly") && len > 5)
		len -= 2;
	if (len > 3 && out[len - 1] == 'e')
		len--;
	out[len] = '\0';
	return len;
}

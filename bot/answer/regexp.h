/* regexp.h - one PCRE2 pattern, compiled and limited.
 *
 * Layer: answer. UTF, UCP, caseless, \C forbidden; match, depth and heap
 * limits on every match; JIT at first use, and without it where the system
 * refuses. Source: pcre2api(3), pcre2jit(3).
 */
#ifndef BOT_REGEXP_H
#define BOT_REGEXP_H

#include "base.h"

enum {
	REGEXP_STEPS = 10000,    /* match steps of one pattern on one message */
	REGEXP_HEAP_KIB = 1024
};

struct regexp;

/* NULL when the pattern is bad: message (at most size bytes) says why, *offset is the byte where. */
struct regexp *regexp_new(const char *pattern, size_t len, char *message, size_t size,
	size_t *offset) BOT_MUST_USE;
void regexp_free(struct regexp **regex);

enum regexp_result { REGEXP_NO, REGEXP_YES, REGEXP_LIMIT };

/* On YES *start and *end are the bytes that matched. text is valid UTF-8. */
enum regexp_result regexp_match(struct regexp *regex, const char *text, size_t len, size_t *start,
	size_t *end);

/* Something that a word of any text that matches must be, or must begin with. */
struct needed {
	const char *text; /* borrowed from the pattern */
	size_t len;
	bool whole;
};

/* Writes what the pattern itself shows to be needed, at most max; returns how many. What it finds is
 * right; it may miss some. */
size_t regexp_needs(const char *pattern, size_t len, struct needed *out, size_t max);

#endif

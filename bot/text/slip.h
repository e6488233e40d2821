/* slip.h - what a person did wrong in a file that is no YAML, and what to do about it.
 *
 * Layer: text. A parser tells where it gave up, in words for those who know
 * YAML. This reads the file as people write it, lines of `name: value`, lists
 * and blocks of text, and finds the first line that doesn't fit. It knows less
 * than YAML allows, so it is asked only about files that a parser refused.
 */
#ifndef BOT_SLIP_H
#define BOT_SLIP_H

#include "problems.h"

struct pool;

struct slip {
	struct place at;
	const char *advice; /* in the pool; quotes names of the file, never values */
	bool open;          /* something was never closed, so the parser noticed much later */
};

/* Finds the first slip; false where all looks well. */
bool slip_find(
	struct pool *pool, const char *path, const char *text, size_t len, struct slip *slip);

#endif

/* lately.h - what was lately: a bounded map from keys to small values.
 *
 * Layer: journal, on base. When it is full, what was longest untouched makes
 * way, so that strangers cannot make it grow.
 */
#ifndef BOT_LATELY_H
#define BOT_LATELY_H

#include "base.h"

/* A keyed hash of whatever is to be known again: see journal_key(). */
struct journal_key {
	unsigned char bytes[16];
};

struct lately;

/* At most max values of value_size bytes each; both 1 or more. */
struct lately *lately_new(size_t max, size_t value_size);
void lately_free(struct lately **lately);

/* The value under key, NULL where there is none; that touches it. Valid until the next
 * lately_put(). */
void *lately_get(struct lately *lately, const struct journal_key *key);
/* The same, made zeroed where there was none. */
void *lately_put(struct lately *lately, const struct journal_key *key);
void lately_drop(struct lately *lately, const struct journal_key *key);

#endif

/* closest.h - "did you mean …?"
 *
 * Layer: text. Knows words, nothing of where they come from.
 */
#ifndef BOT_CLOSEST_H
#define BOT_CLOSEST_H

#include "base.h"

/* The one of the words that is a slip or two away from what was written: letters changed, lost,
 * added or swapped, at most one for each three. NULL where none is that close. Borrowed. */
const char *closest_word(const char *written, const char *const *words, size_t count);

#endif

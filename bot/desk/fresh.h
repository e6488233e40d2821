/* fresh.h - what was not said in a place for some minutes.
 *
 * Layer: desk. Nobody likes to read the same words twice on one screen. Places
 * and texts are known by keyed hashes; the few thousand last are remembered.
 */
#ifndef BOT_FRESH_H
#define BOT_FRESH_H

#include "base.h"

struct fresh;
struct journal;

struct fresh *fresh_new(const struct journal *journal);
void fresh_free(struct fresh **fresh);

/* true: text was not said in this place for five minutes; now it counts as said. what: a word of
 * ours that keeps one kind of text apart from the others. */
bool fresh_allows(
	struct fresh *fresh, const char *what, const char *place, const char *text, int64_t now_ms);

#endif

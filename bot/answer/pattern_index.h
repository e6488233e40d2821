/* pattern_index.h - the patterns that are in question, given the words of an utterance.
 *
 * Layer: answer. Each pattern waits for the rarest thing that it cannot do
 * without; where that was said, the others that it needs are asked for. Cost
 * grows with the patterns that wait for what was said, not with the size of
 * the pack.
 */
#ifndef BOT_PATTERN_INDEX_H
#define BOT_PATTERN_INDEX_H

#include "phrase_index.h"

struct intents;
struct pattern;
struct rarity;

struct pattern_index;

/* All must outlive the index. */
struct pattern_index *pattern_index_new(const struct intents *intents, const struct rarity *rarity,
	const struct phrase_index *phrases);
void pattern_index_free(struct pattern_index **index);

/* The patterns that may fit where just these terms were heard, by number, ascending. What is left out
 * cannot fit. Borrowed until the next call. */
const uint32_t *pattern_index_ask(struct pattern_index *index, const uint32_t *heard,
	size_t heard_count, size_t *count);

/* Patterns that no word leads to: they are always in question, and not among those asked for. */
size_t pattern_index_outside(const struct pattern_index *index,
	const struct pattern *const **patterns);

#endif

/* spelling.h - what people type for what they mean: contractions, chat
 * spellings, abbreviations, homophones. All of it data of the pack.
 *
 * Layer: answer. Source: `spellings`, `endings` and `cases` of patterns/words.yaml.
 * Ownership: texts handed in are copied.
 */
#ifndef BOT_SPELLING_H
#define BOT_SPELLING_H

#include "utterance.h"

struct pool;
struct spelling;

struct spelling *spelling_new(void);
void spelling_free(struct spelling **spelling);

/* "u" -> "you", "sea plus plus" -> "c++". Both sides are words separated by single spaces. */
void spelling_add(struct spelling *spelling, const char *typed, const char *meant);
/* "n't" -> "not": an ending with an apostrophe in it; others are none. */
void spelling_add_ending(struct spelling *spelling, const char *ending, const char *meant);
/* "US" -> "usa": when typed exactly so. */
void spelling_add_case(struct spelling *spelling, const char *typed, const char *meant);

/* What a word typed in just these capitals means, or NULL. */
const char *spelling_case(const struct spelling *spelling, const char *typed, size_t len);
/* Whether the word has such an ending; then *stem_len is what stands before it, and the result
 * what the ending means. NULL if not. */
const char *spelling_ending(const struct spelling *spelling, const char *word, size_t len,
	size_t *stem_len);
/* Rewrites the tokens by the longest rule that fits at each place; returns the new array, in pool. */
struct token *spelling_rewrite(const struct spelling *spelling, struct pool *pool,
	struct token *tokens, size_t *count);
/* Whether some rule has the word on its left side: then it is no slip. */
bool spelling_has(const struct spelling *spelling, const char *word, size_t len);

#endif

/* words.h - the vocabulary: every word that the packs use, once, by number.
 *
 * Layer: answer. Words are normalised: folded, without spaces.
 * Ownership: words_text() is borrowed and lives as long as the vocabulary.
 */
#ifndef BOT_WORDS_H
#define BOT_WORDS_H

#include "base.h"

#define WORD_NONE UINT32_MAX

struct words;

struct words *words_new(void);
void words_free(struct words **words);

/* The word's number; added where it is new. Numbers count up from 0. */
uint32_t words_add(struct words *words, const char *text, size_t len);
/* The word's number, or WORD_NONE. */
uint32_t words_find(const struct words *words, const char *text, size_t len);
const char *words_text(const struct words *words, uint32_t word);
size_t words_len(const struct words *words, uint32_t word);
size_t words_count(const struct words *words);

/* How often the pack's sentences use it: whether it can be what a slip was meant to be. */
uint32_t words_uses(const struct words *words, uint32_t word);
void words_used(struct words *words, uint32_t word);
/* A word that an author wrote into a concept or pattern is meant to be met. */
void words_mark_meant(struct words *words, uint32_t word);
bool words_is_meant(const struct words *words, uint32_t word);

#endif

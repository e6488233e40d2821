/* dictionary.h - is it a real word? Asked of libhunspell.
 *
 * Layer: answer. Opening it costs 50 ms and 9 MB: a thread does so beside the
 * learning where there is a processor to spare, else the first question about a
 * word. A missing dictionary makes every word real, so that nothing is repaired.
 */
#ifndef BOT_DICTIONARY_H
#define BOT_DICTIONARY_H

#include "base.h"

struct dictionary;

/* language: as in "en_US"; folder: where its .aff and .dic are, NULL: the system's. */
struct dictionary *dictionary_new(const char *language, const char *folder);
void dictionary_free(struct dictionary **dictionary);

/* Begins to open it in a thread, which touches nothing else and is joined by the first call below,
 * or by dictionary_free(). On a single processor this does nothing. */
void dictionary_prepare(struct dictionary *dictionary);
/* Opens it now rather than at the first question. Whether it is there. */
bool dictionary_open(struct dictionary *dictionary);
/* word: lower case. Also tried Capitalised and in capitals (India, NASA), with -our and -ise
 * spelt the American way. */
bool dictionary_knows(struct dictionary *dictionary, const char *word, size_t len);
/* Where it was looked for, for messages. */
const char *dictionary_path(const struct dictionary *dictionary);

#endif

/* stem.h - the part of an English word that its forms share.
 *
 * Layer: answer. Light on purpose: plurals, -ing, -ed and a few more; what a
 * heavier stemmer would merge by mistake, the concepts merge on purpose.
 */
#ifndef BOT_STEM_H
#define BOT_STEM_H

#include "base.h"

/* Bytes of the stem: word[0..result). `out` gets the stem, at most len + 1 bytes with its NUL, for
 * the few whose end changes (studies -> study). Returns its length. */
size_t stem_english(const char *word, size_t len, char *out);

#endif

/* repair.h - slips of the keyboard: transposed, dropped, doubled and
 * neighbouring keys, words run together or torn apart.
 *
 * Layer: answer. The order of questions is what keeps names and real words
 * whole: is the word in the vocabulary? is a vocabulary word one slip away
 * (two from eight letters on; never under four letters, never the first letter
 * alone)? only then: does the dictionary know it as typed?
 * Cost: a known word one look-up; another one look-up for each letter left out
 * (each pair from eight letters on), found in an index of the vocabulary with
 * letters left out.
 */
#ifndef BOT_REPAIR_H
#define BOT_REPAIR_H

#include "utterance.h"

struct dictionary;
struct pool;
struct spelling;
struct words;

struct repair;

/* Indexes the words as they are now. What is handed in must outlive the repair. */
struct repair *repair_new(const struct words *words, const struct spelling *spelling,
	struct dictionary *dictionary);
void repair_free(struct repair **repair);

/* Looks up every token and mends what is no word; tokens may become fewer or more, and the
 * utterance's text is joined anew if so. */
void repair_utterance(struct repair *repair, struct pool *pool, struct utterance *utterance);

/* Only the look-up. */
void repair_look_up(const struct words *words, struct utterance *utterance);

#endif

/* normalise.h - text as typed to an utterance of folded, spelt-out words.
 *
 * Layer: answer. Order: Unicode NFKC (plain ASCII needs none of it), words and
 * marks, words typed in telling capitals, case folding, contractions, letters
 * repeated for emphasis, chat spellings. Slips of the keyboard come after, in
 * repair.h. Idempotent: its own output comes out as it went in.
 */
#ifndef BOT_NORMALISE_H
#define BOT_NORMALISE_H

#include "utterance.h"

struct pool;
struct spelling;

enum { NORMALISE_MAX = 4096 }; /* bytes looked at; longer text is cut at a word */

/* Everything lives in pool. Words are not looked up yet: token.word is WORD_NONE. */
void normalise(const struct spelling *spelling, struct pool *pool, const char *text, size_t len,
	struct utterance *out);
/* Sets text, len and the tokens' start from the tokens. */
void utterance_join(struct utterance *utterance, struct pool *pool);

#endif

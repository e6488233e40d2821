/* compose.h - from verdicts to what is said.
 *
 * Layer: answer. Every sentence is the pack's: answers, or lines of its voice.
 */
#ifndef BOT_COMPOSE_H
#define BOT_COMPOSE_H

#include "questions.h"

/* Fills the reply from what was asked and notes in the talk (may be NULL) what a follow-up will
 * need. Text lives in pool. */
void compose(struct answer_engine *engine, struct pool *pool,
	const struct answer_question *question, const struct questions *questions,
	struct talk *talk, struct answer_reply *reply);

/* Has the talk stand as if these answers were what was said last. */
void compose_recall(
	const struct answer_engine *engine, struct talk *talk, const struct answer_ids *answers);

/* A voice line with {word} replaced by value, for each of the pairs. In pool. */
struct fill {
	const char *word, *value;
};
const char *compose_voice(const struct answer_engine *engine, struct pool *pool, const char *name,
	unsigned turn, const struct fill *fills, size_t count);

#endif

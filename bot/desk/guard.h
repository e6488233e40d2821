/* guard.h - against talking to machines, ourselves included.
 *
 * Layer: desk. Two bots that answer each other never end. What is refused here
 * is not answered at all, and no word is said about it.
 * Source: the habits of bots in rooms: they repeat themselves, quote what was
 *   said, say that they did not understand, and answer in no time, for ever.
 */
#ifndef BOT_GUARD_H
#define BOT_GUARD_H

#include "lately.h"

struct answer_engine;
struct journal;

struct guard;

struct guard *guard_new(const struct journal *journal);
void guard_free(struct guard **guard);

/* Learns how our own asides begin: a bot of our kind says the same. */
void guard_learn(struct guard *guard, struct answer_engine *engine);
/* We said this. */
void guard_said(struct guard *guard, const char *text);

/* Is text something that we say ourselves? */
bool guard_is_ours(struct guard *guard, const char *text);
/* asker said text; true from the third time within a minute on. */
bool guard_repeats(
	struct guard *guard, const struct journal_key *asker, const char *text, int64_t now_ms);

/* Has asker said nothing but what we don't understand, for long and without pause? */
bool guard_is_babble(struct guard *guard, const struct journal_key *asker, int64_t now_ms);
/* asker was understood, or not. */
void guard_understood(
	struct guard *guard, const struct journal_key *asker, bool understood, int64_t now_ms);

#endif

/* whole.h - half a question made whole with what the one before it had.
 *
 * Layer: answer. "And in India?", "how is that different from an ML engineer?",
 * "what do they earn there?": who or what it is about, where, or what is asked
 * comes from the talk. Several readings may be made; which one is meant is for
 * others to weigh.
 */
#ifndef BOT_WHOLE_H
#define BOT_WHOLE_H

#include "followup.h"
#include "roles.h"

/* Where it may lean on the talk, makes a followup of the kind LEANS. */
void whole_make(struct answer_engine *engine, struct pool *pool, const struct talk *talk,
	const struct reading *reading, const struct roles *roles, struct followup *followup);

#endif

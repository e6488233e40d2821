/* questions.h - the questions in a message: one, several, or none.
 *
 * Layer: answer. Each is read by itself; what it lacks is taken from the one
 * before it.
 */
#ifndef BOT_QUESTIONS_H
#define BOT_QUESTIONS_H

#include "asked.h"

enum { QUESTIONS_MAX = 3 };

struct questions {
	struct asked items[QUESTIONS_MAX];
	size_t count;            /* at least 1 */
	struct asked unanswered; /* a part that asks something too, where there is an answer to the
				    rest */
	bool has_unanswered;
};

/* talk may be NULL. Lists live in pool. */
void questions_read(struct answer_engine *engine, struct pool *pool, const struct talk *talk,
	const struct reading *reading, struct questions *questions);

#endif

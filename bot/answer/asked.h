/* asked.h - one question, read within its talk.
 *
 * Layer: answer. What it says by itself counts first; what it lacks comes from
 * the question before it, be that in the same message or in an earlier one.
 */
#ifndef BOT_ASKED_H
#define BOT_ASKED_H

#include "decide.h"
#include "followup.h"

struct asked {
	struct reading reading; /* as read; with what it lacked */
	struct verdict verdict;
	struct followup followup; /* PICK, MORE, … settle it without a verdict */
	const char *words;        /* as it was put, for naming it */
};

/* A part of a message leans on an earlier message only if it is nothing by itself. */
enum leaning { LEANING_FREE, LEANING_STRICT };

/* talk may be NULL. Lists live in pool. */
void asked_read(struct answer_engine *engine, struct pool *pool, const struct talk *talk,
	enum leaning leaning, const struct reading *reading, struct asked *out);

/* The same as it is read where the subject of the pack is known, and these answers are expected (or
 * NULL: none). */
void asked_read_within(struct answer_engine *engine, struct pool *pool, const struct asked *asked,
	const struct texts *expected, struct asked *within);

bool asked_is_answer(const struct asked *asked);
/* The answer's id, or NULL where it is none. */
const char *asked_id(const struct answer_engine *engine, const struct asked *asked);
/* Hello, thanks and goodbye are answered only when nothing else is asked. */
bool asked_is_social(const struct answer_engine *engine, const struct asked *asked);
/* Believed so firmly that it needs nothing before it. */
bool asked_stands(const struct asked *asked);
bool asked_is_surely_foreign(const struct asked *asked);

#endif

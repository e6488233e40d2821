/* exchange.h - what the engine said, written out for a person or for a program.
 *
 * Layer: cli.
 */
#ifndef BOT_EXCHANGE_H
#define BOT_EXCHANGE_H

#include "answer.h"
#include "err.h"

/* A question and its reply. */
struct exchange {
	const char *question; /* as read, any bytes */
	size_t len;
	const struct answer_reply *reply;
	int64_t us; /* how long the engine took */
};

/* One line: the object of careerbot(1), with `explain` where the reply has an explanation. */
int exchange_put_json(FILE *out, const struct exchange *exchange, struct err *err) BOT_MUST_USE;
/* How the reply came about, in words for somebody who knows the pack, or not even that. */
void exchange_put_explanation(FILE *out, const struct exchange *exchange);

#endif

/* clauses.h - an utterance cut where one thought ends and another begins, and
 * which of them ask.
 *
 * Layer: answer. "My cousin dropped out of school. What can he still do?" is a
 * story and a question: what is asked is in the second, and the first only
 * tells what about.
 */
#ifndef BOT_CLAUSES_H
#define BOT_CLAUSES_H

#include "chart.h"
#include "language.h"

struct clause {
	uint16_t start, end; /* tokens, half open */
	bool asks;
};

struct clauses {
	struct clause *items;
	size_t count;
	bool any_asks;
};

/* In pool. The chart is the utterance's. */
void clauses_read(const struct language *language, struct pool *pool,
	const struct utterance *utterance, const struct chart *chart, struct clauses *clauses);

#endif

/* chart.h - which concepts an utterance holds, and where.
 *
 * Layer: answer. Read from the last word to the first, so that everything a
 * phrase may go on with is known when it is tried. Cost grows with the phrases
 * that the words of the utterance wake, not with the size of the grammar.
 */
#ifndef BOT_CHART_H
#define BOT_CHART_H

#include "phrase_index.h"
#include "utterance.h"

struct pool;

struct span {
	uint32_t concept;
	uint16_t start, end; /* tokens, half open */
	bool gappy;          /* has words within that are none of its own */
	bool hidden;         /* stands whole inside a longer span without gaps */
	struct span *next;   /* beginning at the same token */
};

struct chart {
	struct prefixes *prefixes; /* by token: those of the grammar that it begins with */
	uint32_t *heard; /* the terms in it, also in parts of its tokens, each once */
	size_t heard_count;
	struct span **at; /* by first token */
	size_t count;     /* tokens */
	struct span **all; /* every span, by start, the longer first */
	size_t span_count;
	bool cut; /* a limit was reached: what is there is right, but not all is there */
};

/* In two steps: chart_open() sees which words are there, and wakes what waits for them; then is the
 * time to say which concepts are needed; chart_fill() finds them. chart_read() is both. Everything
 * lives in pool. */
void chart_open(struct phrase_index *index, struct pool *pool, const struct utterance *utterance,
	struct chart *chart);
void chart_fill(struct phrase_index *index, struct pool *pool, const struct utterance *utterance,
	struct chart *chart);
void chart_read(struct phrase_index *index, struct pool *pool, const struct utterance *utterance,
	struct chart *chart);

/* The longest span of the concept anywhere, or NULL. */
const struct span *chart_find(const struct chart *chart, uint32_t concept);

#endif

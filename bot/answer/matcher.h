/* matcher.h - which patterns fit an utterance.
 *
 * Layer: answer. Each pattern waits at the words of one concept that it cannot
 * do without, the rarest; only when such a word is said are the pattern's
 * concepts looked for at all. All that is plain words is proved by the chart;
 * PCRE2 runs for `regex` lines alone.
 */
#ifndef BOT_MATCHER_H
#define BOT_MATCHER_H

#include "chart.h"

struct intents;
struct pattern;
struct pool;

struct matcher;

/* Both must outlive the matcher. */
struct matcher *matcher_new(const struct intents *intents, struct phrase_index *index);
void matcher_free(struct matcher **matcher);

enum { MATCHER_LIMITS_MAX = 4 }; /* limit hits after which a message counts as not understood */

struct match {
	const struct pattern *pattern;
	uint16_t start, end; /* the tokens it spans, half open */
};

struct matches {
	struct match *items;
	size_t count;
	unsigned limit_hits;
};

/* Between chart_open() and chart_fill(): finds the patterns that are in question, and says which
 * concepts they need. */
void matcher_ask(struct matcher *matcher, const struct utterance *utterance,
	const struct chart *chart);
/* Of those, the patterns that fit and are not vetoed, by intent, then by order of the file. In pool. */
void matcher_find(struct matcher *matcher, struct pool *pool, const struct utterance *utterance,
	const struct chart *chart, struct matches *matches);

/* Whether token i is one of those that the match is made of. */
bool matcher_covers(const struct chart *chart, const struct match *match, size_t i);

/* Patterns that no word leads to: they are tried on every message. */
size_t matcher_unindexed(const struct matcher *matcher, const struct pattern *const **patterns);

#endif

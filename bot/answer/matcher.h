/* matcher.h - which patterns fit an utterance.
 *
 * Layer: answer. Only of the patterns in question (pattern_index.h) are the
 * concepts looked for at all. All that is plain words is proved by the chart;
 * PCRE2 runs for `regex` lines alone.
 */
#ifndef BOT_MATCHER_H
#define BOT_MATCHER_H

#include "chart.h"

struct intents;
struct pattern;
struct pool;
struct rarity;

struct matcher;

/* All must outlive the matcher. */
struct matcher *matcher_new(const struct intents *intents, const struct rarity *rarity,
	struct phrase_index *phrases);
void matcher_free(struct matcher **matcher);

enum {
	MATCHER_LIMITS_MAX = 4, /* limit hits after which a message counts as not understood */
	MATCHER_ASKED_MAX = 1000, /* patterns in question; with more, it is not understood either */
	MATCHER_TEXT_MAX = 128 * 1024, /* bytes that all regexes together look at; then they hit limits */
};

struct match {
	const struct pattern *pattern;
	/* The tokens that it is made of, in order, with others between; `all` may have its concepts far
	 * apart. */
	struct stretch {
		uint16_t start, end; /* half open */
	} *stretches;
	size_t stretch_count; /* at least one */
};

struct matches {
	struct match *items;
	size_t count;
	unsigned limit_hits;
};

/* Between chart_open() and chart_fill(): finds the patterns that are in question, and says which
 * concepts they need. */
void matcher_ask(struct matcher *matcher, const struct chart *chart);
/* Of those, the patterns that fit and are not vetoed, by intent, then by order of the file. In pool. */
void matcher_find(struct matcher *matcher, struct pool *pool, const struct utterance *utterance,
	const struct chart *chart, struct matches *matches);

/* Patterns that no word leads to: they are tried on every message. */
size_t matcher_unindexed(const struct matcher *matcher, const struct pattern *const **patterns);

#endif

/* feature.h - an utterance as the model sees it: numbered features with values.
 *
 * Layer: answer. A feature is a concept, a stem, a pair of concepts, two
 * neighbours, or a fact about the whole (how many words are unknown). What
 * stands in the story around a question counts less.
 */
#ifndef BOT_FEATURE_H
#define BOT_FEATURE_H

#include "clauses.h"
#include "fields.h"
#include "matcher.h"

struct buf;
struct words;

struct feature {
	uint32_t id;
	float value;
};

/* What is left over of an utterance. */
struct leftover {
	unsigned unknown;      /* content words that no sentence of the pack uses */
	unsigned unexplained;  /* content words in no concept */
	unsigned content;      /* content words in all */
	bool in_domain;        /* the subject of the pack is in sight */
};

struct feature_list {
	struct feature *items;
	size_t count;
	struct leftover leftover;
};

/* Everything known of an utterance; what its features are made from. */
struct reading {
	struct utterance u;
	struct chart chart;
	struct clauses clauses;
	struct matches matches;
	/* For each token, and behind the last: how much stands before it. */
	struct contents {
		uint32_t words;   /* content words */
		uint32_t unknown; /* of them, those that the pack does not know */
	} *contents;
	bool domain_known; /* the talk is about the subject of the pack already */
	const struct texts *expected; /* ids of answers that the talk makes likely, the one it is
					about first; NULL: none */
};

struct feature_table;

struct feature_table *feature_new(const struct language *language, const struct grammar *grammar,
	const struct words *words);
void feature_free(struct feature_table **features);

/* Before learning: stems all words of the vocabulary, which is whole by now; and then counts which of
 * them the sentences use (by the numbers of their words), since a word met too seldom means nothing. */
void feature_stem_words(struct feature_table *features);
void feature_count(struct feature_table *features, const uint32_t *words, size_t count);
/* Features that are new get a number. */
void feature_learn(struct feature_table *features, struct pool *pool, const struct reading *reading,
	struct feature_list *list);
/* Afterwards: features never learnt are left out. List in pool, by id, each once. */
void feature_extract(const struct feature_table *features, struct pool *pool,
	const struct reading *reading, struct feature_list *list);

/* Forgets features with fewer uses (by id) than least. renumbered[old id] becomes the new id or
 * FEATURE_NONE. */
#define FEATURE_NONE UINT32_MAX
void feature_forget(struct feature_table *features, const uint32_t *uses, uint32_t least,
	uint32_t *renumbered);
/* Whether the feature is something that was said, a concept or a word, not a fact about the whole. */
bool feature_is_said(const struct feature_table *features, uint32_t id);
size_t feature_total(const struct feature_table *features);
/* Adds the feature's name in words: "pay & india", "~salari", "2 unknown words". */
void feature_name(const struct feature_table *features, uint32_t id, struct buf *out);

/* Sets the reading's contents; its chart is filled. In pool. */
void feature_weigh(const struct feature_table *features, struct pool *pool, struct reading *reading);
/* Whether token i is a content word, of a reading that was weighed; whether the pack knows no such
 * word. */
bool feature_is_content(const struct reading *reading, size_t i);
bool feature_is_unknown(const struct feature_table *features, const struct reading *reading, size_t i);

#endif

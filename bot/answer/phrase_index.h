/* phrase_index.h - the phrases that are worth a try, given the words of an utterance.
 *
 * Layer: answer. A phrase sleeps until what it cannot do without has been met:
 * of that, the rarest word, prefix or concept is its key (of a group, one for
 * each alternative). So thousands of phrases that begin with "what" cost
 * nothing until their own word is said. An awake phrase waits at what it may
 * begin with, to be tried there.
 */
#ifndef BOT_PHRASE_INDEX_H
#define BOT_PHRASE_INDEX_H

#include "grammar.h"

struct pool;
struct rarity;
struct token;

struct phrase_index;

/* always[concept]: it is looked for in every utterance, and with it all that it refers to; the others
 * are when they are said to be needed. NULL: every concept always is. The grammar is finished and
 * its vocabulary grows no more; both outlive the index. */
struct phrase_index *phrase_index_new(const struct grammar *grammar, const struct rarity *rarity,
	const bool *always);
void phrase_index_free(struct phrase_index **index);
const struct grammar *phrase_index_grammar(const struct phrase_index *index);

/* Words and prefixes in one row of numbers, the words first. */
size_t phrase_index_terms(const struct phrase_index *index);
uint32_t phrase_index_term(const struct phrase_index *index, enum element_kind kind, uint32_t id);

/* The prefixes that a token begins with. */
struct prefixes {
	const uint32_t *ids;
	size_t count;
};

/* A new utterance: all phrases sleep, nothing was heard or is needed but what always is. What is
 * kept for the utterance lives in pool. */
void phrase_index_begin(struct phrase_index *index, struct pool *pool);
struct prefixes phrase_index_prefixes(const struct phrase_index *index, struct pool *pool,
	const struct token *token);
/* This was said: the phrases of which it is a key wake up. Returns false if it was heard before. */
bool phrase_index_hear(struct phrase_index *index, uint32_t term);
bool phrase_index_has_heard(const struct phrase_index *index, uint32_t term);
/* Once all is heard: the concept shall be looked for, and all that it refers to. */
void phrase_index_need(struct phrase_index *index, uint32_t concept);
/* This concept was found: the phrases of which it is the key wake up. */
void phrase_index_find(struct phrase_index *index, uint32_t concept);

/* Phrases that are awake and may begin with it, in a list; new ones go to its front. */
struct trial {
	uint32_t phrase;
	const struct trial *next;
};
const struct trial *phrase_index_trials(const struct phrase_index *index, enum element_kind kind,
	uint32_t id);

#endif

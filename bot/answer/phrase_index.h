/* phrase_index.h - the phrases that are worth a look, given the words of an utterance.
 *
 * Layer: answer. A phrase sleeps until what it cannot do without has been met:
 * of that, the rarest word, prefix or concept is its key (of a group, one for
 * each alternative). So thousands of phrases that begin with "what" cost
 * nothing until their own word is said.
 */
#ifndef BOT_PHRASE_INDEX_H
#define BOT_PHRASE_INDEX_H

#include "grammar.h"

struct phrase_index;

/* The grammar is finished and outlives the index; how often its words are used tells which are rare. */
struct phrase_index *phrase_index_new(const struct grammar *grammar);
void phrase_index_free(struct phrase_index **index);
const struct grammar *phrase_index_grammar(const struct phrase_index *index);

/* By default every concept is looked for. From here on only those said to be needed, for good or for
 * the utterance at hand, and those that they refer to. */
void phrase_index_on_demand(struct phrase_index *index);
void phrase_index_need_always(struct phrase_index *index, uint32_t concept);
void phrase_index_need(struct phrase_index *index, uint32_t concept);

/* The words and prefixes of which one must be met for the concept to be there: hands each to
 * `each`, some maybe twice. Returns a guess of how often they are met. */
typedef void phrase_index_leaf(void *userdata, enum element_kind kind, uint32_t id);
uint32_t phrase_index_leaves(struct phrase_index *index, uint32_t concept,
	phrase_index_leaf *each, void *userdata);

/* A new utterance: all phrases sleep, nothing is needed but what always is. */
void phrase_index_begin(struct phrase_index *index);
/* This was met: the phrases of which it is a key wake up. */
void phrase_index_wake(struct phrase_index *index, enum element_kind kind, uint32_t id);
/* Whether the phrase is awake, and its concept needed. */
bool phrase_index_is_awake(const struct phrase_index *index, uint32_t phrase);

/* Whether what was met so far leaves it open that the concept is there. */
bool phrase_index_is_possible(const struct phrase_index *index, uint32_t concept);

/* Phrases that may begin with it, awake or not. */
struct phrase_list phrase_index_starting(const struct phrase_index *index, enum element_kind kind,
	uint32_t id);

#endif

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

/* A new utterance: all phrases sleep. */
void phrase_index_begin(struct phrase_index *index);
/* This was met: the phrases of which it is a key wake up. */
void phrase_index_wake(struct phrase_index *index, enum element_kind kind, uint32_t id);
bool phrase_index_is_awake(const struct phrase_index *index, uint32_t phrase);

/* Phrases that may begin with it, awake or not. */
struct phrase_list phrase_index_starting(const struct phrase_index *index, enum element_kind kind,
	uint32_t id);

#endif

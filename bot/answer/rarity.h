/* rarity.h - how often a word, prefix or concept is met, so that what is looked
 * for is looked for by what is met least.
 *
 * Layer: answer. A guess from the pack itself: what its sentences say and its
 * phrases are made of is said often.
 */
#ifndef BOT_RARITY_H
#define BOT_RARITY_H

#include "grammar.h"

struct rarity;

/* The grammar is finished and outlives the rarity. */
struct rarity *rarity_new(const struct grammar *grammar);
void rarity_free(struct rarity **rarity);

/* Something that must be met: a word, a prefix, or a concept (a group among them). */
struct need {
	enum element_kind kind;
	uint32_t id;
	uint32_t cost; /* how often it is met, roughly */
};

struct need rarity_of(const struct rarity *rarity, const struct element *element);

/* The one thing that the phrase cannot do without and that is met least. */
const struct element *rarity_key(const struct rarity *rarity, uint32_t phrase);

/* All that must be met for the concept to be there, at most max, at least one: where there is but one
 * way to say it, every part of that. Returns how many. */
size_t rarity_needs(const struct rarity *rarity, uint32_t concept, struct need *out, size_t max);

/* Hands over the words and prefixes of which one must be met for the concept to be there, some maybe
 * twice. */
typedef void rarity_leaf(void *userdata, enum element_kind kind, uint32_t id);
void rarity_leaves(const struct rarity *rarity, uint32_t concept, rarity_leaf *each,
	void *userdata);

#endif

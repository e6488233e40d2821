/* roles.h - what each word of a message does, whatever the message is about.
 *
 * Layer: answer. Which words play which role is data: language.h.
 */
#ifndef BOT_ROLES_H
#define BOT_ROLES_H

#include "engine.h"

/* Roles in a set, one bit each. */
#define ROLE_SET(role) (UINT64_C(1) << (role))

/* Words that ask, lead or point, and carry nothing themselves. */
#define ROLES_EMPTY                                                                                \
	(ROLE_SET(ROLE_FUNCTION) | ROLE_SET(ROLE_FILLER) | ROLE_SET(ROLE_JOINS) |                  \
		ROLE_SET(ROLE_LEADS) | ROLE_SET(ROLE_ASKS_OPENING) |                               \
		ROLE_SET(ROLE_ASKS_ANYWHERE) | ROLE_SET(ROLE_REFERS))

struct roles {
	uint64_t *of; /* by token: the set that it plays */
	size_t count; /* tokens */
	uint64_t any; /* all of them together */
};

/* In pool. */
void roles_read(const struct answer_engine *engine, struct pool *pool, const struct chart *chart,
	struct roles *roles);
/* Whether the first word that says anything plays one of these. */
bool roles_open_with(const struct roles *roles, uint64_t which);
/* How many tokens play none of these. */
size_t roles_rest(const struct roles *roles, uint64_t but);

/* The longest span that plays the role, or NULL. */
const struct span *roles_find(
	const struct answer_engine *engine, const struct chart *chart, enum role role);
/* The last one that stands by itself, or NULL. */
const struct span *roles_find_last(
	const struct answer_engine *engine, const struct chart *chart, enum role role);

#endif

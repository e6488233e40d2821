/* occupants.h - who is in a room.
 *
 * Layer: xmpp. Sorted by nick; nicks are compared byte by byte, as the room
 * made them. What is handed out is borrowed until the next change.
 */
#ifndef BOT_OCCUPANTS_H
#define BOT_OCCUPANTS_H

#include "base.h"

struct occupant {
	char *nick;
	char *folded;      /* the nick, for comparing as people do */
	char *real_jid;    /* bare, or NULL where the room hides it */
	char *occupant_id; /* XEP-0421, or NULL */
	char *known_as;    /* the nick they came in by, told apart from all others who are there:
			    * stays with them when they take another */
};

struct occupants {
	struct occupant **sorted;
	size_t count, cap;
	bool renamed; /* has anybody been? */
};

void occupants_init(struct occupants *occupants);
void occupants_release(struct occupants *occupants);
void occupants_clear(struct occupants *occupants);

/* Adds or brings up to date. real_jid and occupant_id may be NULL. Beyond OCCUPANTS_MAX people are
 * not remembered any more. */
enum { OCCUPANTS_MAX = 10000 };
void occupants_enter(struct occupants *occupants, const char *nick, const char *real_jid,
	const char *occupant_id);
void occupants_rename(struct occupants *occupants, const char *nick, const char *new_nick,
	const char *real_jid, const char *occupant_id);
void occupants_leave(struct occupants *occupants, const char *nick);
/* NULL: nobody of that nick. */
const struct occupant *occupants_find(const struct occupants *occupants, const char *nick);
/* By the folded nick. */
const struct occupant *occupants_find_folded(const struct occupants *occupants, const char *folded);

#endif

/* invitations.h - what becomes of invitations: we go, or say no once.
 *
 * Layer: xmpp. Who invites over and over gets no more than one word for a
 * room, and nobody can make us say that often.
 */
#ifndef BOT_INVITATIONS_H
#define BOT_INVITATIONS_H

#include "invitation.h"
#include "rooms.h"

struct invitations;

/* All borrowed. own_jid: bare. */
struct invitations *invitations_new(const struct wire *wire, struct rooms *rooms,
	const struct session_events *events, const char *own_jid, const struct clock *clock);
void invitations_free(struct invitations **invitations);

/* Whose are followed: bare addresses and domains, in lower case; copied. */
void invitations_set(struct invitations *invitations, const char *const *list, size_t count);
void invitations_take(struct invitations *invitations, const struct invitation *invitation);
/* A room that we were in was closed, and names another where people meet now. */
void invitations_moved(struct invitations *invitations, const char *old_room, const char *new_room);

#endif

/* invitation.h - an invitation into a room, as it came, and whether it counts.
 *
 * Layer: xmpp. A person invites directly: the servers on the way vouch for the
 * sender. Or a room passes an invitation on: then only the room's own server
 * is vouched for, and whom it names as the inviter is its word alone.
 * Source: XEP-0045 section 7.8, XEP-0249.
 */
#ifndef BOT_INVITATION_H
#define BOT_INVITATION_H

#include "stanza.h"

/* Text is borrowed from pool and stanza. */
struct invitation {
	const char *room;     /* bare, in normal form */
	const char *password; /* NULL: none */
	const char *from;     /* who the servers say has sent it: bare, a person or a room */
	const char *inviter;  /* whom the room names; NULL: it came without a room between */
};

/* false: there is none in it, or none to make sense of. */
bool invitation_read(struct invitation *invitation, struct pool *pool, xmpp_stanza_t *message);

/* Whose invitations are followed: bare addresses and domains. */
struct invitation_trust {
	const char *const *list;
	size_t count;
	const char *own_jid;
};

/* A domain stands for all with an address there. What a room passes on counts when its own server
 * or its address is on the list; or when the inviter is, and the room's server belongs to the
 * inviter's domain or to ours, which could forge any address of their own anyway. */
bool invitation_counts(const struct invitation *invitation, const struct invitation_trust *trust);

#endif

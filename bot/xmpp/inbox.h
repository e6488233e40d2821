/* inbox.h - each stanza that comes to whom it is for.
 *
 * Layer: xmpp. The one place that knows all modules which take stanzas; what
 * people say goes up from here, and nothing else does.
 */
#ifndef BOT_INBOX_H
#define BOT_INBOX_H

#include "archives.h"
#include "invitations.h"
#include "peers.h"
#include "rooms.h"
#include "services.h"
#include "session.h"

/* All borrowed. */
struct inbox {
	const struct wire *wire;
	const struct session_events *events;
	struct queries *queries;
	struct archives *archives;
	struct peers *peers;
	struct roster *roster;
	struct rooms *rooms;
	struct invitations *invitations;
	struct services *services;
	struct pool *pool;      /* cleared after each stanza */
	const char *own_jid;    /* bare */
	const char *own_folded; /* the local part of it, folded */
	bool account_ids;       /* our server's stanza-ids can be trusted */
};

void inbox_stanza(struct inbox *inbox, xmpp_stanza_t *stanza);
/* For struct archives_events, with the inbox as userdata. */
void inbox_found(void *inbox, const char *room, const struct mam_result *result);
void inbox_caught_up(void *inbox, const char *room, enum chat_archive how);

#endif

/* spoken.h - what a message says, and to whom.
 *
 * Layer: xmpp. Source: XEP-0308, 0372, 0380, 0424, 0425, 0428, 0444, 0461.
 */
#ifndef BOT_SPOKEN_H
#define BOT_SPOKEN_H

#include "chat.h"
#include "stanza.h"

struct pool;
struct room;

/* Fills in kind, body, text and target. false: nothing is said in it. */
bool spoken_read(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza);
/* Fills in kind and target of what a room says itself. false: it is no moderation. */
bool spoken_read_moderation(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza);
/* Fills in addressed and to_other (where place is CHAT_ROOM), and takes out of text what merely
 * addresses us. room: NULL when direct. own_folded: our name in a talk of two. */
void spoken_address(struct chat_message *chat, const struct room *room, const char *own_jid,
	const char *own_folded, struct pool *pool, xmpp_stanza_t *stanza);

#endif

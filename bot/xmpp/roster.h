/* roster.h - who may see that we are online.
 *
 * Layer: xmpp. Whoever asks is let in, up to a number; nobody is asked back.
 * Who takes it back is taken off the list, so that it does not grow for ever.
 * Source: RFC 6121 sections 2 and 3.
 */
#ifndef BOT_ROSTER_H
#define BOT_ROSTER_H

#include "presence.h"
#include "queries.h"

struct roster;

struct roster *roster_new(const struct wire *wire, struct queries *queries);
void roster_free(struct roster **roster);

/* Asks the server for the list: at each new stream, before presence is sent. */
void roster_fetch(struct roster *roster);
/* A push from the server, whose `from` has been looked at. */
void roster_push(struct roster *roster, xmpp_stanza_t *query);
/* PRESENCE_SUBSCRIBE and PRESENCE_UNSUBSCRIBE; others are ignored. */
void roster_presence(struct roster *roster, const struct presence *presence);
/* Whether whoever has this address is told our presence. */
bool roster_sees_us(struct roster *roster, const char *jid);

#endif

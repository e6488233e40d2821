/* peers.h - what the clients of others can do, and whether one is a bot.
 *
 * Layer: xmpp. Learnt from the caps in presence; one disco query for each kind
 * of client. An answer counts for the kind only when its hash is right, so
 * that nobody can pass somebody else's client off as a bot; else for the one
 * that gave it. Everything is bounded.
 * Source: XEP-0115 section 5.4.
 */
#ifndef BOT_PEERS_H
#define BOT_PEERS_H

#include "caps.h"
#include "presence.h"
#include "queries.h"

struct peers;

struct peers *peers_new(struct queries *queries);
void peers_free(struct peers **peers);
/* A new stream: who was there may be gone. What is known of kinds of clients stays. */
void peers_forget(struct peers *peers);

/* From a full address, of a contact or an occupant. */
void peers_presence(struct peers *peers, const struct presence *presence);
/* traits.known is false as long as nothing is; then it is asked for, once. */
struct traits peers_traits(struct peers *peers, const char *full_jid);

/* Whether it has ever shown that it uses chat states (XEP-0085). */
void peers_use_states(struct peers *peers, const char *full_jid);
bool peers_uses_states(struct peers *peers, const char *full_jid);

#endif

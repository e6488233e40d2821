/* identity.h - what we say we are and can do.
 *
 * Layer: xmpp. One list, from which the disco#info answer and the caps hash
 * both come, so that they cannot differ. A feature stands in it when it works.
 * Source: XEP-0030, XEP-0115.
 */
#ifndef BOT_IDENTITY_H
#define BOT_IDENTITY_H

#include "stanza.h"

#define IDENTITY_NAME "careerbot"

struct identity;

struct identity *identity_new(xmpp_ctx_t *ctx);
void identity_free(struct identity **identity);

/* Adds <identity/> and <feature/>s to a disco#info <query/>. */
void identity_describe(xmpp_stanza_t *query);
/* Whether a disco#info query to this node is about us as a whole; NULL: no node. */
bool identity_has_node(const struct identity *identity, const char *node);
/* Adds <c/> to a presence of ours. */
void identity_add_caps(const struct identity *identity, xmpp_stanza_t *presence);

#endif

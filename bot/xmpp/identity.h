/* identity.h - what we say we are and can do.
 *
 * Layer: xmpp. One list, from which the disco#info answer and the caps hash
 * both come, so that they cannot differ. A feature stands in it when it works.
 * Source: XEP-0030, XEP-0115, XEP-0128, XEP-0153, XEP-0157.
 */
#ifndef BOT_IDENTITY_H
#define BOT_IDENTITY_H

#include "stanza.h"

#define IDENTITY_NAME "careerbot"

struct identity;

struct identity *identity_new(xmpp_ctx_t *ctx);
void identity_free(struct identity **identity);

/* Adds <identity/>, <feature/>s and forms to a disco#info <query/>. */
void identity_describe(const struct identity *identity, xmpp_stanza_t *query);
/* Whether a disco#info query to this node is about us as a whole; NULL: no node. */
bool identity_has_node(const struct identity *identity, const char *node);
/* Adds what each presence of ours bears, where it does not say that we go. */
void identity_add_to(const struct identity *identity, xmpp_stanza_t *presence);

/* Of the next two, true: that changes our presence, which is to be sent anew. */
/* URIs under which somebody answers for us. Copied. */
bool identity_set_contacts(struct identity *identity, const char *const *contacts, size_t count);
/* The picture in our vCard, by its SHA-1 in hex; NULL: none that could be fetched. */
bool identity_set_photo(struct identity *identity, const char *sha1);

#endif

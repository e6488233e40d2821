/* caps.h - what a client says it is and can do, and the hash of that.
 *
 * Layer: xmpp. Works on a disco#info <query/>, ours or another's.
 * Source: XEP-0030, XEP-0115 section 5, XEP-0128.
 */
#ifndef BOT_CAPS_H
#define BOT_CAPS_H

#include "stanza.h"

struct pool;

/* The one in an answer, borrowed; NULL where that is an error, or none came. */
xmpp_stanza_t *caps_answered(xmpp_stanza_t *answer);

/* The verification string, hashed with SHA-1 and in base64. NULL: the answer contradicts itself
 * (XEP-0115 section 5.4) or is of absurd size, and proves nothing. */
const char *caps_ver(struct pool *pool, xmpp_stanza_t *query);

/* What matters to us of it. */
struct traits {
	bool known;
	bool bot;     /* identity client/bot */
	bool replies; /* shows replies (XEP-0461) */
};
struct traits caps_traits(xmpp_stanza_t *query);
bool caps_has_feature(xmpp_stanza_t *query, const char *feature);

#endif

/* services.h - what others may ask us by IQ, and the answers.
 *
 * Layer: xmpp. Every get or set gets exactly one answer (RFC 6120 section
 * 8.2.3); what nobody knows here is service-unavailable. To serve another
 * namespace is another line in the table of services.c.
 * Source: XEP-0012, XEP-0030, XEP-0050, XEP-0092, XEP-0115, XEP-0199, XEP-0202.
 */
#ifndef BOT_SERVICES_H
#define BOT_SERVICES_H

#include "clock.h"
#include "commands.h"
#include "identity.h"
#include "roster.h"

struct services {
	const struct identity *identity;
	const struct clock *clock;
	const char *version;
	const char *own_jid; /* bare */
	struct roster *roster;
	struct commands *commands;
	int64_t active_ms; /* when we last had something to do, monotonic */
};

/* The answer, owned by the caller; NULL where the IQ is itself an answer, has no id, or is one
 * that must be passed over in silence. */
xmpp_stanza_t *services_answer(struct services *services, xmpp_stanza_t *iq);

#endif

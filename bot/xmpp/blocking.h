/* blocking.h - whom our server keeps away from us.
 *
 * Layer: xmpp. Who is blocked is the server's to remember. Source: XEP-0191, XEP-0377.
 */
#ifndef BOT_BLOCKING_H
#define BOT_BLOCKING_H

#include "queries.h"

struct blocking {
	const struct wire *wire;
	struct queries *queries;
	bool offered;       /* by the server of this stream */
	bool takes_reports; /* likewise */
};

/* A new stream: asks what its server offers. own_jid: of the account. */
void blocking_online(struct blocking *blocking, const char *own_jid);
void blocking_offline(struct blocking *blocking);
/* Asks the server to block jid, or no longer to. What it refuses is reported. false: it does not
 * offer that. */
bool blocking_set(struct blocking *blocking, const char *jid, bool blocked);
/* Asks it to block jid, and tells those who run it that jid abused us. false: it takes no reports,
 * and nothing was done. */
bool blocking_report(struct blocking *blocking, const char *jid);

#endif

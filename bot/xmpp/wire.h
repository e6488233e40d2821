/* wire.h - where stanzas go out, and where the operator is told things:
 * handed in, so that a test reads what a module sends and says.
 *
 * Layer: xmpp.
 */
#ifndef BOT_WIRE_H
#define BOT_WIRE_H

#include "log.h"
#include "stanza.h"

struct wire {
	xmpp_ctx_t *ctx;
	/* Borrows the stanza. Offline it goes nowhere. */
	void (*send)(void *userdata, xmpp_stanza_t *stanza);
	/* One line for the operator. */
	void (*report)(void *userdata, enum log_level level, const char *line);
	void *userdata;
};

/* Sends and releases the stanza. */
void wire_send(const struct wire *wire, xmpp_stanza_t *stanza);
void wire_report(const struct wire *wire, enum log_level level, const char *fmt, ...)
	BOT_PRINTF(3, 4);

#endif

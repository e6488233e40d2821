/* outbox.h - stanzas that wait for libstrophe to take them.
 *
 * Layer: xmpp. libstrophe writes before it reads, and when writing fails it
 * throws away what it has not read: that is where the server says why it ended
 * the stream. So it gets nothing to write to a server that has gone.
 */
#ifndef BOT_OUTBOX_H
#define BOT_OUTBOX_H

#include "stanza.h"

/* Zeroes: empty. */
struct outbox {
	xmpp_stanza_t **stanzas;
	size_t count, cap;
};

void outbox_release(struct outbox *outbox);
void outbox_clear(struct outbox *outbox);
/* Borrows the stanza. */
void outbox_put(struct outbox *outbox, xmpp_stanza_t *stanza);
/* Gives all to libstrophe, in their order. */
void outbox_empty_into(struct outbox *outbox, xmpp_conn_t *conn);

#endif

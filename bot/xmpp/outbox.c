#include "outbox.h"

#include "mem.h"

void outbox_clear(struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->count; i++)
		xmpp_stanza_release(outbox->stanzas[i]);
	outbox->count = 0;
}

void outbox_release(struct outbox *outbox)
{
	outbox_clear(outbox);
	mem_free(outbox->stanzas);
	*outbox = (struct outbox){0};
}

void outbox_put(struct outbox *outbox, xmpp_stanza_t *stanza)
{
	MEM_GROW(&outbox->stanzas, &outbox->cap, outbox->count + 1);
	outbox->stanzas[outbox->count++] = xmpp_stanza_clone(stanza);
}

void outbox_empty_into(struct outbox *outbox, xmpp_conn_t *conn)
{
	for (size_t i = 0; i < outbox->count; i++)
		xmpp_send(conn, outbox->stanzas[i]);
	outbox_clear(outbox);
}

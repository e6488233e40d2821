#include "reply.h"

#include "ns.h"

static xmpp_stanza_t *message_to(xmpp_ctx_t *ctx, enum chat_place place, const char *to)
{
	xmpp_stanza_t *message = stanza_new(ctx, "message", NULL);

	stanza_set(message, "to", to);
	stanza_set(message, "type", place == CHAT_ROOM ? "groupchat" : "chat");
	/* Else copies of it would look as if they came from a contact (XEP-0045 section 7.5). */
	if (place == CHAT_PRIVATE)
		stanza_add(message, "x", NS_MUC_USER);
	return message;
}

xmpp_stanza_t *reply_stanza(xmpp_ctx_t *ctx, const struct chat_reply *reply, bool states)
{
	xmpp_stanza_t *message = message_to(ctx, reply->place, reply->to), *child;

	stanza_set(message, "id", reply->id);
	stanza_add_text(message, "body", NULL, reply->body);
	if (reply->thread)
		stanza_add_text(message, "thread", NULL, reply->thread);
	stanza_set(stanza_add(message, "origin-id", NS_SID), "id", reply->id);
	if (reply->replaces)
		stanza_set(stanza_add(message, "replace", NS_CORRECT), "id", reply->replaces);
	if (reply->reply_to) {
		child = stanza_add(message, "reply", NS_REPLY);
		stanza_set(child, "id", reply->reply_to);
		stanza_set(child, "to", reply->reply_jid);
	}
	if (states && reply->place != CHAT_ROOM)
		stanza_add(message, "active", NS_CHAT_STATES);
	if (reply->throw_away) {
		stanza_add(message, "no-store", NS_HINTS);
		stanza_add(message, "no-copy", NS_HINTS);
	} else {
		stanza_add(message, "store", NS_HINTS);
	}
	return message;
}

xmpp_stanza_t *reply_receipt(xmpp_ctx_t *ctx, const struct chat_message *message, const char *id)
{
	xmpp_stanza_t *receipt = message_to(ctx, message->place, message->from);

	stanza_set(stanza_add(receipt, "received", NS_RECEIPTS), "id", id);
	stanza_add(receipt, "store", NS_HINTS);
	return receipt;
}

#include "reply.h"

#include "buf.h"
#include "ns.h"
#include "utf8.h"

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

/* --- the body --- */

/* A client would show this otherwise than it stands there (XEP-0393). */
static bool looks_styled(const char *body)
{
	bool begins_line = true;

	for (; *body; body++) {
		if (strchr("*_~`", *body) || (begins_line && *body == '>'))
			return true;
		begins_line = *body == '\n';
	}
	return false;
}

static void add_body(xmpp_stanza_t *message, const struct chat_reply *reply)
{
	struct buf text;

	buf_init(&text, BUF_STANZA);
	if (reply->quote)
		buf_addf(&text, "> %s\n", reply->quote);
	buf_add_str(&text, reply->body);
	stanza_add_text(message, "body", NULL, text.data);
	buf_release(&text);
	if (looks_styled(reply->body))
		stanza_add(message, "unstyled", NS_STYLING);
}

static xmpp_stanza_t *add_fallback(xmpp_stanza_t *message, const char *feature)
{
	xmpp_stanza_t *fallback = stanza_add(message, "fallback", NS_FALLBACK);

	stanza_set(fallback, "for", feature);
	return fallback;
}

/* --- what it refers to --- */

static void add_reply(xmpp_stanza_t *message, const struct chat_reply *reply)
{
	xmpp_stanza_t *child = stanza_add(message, "reply", NS_REPLY);
	char end[24];

	stanza_set(child, "id", reply->reply_to);
	stanza_set(child, "to", reply->reply_jid);
	if (!reply->quote)
		return;
	/* In code points, with what stands around it. */
	snprintf(end, sizeof(end), "%zu", utf8_count(reply->quote, strlen(reply->quote)) + 3);
	child = stanza_add(add_fallback(message, NS_REPLY), "body", NULL);
	stanza_set(child, "start", "0");
	stanza_set(child, "end", end);
}

static void add_older_retraction(xmpp_stanza_t *message, const struct chat_reply *reply)
{
	xmpp_stanza_t *fasten = stanza_add(message, "apply-to", NS_FASTEN);

	stanza_set(fasten, "id", reply->retracts);
	stanza_add(fasten, "retract", NS_RETRACT_LEGACY);
}

static void add_retraction(xmpp_stanza_t *message, const struct chat_reply *reply)
{
	const char *id = reply->retracts_in_room ? reply->retracts_in_room : reply->retracts;

	stanza_set(stanza_add(message, "retract", NS_RETRACT), "id", id);
	/* All of the body is one. */
	add_fallback(message, NS_RETRACT);
	if (!reply->retracts_in_room)
		add_older_retraction(message, reply);
}

xmpp_stanza_t *reply_stanza(xmpp_ctx_t *ctx, const struct chat_reply *reply, bool states)
{
	xmpp_stanza_t *message = message_to(ctx, reply->place, reply->to);

	stanza_set(message, "id", reply->id);
	add_body(message, reply);
	if (reply->thread)
		stanza_add_text(message, "thread", NULL, reply->thread);
	stanza_set(stanza_add(message, "origin-id", NS_SID), "id", reply->id);
	if (reply->replaces)
		stanza_set(stanza_add(message, "replace", NS_CORRECT), "id", reply->replaces);
	if (reply->reply_to)
		add_reply(message, reply);
	if (reply->retracts)
		add_retraction(message, reply);
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

xmpp_stanza_t *reply_older_retraction(xmpp_ctx_t *ctx, const struct chat_reply *reply)
{
	xmpp_stanza_t *message = message_to(ctx, reply->place, reply->to);
	struct buf id;

	buf_init(&id, BUF_LINE);
	buf_addf(&id, "%s-older", reply->id);
	stanza_set(message, "id", id.data);
	buf_release(&id);
	add_older_retraction(message, reply);
	stanza_add(message, "store", NS_HINTS);
	return message;
}

/* --- courtesies --- */

static xmpp_stanza_t *courtesy(xmpp_ctx_t *ctx, const struct chat_message *message,
	const char *name, const char *ns, const char *id)
{
	xmpp_stanza_t *stanza = message_to(ctx, message->place, message->from);

	stanza_set(stanza_add(stanza, name, ns), "id", id);
	if (message->thread)
		stanza_add_text(stanza, "thread", NULL, message->thread);
	stanza_add(stanza, "store", NS_HINTS);
	return stanza;
}

xmpp_stanza_t *reply_receipt(xmpp_ctx_t *ctx, const struct chat_message *message, const char *id)
{
	return courtesy(ctx, message, "received", NS_RECEIPTS, id);
}

xmpp_stanza_t *reply_displayed(xmpp_ctx_t *ctx, const struct chat_message *message, const char *id)
{
	return courtesy(ctx, message, "displayed", NS_MARKERS, id);
}

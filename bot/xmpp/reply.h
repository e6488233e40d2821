/* reply.h - what we say, as a stanza.
 *
 * Layer: xmpp. Source: XEP-0045, 0085, 0184, 0201, 0308, 0333, 0334, 0359,
 * 0393, 0424, 0428, 0461.
 */
#ifndef BOT_REPLY_H
#define BOT_REPLY_H

#include "chat.h"
#include "stanza.h"

/* Owned by the caller. states: the peer uses chat states. */
xmpp_stanza_t *reply_stanza(xmpp_ctx_t *ctx, const struct chat_reply *reply, bool states);
/* What takes a message back in a room once more, without a word, for clients that know the form of
 * XEP-0424 before 0.4 alone, or messages only by the ids of those who sent them. */
xmpp_stanza_t *reply_older_retraction(xmpp_ctx_t *ctx, const struct chat_reply *reply);
/* A delivery receipt for the message with this id. */
xmpp_stanza_t *reply_receipt(xmpp_ctx_t *ctx, const struct chat_message *message, const char *id);
/* The mark that it was read. */
xmpp_stanza_t *reply_displayed(xmpp_ctx_t *ctx, const struct chat_message *message, const char *id);

#endif

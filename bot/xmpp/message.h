/* message.h - a message stanza as plain data.
 *
 * Layer: xmpp. Says what a stanza is, and nothing is done about it here. All
 * text is borrowed from the pool and the stanza.
 * Source: RFC 6121 section 5, XEP-0045 section 7, and the XEPs in ns.h.
 */
#ifndef BOT_MESSAGE_H
#define BOT_MESSAGE_H

#include "chat.h"
#include "invitation.h"

struct pool;
struct room;

enum message_kind {
	MESSAGE_NOTHING,     /* not for us, or nothing said: history, headlines, carbons … */
	MESSAGE_CHAT,        /* somebody says something: chat is filled in */
	MESSAGE_ECHO,        /* our own, back from the room or found in an archive */
	MESSAGE_ERROR,       /* our own, returned: id and condition */
	MESSAGE_INVITATION,  /* into a room: invitation is filled in */
	MESSAGE_SUBJECT,     /* the room's subject, which ends its history */
	MESSAGE_RECONFIGURED /* the room's configuration has changed */
};

struct message {
	enum message_kind kind;
	struct chat_message chat;
	struct invitation invitation;
	const char *from;
	const char *id;
	const char *stanza_id; /* of an echo; in an archive, its id there */
	const char *condition; /* of an error */
	const char *ignored;   /* why it is nothing, for the debug log */
	bool wants_receipt;    /* XEP-0184 */
	bool wants_marker;     /* XEP-0333 */
	bool uses_states;      /* XEP-0085 */
};

/* Where the stanza is read. */
struct message_view {
	const char *own_jid;    /* bare, normal */
	const char *own_folded; /* what people call us in a talk of two, folded */
	struct room *room;      /* the one it is from; NULL: from none of ours */
	bool account_ids;       /* our server's stanza-ids can be trusted (XEP-0359) */
	const char *archive; /* whose it was found in: own_jid or the room's; NULL: it comes now */
	const char *archive_id; /* … under this id … */
	int64_t sent_ms;        /* … with this time; 0: with none */
};

void message_read(struct message *message, const struct message_view *view, struct pool *pool,
	xmpp_stanza_t *stanza);

/* Who has a full or bare address: place, from, room, nick, asker and real_jid of who, borrowed from
 * the pool and the address. false: nobody we could talk to. */
bool message_sender(struct chat_message *who, const struct message_view *view, struct pool *pool,
	const char *from);

#endif

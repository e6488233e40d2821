/* presence.h - a presence stanza as plain data.
 *
 * Layer: xmpp. Text is borrowed from the pool and the stanza it was read from.
 * Source: RFC 6121 section 4.7; XEP-0045 for what rooms add; XEP-0115; XEP-0421.
 */
#ifndef BOT_PRESENCE_H
#define BOT_PRESENCE_H

#include "stanza.h"

enum presence_kind {
	PRESENCE_AVAILABLE,
	PRESENCE_UNAVAILABLE,
	PRESENCE_ERROR,
	PRESENCE_SUBSCRIBE,
	PRESENCE_UNSUBSCRIBE,
	PRESENCE_OTHER /* subscribed, unsubscribed, probe */
};

/* The status codes of XEP-0045 that mean something to us, as bits. */
enum presence_code {
	PRESENCE_REAL_JIDS = 1 << 0,   /* 100 */
	PRESENCE_SELF = 1 << 1,        /* 110 */
	PRESENCE_LOGGED = 1 << 2,      /* 170 */
	PRESENCE_CREATED = 1 << 3,     /* 201 */
	PRESENCE_NICK_GIVEN = 1 << 4,  /* 210 */
	PRESENCE_BANNED = 1 << 5,      /* 301 */
	PRESENCE_NICK_CHANGE = 1 << 6, /* 303 */
	PRESENCE_KICKED = 1 << 7,      /* 307 */
	PRESENCE_DEMOTED = 1 << 8,     /* 321 */
	PRESENCE_MEMBERS = 1 << 9,     /* 322 */
	PRESENCE_SHUTDOWN = 1 << 10,   /* 332 */
	PRESENCE_TECHNICAL = 1 << 11   /* 333 */
};

struct presence {
	enum presence_kind kind;
	const char *from;      /* never NULL */
	const char *nick;      /* the resource of from, or NULL */
	const char *condition; /* of an error */
	unsigned codes;        /* enum presence_code */
	const char *new_nick;  /* with PRESENCE_NICK_CHANGE */
	const char *real_jid;  /* bare; what the room says of the occupant */
	const char *occupant_id;
	const char *reason;   /* of a kick, ban or destruction, in words */
	bool destroyed;       /* the room is gone … */
	const char *moved_to; /* … or was when we came, and this is where people meet now; or NULL
			       */
	bool mute;            /* an occupant without voice */
	const char *caps_node, *caps_ver, *caps_hash; /* all three or none */
};

/* false: nobody it came from. */
bool presence_read(struct presence *presence, struct pool *pool, xmpp_stanza_t *stanza);

#endif

/* chat.h - what is said, and where, as everything above XMPP sees it: plain data.
 *
 * Layer: xmpp. The text in a struct chat_message is borrowed and lives during
 * the call that hands it over. All of it is valid UTF-8 without C0 controls
 * (tab and newline excepted) and is capped; NULL: the stanza did not have it.
 */
#ifndef BOT_CHAT_H
#define BOT_CHAT_H

#include "base.h"

enum chat_place {
	CHAT_DIRECT, /* one to one */
	CHAT_ROOM,   /* said in a room, for all to see */
	CHAT_PRIVATE /* from an occupant of a room, to us alone (XEP-0045 section 7.5) */
};

enum chat_kind {
	CHAT_SAYS,      /* body is what was said */
	CHAT_CORRECTS,  /* body replaces that of the message `target` (XEP-0308) */
	CHAT_RETRACTS,  /* the message `target` is taken back (XEP-0424); no body */
	CHAT_MODERATES, /* the room takes the message `target`, by whomever, down (XEP-0425); no
			 * body, no asker */
	CHAT_REACTS,    /* body holds the reactions, separated by spaces, to `target` (XEP-0444) */
	CHAT_ENCRYPTED, /* there is a text, but not for us to read (XEP-0380, OTR) */
	CHAT_FILE       /* body is the address of a file, and nothing else (XEP-0066) */
};

struct chat_message {
	enum chat_place place;
	enum chat_kind kind;
	const char *from;     /* full JID; of an occupant in a room */
	const char *room;     /* bare JID; NULL when direct */
	const char *nick;     /* what to call the asker: the occupant's nick, or NULL when direct */
	const char *asker;    /* who it is, as stable as the place tells: bare real JID, else
			       * "room#occupant-id" (XEP-0421), else the JID by which the occupant came
			       * in */
	const char *real_jid; /* bare, when direct or when the room shows it: then it is the word of
			       * the room's service. Else NULL */
	const char *body;     /* without reply fallback (XEP-0428); our nick still in it */
	const char *text; /* the body without what merely addresses us ("Nick: …", "@Nick …") and
			   * without quoted lines: what to answer. NULL where body is */
	const char *id;   /* the sender's (RFC 6120 section 8.1.3) */
	const char *stanza_id; /* given by the room or our server, checked (XEP-0359) */
	const char *thread;    /* XEP-0201 */
	const char *target;    /* by kind; or, for CHAT_SAYS, the id it replies to (XEP-0461) */
	const char *own_nick;  /* in a room: ours */
	bool addressed;        /* in a room: to us, by nick, mention or reply; elsewhere always */
	bool to_other;         /* in a room: plainly to another occupant */
	bool replies_known;    /* the sender's client shows XEP-0461 replies */
	bool from_bot;         /* in a room: said by a bot, not by a person */
	int64_t sent_ms;       /* wall clock, from XEP-0203; 0: just now */
	bool archived; /* found in an archive after a gap (XEP-0313): stanza_id is its id there */
};

/* What we say. */
struct chat_reply {
	enum chat_place place;
	const char *to; /* room: bare JID; else the full JID the message came from */
	const char *id; /* ours, unguessable; reflected, it confirms delivery */
	const char *body;
	const char *reply_to;  /* id to refer to by XEP-0461; NULL: no reference */
	const char *reply_jid; /* who wrote that; with reply_to */
	const char *quote;     /* its first words, one line, to stand before the body where no
				* reference is shown (XEP-0428); NULL: none */
	const char *thread;
	const char *replaces; /* id of our message that this corrects (XEP-0308) */
	const char *retracts; /* id of our message that is taken back (XEP-0424); body is for
			       * clients that don't know of it */
	const char *retracts_in_room; /* in a room: what that is called there */
	bool throw_away;              /* an aside, not an answer: not to be archived (XEP-0334) */
};

/* A room that we are in, or should be. */
struct chat_seat {
	const char *jid, *nick;
	bool inside;
	bool mute;  /* it lets us not speak */
	bool added; /* besides those of the settings */
};

/* From where to read an archive: behind the message that it calls after_id, or where that is NULL
 * or no longer there, from a time on. */
struct chat_mark {
	const char *after_id;
	int64_t since_ms;
};

/* How reading it has ended. */
enum chat_archive {
	CHAT_ARCHIVE_READ,  /* to its end */
	CHAT_ARCHIVE_NONE,  /* there is none, or none that we may read */
	CHAT_ARCHIVE_FAILED /* not read, or not to its end */
};

#endif

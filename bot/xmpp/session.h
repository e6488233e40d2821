/* session.h - one account on one server: stays connected, sits in its rooms,
 * hands over what is said to it and sends what it is given.
 *
 * Layer: xmpp, on base and libstrophe. Decides nothing about answers: it says
 * whether a message was addressed to us and who sent it, no more.
 * One thread; one session a process (libstrophe keeps a static context).
 * Source: RFC 6120, RFC 6121, and the XEPs named in chat.h.
 */
#ifndef BOT_SESSION_H
#define BOT_SESSION_H

#include "adhoc.h"
#include "chance.h"
#include "chat.h"
#include "clock.h"
#include "dialer.h"
#include "err.h"
#include "log.h"

struct pool;

struct session_room {
	const char *jid, *nick, *password; /* password may be NULL */
};

/* A PNG. */
struct session_picture {
	const unsigned char *bytes; /* NULL: none */
	size_t len;
	unsigned width, height;
};

/* What others see of us when they look. */
struct session_profile {
	const char *name;
	const char *about; /* may be NULL */
	struct session_picture picture;
};

struct session_settings {
	const char *jid;
	const char *password;
	const char *host;    /* NULL: found by DNS */
	uint16_t port;       /* 0: the protocol's own */
	enum dialer_tls tls; /* never without */
	const char *ca_file;
	const struct session_room *rooms;
	size_t room_count;
	const char *const *invites_from; /* bare JIDs and domains whose invitations are followed */
	size_t invite_count;
	const struct session_profile *profile; /* NULL: what the server has of us is left alone */
	const char *const *contacts;           /* URIs under which somebody answers for us */
	size_t contact_count;
	const char *version;
};

enum session_end {
	SESSION_ONGOING,
	SESSION_STOPPED, /* session_stop() has run its course */
	SESSION_REFUSED  /* the server does not take the account: at the first login of the process,
			  * or again and again later, over 80 minutes */
};

/* None may be NULL, but those of commands. They are called from session_poll(), session_stop() and
 * session_reload(). */
struct session_events {
	/* What a person says, once, and what bots say to rooms, marked as that. Echoes, errors,
	 * history and invitations never get here. */
	void (*message)(void *userdata, const struct chat_message *message);
	/* Our message with this id came back from the room, or was found in an archive: it was
	 * delivered. stanza_id is what it is called there (XEP-0359), NULL where that is not known
	 * or cannot be trusted. An id that nobody knows is to be passed over: it may be of an
	 * earlier run, or of no message that anybody waits for. */
	void (*confirmed)(void *userdata, const char *id, const char *stanza_id);
	/* Our message with this id came back as an error; reason is the condition's name. Said of
	 * messages of an earlier run too: an id that nobody knows is to be passed over. */
	void (*undelivered)(void *userdata, const char *id, const char *reason);
	/* On a new stream; rooms are joined after this. */
	void (*online)(void *userdata);
	void (*offline)(void *userdata);
	/* We come back to a room (bare JID), or to the server (NULL: our own archive, for direct
	 * messages): what was missed is to be read from where on? Borrowed until the next event. */
	struct chat_mark (*came_back)(void *userdata, const char *room);
	/* Reading it has ended: all that was found has been handed over, and in a room we are in
	 * it. After CHAT_ARCHIVE_FAILED it is tried again, and this comes once more. */
	void (*caught_up)(void *userdata, const char *room, enum chat_archive how);
	/* This room lets us speak: said when we come in, and when we are given voice. */
	void (*has_voice)(void *userdata, const char *room);
	/* An invitation was followed into a room that the settings don't name … */
	void (*joined)(void *userdata, const struct session_room *room);
	/* … or such a room is lost for good: kicked out, closed, or not to be had. */
	void (*left)(void *userdata, const char *jid);
	/* Something the operator should read. */
	void (*report)(void *userdata, enum log_level level, const char *line);
	/* What people may run by forms of their client. */
	struct adhoc_provider commands;
	void *userdata;
};

struct session;

/* Nothing is connected before session_poll(). settings are copied. */
int session_new(struct session **session, const struct session_settings *settings,
	const struct session_events *events, const struct clock *clock, const struct chance *chance,
	struct err *err) BOT_MUST_USE;
/* Closes hard what is still open. */
void session_free(struct session **session);

/* Waits until the server, a timer of ours or wake_fd (-1: none) wants something, at most max_ms and
 * never more than a second (20 ms until the session is up), and does what is due: connects,
 * reconnects, joins, reads, writes. */
enum session_end session_poll(struct session *session, int wake_fd, int64_t max_ms);

/* Not from within an event. Leaves the rooms, sends what is queued (5 s at most) and closes the
 * stream; session_poll() returns SESSION_STOPPED when that is done. */
void session_stop(struct session *session);
/* Cuts a connecting socket, so that a blocked call returns; safe in a signal handler. */
void session_interrupt(void);

/* Takes over another account-independent set: rooms no longer named are left, new ones joined.
 * A changed account, host or CA file needs a restart: returns 1 and changes nothing of them. */
int session_reload(struct session *session, const struct session_settings *settings);

/* One room more, over session_reload() too, but not over a restart. One that is there already is
 * tried anew. -1: it is no room's address, or there are too many. */
int session_join(
	struct session *session, const struct session_room *room, struct err *err) BOT_MUST_USE;
/* Leaves a room, until session_reload() finds it in the settings; false: we are in no such. */
bool session_leave(struct session *session, const char *jid);

/* The rooms we are to be in, for the operator; list and text in pool. */
size_t session_seats(
	const struct session *session, struct pool *pool, const struct chat_seat **seats);

/* Who has this address, also that of an occupant: place, from, room, nick, asker and real_jid of
 * who, in pool. false: nobody that could say anything to us. */
bool session_who(const struct session *session, const char *jid, struct pool *pool,
	struct chat_message *who);
/* Asks the server to keep this account or occupant away from us (XEP-0191), or no longer to.
 * false: it does not offer that. */
bool session_block(struct session *session, const char *jid, bool blocked);
/* Likewise, and reports it for abuse (XEP-0377). false: the server takes no reports. */
bool session_report(struct session *session, const char *jid);

/* Queues a message. -1, and nothing is queued: ERR_CLOSED when offline or not in that room,
 * ERR_REFUSED where the room does not let us speak, ERR_LIMIT when the server takes too little. */
int session_send(
	struct session *session, const struct chat_reply *reply, struct err *err) BOT_MUST_USE;
bool session_is_online(const struct session *session);

#endif

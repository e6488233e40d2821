/* session_inner.h - a session from within: for session.c, which makes it and does
 * what it is asked to, session_stream.c, to which the stream tells that it is up or
 * down, and session_turn.c, which does what is due.
 *
 * Layer: xmpp.
 */
#ifndef BOT_SESSION_INNER_H
#define BOT_SESSION_INNER_H

#include "account.h"
#include "backoff.h"
#include "blocking.h"
#include "inbox.h"
#include "mam_prefs.h"
#include "profile.h"
#include "pulse.h"
#include "session.h"
#include "stream.h"

enum stage {
	STAGE_RUNNING,
	STAGE_DRAINING, /* stopping: what is queued goes out */
	STAGE_LEAVING,  /* stopping: the stream is being closed */
	STAGE_OVER
};

struct session {
	struct account account;
	struct session_events events;
	const struct clock *clock;
	const struct chance *chance;
	struct wire wire;
	struct stream *stream;
	struct identity *identity;
	struct profile *profile;
	struct services services;
	struct inbox inbox;
	struct blocking blocking;
	struct mam_prefs mam_prefs;
	struct backoff backoff;
	struct pulse pulse;
	enum stage stage;
	enum session_end end;
	int64_t retry_at;
	int64_t drain_until;
	char *next_host; /* where to connect to instead, once; NULL: as the settings have it */
	uint16_t next_port;
};

/* What the stream is to tell, and to whom. */
struct stream_events session_stream_events(struct session *session);
/* For struct mam_prefs: whether our server keeps what is said to us. */
void session_archive_told(void *session, bool kept);
/* Our presence has changed: sends it to the server and to the rooms. */
void session_show(void *session);

#endif

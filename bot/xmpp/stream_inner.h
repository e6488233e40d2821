/* stream_inner.h - a stream from within, for stream.c, which goes from server to
 * server, and stream_login.c, which brings libstrophe to talk to one of them.
 *
 * Layer: xmpp.
 */
#ifndef BOT_STREAM_INNER_H
#define BOT_STREAM_INNER_H

#include "buf.h"
#include "ctx.h"
#include "outbox.h"
#include "stream.h"

struct stream {
	const struct stream_settings *settings;
	struct stream_events events;
	const struct clock *clock;
	struct ctx ctx;
	struct dialer *dialer;
	struct dialer_line line; /* with a socket until libstrophe has taken it */
	struct buf server;       /* where line leads, for the operator */
	xmpp_conn_t *conn;       /* NULL when down, and while the dialer is at it */
	enum stream_state state;
	struct outbox outbox;
	int fd;
	bool secure;      /* TLS has begun */
	int64_t deadline; /* connecting: of it all; closing: of the goodbye */
	int64_t share;    /* connecting: until when this server may take for the login */
	bool forsaken;    /* no other server is to be tried */
	bool busy;        /* more may wait to be read than poll(2) can see */
	struct evidence evidence;
	bool muted; /* nobody is there any more to hear of events */
	bool ended; /* the callback has said so; handled when libstrophe is out of the way */
	enum cause cause;
	struct err words;
	enum cause told_cause; /* what the operator is told in the end, after several servers */
	struct err told_words;
	char *next_host; /* with CAUSE_ELSEWHERE */
	uint16_t next_port;
};

/* With the server of `line`, within its share of the time that is left. */
void stream_log_in(struct stream *stream);
/* Closes the socket that libstrophe has not taken. */
void stream_hang_up(struct stream *stream);

#endif

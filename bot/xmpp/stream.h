/* stream.h - one stream to the server at a time, on libstrophe.
 *
 * Layer: xmpp. Connects, logs in over verified TLS or not at all, hands stanzas
 * up and down, and says how it ended. Waits for nothing longer than its
 * patience. When to connect again is for others to decide.
 * One a process: libstrophe and the signal handlers keep it so.
 */
#ifndef BOT_STREAM_H
#define BOT_STREAM_H

#include "cause.h"
#include "chance.h"
#include "clock.h"
#include "dialer.h"
#include "stanza.h"

struct stream_settings {
	const char *jid; /* bare, or full to ask for a resource */
	const char *password;
	const char *host; /* NULL: found by DNS */
	uint16_t port;    /* 0: the protocol's own */
	enum dialer_tls tls;
	const char *ca_file;
	int64_t patience_ms; /* for the whole login, with all servers that are tried */
};

struct stream_events {
	void (*up)(void *userdata);
	/* Any element that comes once we are logged in; borrowed. */
	void (*stanza)(void *userdata, xmpp_stanza_t *stanza);
	/* A server has not let us in, and another one is tried. */
	void (*passed_over)(void *userdata, const char *words);
	/* host, port: where the server sends us, with CAUSE_ELSEWHERE; else NULL and 0. */
	void (*down)(void *userdata, enum cause cause, const char *words, const char *host,
		uint16_t port);
	void *userdata;
};

enum stream_state { STREAM_DOWN, STREAM_CONNECTING, STREAM_UP, STREAM_CLOSING };

struct stream;

/* settings are borrowed and must outlive the stream; they are read at each stream_connect(). */
struct stream *stream_new(const struct stream_settings *settings,
	const struct stream_events *events, const struct clock *clock, const struct chance *chance);
void stream_free(struct stream **stream);

xmpp_ctx_t *stream_ctx(struct stream *stream);
enum stream_state stream_state(const struct stream *stream);
/* Full, as the server bound it; NULL before. */
const char *stream_jid(const struct stream *stream);

/* Which server it is, or was, in words for the operator: host, address, port and manner. */
const char *stream_server(const struct stream *stream);

/* When down: begins. host NULL: that of the settings. The outcome comes by an event. */
void stream_connect(struct stream *stream, const char *host, uint16_t port);
/* Waits until the server or wake_fd (-1: none) wants something, at most max_ms, and handles it. */
void stream_poll(struct stream *stream, int wake_fd, int64_t max_ms);
/* Borrows the stanza; drops it unless up. */
void stream_send(struct stream *stream, xmpp_stanza_t *stanza);
/* Stanzas that wait to be written. */
size_t stream_queued(const struct stream *stream);
/* Says goodbye; the end comes within three seconds. */
void stream_close(struct stream *stream);
/* Cuts it. why: for the operator. */
void stream_cut(struct stream *stream, const char *why);

#endif

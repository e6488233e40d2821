/* link.h - one stream to the server at a time, on libstrophe.
 *
 * Layer: xmpp. Connects, logs in over verified TLS or not at all, hands stanzas
 * up and down, and says how it ended. Waits for nothing longer than its
 * patience. When to connect again is for others to decide.
 * One a process: libstrophe and the signal handlers keep it so.
 */
#ifndef BOT_LINK_H
#define BOT_LINK_H

#include "cause.h"
#include "clock.h"
#include "stanza.h"

struct link_settings {
	const char *jid; /* bare, or full to ask for a resource */
	const char *password;
	const char *host; /* NULL: found by DNS */
	uint16_t port;    /* 0: the protocol's own */
	bool direct_tls;
	const char *ca_file;
	int64_t patience_ms; /* for the whole login */
};

struct link_events {
	void (*up)(void *userdata);
	/* Any element that comes once we are logged in; borrowed. */
	void (*stanza)(void *userdata, xmpp_stanza_t *stanza);
	/* host, port: where the server sends us, with CAUSE_ELSEWHERE; else NULL and 0. */
	void (*down)(void *userdata, enum cause cause, const char *words, const char *host,
		uint16_t port);
	void *userdata;
};

enum link_state { LINK_DOWN, LINK_CONNECTING, LINK_UP, LINK_CLOSING };

struct link;

/* settings are borrowed and must outlive the link; they are read at each link_connect(). */
struct link *link_new(const struct link_settings *settings, const struct link_events *events,
	const struct clock *clock);
void link_free(struct link **link);

xmpp_ctx_t *link_ctx(struct link *link);
enum link_state link_state(const struct link *link);
/* Full, as the server bound it; NULL before. */
const char *link_jid(const struct link *link);

/* When down: begins. host NULL: that of the settings. The outcome comes by an event. */
void link_connect(struct link *link, const char *host, uint16_t port);
/* Waits until the server or wake_fd (-1: none) wants something, at most max_ms, and handles it. */
void link_poll(struct link *link, int wake_fd, int64_t max_ms);
/* Borrows the stanza; drops it unless up. */
void link_send(struct link *link, xmpp_stanza_t *stanza);
/* Stanzas that wait to be written. */
size_t link_queued(const struct link *link);
/* Says goodbye; the end comes within three seconds. */
void link_close(struct link *link);
/* Cuts it. why: for the operator. */
void link_cut(struct link *link, const char *why);

#endif

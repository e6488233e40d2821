#include "stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>

#include "ctx.h"
#include "mem.h"
#include "pool.h"
#include "watchdog.h"

enum {
	POLL_CONNECTING_MS = 20, /* libstrophe's own timers want to be looked at */
	GOODBYE_MS = 2500,
	/* It reads 4 KiB a call, and a TLS record of 16 KiB that it has taken in wakes no poll. */
	READS_A_WAKE = 5
};

struct stream {
	const struct stream_settings *settings;
	struct stream_events events;
	const struct clock *clock;
	struct ctx ctx;
	xmpp_conn_t *conn; /* NULL when down */
	enum stream_state state;
	int fd;
	bool secure;      /* TLS has begun */
	int64_t deadline; /* connecting: of the login; closing: of the goodbye */
	bool busy;        /* more may wait to be read than poll(2) can see */
	struct evidence evidence;
	bool muted; /* nobody is there any more to hear of events */
	bool ended; /* the callback has said so; handled when libstrophe is out of the way */
	enum cause cause;
	struct err words;
	char *next_host; /* with CAUSE_ELSEWHERE */
	uint16_t next_port;
};

/* Two of libstrophe's callbacks bring no userdata along. */
static struct stream *current;

/* --- what libstrophe says --- */

static void on_log(void *userdata, xmpp_log_level_t level, const char *area, const char *line)
{
	struct stream *stream = userdata;

	if (stream->state == STREAM_UP)
		return;
	evidence_add_log(&stream->evidence, level, area, line);
	/* When the end is reported it has forgotten whether there was TLS. */
	if (stream->conn && xmpp_conn_is_secured(stream->conn))
		stream->secure = true;
}

static int on_bad_certificate(const xmpp_tlscert_t *certificate, const char *const reason)
{
	const char *subject = xmpp_tlscert_get_string(certificate, XMPP_CERT_SUBJECT);
	struct err words;

	err_set(&words, ERR_REFUSED, "%s (certificate of %s)", reason,
		subject ? subject : "nobody");
	if (current)
		evidence_add_certificate(&current->evidence, words.text);
	return 0;
}

static int on_socket(xmpp_conn_t *conn, void *sock)
{
	int fd = *(int *)sock, yes = 1;

	/* libstrophe waits with select(2). */
	if (fd >= FD_SETSIZE || !watchdog_watch(fd))
		return -1;
	current->fd = fd;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return xmpp_sockopt_cb_keepalive(conn, sock);
}

/* "host", "host:port" or "[address]:port", as see-other-host has it. */
static void read_other_host(struct stream *stream, xmpp_stanza_t *error)
{
	xmpp_stanza_t *tag = stanza_child(error, "see-other-host", XMPP_NS_STREAMS_IETF);
	struct pool *pool = pool_new(256);
	const char *text = tag ? stanza_text(pool, tag, 300) : "";
	size_t skipped = *text == '[', len = strcspn(text + skipped, skipped ? "]" : ":");
	const char *colon = strchr(text + skipped + len, ':');
	unsigned long port = colon ? strtoul(colon + 1, NULL, 10) : 0;

	mem_free(stream->next_host);
	stream->next_host = len ? mem_strndup(text + skipped, len) : NULL;
	stream->next_port = port <= UINT16_MAX ? (uint16_t)port : 0;
	pool_free(&pool);
}

static void on_end(struct stream *stream, int error, const xmpp_stream_error_t *stream_error)
{
	const char *cut = watchdog_stop();

	if (cut && !stream->evidence.detail.code)
		err_set(&stream->evidence.detail, ERR_CLOSED, "%s", cut);
	stream->fd = -1;
	stream->ended = true;
	stream->cause = cause_decide(&stream->evidence, error, stream_error, &stream->words);
	if (stream->cause != CAUSE_ELSEWHERE)
		return;
	read_other_host(stream, stream_error->stanza);
	/* Who speaks without TLS may be anybody (RFC 6120 section 4.9.3.19). */
	if (!stream->secure || !stream->next_host)
		stream->cause = CAUSE_NETWORK;
}

static void on_event(xmpp_conn_t *conn, xmpp_conn_event_t event, int error,
	xmpp_stream_error_t *stream_error, void *userdata)
{
	struct stream *stream = userdata;

	switch (event) {
	case XMPP_CONN_CONNECT:
		(void)watchdog_stop();
		/* That it is so is what the flags promise; believe nobody. */
		if (!xmpp_conn_is_secured(conn)) {
			evidence_add_certificate(
				&stream->evidence, "the stream came up without TLS");
			xmpp_disconnect(conn);
		} else if (!stream->muted) {
			stream->state = STREAM_UP;
			/* What went wrong on the way is of no interest any more. */
			stream->evidence = (struct evidence){.was_up = true};
			stream->events.up(stream->events.userdata);
		}
		break;
	case XMPP_CONN_RAW_CONNECT:
		break;
	case XMPP_CONN_DISCONNECT:
	case XMPP_CONN_FAIL:
		on_end(stream, error, stream_error);
		break;
	}
}

static int on_stanza(xmpp_conn_t *conn, xmpp_stanza_t *stanza, void *userdata)
{
	struct stream *stream = userdata;

	(void)conn;
	stream->busy = true;
	if (!stream->muted && stream->state != STREAM_CONNECTING)
		stream->events.stanza(stream->events.userdata, stanza);
	return 1; /* keep the handler */
}

/* --- life --- */

struct stream *stream_new(const struct stream_settings *settings,
	const struct stream_events *events, const struct clock *clock)
{
	struct stream *stream = mem_alloc(1, sizeof(*stream));

	if (current)
		BUG("a second stream in one process");
	*stream =
		(struct stream){.settings = settings, .events = *events, .clock = clock, .fd = -1};
	current = stream;
	ctx_init(&stream->ctx, on_log, stream);
	return stream;
}

static void release_conn(struct stream *stream)
{
	if (stream->conn)
		xmpp_conn_release(stream->conn);
	stream->conn = NULL;
	stream->fd = -1;
	stream->busy = false;
	stream->state = STREAM_DOWN;
	(void)watchdog_stop();
}

void stream_free(struct stream **stream)
{
	struct stream *s = *stream;

	if (!s)
		return;
	/* So that libstrophe notices, and closes the socket itself. */
	s->muted = true;
	stream_cut(s, "the program ends");
	release_conn(s);
	ctx_release(&s->ctx);
	mem_free(s->next_host);
	mem_free(s);
	current = NULL;
	*stream = NULL;
}

xmpp_ctx_t *stream_ctx(struct stream *stream)
{
	return stream->ctx.strophe;
}

enum stream_state stream_state(const struct stream *stream)
{
	return stream->state;
}

const char *stream_jid(const struct stream *stream)
{
	return stream->state == STREAM_UP ? xmpp_conn_get_bound_jid(stream->conn) : NULL;
}

static xmpp_conn_t *conn_new(struct stream *stream)
{
	const struct stream_settings *settings = stream->settings;
	xmpp_conn_t *conn = xmpp_conn_new(stream->ctx.strophe);
	/* Stream resumption loses and doubles stanzas in libstrophe up to 0.14. */
	long flags = XMPP_CONN_FLAG_MANDATORY_TLS | XMPP_CONN_FLAG_DISABLE_SM;

	if (settings->direct_tls)
		flags |= XMPP_CONN_FLAG_LEGACY_SSL;
	if (xmpp_conn_set_flags(conn, flags))
		BUG("libstrophe does not know its own flags");
	xmpp_conn_set_jid(conn, settings->jid);
	xmpp_conn_set_pass(conn, settings->password);
	if (settings->ca_file)
		xmpp_conn_set_cafile(conn, settings->ca_file);
	xmpp_conn_set_certfail_handler(conn, on_bad_certificate);
	xmpp_conn_set_sockopt_callback(conn, on_socket);
	xmpp_handler_add(conn, on_stanza, NULL, NULL, NULL, stream);
	return conn;
}

void stream_connect(struct stream *stream, const char *host, uint16_t port)
{
	if (stream->state != STREAM_DOWN)
		BUG("a stream that is not down cannot connect");
	stream->evidence = (struct evidence){0};
	stream->secure = false;
	stream->ended = false;
	stream->conn = conn_new(stream);
	stream->state = STREAM_CONNECTING;
	stream->deadline = clock_mono_ms(stream->clock) + stream->settings->patience_ms;
	watchdog_start(stream->settings->patience_ms);
	if (!host) {
		host = stream->settings->host;
		port = stream->settings->port;
	}
	if (xmpp_connect_client(stream->conn, host, port, on_event, stream) && !stream->ended) {
		err_set(&stream->words, ERR_CLOSED, "the server cannot be found or reached");
		stream->cause = CAUSE_NETWORK;
		stream->ended = true;
	}
}

static void finish(struct stream *stream)
{
	enum cause cause = stream->cause;

	stream->ended = false;
	release_conn(stream);
	stream->events.down(stream->events.userdata, cause, stream->words.text,
		cause == CAUSE_ELSEWHERE ? stream->next_host : NULL, stream->next_port);
}

/* Returns whether the server's socket had something to read. */
static bool wait(struct stream *stream, int wake_fd, int64_t max_ms)
{
	struct pollfd fds[2] = {
		{.fd = wake_fd, .events = POLLIN},
		{.fd = stream->fd, .events = POLLIN}, /* -1 is passed over */
	};

	if (stream->state == STREAM_CONNECTING && max_ms > POLL_CONNECTING_MS)
		max_ms = POLL_CONNECTING_MS;
	if (stream->busy || stream->ended)
		max_ms = 0;
	/* While it connects, "can be written" is libstrophe's to ask. */
	if (stream->state != STREAM_CONNECTING && stream_queued(stream))
		fds[1].events |= POLLOUT;
	if (poll(fds, ARRAY_LEN(fds), (int)max_ms) < 0 && errno != EINTR)
		BUG("poll(2) refuses what it was given");
	return fds[1].revents & POLLIN;
}

static void check_deadline(struct stream *stream)
{
	if (clock_mono_ms(stream->clock) < stream->deadline)
		return;
	if (stream->state == STREAM_CONNECTING)
		stream_cut(stream, "the login took too long");
	else if (stream->state == STREAM_CLOSING)
		stream_cut(stream, "no goodbye within its time");
}

void stream_poll(struct stream *stream, int wake_fd, int64_t max_ms)
{
	bool readable = wait(stream, wake_fd, max_ms);

	stream->busy = readable;
	for (int i = 0; i < READS_A_WAKE && stream->conn && !stream->ended; i++)
		xmpp_run_once(stream->ctx.strophe, 0);
	if (!stream->ended)
		check_deadline(stream);
	if (stream->ended)
		finish(stream);
}

void stream_send(struct stream *stream, xmpp_stanza_t *stanza)
{
	if (stream->state == STREAM_UP)
		xmpp_send(stream->conn, stanza);
}

size_t stream_queued(const struct stream *stream)
{
	int queued = stream->conn ? xmpp_conn_send_queue_len(stream->conn) : 0;

	return queued > 0 ? (size_t)queued : 0;
}

void stream_close(struct stream *stream)
{
	if (stream->state != STREAM_UP)
		return;
	stream->state = STREAM_CLOSING;
	stream->deadline = clock_mono_ms(stream->clock) + GOODBYE_MS;
	xmpp_disconnect(stream->conn);
}

void stream_cut(struct stream *stream, const char *why)
{
	if (stream->state == STREAM_DOWN || stream->ended)
		return;
	err_set(&stream->evidence.detail, ERR_CLOSED, "%s", why);
	if (stream->fd >= 0)
		shutdown(stream->fd, SHUT_RDWR);
	for (int i = 0; i < READS_A_WAKE && !stream->ended; i++)
		xmpp_run_once(stream->ctx.strophe, 0);
	if (!stream->ended) {
		stream->cause = cause_decide(&stream->evidence, 0, NULL, &stream->words);
		stream->ended = true;
	}
}

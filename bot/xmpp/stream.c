#include "stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buf.h"
#include "ctx.h"
#include "jid.h"
#include "mem.h"
#include "pool.h"
#include "race.h"
#include "watchdog.h"

enum {
	POLL_CONNECTING_MS = 20, /* libstrophe's own timers want to be looked at */
	GOODBYE_MS = 2500,
	/* What a server has for the login while there are others to go to. */
	SHARE_MIN_MS = 5000,
	/* It reads 4 KiB a call, and a TLS record of 16 KiB that it has taken in wakes no poll. */
	READS_A_WAKE = 5
};

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

/* The socket that nobody has taken. */
static void hang_up(struct stream *stream)
{
	if (stream->line.fd >= 0)
		close(stream->line.fd);
	stream->line.fd = -1;
}

static int on_socket(xmpp_conn_t *conn, void *sock)
{
	int fd = *(int *)sock, yes = 1;

	/* libstrophe waits with select(2). */
	if (fd >= FD_SETSIZE || !watchdog_watch(fd))
		return -1;
	/* In place of its own it gets ours, which is connected: Linux tells the first connect(2)
	 * after the event that all is well, and only the next that it was so already. */
	if (dup2(current->line.fd, fd) < 0)
		return -1;
	hang_up(current);
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
			dialer_stop(stream->dialer);
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
	const struct stream_events *events, const struct clock *clock, const struct chance *chance)
{
	struct stream *stream = mem_alloc(1, sizeof(*stream));

	if (current)
		BUG("a second stream in one process");
	*stream = (struct stream){
		.settings = settings, .events = *events, .clock = clock, .fd = -1, .line.fd = -1};
	stream->dialer = dialer_new(&resolver_system, &race_net_system, clock, chance);
	buf_init(&stream->server, BUF_LINE);
	current = stream;
	ctx_init(&stream->ctx, on_log, stream);
	return stream;
}

static void release_conn(struct stream *stream)
{
	if (stream->conn)
		xmpp_conn_release(stream->conn);
	stream->conn = NULL;
	hang_up(stream);
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
	dialer_free(&s->dialer);
	buf_release(&s->server);
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

const char *stream_server(const struct stream *stream)
{
	return stream->server.data;
}

static xmpp_conn_t *conn_new(struct stream *stream)
{
	const struct stream_settings *settings = stream->settings;
	xmpp_conn_t *conn = xmpp_conn_new(stream->ctx.strophe);
	/* Stream resumption loses and doubles stanzas in libstrophe up to 0.14. */
	long flags = XMPP_CONN_FLAG_MANDATORY_TLS | XMPP_CONN_FLAG_DISABLE_SM;

	if (stream->line.direct_tls)
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

/* --- to a server, or to several in turn --- */

void stream_connect(struct stream *stream, const char *host, uint16_t port)
{
	const struct stream_settings *settings = stream->settings;
	enum dialer_tls tls = settings->tls;
	struct pool *pool = pool_new(256);
	struct jid jid;

	if (stream->state != STREAM_DOWN)
		BUG("a stream that is not down cannot connect");
	if (!jid_read(&jid, settings->jid))
		BUG("an account without an address");
	/* Who sends us on has met us in that manner. */
	if (host && tls == DIALER_ANY_TLS && stream->line.direct_tls)
		tls = DIALER_DIRECT_TLS;
	stream->state = STREAM_CONNECTING;
	stream->ended = stream->forsaken = false;
	stream->told_words = (struct err){0};
	stream->deadline = clock_mono_ms(stream->clock) + settings->patience_ms;
	dialer_begin(stream->dialer, pool_strndup(pool, jid.domain, jid.domain_len),
		host ? host : settings->host, host ? port : settings->port, tls);
	pool_free(&pool);
}

static void describe_server(struct stream *stream)
{
	const struct dialer_line *line = &stream->line;

	buf_clear(&stream->server);
	buf_add_str(&stream->server, line->host);
	if (strcmp(line->host, line->address))
		buf_addf(&stream->server, " (%s)", line->address);
	buf_addf(&stream->server, " port %u by %s", line->port,
		line->direct_tls ? "direct TLS" : "STARTTLS");
}

static void log_in(struct stream *stream)
{
	int64_t now = clock_mono_ms(stream->clock), left = stream->deadline - now;
	int64_t share = left / (int64_t)(1 + dialer_left(stream->dialer));

	if (share < SHARE_MIN_MS)
		share = left < SHARE_MIN_MS ? left : SHARE_MIN_MS;
	if (share < 1)
		share = 1;
	describe_server(stream);
	stream->evidence = (struct evidence){0};
	stream->secure = false;
	stream->conn = conn_new(stream);
	stream->share = now + share;
	watchdog_start(share);
	if (xmpp_connect_client(
		    stream->conn, stream->line.address, stream->line.port, on_event, stream) &&
		!stream->ended) {
		err_set(&stream->words, ERR_SYSTEM, "libstrophe does not take the connection");
		stream->cause = CAUSE_NETWORK;
		stream->ended = true;
	}
}

static void dial(struct stream *stream)
{
	struct err why;

	switch (dialer_poll(stream->dialer, &stream->line, &why)) {
	case DIALER_BUSY:
		return;
	case DIALER_CONNECTED:
		log_in(stream);
		return;
	case DIALER_FAILED:
		stream->cause = CAUSE_NETWORK;
		break;
	case DIALER_DENIED:
		stream->cause = CAUSE_MISTAKE;
		break;
	}
	err_set(&stream->words, ERR_CLOSED, "no connection: %s", why.text);
	stream->ended = true;
}

/* Of several failures the first, but for one that says more than that nobody was there. */
static void remember_failure(struct stream *stream)
{
	if (stream->state == STREAM_CONNECTING && stream->conn)
		err_prefix(&stream->words, "%s", stream->server.data);
	if (stream->told_words.code && stream->cause == CAUSE_NETWORK)
		return;
	stream->told_cause = stream->cause;
	stream->told_words = stream->words;
}

/* Whether another server may do what this one did not. */
static bool is_worth_another(const struct stream *stream)
{
	switch (stream->cause) {
	case CAUSE_NETWORK:
	case CAUSE_RESTART:
	case CAUSE_MISTAKE:
	case CAUSE_UNTRUSTED:
		return stream->state == STREAM_CONNECTING && stream->conn && !stream->forsaken &&
		       dialer_left(stream->dialer) &&
		       clock_mono_ms(stream->clock) < stream->deadline;
	case CAUSE_CONFLICT:
	case CAUSE_OVERLOAD:
	case CAUSE_ELSEWHERE:
	case CAUSE_REFUSED:
		break;
	}
	return false;
}

static void finish(struct stream *stream)
{
	bool another = is_worth_another(stream);
	enum cause cause;

	remember_failure(stream);
	stream->ended = false;
	release_conn(stream);
	if (another) {
		stream->state = STREAM_CONNECTING;
		stream->events.passed_over(stream->events.userdata, stream->words.text);
		return;
	}
	dialer_stop(stream->dialer);
	cause = stream->told_cause;
	stream->events.down(stream->events.userdata, cause, stream->told_words.text,
		cause == CAUSE_ELSEWHERE ? stream->next_host : NULL, stream->next_port);
}

/* --- one turn --- */

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

/* Ends the attempt with this server. */
static void cut(struct stream *stream, const char *why)
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

static void check_deadline(struct stream *stream)
{
	int64_t now = clock_mono_ms(stream->clock);

	if (stream->state == STREAM_CONNECTING &&
		(now >= stream->deadline || (stream->conn && now >= stream->share)))
		cut(stream, "the login took too long");
	else if (stream->state == STREAM_CLOSING && now >= stream->deadline)
		cut(stream, "no goodbye within its time");
}

void stream_poll(struct stream *stream, int wake_fd, int64_t max_ms)
{
	bool readable = wait(stream, wake_fd, max_ms);

	stream->busy = readable;
	for (int i = 0; i < READS_A_WAKE && stream->conn && !stream->ended; i++)
		xmpp_run_once(stream->ctx.strophe, 0);
	if (stream->state == STREAM_CONNECTING && !stream->conn && !stream->ended)
		dial(stream);
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
	stream->forsaken = true;
	cut(stream, why);
}

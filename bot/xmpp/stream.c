#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "jid.h"
#include "mem.h"
#include "pool.h"
#include "race.h"
#include "stream_inner.h"
#include "watchdog.h"

enum {
	POLL_CONNECTING_MS = 20, /* libstrophe's own timers want to be looked at */
	GOODBYE_MS = 2500,
	/* It reads 4 KiB a call, and a TLS record of 16 KiB that it has taken in wakes no poll. */
	READS_A_WAKE = 5
};

static bool exists;

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

/* --- life --- */

struct stream *stream_new(const struct stream_settings *settings,
	const struct stream_events *events, const struct clock *clock, const struct chance *chance)
{
	struct stream *stream = mem_alloc(1, sizeof(*stream));

	if (exists)
		BUG("a second stream in one process");
	exists = true;
	*stream = (struct stream){
		.settings = settings, .events = *events, .clock = clock, .fd = -1, .line.fd = -1};
	stream->dialer = dialer_new(&resolver_system, &race_net_system, clock, chance);
	buf_init(&stream->server, BUF_LINE);
	ctx_init(&stream->ctx, on_log, stream);
	return stream;
}

static void release_conn(struct stream *stream)
{
	if (stream->conn)
		xmpp_conn_release(stream->conn);
	stream->conn = NULL;
	stream_hang_up(stream);
	outbox_clear(&stream->outbox);
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
	outbox_release(&s->outbox);
	ctx_release(&s->ctx);
	dialer_free(&s->dialer);
	buf_release(&s->server);
	mem_free(s->next_host);
	mem_free(s);
	exists = false;
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
	stream->evidence = (struct evidence){0};
	stream->told_words = (struct err){0};
	stream->deadline = clock_mono_ms(stream->clock) + settings->patience_ms;
	dialer_begin(stream->dialer, pool_strndup(pool, jid.domain, jid.domain_len),
		host ? host : settings->host, host ? port : settings->port, tls);
	pool_free(&pool);
}

static void dial(struct stream *stream)
{
	struct err why;

	switch (dialer_poll(stream->dialer, &stream->line, &why)) {
	case DIALER_BUSY:
		return;
	case DIALER_CONNECTED:
		stream_log_in(stream);
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
		stream->evidence = (struct evidence){0};
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

static bool has_hung_up(int fd)
{
	struct pollfd pollfd = {.fd = fd, .events = POLLRDHUP};

	return poll(&pollfd, 1, 0) > 0;
}

/* As long as it has not got rid of what it has, libstrophe gets no more. */
static void hand_over(struct stream *stream)
{
	if (stream->outbox.count && !xmpp_conn_send_queue_len(stream->conn) &&
		!has_hung_up(stream->fd))
		outbox_empty_into(&stream->outbox, stream->conn);
}

static void run_once(struct stream *stream)
{
	hand_over(stream);
	xmpp_run_once(stream->ctx.strophe, 0);
}

/* So that libstrophe notices. What the system has not got rid of yet is dropped with the socket:
 * it must not arrive when the network is back, and so are we, and have said it anew. */
static void break_socket(int fd)
{
	const struct linger none = {.l_onoff = 1, .l_linger = 0};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	shutdown(fd, SHUT_RDWR);
}

/* Ends the attempt with this server. */
static void cut(struct stream *stream, const char *why)
{
	if (stream->state == STREAM_DOWN || stream->ended)
		return;
	err_set(&stream->evidence.detail, ERR_CLOSED, "%s", why);
	if (stream->fd >= 0)
		break_socket(stream->fd);
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
		run_once(stream);
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
		outbox_put(&stream->outbox, stanza);
}

size_t stream_queued(const struct stream *stream)
{
	int queued = stream->conn ? xmpp_conn_send_queue_len(stream->conn) : 0;

	return stream->outbox.count + (queued > 0 ? (size_t)queued : 0);
}

void stream_close(struct stream *stream)
{
	if (stream->state != STREAM_UP)
		return;
	stream->state = STREAM_CLOSING;
	stream->deadline = clock_mono_ms(stream->clock) + GOODBYE_MS;
	outbox_empty_into(&stream->outbox, stream->conn);
	xmpp_disconnect(stream->conn);
}

void stream_cut(struct stream *stream, const char *why)
{
	stream->forsaken = true;
	cut(stream, why);
}

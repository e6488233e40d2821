#include "link.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>

#include "log.h"
#include "mem.h"
#include "pool.h"
#include "watchdog.h"

enum {
	POLL_CONNECTING_MS = 20, /* libstrophe's own timers want to be looked at */
	GOODBYE_MS = 2500,
	/* It reads 4 KiB a call, and a TLS record of 16 KiB that it has taken in wakes no poll. */
	READS_A_WAKE = 5,
	DEBUG_LINE_MAX = 1000,
	/* It walks a stanza by recursion: a deep one must not reach the end of the stack. */
	STACK_BYTES = 64 * 1024 * 1024
};

struct link {
	const struct link_settings *settings;
	struct link_events events;
	const struct clock *clock;
	xmpp_ctx_t *ctx;
	xmpp_conn_t *conn; /* NULL when down */
	enum link_state state;
	int fd;
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
static struct link *current;

/* --- what libstrophe says --- */

static void *alloc_for_strophe(size_t size, void *userdata)
{
	(void)userdata;
	return mem_alloc(1, size);
}

static void *resize_for_strophe(void *p, size_t size, void *userdata)
{
	(void)userdata;
	return mem_resize(p, 1, size);
}

static void free_for_strophe(void *p, void *userdata)
{
	(void)userdata;
	mem_free(p);
}

static const xmpp_mem_t strophe_mem = {
	alloc_for_strophe, free_for_strophe, resize_for_strophe, NULL};

static bool starts_with(const char *line, const char *start)
{
	return !strncmp(line, start, strlen(start));
}

/* Only stanzas are shown, since whatever is said while logging in gives the password away, and
 * none with the password of a room. */
static bool may_be_logged(const char *line)
{
	static const char *const shown[] = {"RECV: <message", "RECV: <presence", "RECV: <iq",
		"SENT: <message", "SENT: <presence", "SENT: <iq", "RECV: <stream:error"};

	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		if (starts_with(line, shown[i]))
			return !strstr(line, "<password");
	return false;
}

static void on_log(void *userdata, xmpp_log_level_t level, const char *area, const char *line)
{
	(void)userdata;
	if (current && current->state != LINK_UP)
		evidence_add_log(&current->evidence, level, area, line);
	if (log_wants(LOG_DEBUG) && (level > XMPP_LEVEL_DEBUG || may_be_logged(line)))
		log_debug("libstrophe %s: %.*s", area, DEBUG_LINE_MAX, line);
}

static const xmpp_log_t strophe_log = {on_log, NULL};

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
static void read_other_host(struct link *link, xmpp_stanza_t *error)
{
	xmpp_stanza_t *tag = stanza_child(error, "see-other-host", XMPP_NS_STREAMS_IETF);
	struct pool *pool = pool_new(256);
	const char *text = tag ? stanza_text(pool, tag, 300) : "";
	size_t skipped = *text == '[', len = strcspn(text + skipped, skipped ? "]" : ":");
	const char *colon = strchr(text + skipped + len, ':');
	unsigned long port = colon ? strtoul(colon + 1, NULL, 10) : 0;

	mem_free(link->next_host);
	link->next_host = len ? mem_strndup(text + skipped, len) : NULL;
	link->next_port = port <= UINT16_MAX ? (uint16_t)port : 0;
	pool_free(&pool);
}

static void on_end(struct link *link, int error, const xmpp_stream_error_t *stream_error)
{
	bool was_secure = xmpp_conn_is_secured(link->conn) || link->state == LINK_UP;

	watchdog_stop();
	link->fd = -1;
	link->ended = true;
	link->cause = cause_decide(&link->evidence, error, stream_error, &link->words);
	if (link->cause != CAUSE_ELSEWHERE)
		return;
	read_other_host(link, stream_error->stanza);
	/* Who speaks without TLS may be anybody (RFC 6120 section 4.9.3.19). */
	if (!was_secure || !link->next_host)
		link->cause = CAUSE_NETWORK;
}

static void on_event(xmpp_conn_t *conn, xmpp_conn_event_t event, int error,
	xmpp_stream_error_t *stream_error, void *userdata)
{
	struct link *link = userdata;

	switch (event) {
	case XMPP_CONN_CONNECT:
		watchdog_stop();
		/* That it is so is what the flags promise; believe nobody. */
		if (!xmpp_conn_is_secured(conn)) {
			evidence_add_certificate(&link->evidence, "the stream came up without TLS");
			xmpp_disconnect(conn);
		} else if (!link->muted) {
			link->state = LINK_UP;
			link->events.up(link->events.userdata);
		}
		break;
	case XMPP_CONN_RAW_CONNECT:
		break;
	case XMPP_CONN_DISCONNECT:
	case XMPP_CONN_FAIL:
		on_end(link, error, stream_error);
		break;
	}
}

static int on_stanza(xmpp_conn_t *conn, xmpp_stanza_t *stanza, void *userdata)
{
	struct link *link = userdata;

	(void)conn;
	link->busy = true;
	if (!link->muted && link->state != LINK_CONNECTING)
		link->events.stanza(link->events.userdata, stanza);
	return 1; /* keep the handler */
}

/* --- life --- */

static void make_room_on_stack(void)
{
	struct rlimit limit;

	/* The first thread's stack grows up to what the limit is at the time. */
	if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur >= STACK_BYTES)
		return;
	limit.rlim_cur = limit.rlim_max < STACK_BYTES ? limit.rlim_max : STACK_BYTES;
	(void)setrlimit(RLIMIT_STACK, &limit);
}

struct link *link_new(const struct link_settings *settings, const struct link_events *events,
	const struct clock *clock)
{
	struct link *link = mem_alloc(1, sizeof(*link));

	if (current)
		BUG("a second link in one process");
	*link = (struct link){.settings = settings, .events = *events, .clock = clock, .fd = -1};
	current = link;
	make_room_on_stack();
	/* libstrophe writes to sockets that may be closed. */
	signal(SIGPIPE, SIG_IGN);
	xmpp_initialize();
	link->ctx = xmpp_ctx_new(&strophe_mem, &strophe_log);
	return link;
}

static void release_conn(struct link *link)
{
	if (link->conn)
		xmpp_conn_release(link->conn);
	link->conn = NULL;
	link->fd = -1;
	link->busy = false;
	link->state = LINK_DOWN;
	watchdog_stop();
}

void link_free(struct link **link)
{
	struct link *l = *link;

	if (!l)
		return;
	/* So that libstrophe notices, and closes the socket itself. */
	l->muted = true;
	link_cut(l, "the program ends");
	release_conn(l);
	xmpp_ctx_free(l->ctx);
	xmpp_shutdown();
	mem_free(l->next_host);
	mem_free(l);
	current = NULL;
	*link = NULL;
}

xmpp_ctx_t *link_ctx(struct link *link)
{
	return link->ctx;
}

enum link_state link_state(const struct link *link)
{
	return link->state;
}

const char *link_jid(const struct link *link)
{
	return link->state == LINK_UP ? xmpp_conn_get_bound_jid(link->conn) : NULL;
}

static xmpp_conn_t *conn_new(struct link *link)
{
	const struct link_settings *settings = link->settings;
	xmpp_conn_t *conn = xmpp_conn_new(link->ctx);
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
	xmpp_handler_add(conn, on_stanza, NULL, NULL, NULL, link);
	return conn;
}

void link_connect(struct link *link, const char *host, uint16_t port)
{
	if (link->state != LINK_DOWN)
		BUG("a link that is not down cannot connect");
	link->evidence = (struct evidence){0};
	link->ended = false;
	link->conn = conn_new(link);
	link->state = LINK_CONNECTING;
	link->deadline = clock_mono_ms(link->clock) + link->settings->patience_ms;
	watchdog_start(link->settings->patience_ms);
	if (!host) {
		host = link->settings->host;
		port = link->settings->port;
	}
	if (xmpp_connect_client(link->conn, host, port, on_event, link) && !link->ended) {
		err_set(&link->words, ERR_CLOSED, "the server cannot be found or reached");
		link->cause = CAUSE_NETWORK;
		link->ended = true;
	}
}

static void finish(struct link *link)
{
	enum cause cause = link->cause;

	link->ended = false;
	release_conn(link);
	link->events.down(link->events.userdata, cause, link->words.text,
		cause == CAUSE_ELSEWHERE ? link->next_host : NULL, link->next_port);
}

/* Returns whether the server's socket had something to read. */
static bool wait(struct link *link, int wake_fd, int64_t max_ms)
{
	struct pollfd fds[2] = {
		{.fd = wake_fd, .events = POLLIN},
		{.fd = link->fd, .events = POLLIN}, /* -1 is passed over */
	};

	if (link->state == LINK_CONNECTING && max_ms > POLL_CONNECTING_MS)
		max_ms = POLL_CONNECTING_MS;
	if (link->busy)
		max_ms = 0;
	/* While it connects, "can be written" is libstrophe's to ask. */
	if (link->state != LINK_CONNECTING && link_queued(link))
		fds[1].events |= POLLOUT;
	if (poll(fds, ARRAY_LEN(fds), (int)max_ms) < 0 && errno != EINTR)
		BUG("poll(2) refuses what it was given");
	return fds[1].revents & POLLIN;
}

static void check_deadline(struct link *link)
{
	if (clock_mono_ms(link->clock) < link->deadline)
		return;
	if (link->state == LINK_CONNECTING)
		link_cut(link, "no login within its time");
	else if (link->state == LINK_CLOSING)
		link_cut(link, "no goodbye within its time");
}

void link_poll(struct link *link, int wake_fd, int64_t max_ms)
{
	bool readable = wait(link, wake_fd, max_ms);

	link->busy = readable;
	for (int i = 0; i < READS_A_WAKE && link->conn && !link->ended; i++)
		xmpp_run_once(link->ctx, 0);
	if (!link->ended)
		check_deadline(link);
	if (link->ended)
		finish(link);
}

void link_send(struct link *link, xmpp_stanza_t *stanza)
{
	if (link->state == LINK_UP)
		xmpp_send(link->conn, stanza);
}

size_t link_queued(const struct link *link)
{
	int queued = link->conn ? xmpp_conn_send_queue_len(link->conn) : 0;

	return queued > 0 ? (size_t)queued : 0;
}

void link_close(struct link *link)
{
	if (link->state != LINK_UP)
		return;
	link->state = LINK_CLOSING;
	link->deadline = clock_mono_ms(link->clock) + GOODBYE_MS;
	xmpp_disconnect(link->conn);
}

void link_cut(struct link *link, const char *why)
{
	if (link->state == LINK_DOWN || link->ended)
		return;
	err_set(&link->evidence.detail, ERR_CLOSED, "%s", why);
	if (link->fd >= 0)
		shutdown(link->fd, SHUT_RDWR);
	for (int i = 0; i < READS_A_WAKE && !link->ended; i++)
		xmpp_run_once(link->ctx, 0);
	if (!link->ended) {
		link->cause = cause_decide(&link->evidence, 0, NULL, &link->words);
		link->ended = true;
	}
}

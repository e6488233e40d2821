#include "stream_inner.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mem.h"
#include "pool.h"
#include "watchdog.h"

/* What a server has for the login while there are others to go to. */
enum { SHARE_MIN_MS = 5000 };

/* Two of libstrophe's callbacks bring no userdata along. */
static struct stream *current;

/* --- what libstrophe says --- */

static int on_bad_certificate(const xmpp_tlscert_t *certificate, const char *const reason)
{
	const char *subject = xmpp_tlscert_get_string(certificate, XMPP_CERT_SUBJECT);
	struct err words;

	err_set(&words, ERR_REFUSED, "%s (certificate of %s)", reason,
		subject ? subject : "nobody");
	evidence_add_certificate(&current->evidence, words.text);
	return 0;
}

void stream_hang_up(struct stream *stream)
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
	stream_hang_up(current);
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
			stream->told_words = (struct err){0};
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

/* --- one attempt --- */

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

/* libstrophe reads the address with AI_ADDRCONFIG, which fails for loopback of a kind that the
 * machine does not have otherwise. Then the other one will do: the socket is connected by now. */
static const char *address_for_strophe(const struct stream *stream)
{
	const char *address = stream->line.address;
	struct addrinfo hints = {
		.ai_flags = AI_ADDRCONFIG, .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP};
	struct addrinfo *list = NULL;

	if (getaddrinfo(address, NULL, &hints, &list))
		return strchr(address, ':') ? "127.0.0.1" : "::1";
	freeaddrinfo(list);
	return address;
}

void stream_log_in(struct stream *stream)
{
	int64_t now = clock_mono_ms(stream->clock), left = stream->deadline - now;
	int64_t share = left / (int64_t)(1 + dialer_left(stream->dialer));

	if (share < SHARE_MIN_MS)
		share = left < SHARE_MIN_MS ? left : SHARE_MIN_MS;
	if (share < 1)
		share = 1;
	current = stream;
	describe_server(stream);
	stream->evidence = (struct evidence){0};
	stream->secure = false;
	stream->conn = conn_new(stream);
	stream->share = now + share;
	watchdog_start(share);
	if (xmpp_connect_client(stream->conn, address_for_strophe(stream), stream->line.port,
		    on_event, stream) &&
		!stream->ended) {
		err_set(&stream->words, ERR_SYSTEM, "libstrophe does not take the connection");
		stream->cause = CAUSE_NETWORK;
		stream->ended = true;
	}
}

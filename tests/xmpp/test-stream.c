/* The stream against servers that misbehave, each a child process on loopback that follows a
 * short script. Waits are real here, since what is tested is that they end. */
#include "testing.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "session.h"
#include "stream.h"

/* A machine may be busy: what comes at once has long to come. */
enum { PATIENCE_MS = 400, LONG_MS = 20000 };

#define STREAM_OPEN                                                                                \
	"<?xml version='1.0'?><stream:stream xmlns='jabber:client' "                               \
	"xmlns:stream='http://etherx.jabber.org/streams' id='s' from='localhost' version='1.0'>"
#define STARTTLS "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"

/* --- the server --- */

/* What it says, each time after something has come from the client; then it keeps silent until
 * the client goes. NULL ends the script. */
typedef const char *script[4];

struct server {
	pid_t pid;
	uint16_t port;
};

static void serve(int listener, const char *const *says)
{
	int fd = accept(listener, NULL, NULL);
	char heard[4096];

	while (read(fd, heard, sizeof(heard)) > 0)
		if (*says) {
			if (write(fd, *says, strlen(*says)) < 0)
				break;
			says++;
		}
	_exit(0);
}

static struct server start(const char *const *says)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	struct server server = {0};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	assert_false(bind(listener, (struct sockaddr *)&address, len));
	assert_false(listen(listener, 1));
	assert_false(getsockname(listener, (struct sockaddr *)&address, &len));
	server.port = ntohs(address.sin_port);
	if (!says) {
		close(listener); /* nobody is there */
		return server;
	}
	server.pid = fork();
	if (!server.pid)
		serve(listener, says);
	close(listener);
	return server;
}

static void stop(struct server *server)
{
	if (!server->pid)
		return;
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
}

/* --- the client --- */

struct outcome {
	bool up, down;
	enum cause cause;
	struct err words;
	char host[64];
	uint16_t port;
	int64_t took_ms;
};

static void on_up(void *userdata)
{
	struct outcome *outcome = userdata;

	outcome->up = true;
}

static void on_stanza(void *userdata, xmpp_stanza_t *stanza)
{
	(void)userdata, (void)stanza;
}

static void on_passed_over(void *userdata, const char *words)
{
	(void)userdata, (void)words;
}

static void on_down(
	void *userdata, enum cause cause, const char *words, const char *host, uint16_t port)
{
	struct outcome *outcome = userdata;

	outcome->down = true;
	outcome->cause = cause;
	err_set(&outcome->words, ERR_CLOSED, "%s", words);
	snprintf(outcome->host, sizeof(outcome->host), "%s", host ? host : "");
	outcome->port = port;
}

static struct outcome connect_to(const char *const *says, bool direct_tls, int64_t patience_ms)
{
	struct server server = start(says);
	struct stream_settings settings = {
		.jid = "bot@localhost",
		.password = "secret",
		.host = "127.0.0.1",
		.port = server.port,
		.tls = direct_tls ? DIALER_DIRECT_TLS : DIALER_STARTTLS,
		.patience_ms = patience_ms,
	};
	struct outcome outcome = {0};
	struct stream_events events = {.up = on_up,
		.stanza = on_stanza,
		.passed_over = on_passed_over,
		.down = on_down,
		.userdata = &outcome};
	struct stream *stream = stream_new(&settings, &events, &clock_system, &chance_system);
	int64_t start_ms = clock_mono_ms(&clock_system);

	stream_connect(stream, NULL, 0);
	while (!outcome.down && clock_mono_ms(&clock_system) - start_ms < 2 * LONG_MS)
		stream_poll(stream, -1, 100);
	outcome.took_ms = clock_mono_ms(&clock_system) - start_ms;
	assert_true(outcome.down);
	assert_false(outcome.up);
	assert_int_equal(stream_state(stream), STREAM_DOWN);
	stream_free(&stream);
	stop(&server);
	return outcome;
}

static void stream_poll__ends__however_the_server_keeps_silent(void **state)
{
	static const struct {
		script says;
		bool direct_tls;
	} cases[] = {
		{{NULL}, false},              /* after TCP */
		{{NULL}, true},               /* before TLS: blocks inside */
		{{STREAM_OPEN, NULL}, false}, /* before the features */
		{{STREAM_OPEN "<stream:features>" STARTTLS "</stream:features>", NULL}, false},
		{{STREAM_OPEN "<stream:features>" STARTTLS "</stream:features>",
			 "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", NULL},
			false}, /* after STARTTLS: blocks inside */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct outcome outcome =
			connect_to(cases[i].says, cases[i].direct_tls, PATIENCE_MS);

		if (outcome.took_ms < PATIENCE_MS / 2 || outcome.took_ms > LONG_MS / 2)
			fail_msg("case %zu took %d ms", i, (int)outcome.took_ms);
		assert_int_equal(outcome.cause, CAUSE_NETWORK);
		assert_non_null(strstr(outcome.words.text, "the login took too long"));
	}
}

static void stream_poll__reports__a_refused_port(void **state)
{
	struct outcome outcome = connect_to(NULL, false, LONG_MS);

	(void)state;
	assert_int_equal(outcome.cause, CAUSE_NETWORK);
	assert_true(outcome.took_ms < LONG_MS / 2);
}

static void stream_poll__goes__nowhere_without_tls(void **state)
{
	static script says = {STREAM_OPEN
		"<stream:features><mechanisms "
		"xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
		"<mechanism>PLAIN</mechanism></mechanisms></stream:features>",
		NULL};
	struct outcome outcome = connect_to(says, false, LONG_MS);

	(void)state;
	assert_int_equal(outcome.cause, CAUSE_UNTRUSTED);
	assert_non_null(strstr(outcome.words.text, "no TLS"));
}

static void stream_poll__follows__nobody_who_speaks_without_tls(void **state)
{
	static script says = {STREAM_OPEN
		"<stream:error><see-other-host "
		"xmlns='urn:ietf:params:xml:ns:xmpp-streams'>evil.example:99"
		"</see-other-host></stream:error></stream:stream>",
		NULL};
	struct outcome outcome = connect_to(says, false, LONG_MS);

	(void)state;
	assert_int_equal(outcome.cause, CAUSE_NETWORK);
	assert_string_equal(outcome.host, "");
}

static void stream_poll__tells__why_the_server_ended_it(void **state)
{
	static script says = {STREAM_OPEN
		"<stream:error><host-unknown "
		"xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
		"<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>not here</text>"
		"</stream:error></stream:stream>",
		NULL};
	struct outcome outcome = connect_to(says, false, LONG_MS);

	(void)state;
	assert_int_equal(outcome.cause, CAUSE_MISTAKE);
	assert_non_null(strstr(outcome.words.text, "host-unknown, not here"));
}

static void stream_poll__survives__nonsense(void **state)
{
	static script scripts[] = {
		{"HTTP/1.1 400 Bad Request\r\n\r\n", NULL},
		{"\xFF\xFF\xFF\xFF", NULL},
		{STREAM_OPEN "<stream:features/>", NULL},
		{STREAM_OPEN "</stream:stream>", NULL},
		{STREAM_OPEN "<message><body>too early</body></message>", NULL},
		{STREAM_OPEN "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", NULL},
		{"<?xml version='1.0'?><html>", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(scripts); i++)
		(void)connect_to(scripts[i], false, PATIENCE_MS);
}

/* libstrophe renders, copies and releases by recursion; the stack has to hold that. */
static void stream_poll__survives__deep_nesting(void **state)
{
	enum { DEPTH = 100 * 1000 };
	struct buf deep;
	script says = {NULL};

	(void)state;
	buf_init(&deep, 16 * DEPTH);
	buf_add_str(&deep, STREAM_OPEN "<stream:features>");
	for (int i = 0; i < DEPTH; i++)
		buf_add_str(&deep, "<a>");
	for (int i = 0; i < DEPTH; i++)
		buf_add_str(&deep, "</a>");
	buf_add_str(&deep, "</stream:features>");
	assert_false(deep.cut);
	says[0] = deep.data;
	assert_int_equal(connect_to(says, false, LONG_MS).cause, CAUSE_UNTRUSTED);
	buf_release(&deep);
}

static void interrupt_it(int number)
{
	(void)number;
	session_interrupt();
}

static void session_interrupt__frees__a_blocked_call(void **state)
{
	static script says = {NULL};
	struct outcome outcome;
	pid_t poker, self = getpid();

	(void)state;
	signal(SIGUSR1, interrupt_it);
	poker = fork();
	/* Again and again, since nobody knows when the call has begun. */
	while (!poker) {
		usleep(100 * 1000);
		kill(self, SIGUSR1);
	}
	outcome = connect_to(says, true, LONG_MS);
	kill(poker, SIGKILL);
	waitpid(poker, NULL, 0);
	assert_true(outcome.took_ms < LONG_MS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stream_poll__ends__however_the_server_keeps_silent),
		cmocka_unit_test(stream_poll__reports__a_refused_port),
		cmocka_unit_test(stream_poll__goes__nowhere_without_tls),
		cmocka_unit_test(stream_poll__follows__nobody_who_speaks_without_tls),
		cmocka_unit_test(stream_poll__tells__why_the_server_ended_it),
		cmocka_unit_test(stream_poll__survives__nonsense),
		cmocka_unit_test(stream_poll__survives__deep_nesting),
		cmocka_unit_test(session_interrupt__frees__a_blocked_call),
	};

	return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}

/* The system's resolver, with a name server of our own: a child process that answers as told.
 * Waits are real here, but for those that are called off. */
#include "testing.h"

#include <arpa/inet.h>
#include <resolv.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "dns.h"
#include "resolver.h"

enum { PATIENCE_MS = 10 * 1000, ID_BYTES = 2, ARENA = 512 };

static int server_fd = -1;
static pid_t server;

/* Sends the answer to whatever is asked; NULL: keeps silent. */
static void serve(const struct dns *dns)
{
	struct sockaddr_in from;
	struct dns answer;
	socklen_t len;

	for (;;) {
		unsigned char question[ARENA];

		len = sizeof(from);
		if (recvfrom(server_fd, question, sizeof(question), 0, (struct sockaddr *)&from,
			    &len) < 0)
			_exit(1);
		if (!dns)
			continue;
		answer = *dns;
		memcpy(answer.bytes, question, ID_BYTES);
		(void)!sendto(
			server_fd, answer.bytes, answer.len, 0, (struct sockaddr *)&from, len);
	}
}

static void start(const struct dns *dns)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);

	server_fd = socket(AF_INET, SOCK_DGRAM, 0);
	assert_false(bind(server_fd, (struct sockaddr *)&address, len));
	assert_false(getsockname(server_fd, (struct sockaddr *)&address, &len));
	/* What this process asks, and so its children. */
	assert_false(res_init());
	_res.nscount = 1;
	_res.nsaddr_list[0] = address;
	server = fork();
	if (!server)
		serve(dns);
}

static int stop(void **state)
{
	(void)state;
	if (server_fd >= 0)
		close(server_fd);
	server_fd = -1;
	if (server > 0) {
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
	}
	server = 0;
	/* Whoever was asked has gone as well. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return 0;
}

static struct resolver_question *ask(enum resolver_kind kind, const char *name)
{
	return resolver_system.ask(NULL, kind, name);
}

static enum resolver_result wait_for(
	struct resolver_question *question, struct resolver_answer *answer)
{
	int64_t began = clock_mono_ms(&clock_system);

	while (!resolver_system.answered(NULL, &question, answer)) {
		assert_true(clock_mono_ms(&clock_system) - began < PATIENCE_MS);
		usleep(1000);
	}
	assert_null(question);
	return answer->result;
}

static void resolver_ask__finds__services(void **state)
{
	struct resolver_answer answer;
	struct dns dns;

	(void)state;
	dns_begin(&dns, "_xmpps-client._tcp.example.org");
	dns_add_srv(&dns, 3, 4, 443, "tls.example.org");
	dns_add_srv(&dns, 5, 6, 5223, "other.example.org");
	start(&dns);
	assert_int_equal(
		wait_for(ask(RESOLVER_DIRECT_TLS, "example.org"), &answer), RESOLVER_FOUND);
	assert_int_equal(answer.count, 2);
	assert_int_equal(answer.services[0].priority, 3);
	assert_int_equal(answer.services[0].port, 443);
	assert_true(answer.services[0].direct_tls);
	assert_string_equal(answer.services[1].host, "other.example.org");
}

static void resolver_ask__tells__what_there_is_not(void **state)
{
	struct resolver_answer answer;
	struct dns dns;

	(void)state;
	dns_begin(&dns, "_xmpp-client._tcp.example.org");
	start(&dns);
	assert_int_equal(
		wait_for(ask(RESOLVER_STARTTLS, "example.org"), &answer), RESOLVER_NOTHING);
	stop(NULL);
	dns_add_srv(&dns, 0, 0, 0, "");
	start(&dns);
	assert_int_equal(
		wait_for(ask(RESOLVER_STARTTLS, "example.org"), &answer), RESOLVER_REFUSED);
	/* What cannot be a name is not asked for at all. */
	assert_int_equal(wait_for(ask(RESOLVER_IPV4, "no name"), &answer), RESOLVER_FAILED);
}

static void resolver_ask__finds__addresses(void **state)
{
	struct resolver_answer answer;

	(void)state;
	assert_int_equal(wait_for(ask(RESOLVER_IPV4, "localhost"), &answer), RESOLVER_FOUND);
	assert_true(answer.count > 0);
	assert_int_equal(answer.addresses[0].v4.sin_family, AF_INET);
	assert_int_equal(answer.addresses[0].v4.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}

static void resolver_ask__waits__for_nobody(void **state)
{
	struct resolver_question *questions[2];
	struct resolver_answer answer;
	int64_t began;

	(void)state;
	start(NULL);
	began = clock_mono_ms(&clock_system);
	questions[0] = ask(RESOLVER_STARTTLS, "example.org");
	questions[1] = ask(RESOLVER_IPV6, "example.org");
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		assert_false(resolver_system.answered(NULL, &questions[i], &answer));
		resolver_system.drop(NULL, &questions[i]);
		assert_null(questions[i]);
		resolver_system.drop(NULL, &questions[i]);
	}
	assert_true(clock_mono_ms(&clock_system) - began < PATIENCE_MS / 3);
}

static void resolver_read_address__knows__digits(void **state)
{
	static const struct {
		const char *text;
		int family; /* 0: no address */
	} cases[] = {
		{"192.0.2.1", AF_INET},
		{"2001:db8::1", AF_INET6},
		{"[2001:db8::1]", AF_INET6},
		{"fe80::1%lo", AF_INET6},
		{"", 0},
		{"[]", 0},
		{"[", 0},
		{"]", 0},
		{"localhost", 0},
		{"[192.0.2.1", 0},
		{"2001:db8::1]", 0},
		{"192.0.2.1 ", 0},
		{"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:"
		 "0000:0000:0000:0000",
			0},
	};
	union resolver_address address;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool is = resolver_read_address(&address, cases[i].text);

		if (is != !!cases[i].family || (is && address.any.sa_family != cases[i].family))
			fail_msg("%s", cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(resolver_ask__finds__services, stop),
		cmocka_unit_test_teardown(resolver_ask__tells__what_there_is_not, stop),
		cmocka_unit_test_teardown(resolver_ask__finds__addresses, stop),
		cmocka_unit_test_teardown(resolver_ask__waits__for_nobody, stop),
		cmocka_unit_test(resolver_read_address__knows__digits),
	};

	return cmocka_run_group_tests_name("resolver", tests, NULL, NULL);
}

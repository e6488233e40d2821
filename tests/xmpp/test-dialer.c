/* The dialer with a pretend clock, a pretend DNS and a pretend net. What a test has not named, DNS
 * does not know, and nobody listens at. */
#include "testing.h"

#include <arpa/inet.h>
#include <errno.h>

#include "clock.h"
#include "dialer.h"
#include "err.h"
#include "mem.h"
#include "race.h"

enum { THINGS_MAX = 24, NEVER = -1, STEP_MS = 10, FOREVER_MS = 30 * 1000, FD = 100 };

struct record {
	enum resolver_kind kind;
	const char *name;
	int after_ms; /* NEVER: no answer */
	struct resolver_answer answer;
};

struct listener {
	const char *address;
	uint16_t port;
	bool silent; /* not even to TCP */
};

struct resolver_question {
	const struct record *record; /* NULL: there is none */
	int64_t asked;
};

struct bench {
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	struct record records[THINGS_MAX];
	size_t record_count;
	struct listener listeners[THINGS_MAX];
	size_t listener_count;
	unsigned asked[4]; /* by kind */
	unsigned open;     /* questions and sockets */
	unsigned attempts; /* at connecting */
	struct resolver resolver;
	struct race_net net;
	struct dialer *dialer;
	struct dialer_line line;
	struct err err;
};

/* --- what is pretended --- */

static struct resolver_question *ask(void *userdata, enum resolver_kind kind, const char *name)
{
	struct bench *b = userdata;
	struct resolver_question *question = mem_alloc(1, sizeof(*question));

	question->asked = b->hand.mono;
	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].kind == kind && !strcmp(b->records[i].name, name))
			question->record = &b->records[i];
	b->asked[kind]++;
	b->open++;
	return question;
}

static void drop(void *userdata, struct resolver_question **question)
{
	struct bench *b = userdata;

	if (*question)
		b->open--;
	mem_free(*question);
	*question = NULL;
}

static bool answered(
	void *userdata, struct resolver_question **question, struct resolver_answer *answer)
{
	struct bench *b = userdata;
	const struct record *record = (*question)->record;

	if (record &&
		(record->after_ms == NEVER || b->hand.mono - (*question)->asked < record->after_ms))
		return false;
	*answer = record ? record->answer : (struct resolver_answer){.result = RESOLVER_NOTHING};
	drop(userdata, question);
	return true;
}

static int begin(void *userdata, const union resolver_address *address)
{
	struct bench *b = userdata;
	bool ipv6 = address->any.sa_family == AF_INET6;
	uint16_t port = ntohs(ipv6 ? address->v6.sin6_port : address->v4.sin_port);
	char digits[RACE_DIGITS_MAX];

	b->attempts++;
	race_write_digits(digits, address);
	for (size_t i = 0; i < b->listener_count; i++)
		if (!strcmp(b->listeners[i].address, digits) && b->listeners[i].port == port) {
			b->open++;
			return FD + (int)i;
		}
	errno = ECONNREFUSED;
	return -1;
}

static int check(void *userdata, int fd)
{
	struct bench *b = userdata;

	return !b->listeners[fd - FD].silent;
}

static void end(void *userdata, int fd)
{
	struct bench *b = userdata;

	(void)fd;
	b->open--;
}

/* --- the world of a test --- */

static struct resolver_answer *know(
	struct bench *b, enum resolver_kind kind, const char *name, int after_ms)
{
	struct record *record = NULL;

	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].kind == kind && !strcmp(b->records[i].name, name))
			record = &b->records[i];
	if (!record)
		record = &b->records[b->record_count++];
	record->kind = kind;
	record->name = name;
	record->after_ms = after_ms;
	return &record->answer;
}

static void has_address(struct bench *b, const char *host, const char *digits)
{
	union resolver_address address;
	struct resolver_answer *answer;

	assert_true(resolver_read_address(&address, digits));
	answer = know(
		b, address.any.sa_family == AF_INET6 ? RESOLVER_IPV6 : RESOLVER_IPV4, host, 20);
	answer->addresses[answer->count++] = address;
}

static void has_service(struct bench *b, const char *domain, bool direct_tls, uint16_t priority,
	const char *host, uint16_t port)
{
	struct resolver_answer *answer =
		know(b, direct_tls ? RESOLVER_DIRECT_TLS : RESOLVER_STARTTLS, domain, 20);
	struct srv *srv = &answer->services[answer->count++];

	*srv = (struct srv){.priority = priority, .port = port, .direct_tls = direct_tls};
	snprintf(srv->host, sizeof(srv->host), "%s", host);
}

static void refuses(struct bench *b, const char *domain, bool direct_tls)
{
	know(b, direct_tls ? RESOLVER_DIRECT_TLS : RESOLVER_STARTTLS, domain, 20)->result =
		RESOLVER_REFUSED;
}

static void is_silent(struct bench *b, enum resolver_kind kind, const char *name)
{
	know(b, kind, name, NEVER);
}

static void listens(struct bench *b, const char *address, uint16_t port, bool silent)
{
	b->listeners[b->listener_count++] = (struct listener){address, port, silent};
}

static int set_up(void **state)
{
	static struct bench bench;
	struct bench *b = &bench;

	*b = (struct bench){.hand.mono = 5000, .seed = 4};
	b->clock = clock_by_hand(&b->hand);
	b->chance = chance_from_seed(&b->seed);
	b->resolver = (struct resolver){ask, answered, drop, b};
	b->net = (struct race_net){begin, check, end, b};
	b->dialer = dialer_new(&b->resolver, &b->net, &b->clock, &b->chance);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *b = *state;

	dialer_free(&b->dialer);
	assert_int_equal(b->open, 0);
	return 0;
}

static enum dialer_state go_on(struct bench *b)
{
	enum dialer_state state;
	int64_t began = b->hand.mono;

	do {
		b->hand.mono += STEP_MS;
		state = dialer_poll(b->dialer, &b->line, &b->err);
	} while (state == DIALER_BUSY && b->hand.mono - began < FOREVER_MS);
	if (state == DIALER_CONNECTED)
		b->open--; /* it is ours now */
	return state;
}

static enum dialer_state dial(struct bench *b, const char *domain, enum dialer_tls tls)
{
	dialer_begin(b->dialer, domain, NULL, 0, tls);
	return go_on(b);
}

static void must_be_at(const struct bench *b, const char *address, uint16_t port, bool direct_tls)
{
	assert_string_equal(b->line.address, address);
	assert_int_equal(b->line.port, port);
	assert_int_equal(b->line.direct_tls, direct_tls);
}

/* --- the tests --- */

static void dialer_poll__finds__the_service_of_the_domain(void **state)
{
	struct bench *b = *state;

	has_service(b, "a.example", false, 20, "reserve.a.example", 5222);
	has_service(b, "a.example", false, 10, "xmpp.a.example", 15222);
	has_address(b, "xmpp.a.example", "192.0.2.1");
	has_address(b, "reserve.a.example", "192.0.2.2");
	listens(b, "192.0.2.1", 15222, false);
	listens(b, "192.0.2.2", 5222, false);
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "192.0.2.1", 15222, false);
	assert_string_equal(b->line.host, "xmpp.a.example");
	assert_int_equal(b->line.fd, FD);
	assert_int_equal(b->attempts, 1);
	assert_int_equal(dialer_left(b->dialer), 1);
}

static void dialer_poll__orders__both_kinds_as_one(void **state)
{
	static const struct {
		enum dialer_tls tls;
		const char *address;
		uint16_t port;
	} cases[] = {
		{DIALER_ANY_TLS, "2001:db8::2", 443},
		{DIALER_DIRECT_TLS, "2001:db8::2", 443},
		{DIALER_STARTTLS, "192.0.2.1", 5222},
	};
	struct bench *b = *state;

	has_service(b, "a.example", false, 10, "plain.a.example", 5222);
	has_service(b, "a.example", true, 5, "tls.a.example", 443);
	has_address(b, "plain.a.example", "192.0.2.1");
	has_address(b, "tls.a.example", "2001:db8::2");
	listens(b, "192.0.2.1", 5222, false);
	listens(b, "2001:db8::2", 443, false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(dial(b, "a.example", cases[i].tls), DIALER_CONNECTED);
		must_be_at(b, cases[i].address, cases[i].port, cases[i].port == 443);
	}
	/* What is not wanted was not asked for. */
	assert_int_equal(b->asked[RESOLVER_STARTTLS], 2);
	assert_int_equal(b->asked[RESOLVER_DIRECT_TLS], 2);
}

static void dialer_poll__falls__back_to_the_domain(void **state)
{
	static const struct {
		enum dialer_tls tls;
		bool srv_is_silent;
		uint16_t port;
	} cases[] = {
		{DIALER_ANY_TLS, false, 5222},
		{DIALER_STARTTLS, false, 5222},
		{DIALER_DIRECT_TLS, false, 5223},
		{DIALER_ANY_TLS, true, 5222},
	};
	struct bench *b = *state;

	has_address(b, "a.example", "192.0.2.1");
	listens(b, "192.0.2.1", 5222, false);
	listens(b, "192.0.2.1", 5223, false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t began = b->hand.mono;

		if (cases[i].srv_is_silent)
			is_silent(b, RESOLVER_STARTTLS, "a.example");
		assert_int_equal(dial(b, "a.example", cases[i].tls), DIALER_CONNECTED);
		must_be_at(b, "192.0.2.1", cases[i].port, cases[i].port == 5223);
		assert_in_range(b->hand.mono - began, 0, cases[i].srv_is_silent ? 6000 : 100);
	}
}

static void dialer_poll__heeds__a_service_that_is_not_offered(void **state)
{
	struct bench *b = *state;

	has_address(b, "a.example", "192.0.2.1");
	listens(b, "192.0.2.1", 5222, false);
	listens(b, "192.0.2.1", 443, false);
	refuses(b, "a.example", false);
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_DENIED);
	assert_non_null(strstr(b->err.text, "a.example offers no XMPP"));
	assert_int_equal(b->attempts, 0);
	assert_int_equal(go_on(b), DIALER_DENIED);
	/* Whether the other kind is, may be known a moment later. */
	know(b, RESOLVER_DIRECT_TLS, "a.example", 10)->result = RESOLVER_FAILED;
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_FAILED);
	is_silent(b, RESOLVER_DIRECT_TLS, "a.example");
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_FAILED);
	assert_int_equal(b->attempts, 0);
	know(b, RESOLVER_DIRECT_TLS, "a.example", 10)->result = RESOLVER_FOUND;
	has_service(b, "a.example", true, 5, "a.example", 443);
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "192.0.2.1", 443, true);
	/* Without direct TLS there is still what every domain may have. */
	refuses(b, "b.example", true);
	has_address(b, "b.example", "192.0.2.1");
	assert_int_equal(dial(b, "b.example", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "192.0.2.1", 5222, false);
	assert_int_equal(dial(b, "b.example", DIALER_DIRECT_TLS), DIALER_DENIED);
}

static void dialer_poll__asks__for_no_service_of_a_named_host(void **state)
{
	static const struct {
		const char *host;
		uint16_t port;
		enum dialer_tls tls;
		const char *address;
		uint16_t reached;
	} cases[] = {
		{"host.example", 0, DIALER_ANY_TLS, "192.0.2.1", 5222},
		{"host.example", 0, DIALER_DIRECT_TLS, "192.0.2.1", 5223},
		{"host.example", 7000, DIALER_STARTTLS, "192.0.2.1", 7000},
		{"192.0.2.1", 7000, DIALER_ANY_TLS, "192.0.2.1", 7000},
		{"2001:db8::1", 0, DIALER_ANY_TLS, "2001:db8::1", 5222},
	};
	struct bench *b = *state;

	has_service(b, "a.example", false, 10, "a.example", 5222);
	has_service(b, "host.example", false, 10, "a.example", 5222);
	has_address(b, "host.example", "192.0.2.1");
	listens(b, "192.0.2.1", 5222, false);
	listens(b, "192.0.2.1", 5223, false);
	listens(b, "192.0.2.1", 7000, false);
	listens(b, "2001:db8::1", 5222, false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		dialer_begin(b->dialer, "a.example", cases[i].host, cases[i].port, cases[i].tls);
		assert_int_equal(go_on(b), DIALER_CONNECTED);
		must_be_at(b, cases[i].address, cases[i].reached, cases[i].reached == 5223);
	}
	assert_int_equal(b->asked[RESOLVER_STARTTLS] + b->asked[RESOLVER_DIRECT_TLS], 0);
}

static void dialer_begin__takes__an_address_for_a_domain(void **state)
{
	struct bench *b = *state;

	listens(b, "2001:db8::1", 5222, false);
	assert_int_equal(dial(b, "[2001:db8::1]", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "2001:db8::1", 5222, false);
	assert_int_equal(b->asked[RESOLVER_STARTTLS] + b->asked[RESOLVER_IPV6], 0);
	assert_int_equal(dial(b,
				 "b\xC3\xBC"
				 "cher.example",
				 DIALER_ANY_TLS),
		DIALER_DENIED);
	assert_non_null(strstr(b->err.text, "`host`"));
}

static void dialer_poll__waits__for_no_slow_name(void **state)
{
	struct bench *b = *state;
	int64_t began;

	has_service(b, "a.example", false, 10, "slow.a.example", 5222);
	has_service(b, "a.example", false, 20, "quick.a.example", 5222);
	is_silent(b, RESOLVER_IPV6, "slow.a.example");
	is_silent(b, RESOLVER_IPV4, "slow.a.example");
	has_address(b, "quick.a.example", "192.0.2.2");
	is_silent(b, RESOLVER_IPV6, "quick.a.example");
	listens(b, "192.0.2.2", 5222, false);
	began = b->hand.mono;
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "192.0.2.2", 5222, false);
	assert_in_range(b->hand.mono - began, 0, 500);
	assert_int_equal(dialer_left(b->dialer), 3); /* who knows what those names hide */
	assert_int_equal(go_on(b), DIALER_FAILED);
	assert_in_range(b->hand.mono - began, 0, 11000);
}

static void dialer_poll__goes__round_what_is_dead(void **state)
{
	struct bench *b = *state;
	int64_t began;

	has_service(b, "a.example", false, 10, "one.a.example", 5222);
	has_service(b, "a.example", false, 10, "two.a.example", 5222);
	has_service(b, "a.example", false, 20, "reserve.a.example", 5222);
	has_address(b, "one.a.example", "2001:db8::1");
	has_address(b, "one.a.example", "192.0.2.1");
	has_address(b, "two.a.example", "192.0.2.2");
	has_address(b, "reserve.a.example", "192.0.2.3");
	listens(b, "2001:db8::1", 5222, true);
	listens(b, "192.0.2.2", 5222, true);
	listens(b, "192.0.2.3", 5222, false);
	began = b->hand.mono;
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_CONNECTED);
	must_be_at(b, "192.0.2.3", 5222, false);
	assert_in_range(b->hand.mono - began, 1000, 2000);
	/* Who comes back for another one gets those that are left, until they are given up. */
	assert_int_equal(dialer_left(b->dialer), 2);
	assert_int_equal(go_on(b), DIALER_FAILED);
	assert_non_null(strstr(b->err.text, "none of the 4 addresses answers"));
	assert_non_null(strstr(b->err.text, "Connection timed out"));
}

static void dialer_poll__tells__why_nobody_is_there(void **state)
{
	static const struct {
		const char *domain, *words;
	} cases[] = {
		{"nowhere.example", "nowhere.example has no address"},
		{"mute.example", "the address of mute.example could not be looked up"},
		{"half.example", "the address of half.example could not be looked up"},
		{"silent.example", "the address of silent.example could not be looked up"},
		{"192.0.2.9", "192.0.2.9 port 5222: Connection refused"},
	};
	struct bench *b = *state;

	know(b, RESOLVER_IPV4, "mute.example", 10)->result = RESOLVER_FAILED;
	know(b, RESOLVER_IPV6, "half.example", 10)->result = RESOLVER_FAILED;
	is_silent(b, RESOLVER_IPV6, "silent.example");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(dial(b, cases[i].domain, DIALER_ANY_TLS), DIALER_FAILED);
		assert_string_equal(b->err.text, cases[i].words);
	}
}

static void dialer_poll__bears__more_than_it_wants(void **state)
{
	struct bench *b = *state;

	for (uint16_t i = 0; i < SRV_MAX; i++) {
		has_service(b, "a.example", false, i, "x.a.example", 1000 + i);
		has_service(b, "a.example", true, i, "x.a.example", 2000 + i);
	}
	for (int i = 0; i < RESOLVER_ADDRESSES_MAX; i++) {
		has_address(b, "x.a.example", "192.0.2.1");
		has_address(b, "x.a.example", "2001:db8::1");
	}
	assert_int_equal(dial(b, "a.example", DIALER_ANY_TLS), DIALER_FAILED);
	assert_in_range(b->attempts, 1, RACE_MAX);
	assert_in_range(b->asked[RESOLVER_IPV4], 1, 8);
}

static void dialer_stop__calls__all_off(void **state)
{
	struct bench *b = *state;

	is_silent(b, RESOLVER_STARTTLS, "a.example");
	dialer_begin(b->dialer, "a.example", NULL, 0, DIALER_ANY_TLS);
	assert_int_equal(b->open, 2);
	dialer_stop(b->dialer);
	assert_int_equal(b->open, 0);
	listens(b, "192.0.2.1", 5222, true);
	dialer_begin(b->dialer, "a.example", "192.0.2.1", 0, DIALER_ANY_TLS);
	assert_int_equal(dialer_poll(b->dialer, &b->line, &b->err), DIALER_BUSY);
	assert_int_equal(b->open, 1);
	dialer_begin(b->dialer, "a.example", "host.example", 0, DIALER_ANY_TLS);
	assert_int_equal(b->open, 2);
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BENCH(dialer_poll__finds__the_service_of_the_domain),
		WITH_BENCH(dialer_poll__orders__both_kinds_as_one),
		WITH_BENCH(dialer_poll__falls__back_to_the_domain),
		WITH_BENCH(dialer_poll__heeds__a_service_that_is_not_offered),
		WITH_BENCH(dialer_poll__asks__for_no_service_of_a_named_host),
		WITH_BENCH(dialer_begin__takes__an_address_for_a_domain),
		WITH_BENCH(dialer_poll__waits__for_no_slow_name),
		WITH_BENCH(dialer_poll__goes__round_what_is_dead),
		WITH_BENCH(dialer_poll__tells__why_nobody_is_there),
		WITH_BENCH(dialer_poll__bears__more_than_it_wants),
		WITH_BENCH(dialer_stop__calls__all_off),
	};

	return cmocka_run_group_tests_name("dialer", tests, NULL, NULL);
}

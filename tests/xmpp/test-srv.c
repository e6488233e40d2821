#include "testing.h"

#include "dns.h"
#include "srv.h"

#define NAME "_xmpp-client._tcp.example.org"

static enum srv_answer read_all(const struct dns *dns, struct srv *records, size_t *count)
{
	return srv_read(records, count, dns->bytes, dns->len, true);
}

/* --- reading --- */

static void srv_read__takes__what_the_answer_has(void **state)
{
	struct srv records[SRV_MAX];
	struct dns dns;
	size_t count;

	(void)state;
	dns_begin(&dns, NAME);
	dns_add_address(&dns); /* what an alias brings along */
	dns_add_srv(&dns, 10, 20, 5222, "xmpp1.example.org");
	dns_add_srv(&dns, 65535, 0, 443, "_x.example.net");
	assert_int_equal(read_all(&dns, records, &count), SRV_SOME);
	assert_int_equal(count, 2);
	assert_int_equal(records[0].priority, 10);
	assert_int_equal(records[0].weight, 20);
	assert_int_equal(records[0].port, 5222);
	assert_string_equal(records[0].host, "xmpp1.example.org");
	assert_true(records[0].direct_tls);
	assert_int_equal(records[1].priority, 65535);
	assert_int_equal(records[1].port, 443);
	assert_string_equal(records[1].host, "_x.example.net");
}

static void srv_read__tells__a_refusal_from_silence(void **state)
{
	struct srv records[SRV_MAX];
	struct dns dns;
	size_t count;

	(void)state;
	dns_begin(&dns, NAME);
	assert_int_equal(read_all(&dns, records, &count), SRV_NONE);
	dns_add_srv(&dns, 0, 0, 0, "");
	assert_int_equal(read_all(&dns, records, &count), SRV_REFUSED);
	assert_int_equal(count, 0);
	dns_add_srv(&dns, 0, 0, 5222, "xmpp.example.org");
	assert_int_equal(read_all(&dns, records, &count), SRV_SOME);
	assert_int_equal(count, 1);
}

static void srv_read__passes__over_records_of_no_use(void **state)
{
	static const struct {
		uint16_t port;
		const char *target;
	} cases[] = {
		{0, "xmpp.example.org"},
		{5222, "not a name.example.org"},
		{5222, "new\nline.example.org"},
		{5222, "b\xC3\xBC"
		       "cher.example"},
	};
	struct srv records[SRV_MAX];
	struct dns dns;
	size_t count;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		dns_begin(&dns, NAME);
		dns_add_srv(&dns, 1, 1, cases[i].port, cases[i].target);
		assert_int_equal(read_all(&dns, records, &count), SRV_NONE);
	}
}

static void srv_read__stops__at_its_cap(void **state)
{
	struct srv records[SRV_MAX + 1] = {0};
	struct dns dns;
	size_t count;

	(void)state;
	dns_begin(&dns, NAME);
	for (int i = 0; i < 2 * SRV_MAX; i++)
		dns_add_srv(&dns, 1, 1, 5222, "xmpp.example.org");
	assert_int_equal(read_all(&dns, records, &count), SRV_SOME);
	assert_int_equal(count, SRV_MAX);
	assert_string_equal(records[SRV_MAX].host, "");
}

static void must_be_sound(const unsigned char *bytes, size_t len)
{
	struct srv records[SRV_MAX];
	size_t count;
	enum srv_answer answer = srv_read(records, &count, bytes, len, false);

	assert_true(count <= SRV_MAX);
	assert_int_equal(answer == SRV_SOME, count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_true(srv_is_host(records[i].host));
		assert_true(records[i].port);
	}
}

static void srv_read__survives__cuts_and_wrong_bytes(void **state)
{
	/* 0xC0 begins a pointer to a name elsewhere, also to itself and beyond the end. */
	static const unsigned char bytes[] = {0x00, 0x01, 0x3F, 0x40, 0x80, 0xC0, 0xFF};
	struct dns dns, broken;

	(void)state;
	dns_begin(&dns, NAME);
	dns_add_srv(&dns, 1, 1, 5222, "xmpp.example.org");
	dns_add_srv(&dns, 2, 1, 5222, "xmpp.example.net");
	for (size_t len = 0; len < dns.len; len++)
		must_be_sound(dns.bytes, len);
	for (size_t at = 0; at < dns.len; at++)
		for (size_t i = 0; i < ARRAY_LEN(bytes); i++) {
			broken = dns;
			broken.bytes[at] = bytes[i];
			must_be_sound(broken.bytes, broken.len);
		}
}

static void srv_is_host__knows__what_dns_allows(void **state)
{
	static const struct {
		const char *name;
		bool is;
	} cases[] = {
		{"example.org", true},
		{"x", true},
		{"xn--bcher-kva.example", true},
		{"_x.3com.example", true},
		{"", false},
		{".", false},
		{"example..org", false},
		{".example.org", false},
		{"exam ple.org", false},
		{"example.org/x", false},
		{"example.org%n", false},
		{"::1", false},
		{"0123456789012345678901234567890123456789012345678901234567890123.org", false},
	};
	char name[SRV_HOST_MAX + 2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (srv_is_host(cases[i].name) != cases[i].is)
			fail_msg("%s", cases[i].name);
	for (size_t i = 0; i < sizeof(name) - 1; i++)
		name[i] = i % 2 ? '.' : 'a';
	name[SRV_HOST_MAX] = '\0';
	assert_true(srv_is_host(name));
	memcpy(name + SRV_HOST_MAX - 1, "aa", 3);
	assert_false(srv_is_host(name));
}

/* --- the order --- */

static struct srv record(uint16_t priority, uint16_t weight, uint16_t port)
{
	return (struct srv){.priority = priority, .weight = weight, .port = port};
}

static void srv_order__puts__lower_priorities_first(void **state)
{
	uint64_t seed = 1;
	const struct chance chance = chance_from_seed(&seed);

	(void)state;
	for (int n = 0; n < 100; n++) {
		struct srv records[] = {record(20, 9, 3), record(5, 0, 1), record(20, 1, 4),
			record(10, 65535, 2), record(65535, 65535, 5)};

		srv_order(records, ARRAY_LEN(records), &chance);
		assert_int_equal(records[0].port, 1);
		assert_int_equal(records[1].port, 2);
		assert_int_equal(records[2].port + records[3].port, 7);
		assert_int_equal(records[4].port, 5);
	}
	srv_order(NULL, 0, &chance);
}

/* How often each of four is first in a thousand draws. */
static void draw(unsigned first[4], const uint16_t weights[4])
{
	uint64_t seed = 3;
	const struct chance chance = chance_from_seed(&seed);

	memset(first, 0, 4 * sizeof(*first));
	for (int n = 0; n < 1000; n++) {
		struct srv records[4];
		unsigned seen = 0;

		for (uint16_t i = 0; i < 4; i++)
			records[i] = record(1, weights[i], i);
		srv_order(records, 4, &chance);
		for (size_t i = 0; i < 4; i++)
			seen |= 1u << records[i].port;
		assert_int_equal(seen, 0xF);
		first[records[0].port]++;
	}
}

static void srv_order__draws__by_weight(void **state)
{
	static const struct {
		uint16_t weights[4];
		unsigned least[4], most[4];
	} cases[] = {
		{{10, 60, 0, 30}, {60, 540, 1, 250}, {140, 660, 30, 350}},
		{{0, 0, 0, 0}, {200, 200, 200, 200}, {300, 300, 300, 300}},
		{{65535, 65535, 65535, 65535}, {200, 200, 200, 200}, {300, 300, 300, 300}},
		{{0, 1, 1, 1}, {200, 200, 200, 200}, {300, 300, 300, 300}},
		{{0, 0, 65535, 0}, {0, 0, 990, 0}, {5, 5, 1000, 5}},
	};
	unsigned first[4];

	(void)state;
	for (size_t c = 0; c < ARRAY_LEN(cases); c++) {
		draw(first, cases[c].weights);
		for (size_t i = 0; i < 4; i++)
			if (first[i] < cases[c].least[i] || first[i] > cases[c].most[i])
				fail_msg("case %zu: record %zu first %u times", c, i, first[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(srv_read__takes__what_the_answer_has),
		cmocka_unit_test(srv_read__tells__a_refusal_from_silence),
		cmocka_unit_test(srv_read__passes__over_records_of_no_use),
		cmocka_unit_test(srv_read__stops__at_its_cap),
		cmocka_unit_test(srv_read__survives__cuts_and_wrong_bytes),
		cmocka_unit_test(srv_is_host__knows__what_dns_allows),
		cmocka_unit_test(srv_order__puts__lower_priorities_first),
		cmocka_unit_test(srv_order__draws__by_weight),
	};

	return cmocka_run_group_tests_name("srv", tests, NULL, NULL);
}

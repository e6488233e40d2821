#include "testing.h"

#include "cause.h"

struct line {
	xmpp_log_level_t level;
	const char *area, *text;
};

static void cause_decide__reads__what_libstrophe_logs(void **state)
{
	static const struct line wrong_password[] = {
		{XMPP_LEVEL_DEBUG, "xmpp",
			"RECV: <failure xmlns=\"sasl\"><not-authorized/></failure>"},
		{XMPP_LEVEL_DEBUG, "xmpp", "SASL SCRAM-SHA-1 auth failed"},
		{XMPP_LEVEL_ERROR, "auth", "Cannot authenticate with known methods"},
	};
	static const struct line database_down[] = {
		{XMPP_LEVEL_DEBUG, "xmpp",
			"RECV: <failure xmlns=\"sasl\"><temporary-auth-failure/></failure>"},
		{XMPP_LEVEL_ERROR, "auth", "Cannot authenticate with known methods"},
	};
	static const struct line no_tls[] = {
		{XMPP_LEVEL_ERROR, "xmpp",
			"TLS is not supported, but set as mandatory for this connection"},
	};
	static const struct line refused[] = {
		{XMPP_LEVEL_DEBUG, "xmpp", "connection failed, error 111"},
	};
	static const struct line timed_out[] = {
		{XMPP_LEVEL_INFO, "xmpp", "Connection attempt timed out."},
	};
	static const struct line odd[] = {
		{XMPP_LEVEL_INFO, "xmpp", "all is well"},
		{XMPP_LEVEL_WARN, "xmpp", "something odd"},
	};
	/* A person's words must not pass for the server's. */
	static const struct line quoted[] = {
		{XMPP_LEVEL_DEBUG, "xmpp",
			"RECV: <message><body>Cannot authenticate with known "
			"methods</body></message>"},
		{XMPP_LEVEL_ERROR, "xmpp", "Cannot authenticate with known methods"},
	};
	static const struct {
		const struct line *lines;
		size_t count;
		enum cause cause;
		const char *words;
	} cases[] = {
		{wrong_password, ARRAY_LEN(wrong_password), CAUSE_REFUSED,
			"does not take the account"},
		{database_down, ARRAY_LEN(database_down), CAUSE_RESTART, "just now"},
		{no_tls, ARRAY_LEN(no_tls), CAUSE_UNTRUSTED, "offers no TLS"},
		{refused, ARRAY_LEN(refused), CAUSE_NETWORK, "Connection refused"},
		{timed_out, ARRAY_LEN(timed_out), CAUSE_NETWORK, "timed out"},
		{odd, ARRAY_LEN(odd), CAUSE_NETWORK, "something odd"},
		{quoted, ARRAY_LEN(quoted), CAUSE_NETWORK, "Cannot"},
		{NULL, 0, CAUSE_NETWORK, "closed by the server"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct evidence evidence = {0};
		struct err words = {0};

		for (size_t n = 0; n < cases[i].count; n++)
			evidence_add_log(&evidence, cases[i].lines[n].level, cases[i].lines[n].area,
				cases[i].lines[n].text);
		if (cause_decide(&evidence, 0, NULL, &words) != cases[i].cause ||
			!strstr(words.text, cases[i].words))
			fail_msg("case %zu: %s", i, words.text);
	}
}

static void cause_decide__gives__the_reason_a_certificate_was_refused_for(void **state)
{
	struct evidence evidence = {0};
	struct err words = {0};

	(void)state;
	evidence_add_certificate(&evidence, "certificate has expired");
	evidence_add_certificate(&evidence, "self-signed certificate");
	assert_int_equal(cause_decide(&evidence, 103, NULL, &words), CAUSE_UNTRUSTED);
	assert_non_null(strstr(words.text, "certificate has expired"));
}

static void cause_decide__knows__each_stream_error(void **state)
{
	static const struct {
		xmpp_error_type_t type;
		enum cause cause;
		const char *name;
	} cases[] = {
		{XMPP_SE_CONFLICT, CAUSE_CONFLICT, "conflict"},
		{XMPP_SE_SEE_OTHER_HOST, CAUSE_ELSEWHERE, "see-other-host"},
		{XMPP_SE_POLICY_VIOLATION, CAUSE_OVERLOAD, "policy-violation"},
		{XMPP_SE_RESOURCE_CONSTRAINT, CAUSE_OVERLOAD, "resource-constraint"},
		{XMPP_SE_SYSTEM_SHUTDOWN, CAUSE_RESTART, "system-shutdown"},
		{XMPP_SE_CONN_TIMEOUT, CAUSE_RESTART, "connection-timeout"},
		{XMPP_SE_REMOTE_CONN_FAILED, CAUSE_RESTART, "remote-connection-failed"},
		{XMPP_SE_INTERNAL_SERVER_ERROR, CAUSE_RESTART, "internal-server-error"},
		{XMPP_SE_UNDEFINED_CONDITION, CAUSE_RESTART, "undefined-condition"},
		{XMPP_SE_HOST_UNKNOWN, CAUSE_MISTAKE, "host-unknown"},
		{XMPP_SE_HOST_GONE, CAUSE_MISTAKE, "host-gone"},
		{XMPP_SE_INVALID_XML, CAUSE_MISTAKE, "invalid-xml"},
		{XMPP_SE_XML_NOT_WELL_FORMED, CAUSE_MISTAKE, "not-well-formed"},
		{XMPP_SE_UNSUPPORTED_VERSION, CAUSE_MISTAKE, "unsupported-version"},
		{XMPP_SE_NOT_AUTHORIZED, CAUSE_REFUSED, "not-authorized"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		xmpp_stream_error_t error = {.type = cases[i].type, .text = (char *)"why"};
		struct evidence evidence = {0};
		struct err words = {0};

		assert_int_equal(cause_decide(&evidence, 0, &error, &words), cases[i].cause);
		assert_non_null(strstr(words.text, cases[i].name));
		assert_non_null(strstr(words.text, "why"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cause_decide__reads__what_libstrophe_logs),
		cmocka_unit_test(cause_decide__gives__the_reason_a_certificate_was_refused_for),
		cmocka_unit_test(cause_decide__knows__each_stream_error),
	};

	return cmocka_run_group_tests_name("cause", tests, NULL, NULL);
}

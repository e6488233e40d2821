/* The small readers of single words: addresses and durations. */
#include "testing.h"

#include "jidform.h"
#include "duration.h"

static void jidform_check__accepts__what_people_have(void **state)
{
	static const struct {
		const char *text;
		enum jidform shape;
	} cases[] = {
		{"bot@example.org", JIDFORM_ACCOUNT},
		{"bot@example.org/office", JIDFORM_ACCOUNT},
		{"bot@example.org/a@b/c d", JIDFORM_ACCOUNT},
		{"bot@localhost", JIDFORM_BARE},
		{"bot@192.0.2.1", JIDFORM_BARE},
		{"bot@[2001:db8::1]", JIDFORM_BARE},
		{"józef@żółw.example", JIDFORM_BARE},
		{"room\\20name@rooms.example.org", JIDFORM_BARE},
		{"example.org", JIDFORM_BARE_OR_SERVER},
		{"friend@example.org", JIDFORM_BARE_OR_SERVER},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		size_t where;

		if (jidform_check(cases[i].text, cases[i].shape, &where, &err) < 0)
			fail_msg("%s: %s", cases[i].text, err.text);
	}
}

static void jidform_check__refuses__slips_and_points_at_them(void **state)
{
	static const struct {
		const char *text;
		enum jidform shape;
		size_t where;
		const char *says;
	} cases[] = {
		{"bot", JIDFORM_BARE, 0, "no address"},
		{"example.org", JIDFORM_ACCOUNT, 0, "no address"},
		{"@example.org", JIDFORM_BARE, 0, "no name"},
		{"bot@", JIDFORM_BARE, 4, "server's name is missing"},
		{"bot@a@b", JIDFORM_BARE, 5, "second `@`"},
		{"my bot@example.org", JIDFORM_BARE, 2, "blank"},
		{"bot@exa mple.org", JIDFORM_BARE, 7, "blank"},
		{"bot@example.org:5222", JIDFORM_BARE, 15, "`port`"},
		{"bot@example..org", JIDFORM_BARE, 12, "missing before this dot"},
		{"bot@.org", JIDFORM_BARE, 4, "missing before this dot"},
		{"b<t@example.org", JIDFORM_BARE, 1, "`<`"},
		{"bot@exa_mple.org", JIDFORM_BARE, 7, "`_`"},
		{"bot@example.org/x", JIDFORM_BARE, 15, "begins with `/`"},
		{"bot@example.org/", JIDFORM_ACCOUNT, 16, "behind the `/`"},
		{"xmpp:bot@example.org", JIDFORM_BARE, 0, "`xmpp:`"},
		{"", JIDFORM_BARE_OR_SERVER, 0, "missing"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		size_t where = 99;

		if (jidform_check(cases[i].text, cases[i].shape, &where, &err) == 0)
			fail_msg("%s was accepted", cases[i].text);
		if (!strstr(err.text, cases[i].says) || where != cases[i].where)
			fail_msg("%s: at %zu: %s", cases[i].text, where, err.text);
	}
}

static void jidform_fold__spares__the_resource(void **state)
{
	char text[] = "Bot@Example.ORG/Office";

	(void)state;
	jidform_fold(text);
	assert_string_equal(text, "bot@example.org/Office");
}

static void duration_parse__reads__units_in_words(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{"5 s", 5000},
		{"5s", 5000},
		{"1 second", 1000},
		{"250 ms", 250},
		{"10 min", 600000},
		{"10 Minutes", 600000},
		{"2 h", 7200000},
		{"2 hours", 7200000},
		{"90 days", 7776000000},
		{"1 d", 86400000},
		{"0 s", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		int64_t ms = -1;

		if (duration_parse(cases[i].text, &ms, &err) < 0)
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_int_equal(ms, cases[i].ms);
	}
}

static void duration_parse__refuses__what_could_mean_anything(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"5", "of what?"},
		{"soon", "is no time"},
		{"-5 s", "is no time"},
		{"1.5 h", "is no unit"},
		{"5 fortnights", "is no unit"},
		{"5 ss", "is no unit"},
		{"5 s 3", "is no unit"},
		{"99999999999999999999 s", "longer than can be counted"},
		{"9223372036854775807 days", "longer than can be counted"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		int64_t ms = 7;

		assert_int_equal(duration_parse(cases[i].text, &ms, &err), -1);
		assert_int_equal(ms, 7);
		if (!strstr(err.text, cases[i].says))
			fail_msg("%s: %s", cases[i].text, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jidform_check__accepts__what_people_have),
		cmocka_unit_test(jidform_check__refuses__slips_and_points_at_them),
		cmocka_unit_test(jidform_fold__spares__the_resource),
		cmocka_unit_test(duration_parse__reads__units_in_words),
		cmocka_unit_test(duration_parse__refuses__what_could_mean_anything),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}

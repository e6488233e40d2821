#include "testing.h"

#include "clock.h"
#include "regexp.h"

static struct regexp *make(const char *pattern)
{
	char message[160] = "";
	size_t offset = 0;
	struct regexp *regex =
		regexp_new(pattern, strlen(pattern), message, sizeof(message), &offset);

	if (!regex)
		fail_msg("%s: %s at %zu", pattern, message, offset);
	return regex;
}

static enum regexp_result match(const char *pattern, const char *text, size_t *start, size_t *end)
{
	struct regexp *regex = make(pattern);
	enum regexp_result result = regexp_match(regex, text, strlen(text), start, end);

	regexp_free(&regex);
	assert_null(regex);
	return result;
}

static void regexp_match__gives__the_bytes_that_fit(void **state)
{
	static const struct {
		const char *pattern, *text;
		enum regexp_result result;
		size_t start, end;
	} cases[] = {
		{"\\blpa\\b.*\\bengineers?\\b", "what lpa do engineers get", REGEXP_YES, 5, 21},
		{"\\bpay\\b", "payment", REGEXP_NO, 0, 0},
		{"PAY", "what pay", REGEXP_YES, 5, 8},
		{"É", "café", REGEXP_YES, 3, 5},
		{"^\\w+$", "зарплата", REGEXP_YES, 0, 16},
		{"\\d+", "١٢", REGEXP_YES, 0, 4}, /* digits of any alphabet */
		{"a|b", "", REGEXP_NO, 0, 0},
		{"^$", "", REGEXP_YES, 0, 0},
		{"(a)(b)(c)", "abc", REGEXP_YES, 0, 3},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t start = 0, end = 0;

		assert_int_equal(
			match(cases[i].pattern, cases[i].text, &start, &end), cases[i].result);
		assert_int_equal(start, cases[i].start);
		assert_int_equal(end, cases[i].end);
	}
}

static void regexp_new__says__where_the_mistake_is(void **state)
{
	static const struct {
		const char *pattern;
		size_t offset;
		const char *message;
	} cases[] = {
		{"pay(", 4, "missing closing parenthesis"},
		{"pay)", 3, "unmatched closing parenthesis"},
		{"a[b-", 4, "missing terminating ] for character class"},
		{"*a", 0, "quantifier does not follow a repeatable item"},
		{"żółć(", 9, "missing closing parenthesis"},
		{"a\\C", 3, "using \\C is disabled by the application"},
		{"(?<n", 4, "syntax error in subpattern name (missing terminator?)"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char message[160] = "";
		size_t offset = 99;

		assert_null(regexp_new(cases[i].pattern, strlen(cases[i].pattern), message,
			sizeof(message), &offset));
		assert_int_equal(offset, cases[i].offset);
		assert_string_equal(message, cases[i].message);
	}
}

static void regexp_match__stops__at_its_limits(void **state)
{
	static const char *const patterns[] = {
		"^(a+)+$",
		"^(a|a)*$",
		"^(a|aa)+$",
		"(a*)*b\\1",
		"^(\\w+\\s?)*$",
	};
	int64_t start_ms = clock_mono_ms(&clock_system);
	char text[60];

	(void)state;
	memset(text, 'a', sizeof(text) - 2);
	text[sizeof(text) - 2] = '!';
	text[sizeof(text) - 1] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		struct regexp *regex = NULL;
		char message[160];
		size_t offset, start, end;

		regex = regexp_new(
			patterns[i], strlen(patterns[i]), message, sizeof(message), &offset);
		if (!regex)
			continue; /* \1 needs a capture, and captures are off */
		assert_int_equal(
			regexp_match(regex, text, sizeof(text) - 1, &start, &end), REGEXP_LIMIT);
		/* The next message is none the worse for it. */
		assert_int_not_equal(regexp_match(regex, "aaa", 3, &start, &end), REGEXP_LIMIT);
		regexp_free(&regex);
	}
	assert_true(clock_mono_ms(&clock_system) - start_ms < 1000);
}

static void regexp_needs__shows__what_must_be_there(void **state)
{
	static const struct {
		const char *pattern, *needs; /* a - behind it: a word's beginning */
	} cases[] = {
		{"\\blpa\\b.*\\bengineers?\\b", "lpa engineer-"},
		{"\\bin\\b.*\\bindia\\b", "in india"},
		{"what is pay\\b", "is pay"}, /* no border before what: "somewhat is pay" */
		{"\\bwhat is\\b", "what is"},
		{"\\bpay", "pay-"},
		{"\\bpay\\w+", "pay-"},
		{"\\bpays*", "pay-"},
		{"\\bpays{0}", "pay-"},
		{"\\bpa", ""}, /* too many words begin so */
		{"\\bpay?\\b", ""},
		{"pay\\b", ""},
		{"\\bpay|wage\\b", ""},
		{"\\b(pay)\\b", ""},
		{"(?:\\bpay\\b)?", ""},
		{"(?i)\\bpay\\b", ""},
		{"(?x) \\bpay\\b", ""},
		{"(?!\\bpay\\b)x", ""},
		{"\\bpays?\\b", "pay-"},
		{"\\Qa\\bpay\\b\\E", ""},
		{"\\\\bpay\\b", ""}, /* a backslash, then bpay */
		{"[ pay ]", ""},
		{"\\bdata ?scientist\\b", "data-"}, /* datascientist fits too */
		{"\\bdata *scientist\\b", "data-"},
		{"\\bdata {0,1}scientist\\b", "data-"},
		{"\\bdata +scientist\\b", "data"},
		{"\\bpay\\b {0}now", "pay"},
		{"\\bpay\\b?", "pay-"},
		{"[] pay ]\\bnow\\b", "now"}, /* the first ] is one of the class */
		{"[^] pay ]", ""},
		{"[) pay ]", ""},
		{"[\\] pay ]", ""},
		{"[[:alpha:] pay ]", ""},
		{"(*ACCEPT)\\bpay\\b", ""},
		{"x{ 41 }", ""}, /* newer versions allow blanks there */
		{"\\bpay\\b[", "pay"},
		{"\\bpay\\b(", "pay"},
		{"\\", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct needed needs[4];
		size_t count = regexp_needs(
			cases[i].pattern, strlen(cases[i].pattern), needs, ARRAY_LEN(needs));
		char found[100] = "";
		int len = 0;

		for (size_t k = 0; k < count; k++)
			len += snprintf(found + len, sizeof(found) - (size_t)len, "%s%.*s%s",
				k ? " " : "", (int)needs[k].len, needs[k].text,
				needs[k].whole ? "" : "-");
		if (strcmp(found, cases[i].needs))
			fail_msg("%s: `%s`", cases[i].pattern, found);
	}
}

static void regexp_needs__writes__no_more_than_asked(void **state)
{
	static const char pattern[] = "\\bone two three\\b";
	struct needed needs[2];

	(void)state;
	assert_int_equal(regexp_needs(pattern, sizeof(pattern) - 1, needs, 2), 2);
	assert_int_equal(regexp_needs(pattern, sizeof(pattern) - 1, needs, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(regexp_match__gives__the_bytes_that_fit),
		cmocka_unit_test(regexp_new__says__where_the_mistake_is),
		cmocka_unit_test(regexp_match__stops__at_its_limits),
		cmocka_unit_test(regexp_needs__shows__what_must_be_there),
		cmocka_unit_test(regexp_needs__writes__no_more_than_asked),
	};

	return cmocka_run_group_tests_name("regexp", tests, NULL, NULL);
}

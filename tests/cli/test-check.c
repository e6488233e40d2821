#include "terminal.h"

#include "check.h"
#include "fake-answer.h"
#include "packs.h"
#include "buf.h"

static void check(struct terminal *t, const char *pack, bool strict)
{
	const struct options options = {.command = COMMAND_CHECK,
		.packs = &pack,
		.pack_count = pack ? 1 : 0,
		.strict = strict};

	terminal_run(t, check_run, &options, "", 0, false);
}

static void check_run__counts__what_there_is(void **state)
{
	struct terminal t = {0};

	(void)state;
	check(&t, "good", false);
	assert_int_equal(t.status, CLI_WELL);
	assert_non_null(strstr(t.out, "61 answers, 70 intents"));
	assert_non_null(strstr(t.out, "tests: 7 run\n"));
	assert_non_null(strstr(t.out, "0 errors, 0 warnings\n"));
	assert_string_equal(t.err, "");
	assert_int_equal(fake_answer.engines, 0);
	terminal_clear(&t);
}

static void check_run__tells__errors_from_warnings(void **state)
{
	static const struct {
		const char *pack;
		bool strict;
		int status;
		const char *counts, *says;
	} cases[] = {
		{"broken", false, CLI_TROUBLE, "2 errors, 0 warnings\n",
			"careerbot check: 2 errors"},
		{"failing", false, CLI_TROUBLE, "1 error, 0 warnings\n",
			"careerbot check: 1 error"},
		{"doubtful", false, CLI_WELL, "0 errors, 1 warning\n",
			"careerbot check: 0 errors, 1 warning; it can"},
		{"doubtful", true, CLI_TROUBLE, "0 errors, 1 warning\n", "--strict"},
	};
	struct terminal t = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *last;

		check(&t, cases[i].pack, cases[i].strict);
		assert_int_equal(t.status, cases[i].status);
		assert_non_null(strstr(t.out, cases[i].counts));
		assert_non_null(strstr(t.err, "patterns/pay.yaml:12:3: "));
		last = strstr(t.err, "careerbot check: ");
		assert_non_null(last);
		assert_non_null(strstr(last, cases[i].says));
		assert_string_equal(strchr(last, '\n'), "\n");
		terminal_clear(&t);
	}
}

static void check_run__looks_at__the_career_pack_by_itself(void **state)
{
	struct terminal t = {0};
	struct buf career;
	char *checkout;

	(void)state;
	buf_init(&career, BUF_LINE);
	packs_career(&career);
	check(&t, NULL, false);
	assert_string_equal(fake_answer.packs, career.data);
	terminal_clear(&t);
	/* The test was not installed, so it is the checkout's. */
	checkout = realpath(getenv("TEST_DATA"), NULL);
	assert_string_equal(career.data, checkout);
	free(checkout);
	buf_release(&career);
}

static void check_run__reports__settings_and_no_pack_of_theirs(void **state)
{
	const struct options options = {.command = COMMAND_CHECK, .settings_file = "none.yaml"};
	struct terminal t = {0};

	(void)state;
	fake_answer.packs[0] = '\0';
	terminal_run(&t, check_run, &options, "", 0, false);
	assert_int_equal(t.status, CLI_TROUBLE);
	assert_non_null(strstr(t.err, "none.yaml: error: No such file"));
	assert_string_equal(fake_answer.packs, "");
	terminal_clear(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_run__counts__what_there_is),
		cmocka_unit_test(check_run__tells__errors_from_warnings),
		cmocka_unit_test(check_run__looks_at__the_career_pack_by_itself),
		cmocka_unit_test(check_run__reports__settings_and_no_pack_of_theirs),
	};

	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}

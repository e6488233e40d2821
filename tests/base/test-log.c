#include "testing.h"

#include "log.h"

struct heard {
	char line[8192];
	enum log_level level;
	unsigned count;
};

static void hear(void *userdata, enum log_level level, const char *line)
{
	struct heard *heard = userdata;

	snprintf(heard->line, sizeof(heard->line), "%s", line);
	heard->level = level;
	heard->count++;
}

static int setup(void **state)
{
	static struct heard heard;

	heard = (struct heard){0};
	log_init(LOG_INFO, hear, &heard);
	*state = &heard;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	log_init(LOG_INFO, NULL, NULL);
	return 0;
}

static void log_info__escapes__what_would_forge_or_hide_a_line(void **state)
{
	static const struct {
		const char *said, *logged;
	} cases[] = {
		{"plain", "plain"},
		{"naïve 日本 €", "naïve 日本 €"},
		{"one\ntwo", "one\\ntwo"},
		{"a\tb\r", "a\\tb\\x0d"},
		{"\x1b[31mred", "\\x1b[31mred"},
		{"\x7f", "\\x7f"},
		{"bad \xff\xc3 bytes", "bad \\xff\\xc3 bytes"},
		{"\xc2\x9b"
		 "31m",
			"\\u009b31m"}, /* C1: a terminal's CSI in one */
		{"\xe2\x80\xae"
		 "gpj.exe",
			"\\u202egpj.exe"}, /* turns the line around */
		{"\xe2\x80\xa8"
		 "second",
			"\\u2028second"}, /* a line separator */
		{"in\xe2\x80\x8bvisible", "in\\u200bvisible"},
		{"100 %s %n", "100 %s %n"},
	};
	struct heard *heard = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		log_info("%s", cases[i].said);
		assert_string_equal(heard->line, cases[i].logged);
	}
	assert_int_equal(heard->count, ARRAY_LEN(cases));
}

static void log_info__cuts__a_line_without_end(void **state)
{
	struct heard *heard = *state;
	static char endless[100 * 1000];

	memset(endless, 'a', sizeof(endless) - 1);
	log_info("%s", endless);
	assert_int_equal(heard->count, 1);
	assert_in_range(strlen(heard->line), 1000, 4096);
}

static void log_wants__follows__the_level(void **state)
{
	struct heard *heard = *state;

	log_debug("not wanted");
	assert_int_equal(heard->count, 0);
	assert_false(log_wants(LOG_DEBUG));
	log_warn("wanted");
	assert_int_equal(heard->count, 1);
	assert_int_equal(heard->level, LOG_WARN);
	log_init(LOG_ERROR, hear, heard);
	log_warn("no longer");
	assert_int_equal(heard->count, 1);
	log_init(LOG_DEBUG, hear, heard);
	log_debug("now");
	assert_int_equal(heard->count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			log_info__escapes__what_would_forge_or_hide_a_line, setup, teardown),
		cmocka_unit_test_setup_teardown(
			log_info__cuts__a_line_without_end, setup, teardown),
		cmocka_unit_test_setup_teardown(log_wants__follows__the_level, setup, teardown),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}

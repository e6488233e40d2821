#include "testing.h"

#include "stamp.h"

static void stamp_read__understands__both_formats(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1969-07-21T02:56:15Z", -14159025000},
		{"2002-09-10T23:08:25Z", 1031699305000},
		{"2002-09-10T23:08:25.250Z", 1031699305250},
		{"2002-09-10T23:08:25.2501239Z", 1031699305250},
		{"2002-09-10T18:08:25-05:00", 1031699305000},
		{"2002-09-11T04:38:25+05:30", 1031699305000},
		{"20020910T23:08:25", 1031699305000},
	};
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (!stamp_read(cases[i].text, &ms))
			fail_msg("not understood: %s", cases[i].text);
		assert_int_equal(ms, cases[i].ms);
	}
}

static void stamp_read__refuses__what_is_no_time(void **state)
{
	static const char *const cases[] = {"", "now", "2002-09-10", "2002-09-10T23:08:25",
		"2002-13-10T23:08:25Z", "2002-09-32T23:08:25Z", "2002-09-10T24:08:25Z",
		"2002-09-10T23:60:25Z", "2002-09-10T23:08:25Zulu", "2002-09-10 23:08:25Z",
		"2002-09-10T23:08:25+5", "2002-09-10T23:08:25+24:00", "-002-09-10T23:08:25Z"};
	int64_t ms = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (stamp_read(cases[i], &ms))
			fail_msg("taken for a time: %s", cases[i]);
	assert_int_equal(ms, 7);
}

static void stamp_write__writes__what_stamp_read_reads(void **state)
{
	char out[STAMP_SIZE];

	(void)state;
	assert_true(stamp_write(out, 1031699305250));
	assert_string_equal(out, "2002-09-10T23:08:25Z");
	assert_false(stamp_write(out, INT64_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stamp_read__understands__both_formats),
		cmocka_unit_test(stamp_read__refuses__what_is_no_time),
		cmocka_unit_test(stamp_write__writes__what_stamp_read_reads),
	};

	return cmocka_run_group_tests_name("stamp", tests, NULL, NULL);
}

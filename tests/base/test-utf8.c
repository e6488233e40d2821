#include "testing.h"

#include "buf.h"
#include "utf8.h"

static void utf8_valid__refuses__what_rfc_3629_refuses(void **state)
{
	static const struct {
		const char *text;
		bool valid;
	} cases[] = {
		{"plain", true},
		{"żółć, 東京, 🙂", true},
		{"\xC0\xAF", false},         /* overlong */
		{"\xED\xA0\x80", false},     /* a surrogate */
		{"\xF4\x90\x80\x80", false}, /* over U+10FFFF */
		{"cut \xE6\x9D", false},
		{"\xFF", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(utf8_valid(cases[i].text, strlen(cases[i].text)), cases[i].valid);
}

static void utf8_clean__replaces__bad_bytes_and_drops_controls(void **state)
{
	static const char text[] = "a\xFF" "b\x07" "c\nd";
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	utf8_clean(&out, text, sizeof(text) - 1, true);
	assert_string_equal(out.data, "a\xEF\xBF\xBD" "bc\nd");
	buf_release(&out);
}

static void utf8_floor__splits__no_code_point(void **state)
{
	const char *text = "a東b";

	(void)state;
	assert_int_equal(utf8_floor(text, 5, 0), 0);
	assert_int_equal(utf8_floor(text, 5, 1), 1);
	assert_int_equal(utf8_floor(text, 5, 2), 1);
	assert_int_equal(utf8_floor(text, 5, 3), 1);
	assert_int_equal(utf8_floor(text, 5, 4), 4);
	assert_int_equal(utf8_floor(text, 5, 9), 5);
}

static void utf8_offset__counts__code_points(void **state)
{
	const char *text = "a東🙂b";

	(void)state;
	assert_int_equal(utf8_offset(text, strlen(text), 2), 4);
	assert_int_equal(utf8_offset(text, strlen(text), 3), 8);
	assert_int_equal(utf8_offset(text, strlen(text), 9), strlen(text));
	assert_int_equal(utf8_count(text, strlen(text)), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_valid__refuses__what_rfc_3629_refuses),
		cmocka_unit_test(utf8_clean__replaces__bad_bytes_and_drops_controls),
		cmocka_unit_test(utf8_floor__splits__no_code_point),
		cmocka_unit_test(utf8_offset__counts__code_points),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}

#include "testing.h"

#include "body.h"
#include "buf.h"

static void body_cut__takes_out__ranges_counted_in_code_points(void **state)
{
	static const struct {
		const char *text;
		struct body_range ranges[2];
		size_t count;
		const char *left;
	} cases[] = {
		{"> quoted\nasked", {{0, 9}}, 1, "asked"},
		{"> 東京 🙂\nasked", {{0, 7}}, 1, "asked"},
		{"abcdef", {{1, 3}, {2, 5}}, 2, "af"},
		{"abcdef", {{0, SIZE_MAX}}, 1, ""},
		{"abcdef", {{4, 2}}, 1, "abcdef"},
		{"abcdef", {{6, 99}}, 1, "abcdef"},
		{"abcdef", {{3, 99}}, 1, "abc"},
		{"bell\x07", {{0, 0}}, 0, "bell"},
	};
	struct buf out;

	(void)state;
	buf_init(&out, BUF_QUESTION);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_clear(&out);
		body_cut(&out, cases[i].text, cases[i].ranges, cases[i].count);
		assert_string_equal(out.data, cases[i].left);
	}
	buf_release(&out);
}

static void body_unquote__leaves__what_is_said(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{"plain", "plain"},
		{"> Bot: 5 LPA\nand in the US?", "and in the US?"},
		{"> one\n>> two\nthree\n> four", "three\n"},
		{"> only a quotation", "> only a quotation"},
		{"a > b", "a > b"},
		{"", ""},
	};
	struct buf out;

	(void)state;
	buf_init(&out, BUF_QUESTION);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_clear(&out);
		body_unquote(&out, cases[i].text);
		assert_string_equal(out.data, cases[i].said);
	}
	buf_release(&out);
}

static void body_trim__takes__white_space_off_both_ends(void **state)
{
	static const char *const cases[][2] = {
		{" \n a b\t\n", "a b"}, {"", ""}, {"  \n", ""}, {"x", "x"}};
	struct buf text;

	(void)state;
	buf_init(&text, BUF_QUESTION);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_clear(&text);
		buf_add_str(&text, cases[i][0]);
		body_trim(&text);
		assert_string_equal(text.data, cases[i][1]);
		assert_int_equal(text.len, strlen(cases[i][1]));
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(body_cut__takes_out__ranges_counted_in_code_points),
		cmocka_unit_test(body_unquote__leaves__what_is_said),
		cmocka_unit_test(body_trim__takes__white_space_off_both_ends),
	};

	return cmocka_run_group_tests_name("body", tests, NULL, NULL);
}

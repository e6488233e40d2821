#include "testing.h"

#include "buf.h"
#include "fake-answer.h"
#include "utf8.h"
#include "wording.h"

static const char *said(const char *nick, const char *text)
{
	static char copy[8192];
	struct buf out;

	buf_init(&out, BUF_REPLY);
	wording_for_room(&out, nick, text, "(more)");
	snprintf(copy, sizeof(copy), "%s", out.data);
	buf_release(&out);
	return copy;
}

static void wording_for_room__calls__the_asker_by_nick(void **state)
{
	static const struct {
		const char *nick, *body;
	} cases[] = {
		{"Alice", "Alice: hi"},
		{"Żółć 🙂", "Żółć 🙂: hi"},
		{"user@host/x", "user@host/x: hi"},
		{NULL, "hi"},
		{"", "hi"},
		{"Bob: hello, Eve", "hi"}, /* would call Bob */
		{"Bob, Eve", "hi"},
		{"two\nlines", "hi"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(said(cases[i].nick, "hi"), cases[i].body);
}

static void wording_for_room__leaves_out__a_nick_without_end(void **state)
{
	char nick[300];

	(void)state;
	memset(nick, 'x', sizeof(nick) - 1);
	nick[sizeof(nick) - 1] = 0;
	assert_string_equal(said(nick, "hi"), "hi");
}

static void wording_quote__takes__the_first_words(void **state)
{
	static const struct {
		const char *text, *quote;
	} cases[] = {
		{"what do they earn?", "what do they earn?"},
		{"one\ntwo\n", "one two"},
		{"", ""},
		{"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
		 "0123456789 01234567890",
			"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
			"0123456789 0123456789 01234567890"},
		{"ż123456789 ż123456789 ż123456789 ż123456789 ż123456789 ż123456789 ż123456789 "
		 "ż123456789 ż1234567890 and so on",
			"ż123456789 ż123456789 ż123456789 ż123456789 ż123456789 ż123456789 "
			"ż123456789 ż123456789 ż1234567890 …"},
	};
	struct buf out;

	(void)state;
	buf_init(&out, BUF_LINE);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_clear(&out);
		wording_quote(&out, cases[i].text);
		assert_string_equal(out.data, cases[i].quote);
	}
	buf_release(&out);
}

static void wording_for_room__cuts__at_eight_lines(void **state)
{
	(void)state;
	assert_string_equal(said("A", "1\n2\n3\n4\n5\n6\n7\n8"), "A: 1\n2\n3\n4\n5\n6\n7\n8");
	assert_string_equal(
		said("A", "1\n2\n3\n4\n5\n6\n7\n8\n9"), "A: 1\n2\n3\n4\n5\n6\n7\n(more)");
}

static void wording_for_room__cuts__at_a_word_within_1500_characters(void **state)
{
	static char text[6000];
	const char *body;
	size_t len = 0;

	(void)state;
	while (len < 4000)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "żółć ");
	body = said("Alice", text);
	assert_true(utf8_valid(body, strlen(body)));
	assert_in_range(utf8_count(body, strlen(body)), 1480, WORDING_ROOM_CHARS);
	assert_string_equal(body + strlen(body) - strlen("żółć\n(more)"), "żółć\n(more)");
}

static void wording_without_nick__takes__only_the_nick_away(void **state)
{
	(void)state;
	assert_string_equal(wording_without_nick("Alice: hi", "Alice"), "hi");
	assert_string_equal(wording_without_nick("Alice: hi", "Ali"), "Alice: hi");
	assert_string_equal(wording_without_nick("hi", "Alice"), "hi");
	assert_string_equal(wording_without_nick("hi", NULL), "hi");
}

static void wording_add_line__fills_in__each_word(void **state)
{
	static const struct wording_fill fills[] = {{"count", "3"}, {"days", "{count}"}};
	struct buf out;

	(void)state;
	buf_init(&out, BUF_LINE);
	wording_add_line(&out, fake_engine(), "privacy-stored", 0, fills, ARRAY_LEN(fills));
	assert_string_equal(out.data, "[privacy-stored 1 3 for {count} days since {since}]");
	buf_clear(&out);
	wording_add_line(&out, fake_engine(), "privacy-stored", 1, NULL, 0);
	assert_string_equal(out.data, "[privacy-stored 2 {count} for {days} days since {since}]");
	buf_release(&out);
}

static void wording_add_ago__counts__minutes_then_hours(void **state)
{
	static const struct {
		int minutes;
		const char *ago;
	} cases[] = {
		{10, "[ago-minutes 1 10]"},
		{119, "[ago-minutes 1 119]"},
		{120, "[ago-hours 1 2]"},
		{23 * 60 + 59, "[ago-hours 1 23]"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out;

		buf_init(&out, BUF_LINE);
		wording_add_ago(&out, fake_engine(), cases[i].minutes * INT64_C(60000));
		assert_string_equal(out.data, cases[i].ago);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wording_for_room__calls__the_asker_by_nick),
		cmocka_unit_test(wording_for_room__leaves_out__a_nick_without_end),
		cmocka_unit_test(wording_quote__takes__the_first_words),
		cmocka_unit_test(wording_for_room__cuts__at_eight_lines),
		cmocka_unit_test(wording_for_room__cuts__at_a_word_within_1500_characters),
		cmocka_unit_test(wording_without_nick__takes__only_the_nick_away),
		cmocka_unit_test(wording_add_line__fills_in__each_word),
		cmocka_unit_test(wording_add_ago__counts__minutes_then_hours),
	};

	return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}

#include "workshop.h"

static void spelling_add__takes__the_longest_rule(void **state)
{
	static const struct {
		const char *said, *text;
	} cases[] = {
		{"r", "are"},
		{"r u ok", "are you okay"},
		{"r language", "r language"},
		{"learn r", "learn are"},
		{"the r language", "the r language"},
		{"sea plus plus", "c++"},
		{"sea plus", "sea plus"},
		{"idk", "i do not know"},
		{"m l e", "mle"},
		{"m l", "ml"},
		{"m l, e", "ml e"}, /* a pause ends a rule */
		{"r. u", "are\nyou"},
	};
	struct workshop *w = *state;

	spelling_add(w->spelling, "r", "are");
	spelling_add(w->spelling, "r language", "r language");
	spelling_add(w->spelling, "r u", "are you");
	spelling_add(w->spelling, "u", "you");
	spelling_add(w->spelling, "ok", "okay");
	spelling_add(w->spelling, "sea plus plus", "c++");
	spelling_add(w->spelling, "idk", "i do not know");
	spelling_add(w->spelling, "m l", "ml");
	spelling_add(w->spelling, "m l e", "mle");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(workshop_hear(w, cases[i].said).text, cases[i].text);
}

static void spelling_rewrite__keeps__the_mark_before_a_rewritten_word(void **state)
{
	struct workshop *w = *state;
	struct utterance u;

	spelling_add(w->spelling, "wats", "what is");
	u = workshop_hear(w, "hi, wats ml");
	assert_int_equal(u.count, 4);
	assert_int_equal(u.tokens[1].before, MARK_COMMA);
	assert_int_equal(u.tokens[2].before, MARK_NONE);
	assert_int_equal(u.tokens[3].before, MARK_NONE);
}

static void spelling_ending__takes__the_longest_ending(void **state)
{
	struct workshop *w = *state;
	size_t stem = 0;

	spelling_add_ending(w->spelling, "'s", "is");
	spelling_add_ending(w->spelling, "n't", "not");
	spelling_add_ending(w->spelling, "dn't", "had not");
	assert_string_equal(spelling_ending(w->spelling, "didn't", 6, &stem), "had not");
	assert_int_equal(stem, 2);
	assert_string_equal(spelling_ending(w->spelling, "isn't", 5, &stem), "not");
	assert_int_equal(stem, 2);
	assert_null(spelling_ending(w->spelling, "n't", 3, &stem));
	assert_null(spelling_ending(w->spelling, "plain", 5, &stem));
}

static void spelling_case__wants__just_these_capitals(void **state)
{
	struct workshop *w = *state;

	spelling_add_case(w->spelling, "US", "usa");
	assert_string_equal(spelling_case(w->spelling, "US", 2), "usa");
	assert_string_equal(spelling_case(w->spelling, "USB", 2), "usa");
	assert_null(spelling_case(w->spelling, "us", 2));
	assert_null(spelling_case(w->spelling, "Us", 2));
	assert_null(spelling_case(w->spelling, "USB", 3));
}

static void spelling_has__knows__first_words_of_rules(void **state)
{
	struct workshop *w = *state;

	spelling_add(w->spelling, "pls", "please");
	assert_true(spelling_has(w->spelling, "pls", 3));
	assert_false(spelling_has(w->spelling, "please", 6));
	assert_false(spelling_has(w->spelling, "pl", 2));
}

static void spelling_add__takes__what_is_empty_for_no_rule(void **state)
{
	struct workshop *w = *state;

	spelling_add(w->spelling, "", "x");
	spelling_add(w->spelling, "  ", "x");
	spelling_add(w->spelling, "um", "");
	assert_string_equal(workshop_hear(w, "um what").text, "what");
	assert_string_equal(workshop_hear(w, "um").text, "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)
	const struct CMUnitTest tests[] = {
		TEST(spelling_add__takes__the_longest_rule),
		TEST(spelling_rewrite__keeps__the_mark_before_a_rewritten_word),
		TEST(spelling_ending__takes__the_longest_ending),
		TEST(spelling_case__wants__just_these_capitals),
		TEST(spelling_has__knows__first_words_of_rules),
		TEST(spelling_add__takes__what_is_empty_for_no_rule),
	};

	return cmocka_run_group_tests_name("spelling", tests, NULL, NULL);
}

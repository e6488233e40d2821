#include "workshop.h"

#include "buf.h"

static const struct place at = {"f.yaml", 7, 5};

/* Only the first problem, without its line of source. */
static const char *first_problem(const char *phrase)
{
	static char message[256];
	struct workshop *w;
	void *state;

	workshop_setup(&state);
	w = state;
	grammar_add(w->grammar, grammar_concept(w->grammar, "c", at), phrase, strlen(phrase), at,
		w->problems);
	snprintf(message, sizeof(message), "%s",
		problems_count(w->problems, PROBLEM_ERROR) ? problems_first(w->problems) : "none");
	workshop_teardown(&state);
	return message;
}

static void grammar_add__points__at_each_mistake(void **state)
{
	static const struct {
		const char *phrase;
		unsigned col; /* in the phrase, from 0 */
		const char *message;
	} cases[] = {
		{"pay for <india", 8, "a < without its >; a concept is written <name>"},
		{"<>", 0, "a < without its >; a concept is written <name>"},
		{"<two words>", 0, "a < without its >; a concept is written <name>"},
		{"how much (does|do the job", 9, "a ( without its )"},
		{"how [much pay", 4, "a [ without its ]"},
		{"how (much] pay", 4, "a ( without its )"},
		{"how (a [b) c] pay", 4, "a ( without its )"},
		{"much|little pay", 4, "a | outside brackets; write (this|that)"},
		{"pay) now", 3, "a closing bracket without its opening one"},
		{"pay] now", 3, "a closing bracket without its opening one"},
		{"pay > now", 4, "a closing bracket without its opening one"},
		{"żółć <x", 5, "a < without its >; a concept is written <name>"},
		{"(much|<x) pay", 6, "a < without its >; a concept is written <name>"},
		{"(pay|) now", 5, "no words here"},
		{"(|pay) now", 1, "no words here"},
		{"() now", 1, "no words here"},
		{"", 0, "no words here"},
		{"   ", 0, "no words here"},
		{"🙂", 0, "no words here"},
		{"[please] [now]", 0,
			"nothing here must be said; give at least one word that is not in [ ]"},
		{"*", 0, "nothing here must be said; give at least one word that is not in [ ]"},
		{"* pay", 0, "a lone * stands between words, not at an end"},
		{"pay *", 0, "a lone * stands between words, not at an end"},
		{"[so] * pay", 0, "a lone * stands between words, not at an end"},
		{"pay * [now]", 0, "a lone * stands between words, not at an end"},
		{"(much|* more) pay", 6, "a lone * stands between words, not at an end"},
		{"self-driv*", 0, "a * may only end a single word, as in wage*"},
		{"a b c d e f g h i j k l m n o p q r s t u v w x <y>", 48,
			"more than 24 words in one phrase; make it shorter"},
		{"pay wage* much * make <x> (a|b) [c]", 0, NULL},
		{"a b c d e f g h i j k l m n o p q r s t u v w x", 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char want[256] = "none";

		if (cases[i].message)
			snprintf(want, sizeof(want), "f.yaml:7:%u: error: %s", 5 + cases[i].col,
				cases[i].message);
		assert_string_equal(first_problem(cases[i].phrase), want);
	}
}

static void grammar_add__refuses__brackets_nested_without_end(void **state)
{
	struct workshop *w = *state;
	struct buf text;

	buf_init(&text, BUF_FILE);
	for (int i = 0; i < 100 * 1000; i++)
		buf_add_char(&text, '(');
	buf_add_str(&text, "pay");
	for (int i = 0; i < 100 * 1000; i++)
		buf_add_char(&text, ')');
	grammar_add(w->grammar, grammar_concept(w->grammar, "c", at), text.data, text.len, at,
		w->problems);
	assert_int_equal(problems_count(w->problems, PROBLEM_ERROR), 1);
	buf_release(&text);
}

static void grammar_finish__reports__unknown_concepts_where_they_are_named(void **state)
{
	static const struct {
		const char *phrase;
		unsigned col;
		const char *message;
	} cases[] = {
		{"how much <pya>", 9, "there is no concept <pya>; did you mean <pay>?"},
		{"<other-pace>", 0,
			"there is no concept <other-pace>; did you mean <other-place>?"},
		{"(a|<payy>) b", 3, "there is no concept <payy>; did you mean <pay>?"},
		{"<zebra>", 0, "there is no concept <zebra>"},
		{"<pay>", 0, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workshop *w;
		char want[256];

		workshop_setup(state);
		w = *state;
		workshop_concept(w, "pay", "salary");
		workshop_concept(w, "other-place", "germany");
		(void)grammar_phrase_concept(
			w->grammar, cases[i].phrase, strlen(cases[i].phrase), at, w->problems);
		grammar_finish(w->grammar, w->problems);
		snprintf(want, sizeof(want), "f.yaml:7:%u: error: %s\n", 5 + cases[i].col,
			cases[i].message);
		assert_string_equal(workshop_printed(w), cases[i].message ? want : "");
		workshop_teardown(state);
	}
}

static void grammar_finish__finds__circles(void **state)
{
	static const struct {
		const char *a, *b, *c;
		unsigned circles;
	} cases[] = {
		{"x <b>", "y <c>", "z", 0},
		{"x <b>", "y <c>", "z <c>", 1},
		{"x <b>", "y <c>", "z <a>", 1},
		{"<a>", "y", "z", 1},
		{"(x|w (v|<b>))", "[<a>] y", "z", 1}, /* by way of groups */
		{"x <b> <c>", "y <c>", "z", 0},       /* twice the same is no circle */
		{"x <a>", "y <b>", "z <c>", 3},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workshop *w;

		workshop_setup(state);
		w = *state;
		workshop_concept(w, "a", cases[i].a);
		workshop_concept(w, "b", cases[i].b);
		workshop_concept(w, "c", cases[i].c);
		grammar_finish(w->grammar, w->problems);
		assert_int_equal(problems_count(w->problems, PROBLEM_ERROR), cases[i].circles);
		if (cases[i].circles)
			assert_non_null(strstr(workshop_printed(w), "comes round to itself"));
		workshop_teardown(state);
	}
}

static void grammar_define__tells__the_earlier_place(void **state)
{
	struct workshop *w = *state;
	uint32_t pay = grammar_concept(w->grammar, "pay", at);
	struct place earlier = {0};

	assert_true(grammar_define(w->grammar, pay, (struct place){"a.yaml", 2, 3}, &earlier));
	assert_false(grammar_define(w->grammar, pay, (struct place){"b.yaml", 4, 5}, &earlier));
	assert_string_equal(earlier.path, "a.yaml");
	assert_int_equal(earlier.line, 2);
	assert_int_equal(earlier.col, 3);
}

static void grammar_set_scope__keeps__packs_apart(void **state)
{
	struct workshop *w = *state;
	struct place earlier;
	uint32_t ours, theirs;

	grammar_set_scope(w->grammar, 0);
	ours = grammar_concept(w->grammar, "pay", at);
	assert_true(grammar_define(w->grammar, ours, at, &earlier));
	grammar_set_scope(w->grammar, 1);
	theirs = grammar_concept(w->grammar, "pay", at);
	assert_int_not_equal(ours, theirs);
	assert_string_equal(grammar_concept_name(w->grammar, theirs), "pay");
	/* Defined in the first pack only: unknown in the second. */
	grammar_finish(w->grammar, w->problems);
	assert_int_equal(problems_count(w->problems, PROBLEM_ERROR), 1);
}

static void grammar_phrase_concept__gives__the_same_concept_for_the_same_words(void **state)
{
	struct workshop *w = *state;
	uint32_t pay = workshop_concept(w, "pay", "salary"), one, two;

	one = grammar_phrase_concept(w->grammar, "cost of living", 14, at, w->problems);
	two = grammar_phrase_concept(w->grammar, "cost of living", 14, at, w->problems);
	assert_int_equal(one, two);
	assert_false(grammar_is_named(w->grammar, one));
	assert_string_equal(grammar_concept_name(w->grammar, one), "cost of living");
	/* A reference alone is the concept itself. */
	assert_int_equal(grammar_phrase_concept(w->grammar, "<pay>", 5, at, w->problems), pay);
	assert_int_equal(grammar_named_count(w->grammar), 1);
}

static void grammar_prefixes__gives__all_beginnings_of_a_word(void **state)
{
	struct workshop *w = *state;
	uint32_t found[8];

	workshop_concept(w, "pay", "wag*; wage*; earn*");
	workshop_finish(w);
	assert_int_equal(grammar_prefixes(w->grammar, "wages", 5, found, 8), 2);
	assert_int_equal(grammar_prefixes(w->grammar, "wages", 5, found, 1), 1);
	assert_int_equal(grammar_prefixes(w->grammar, "wa", 2, found, 8), 0);
	assert_int_equal(grammar_prefixes(w->grammar, "earn", 4, found, 8), 1);
	assert_int_equal(grammar_prefixes(w->grammar, "learn", 5, found, 8), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grammar_add__points__at_each_mistake),
		TEST(grammar_add__refuses__brackets_nested_without_end),
		cmocka_unit_test(grammar_finish__reports__unknown_concepts_where_they_are_named),
		cmocka_unit_test(grammar_finish__finds__circles),
		TEST(grammar_define__tells__the_earlier_place),
		TEST(grammar_set_scope__keeps__packs_apart),
		TEST(grammar_phrase_concept__gives__the_same_concept_for_the_same_words),
		TEST(grammar_prefixes__gives__all_beginnings_of_a_word),
	};

	return cmocka_run_group_tests_name("grammar", tests, NULL, NULL);
}

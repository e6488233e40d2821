#include "workshop.h"

#include "clock.h"

/* The visible spans of a chart as text: "pay 2-3, mle 4-6". Words hidden in a longer concept are
 * left out; with `all` they are there, in brackets. */
static const char *spans(struct workshop *w, const char *said, bool all)
{
	static char out[1024];
	struct chart chart = workshop_read(w, said);
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < chart.span_count; i++) {
		const struct span *s = chart.all[i];

		if (s->hidden && !all)
			continue;
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s%s%s %u-%u%s",
			len ? ", " : "", s->hidden ? "(" : "",
			grammar_concept_name(w->grammar, s->concept), s->gappy ? "~" : "", s->start,
			s->end, s->hidden ? ")" : "");
		assert_true(len < sizeof(out));
	}
	return out;
}

struct example {
	const char *said, *spans;
};

static void assert_all(struct workshop *w, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(spans(w, examples[i].said, false), examples[i].spans))
			fail_msg("`%s`: %s; expected %s", examples[i].said,
				spans(w, examples[i].said, false), examples[i].spans);
}

static void chart_read__hides__what_stands_in_a_longer_concept(void **state)
{
	static const struct example examples[] = {
		{"machine learning engineer", "mle 0-3"},
		{"machine learning", "ml 0-2"},
		{"engineer", "engineer 0-1"},
		{"machine engineer", "engineer 1-2"},
		{"machine learning engineer engineer", "mle 0-3, engineer 3-4"},
		{"the salary", "pay 1-2"},
		{"salary expectations", "pay 0-1"}, /* part of a word is no word */
		{"", ""},
		{"nothing of it", ""},
	};
	struct workshop *w = *state;

	workshop_concept(w, "engineer", "engineer; engineers");
	workshop_concept(w, "ml", "machine learning; ml");
	workshop_concept(w, "mle", "<ml> <engineer>; mle");
	workshop_concept(w, "pay", "salary");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
	assert_string_equal(spans(w, "ml engineer", true), "mle 0-2, (ml 0-1), (engineer 1-2)");
}

static void chart_read__hides__nothing_under_a_transparent_or_equal_span(void **state)
{
	struct workshop *w = *state;

	workshop_concept(w, "a", "data");
	workshop_concept(w, "b", "data");
	grammar_set_transparent(w->grammar, workshop_concept(w, "c", "data science"));
	workshop_finish(w);
	assert_string_equal(spans(w, "data science", false), "c 0-2, a 0-1, b 0-1");
}

static void chart_read__lets__a_gap_take_up_to_four_words(void **state)
{
	static const struct example examples[] = {
		{"how much make", "ask 0-3"},
		{"how much do engineers make", "ask~ 0-5"},
		{"how much do the good engineers make", "ask~ 0-7"},
		{"how much do all the good engineers make", ""},
		{"how much. they make", ""}, /* no phrase goes on behind a stop */
		{"how much, they make", "ask~ 0-4"},
		{"how much they", ""},
	};
	struct workshop *w = *state;

	workshop_concept(w, "ask", "how much * make");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
}

static void chart_read__hides__nothing_in_a_gap(void **state)
{
	struct workshop *w = *state;

	workshop_concept(w, "ask", "how much * make");
	workshop_concept(w, "people", "engineers");
	workshop_finish(w);
	assert_string_equal(spans(w, "how much do engineers make", false), "ask~ 0-5, people 3-4");
}

static void chart_read__takes__groups_and_what_may_be_missing(void **state)
{
	static const struct example examples[] = {
		{"what is the average salary", "q 0-5"},
		{"what is average salary", "q 0-4"},
		{"what the salary", "q 0-3"},
		{"what salary", "q 0-2"},
		{"what was the salary", "q 0-4"},
		{"what is the going rate", "q 0-5"},
		{"what going", ""},
		{"what is is salary", ""},
	};
	struct workshop *w = *state;

	workshop_concept(w, "q", "what [is|was] [the] [average] (salary|wage|going rate)");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
}

static void chart_read__takes__groups_that_begin_a_phrase_or_nest(void **state)
{
	static const struct example examples[] = {
		{"now pay", "q 1-2"},
		{"please pay", "q 0-2"},
		{"oh please pay", "q 0-3"},
		{"oh pretty please pay", "q 0-4"},
		{"pretty pay", "q 1-2"},
		{"earnings", "q 0-1"},
		{"earn", "q 0-1"},
		{"learn", ""},
	};
	struct workshop *w = *state;

	workshop_concept(w, "q", "[(oh [pretty] please|please)] (pay|earn*)");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
}

static void chart_read__takes__words_by_their_beginning(void **state)
{
	static const struct example examples[] = {
		{"wage", "pay 0-1"},
		{"wages", "pay 0-1"},
		{"wagering", "pay 0-1"},
		{"wag", ""},
		{"the wages of sin", "pay 1-2"},
	};
	struct workshop *w = *state;

	workshop_concept(w, "pay", "wage*");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
}

static void chart_read__lets__phrases_stand_across_commas_not_stops(void **state)
{
	static const struct example examples[] = {
		{"machine, learning", "ml 0-2"},
		{"machine. learning", ""},
		{"machine? learning", ""},
		{"machine\nlearning", ""},
		{"machine learning?", "ml 0-2"},
	};
	struct workshop *w = *state;

	workshop_concept(w, "ml", "machine learning");
	workshop_finish(w);
	assert_all(w, examples, ARRAY_LEN(examples));
}

static void chart_find__gives__the_longest_span(void **state)
{
	struct workshop *w = *state;
	uint32_t place = workshop_concept(w, "place", "new york; york; india");
	struct chart chart;
	const struct span *found;

	workshop_finish(w);
	chart = workshop_read(w, "india or new york");
	found = chart_find(&chart, place);
	assert_non_null(found);
	assert_int_equal(found->start, 2);
	assert_int_equal(found->end, 4);
	chart = workshop_read(w, "paris");
	assert_null(chart_find(&chart, place));
}

/* Patterns that multiply, and a message that meets them at every word. */
static void chart_read__stops__at_its_limits(void **state)
{
	enum { SECONDS = 2 };
	struct workshop *w = *state;
	char said[4000] = "";
	struct chart chart;
	int64_t start = clock_mono_ms(&clock_system);

	workshop_concept(w, "a",
		"a* * a* * a* * a* * a* * a* * a* * a* * a* * a*; "
		"[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] a z; "
		"((a|a a)|(a a a|a a a a)) ((a|a a)|(a a a|a a a a)) ((a|a a)|(a a a|a a a a)) z");
	workshop_finish(w);
	for (size_t i = 0; i + 2 < sizeof(said); i += 2)
		memcpy(said + i, "a ", 3);
	chart = workshop_read(w, said);
	assert_true(chart.cut);
	assert_true(chart.count > 1000);
	assert_true(clock_mono_ms(&clock_system) - start < SECONDS * 1000);
}

static void chart_read__is__whole_for_ordinary_messages(void **state)
{
	struct workshop *w = *state;

	workshop_concept(w, "ask", "how much * make");
	workshop_finish(w);
	assert_false(workshop_read(w, "how much do machine learning engineers make?").cut);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)
	const struct CMUnitTest tests[] = {
		TEST(chart_read__hides__what_stands_in_a_longer_concept),
		TEST(chart_read__hides__nothing_under_a_transparent_or_equal_span),
		TEST(chart_read__lets__a_gap_take_up_to_four_words),
		TEST(chart_read__hides__nothing_in_a_gap),
		TEST(chart_read__takes__groups_and_what_may_be_missing),
		TEST(chart_read__takes__groups_that_begin_a_phrase_or_nest),
		TEST(chart_read__takes__words_by_their_beginning),
		TEST(chart_read__lets__phrases_stand_across_commas_not_stops),
		TEST(chart_find__gives__the_longest_span),
		TEST(chart_read__stops__at_its_limits),
		TEST(chart_read__is__whole_for_ordinary_messages),
	};

	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}

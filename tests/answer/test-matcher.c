#include "workshop.h"

#include "intents.h"
#include "matcher.h"
#include "yaml.h"

static const char patterns[] = "concepts:\n"
			       "  pay: [salary, wage*]\n"
			       "  india: [india, delhi]\n"
			       "  tax: [tax, taxes]\n"
			       "  job: [job]\n"
			       "intents:\n"
			       "  - id: pay.india\n"
			       "    all: [<pay>, <india>]\n"
			       "    unless: [<tax>, pocket money]\n"
			       "  - id: pay\n"
			       "    all:\n"
			       "      - [<pay>, <job>]\n"
			       "      - [<pay>, much]\n"
			       "    say: |\n"
			       "      what is the <pay>\n"
			       "      how much [do you] earn\n"
			       "  - id: lpa\n"
			       "    regex: |\n"
			       "      \\blpa\\b.*\\bjob\n"
			       "  - id: anywhere\n"
			       "    regex: |\n"
			       "      gr+r\n"
			       "  - id: tangled\n"
			       "    regex: |\n"
			       "      ^(1+)+$\n"
			       "      ^(1|1)+$\n"
			       "      ^(1+1+)+$\n"
			       "      ^(11*)+$\n"
			       "      ^(1+|1)+$\n"
			       "  - id: behind\n"
			       "    regex: |\n"
			       "      1\n";

struct bench {
	struct workshop *w;
	struct intents *intents;
	struct matcher *matcher;
};

static struct bench bench;

static int setup(void **state)
{
	const struct node *root;

	workshop_setup(state);
	bench = (struct bench){.w = *state, .intents = intents_new()};
	root = yaml_parse(
		bench.w->pool, "f.yaml", patterns, sizeof(patterns) - 1, bench.w->problems);
	assert_non_null(root);
	intents_read(bench.intents, root, bench.w->grammar, bench.w->problems);
	workshop_finish(bench.w);
	bench.matcher = matcher_new(bench.intents, bench.w->rarity, bench.w->phrases);
	return 0;
}

static int teardown(void **state)
{
	matcher_free(&bench.matcher);
	assert_null(bench.matcher);
	matcher_free(&bench.matcher);
	intents_free(&bench.intents);
	return workshop_teardown(state);
}

static struct matches find(const char *said)
{
	struct utterance u = workshop_hear(bench.w, said);
	struct matches matches;
	struct chart chart;

	chart_open(bench.w->phrases, bench.w->pool, &u, &chart);
	matcher_ask(bench.matcher, &chart);
	chart_fill(bench.w->phrases, bench.w->pool, &u, &chart);
	matcher_find(bench.matcher, bench.w->pool, &u, &chart, &matches);
	return matches;
}

static void matcher_find__gives__the_patterns_that_fit(void **state)
{
	static const struct {
		const char *said, *fits; /* intent:line start-end */
	} cases[] = {
		{"salary in india", "pay.india:8 0-3"},
		{"in delhi, wages?", "pay.india:8 1-3"},  /* in any order */
		{"wages", ""},                            /* all of them */
		{"salary in india before tax", ""},       /* a veto */
		{"salary in india, or pocket money", ""}, /* a veto of two words */
		{"pocket the salary in india", "pay.india:8 2-5"},
		{"salary of the job", "pay:12 0-4"},
		{"how much salary", "pay:13 1-3"}, /* alternatives */
		{"what is the salary", "pay:15 0-4"},
		{"how much earn", "pay:16 0-3"},
		{"well how much do you earn there", "pay:16 1-6"},
		{"what is the salary of the job in india",
			"pay.india:8 3-9, pay:12 3-7, pay:15 0-4"},
		{"lpa in my jobs", "lpa:19 0-4"},
		{"jobs of lpa", ""},
		{"helpap job", ""},
		{"aaa grr hm", "anywhere:22 1-2"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct matches matches = find(cases[i].said);
		char fits[200] = "";
		size_t len = 0;

		for (size_t k = 0; k < matches.count; k++) {
			const struct match *m = &matches.items[k];

			len += (size_t)snprintf(fits + len, sizeof(fits) - len, "%s%s:%u %u-%u",
				len ? ", " : "", intents_at(bench.intents, m->pattern->intent)->id,
				m->pattern->at.line, m->stretches[0].start,
				m->stretches[m->stretch_count - 1].end);
		}
		if (strcmp(fits, cases[i].fits))
			fail_msg("`%s`: %s; expected %s", cases[i].said, fits, cases[i].fits);
		assert_int_equal(matches.limit_hits, 0);
	}
}

static void matcher_find__forgets__the_message_before(void **state)
{
	(void)state;
	assert_int_equal(find("salary").count, 0);
	assert_int_equal(find("india").count, 0);
	assert_int_equal(find("salary india").count, 1);
	assert_int_equal(find("india").count, 0);
}

static void matcher_find__gives_up__after_some_limits(void **state)
{
	struct matches matches;

	(void)state;
	matches = find("1111");
	assert_int_equal(matches.limit_hits, 0);
	assert_int_equal(matches.count, 6);
	/* Five patterns lose their way in it; after four nothing more is tried. */
	matches = find("1111111111111111111111111111 x");
	assert_int_equal(matches.limit_hits, MATCHER_LIMITS_MAX);
	assert_int_equal(matches.count, 0);
}

static void matcher_unindexed__names__what_no_word_leads_to(void **state)
{
	const struct pattern *const *unindexed;
	size_t count = matcher_unindexed(bench.matcher, &unindexed);

	(void)state;
	assert_int_equal(count, 7);
	assert_string_equal(unindexed[0]->text, "gr+r");
	assert_int_equal(unindexed[0]->at.line, 22);
	assert_int_equal(unindexed[0]->at.col, 7);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(matcher_find__gives__the_patterns_that_fit),
		TEST(matcher_find__forgets__the_message_before),
		TEST(matcher_find__gives_up__after_some_limits),
		TEST(matcher_unindexed__names__what_no_word_leads_to),
	};

	return cmocka_run_group_tests_name("matcher", tests, NULL, NULL);
}

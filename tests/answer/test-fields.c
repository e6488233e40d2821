#include "testing.h"

#include "fields.h"
#include "pool.h"
#include "thresholds.h"

struct form {
	struct pool *pool;
	struct problems *problems;
};

static int setup(void **state)
{
	static struct form form;

	form.pool = pool_new(4096);
	form.problems = problems_new();
	*state = &form;
	return 0;
}

static int teardown(void **state)
{
	struct form *form = *state;

	problems_free(&form->problems);
	pool_free(&form->pool);
	return 0;
}

static const struct node *parse(struct form *f, const char *text)
{
	const struct node *root = yaml_parse(f->pool, "f.yaml", text, strlen(text), f->problems);

	assert_non_null(root);
	return root;
}

static void assert_first_problem(struct form *f, const char *want)
{
	const char *first = problems_first(f->problems);

	assert_string_equal(first ? first : "none", want);
}

static void fields_text__takes__a_sentence_and_trims_it(void **state)
{
	static const struct {
		const char *yaml, *text;
	} cases[] = {
		{"k: some words", "some words"},
		{"k: 'it''s'", "it's"},
		{"k: |\n  one line\n", "one line"},
		{"k: |\n  two\n  lines\n\n", "two\nlines"},
		{"k: >\n  two\n  lines\n", "two lines"},
		{"k: \"  spaced  \"", "spaced"},
		{"k: 'Note: this'", "Note: this"},
		{"k: C#", "C#"},
		{"k: true # a word may have a comment", "true"},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(
			fields_text(fields_get(parse(f, cases[i].yaml), "k"), f->pool, f->problems),
			cases[i].text);
	assert_null(fields_text(NULL, f->pool, f->problems));
	assert_first_problem(f, "none");
}

static void fields_text__reports__what_is_no_sentence(void **state)
{
	static const struct {
		const char *yaml, *problem;
	} cases[] = {
		{"k:\n  Note: this",
			"f.yaml:2:3: error: a sentence was meant, but its `: ` makes it a "
			"mapping; write `k: |` and the sentence in the next line, indented"},
		{"k: *this",
			"f.yaml:1:4: error: a sentence was meant, but its * makes it an alias; "
			"write `k: |` and the sentence in the next line, indented"},
		{"k: [a, b]", "f.yaml:1:4: error: one sentence was meant, and this is a list"},
		{"k: see page #2",
			"f.yaml:1:4: error: what stands after ` #` is taken for a comment; "
			"to keep it, write `k: |` and the sentence in the next line, "
			"indented"},
		{"k: ''", "f.yaml:1:5: error: nothing stands here"},
		{"k: |\n\n", "f.yaml:2:1: error: nothing stands here"},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *want = cases[i].problem;

		problems_free(&f->problems);
		f->problems = problems_new();
		assert_string_equal(
			fields_text(fields_get(parse(f, cases[i].yaml), "k"), f->pool, f->problems),
			"");
		assert_first_problem(f, want);
	}
}

static void fields_texts__takes__one_or_a_list(void **state)
{
	static const struct {
		const char *yaml;
		size_t count;
		const char *last;
	} cases[] = {
		{"k: one", 1, "one"},
		{"k: [one, two]", 2, "two"},
		{"k:\n  - one\n  - |\n    two\n    lines\n", 2, "two\nlines"},
		{"k: []", 0, NULL},
		{"other: x", 0, NULL},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct texts texts = fields_texts(
			fields_get(parse(f, cases[i].yaml), "k"), f->pool, f->problems);

		assert_int_equal(texts.count, cases[i].count);
		if (texts.count)
			assert_string_equal(texts.items[texts.count - 1], cases[i].last);
	}
	assert_first_problem(f, "none");
}

static void fields_lines__takes__a_block_with_places(void **state)
{
	struct form *f = *state;
	const struct node *root = parse(f, "k: |\n  one: two\n\n    three # four\n");
	struct texts lines = fields_lines(fields_get(root, "k"), f->pool, f->problems);

	assert_int_equal(lines.count, 2);
	assert_string_equal(lines.items[0], "one: two");
	assert_int_equal(lines.at[0].line, 2);
	assert_int_equal(lines.at[0].col, 3);
	assert_string_equal(lines.items[1], "three # four");
	assert_int_equal(lines.at[1].line, 4);
	assert_int_equal(lines.at[1].col, 5);
	assert_int_equal(fields_lines(NULL, f->pool, f->problems).count, 0);
	assert_first_problem(f, "none");
}

static void fields_lines__reports__what_is_no_block(void **state)
{
	static const struct {
		const char *yaml, *problem;
	} cases[] = {
		{"k: [a b]",
			"f.yaml:1:4: error: `k` is a list; write `k: |` and the sentences in the "
			"next lines, indented, one a line"},
		{"k:\n  a: b", "f.yaml:2:3: error: `k` is a set of `name: value` lines; write `k: "
			       "|` and the sentences in "
			       "the next lines, indented, one a line"},
		{"k: a b", "f.yaml:1:4: error: sentences stand in a block: write `k: |` and the "
			   "sentences in the next lines, indented, one a line"},
		{"k: >\n  a b\n  c d",
			"f.yaml:2:3: error: sentences stand in a block: write `k: |` "
			"and the sentences in the next lines, indented, one a line"},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		problems_free(&f->problems);
		f->problems = problems_new();
		assert_int_equal(
			fields_lines(fields_get(parse(f, cases[i].yaml), "k"), f->pool, f->problems)
				.count,
			0);
		assert_first_problem(f, cases[i].problem);
	}
}

static void fields_bool__is__true_or_false(void **state)
{
	struct form *f = *state;

	assert_true(fields_bool(fields_get(parse(f, "k: true"), "k"), f->problems));
	assert_false(fields_bool(fields_get(parse(f, "k: false"), "k"), f->problems));
	assert_false(fields_bool(NULL, f->problems));
	assert_first_problem(f, "none");
	assert_false(fields_bool(fields_get(parse(f, "k: yes"), "k"), f->problems));
	assert_first_problem(f, "f.yaml:1:4: error: `k` is either true or false");
}

static void fields_only__reports__other_keys(void **state)
{
	static const char *const allowed[] = {"title", "text", NULL};
	struct form *f = *state;

	fields_only(parse(f, "title: a\ntext: b\n"), allowed, f->problems);
	assert_first_problem(f, "none");
	fields_only(parse(f, "title: a\n  \ntxt: b\n"), allowed, f->problems);
	assert_first_problem(
		f, "f.yaml:3:1: error: `txt` means nothing here; did you mean `text`?");
	problems_free(&f->problems);
	f->problems = problems_new();
	fields_only(parse(f, "author: b\n"), allowed, f->problems);
	assert_first_problem(f,
		"f.yaml:1:1: error: `author` means nothing here; what may stand here: "
		"`title` and `text`");
}

static void fields_only_in_file__tells__the_other_folder(void **state)
{
	struct form *f = *state;

	fields_only_in_file(
		parse(f, "answers:\nintents:\n"), &fields_patterns, &fields_knowledge, f->problems);
	assert_first_problem(f,
		"f.yaml:1:1: error: `answers` stands in a file below knowledge/, and "
		"this one is below patterns/");
	assert_int_equal(problems_count(f->problems, PROBLEM_ERROR), 1);
}

static void fields_is__tells__what_was_expected(void **state)
{
	static const struct {
		const char *yaml;
		enum node_kind kind;
		const char *problem;
	} cases[] = {
		{"k: a", NODE_LIST,
			"f.yaml:1:4: error: it is a single value; a list was expected: in [ ] with "
			"commas between its items, or one item a line, each with `- ` before it"},
		{"k:", NODE_MAP,
			"f.yaml:1:1: error: it is empty; lines of `name: value` were expected"},
		{"k: {a: b}", NODE_SCALAR,
			"f.yaml:1:4: error: it is a set of `name: value` lines; a single value was "
			"expected"},
		{"k: *ing", NODE_SCALAR,
			"f.yaml:1:4: error: it begins with a `*`, which YAML takes for something "
			"else; put it in quotes"},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		problems_free(&f->problems);
		f->problems = problems_new();
		assert_false(fields_is(fields_get(parse(f, cases[i].yaml), "k"), cases[i].kind,
			"it", f->problems));
		assert_first_problem(f, cases[i].problem);
	}
}

static void thresholds_read__takes__numbers_from_0_to_1(void **state)
{
	struct thresholds t = thresholds_default;
	struct form *f = *state;

	thresholds_read(&t,
		parse(f, "measured-on: [a.tsv]\nanswer: 0.5\nunknown: 0\nsuggest: 1\npart: .25\n"),
		f->problems);
	assert_first_problem(f, "none");
	assert_true(t.answer == 0.5);
	assert_true(t.unknown == 0.0);
	assert_true(t.suggest == 1.0);
	assert_true(t.part == 0.25);
	assert_true(t.keyless == thresholds_default.keyless);
}

static void thresholds_read__reports__what_is_no_threshold(void **state)
{
	static const struct {
		const char *yaml, *problem;
	} cases[] = {
		{"anser: 0.5", "f.yaml:1:1: error: there is no threshold `anser`"},
		{"answer: high", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: 1.5", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: -0.5", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: 0,5", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: 0.5.1", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: .", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
		{"answer: [0.5]", "f.yaml:1:9: error: `answer` is a number from 0 to 1"},
	};
	struct form *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct thresholds t = thresholds_default;

		problems_free(&f->problems);
		f->problems = problems_new();
		thresholds_read(&t, parse(f, cases[i].yaml), f->problems);
		assert_first_problem(f, cases[i].problem);
		assert_memory_equal(&t, &thresholds_default, sizeof(t));
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(fields_text__takes__a_sentence_and_trims_it),
		TEST(fields_text__reports__what_is_no_sentence),
		TEST(fields_texts__takes__one_or_a_list),
		TEST(fields_lines__takes__a_block_with_places),
		TEST(fields_lines__reports__what_is_no_block),
		TEST(fields_bool__is__true_or_false),
		TEST(fields_only__reports__other_keys),
		TEST(fields_only_in_file__tells__the_other_folder),
		TEST(fields_is__tells__what_was_expected),
		TEST(thresholds_read__takes__numbers_from_0_to_1),
		TEST(thresholds_read__reports__what_is_no_threshold),
	};

	return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}

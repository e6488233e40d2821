#include "testing.h"

#include "buf.h"
#include "clock.h"
#include "pool.h"
#include "yaml.h"

struct reading {
	struct pool *pool;
	struct problems *problems;
};

static int setup(void **state)
{
	static struct reading reading;

	reading.pool = pool_new(4096);
	reading.problems = problems_new();
	*state = &reading;
	return 0;
}

static int teardown(void **state)
{
	struct reading *reading = *state;

	problems_free(&reading->problems);
	pool_free(&reading->pool);
	return 0;
}

static struct node *parse(struct reading *r, const char *text)
{
	return yaml_parse(r->pool, "f.yaml", text, strlen(text), r->problems);
}

static const struct node *get(const struct node *map, const char *key)
{
	for (const struct node *n = map->first; n; n = n->next)
		if (!strcmp(n->key, key))
			return n;
	fail_msg("there is no key %s", key);
	return NULL;
}

static void assert_place(struct place at, unsigned line, unsigned col)
{
	assert_string_equal(at.path, "f.yaml");
	assert_int_equal(at.line, line);
	assert_int_equal(at.col, col);
}

static void yaml_parse__tells__kinds_keys_and_places(void **state)
{
	const struct node *root, *list;

	root = parse(*state, "# a pack\n"
			     "name: the name\n"
			     "żółć: [one, 'two', <three>]\n"
			     "map:\n"
			     "  inner:\n"
			     "    - a\n"
			     "    - [b, c]\n");
	assert_non_null(root);
	assert_int_equal(root->kind, NODE_MAP);
	assert_int_equal(get(root, "name")->kind, NODE_SCALAR);
	assert_string_equal(get(root, "name")->text, "the name");
	assert_place(get(root, "name")->at, 2, 7);
	assert_place(get(root, "name")->key_at, 2, 1);
	list = get(root, "żółć");
	assert_int_equal(list->kind, NODE_LIST);
	assert_place(list->at, 3, 7); /* columns count code points */
	assert_place(list->first->at, 3, 8);
	assert_place(list->first->next->at, 3, 14); /* of the text, behind its quote */
	assert_true(list->first->next->quoted);
	assert_string_equal(list->first->next->next->text, "<three>");
	list = get(get(root, "map"), "inner");
	assert_int_equal(list->first->kind, NODE_SCALAR);
	assert_int_equal(list->first->next->kind, NODE_LIST);
	assert_place(list->first->next->first->next->at, 7, 11);
	assert_null(list->first->next->next);
}

static void yaml_parse__takes__an_empty_file_as_an_empty_mapping(void **state)
{
	static const char *const texts[] = {"", "\n\n", "# only a comment\n", "---\n"};
	struct reading *r = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct node *root = parse(r, texts[i]);

		assert_non_null(root);
		if (root->kind == NODE_MAP)
			assert_null(root->first);
		else /* `---` alone holds one scalar, an empty one */
			assert_string_equal(root->text, "");
	}
	assert_int_equal(problems_count(r->problems, PROBLEM_ERROR), 0);
}

/* Every line of a block says in which line and column of the file it stands. */
static void yaml_parse__places__what_is_empty_at_what_it_belongs_to(void **state)
{
	const struct node *root = parse(*state, "name:\nlist:\n  -\n  - b\n");

	assert_string_equal(get(root, "name")->text, "");
	assert_place(get(root, "name")->at, 1, 1);
	assert_string_equal(get(root, "list")->first->text, "");
	assert_place(get(root, "list")->first->at, 3, 3);
}

static void node_line__gives__the_place_in_the_file(void **state)
{
	static const struct {
		const char *text;
		struct {
			const char *line;
			unsigned at, col;
		} want[3];
	} cases[] = {
		{"k: |\n  one\n  two\n", {{"one", 2, 3}, {"two", 3, 3}}},
		{"k: |-\n  one\n\n  two\n", {{"one", 2, 3}, {"two", 4, 3}}},
		{"k: |\n\n\n  one\n", {{"one", 4, 3}}},
		{"k: |\n  one\n    deeper\n  back\n",
			{{"one", 2, 3}, {"deeper", 3, 5}, {"back", 4, 3}}},
		{"# > and | in a comment\nk: | # another > comment\n  one\n", {{"one", 3, 3}}},
		{"k: |\n  (a|b) c > d\n  e|f\n", {{"(a|b) c > d", 2, 3}, {"e|f", 3, 3}}},
		{"k: |\n  żółć  \n  # no comment\n", {{"żółć", 2, 3}, {"# no comment", 3, 3}}},
		{"k: |2\n    one\n  two\n", {{"one", 2, 5}, {"two", 3, 3}}},
		{"k: |2\n   \n    one\n", {{"one", 3, 5}}},
		{"a:\n  - b: x\n    k: |\n      one\n      two\n", {{"one", 4, 7}, {"two", 5, 7}}},
		{"k: |\r\n  one\r\n  two\r\n", {{"one", 2, 3}, {"two", 3, 3}}},
		{"k: |\n  one", {{"one", 2, 3}}},
		{"k: plain words\n", {{"plain words", 1, 4}}},
		{"k: |\n\n", {{NULL, 0, 0}}},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct node *node = parse(*state, cases[i].text);
		struct node_lines lines = {0};
		const char *line;
		struct place at;
		size_t len, k = 0;

		assert_non_null(node);
		if (node->first->kind == NODE_LIST)
			node = node->first->first;
		lines.scalar = get(node, "k");
		for (; (line = node_line(&lines, &len, &at)); k++) {
			assert_true(k < 3 && cases[i].want[k].line);
			assert_int_equal(len, strlen(cases[i].want[k].line));
			assert_memory_equal(line, cases[i].want[k].line, len);
			assert_place(at, cases[i].want[k].at, cases[i].want[k].col);
		}
		assert_true(k == 3 || !cases[i].want[k].line);
	}
}

static void yaml_parse__tells_apart__the_forms_of_a_scalar(void **state)
{
	const struct node *root = parse(*state, "literal: |\n  a\n"
						"folded: >\n  a\n"
						"single: 'a # b'\n"
						"double: \"a\\tb\"\n"
						"plain: a#b\n"
						"swallowed: a # b\n"
						"alias: *a\n"
						"empty:\n");

	assert_non_null(root);
	assert_true(get(root, "literal")->literal && get(root, "literal")->block);
	assert_true(get(root, "folded")->block && !get(root, "folded")->literal);
	assert_true(get(root, "single")->quoted && !get(root, "single")->comment_follows);
	assert_string_equal(get(root, "single")->text, "a # b");
	assert_string_equal(get(root, "double")->text, "a\tb");
	assert_string_equal(get(root, "plain")->text, "a#b");
	assert_false(get(root, "plain")->comment_follows);
	assert_string_equal(get(root, "swallowed")->text, "a");
	assert_true(get(root, "swallowed")->comment_follows);
	assert_int_equal(get(root, "alias")->kind, NODE_ALIAS);
	assert_place(get(root, "alias")->at, 9, 8);
	assert_string_equal(get(root, "empty")->text, "");
}

static void yaml_parse__reports__what_is_wrong_and_where(void **state)
{
	static const struct {
		const char *text, *printed;
		bool readable; /* the rest of the file is used all the same */
	} cases[] = {
		{"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: error: `a` stands here a second time", true},
		{"a:\n  b: 1\n  b: 2\n", "f.yaml:3:3: error: `b` stands here a second time", true},
		{"? [a, b]\n: c\n", "f.yaml:1:3: error: a list cannot be a name", true},
		{"a:\n\tb: 1\n", "f.yaml:2:1: error: a tab", false},
		{"a:\n  \tb: 1\n", "f.yaml:2:3: error: a tab", false},
		{"a: żółć\nb: \xFF\n", "f.yaml:2:4: error: byte 0xff is no UTF-8", false},
		{"a: [1, 2\nb: 3\n", "f.yaml:1:4: error: no ] closes this [", false},
		{"a: b: c\n", "f.yaml:1:5: error: a colon and a blank within a text", false},
		{"a: 'b\n", "f.yaml:1:4: error: no second ' ends", false},
		{"a:\n  - like: |\n    words\n    tests: |\n      + more\n",
			"f.yaml:3:5: error: the text of `like` stands no further in", true},
		{"a: &c. and more\n", "f.yaml:1:4: error: a value cannot begin with `&`", true},
		{"a: !new ones\n", "f.yaml:1:4: error: a value cannot begin with `!`", true},
		{"a: 1\nb: [&c d]\n", "f.yaml:2:5: error: a value cannot begin with `&`", true},
		{"a: 1\n---\nb: 2\n", "f.yaml:2:1: error: a second document", false},
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct problems *problems = problems_new();
		const struct node *root = yaml_parse(
			r->pool, "f.yaml", cases[i].text, strlen(cases[i].text), problems);

		assert_int_equal(root != NULL, cases[i].readable);
		assert_int_equal(problems_count(problems, PROBLEM_ERROR), 1);
		if (!strstr(problems_first(problems), cases[i].printed))
			fail_msg("case %zu: %s", i, problems_first(problems));
		problems_free(&problems);
	}
}

static void yaml_parse__refuses__a_nul_byte(void **state)
{
	struct reading *r = *state;

	assert_null(yaml_parse(r->pool, "f.yaml", "a: b\0c\n", 7, r->problems));
	assert_string_equal(
		problems_first(r->problems), "f.yaml:1:5: error: a NUL byte; this is no text");
}

static void yaml_parse__keeps__the_first_of_doubled_keys(void **state)
{
	const struct node *root = parse(*state, "a: first\na: second\nb: other\n");

	assert_string_equal(get(root, "a")->text, "first");
	assert_string_equal(get(root, "b")->text, "other");
}

static void yaml_parse__gives_up__on_endless_depth(void **state)
{
	static const char *const steps[] = {"[", "{a: ", "- ", "? "};
	struct reading *r = *state;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct problems *problems = problems_new();
		struct buf text;

		buf_init(&text, BUF_FILE);
		for (int k = 0; k < 100 * 1000; k++)
			buf_add_str(&text, steps[i]);
		assert_null(yaml_parse(r->pool, "f.yaml", text.data, text.len, problems));
		assert_int_equal(problems_count(problems, PROBLEM_ERROR), 1);
		assert_non_null(strstr(problems_first(problems), "nested more than 64 deep"));
		buf_release(&text);
		problems_free(&problems);
	}
}

/* As a document libfyaml needs more than a minute for it, on a machine with nothing else to do. */
static void yaml_parse__is_quick__with_30000_keys(void **state)
{
	enum { KEYS = 30000, SECONDS = 30 };
	struct reading *r = *state;
	const struct node *root;
	size_t count = 0;
	struct buf text;
	int64_t start;

	buf_init(&text, BUF_FILE);
	for (int i = 0; i < KEYS; i++)
		buf_addf(&text, "key.%d: value %d\n", i, i);
	start = clock_mono_ms(&clock_system);
	root = parse(r, text.data);
	assert_true(clock_mono_ms(&clock_system) - start < SECONDS * 1000);
	assert_non_null(root);
	for (const struct node *n = root->first; n; n = n->next)
		count++;
	assert_int_equal(count, KEYS);
	buf_release(&text);
}

static void yaml_read__reports__a_file_that_is_not_there(void **state)
{
	struct reading *r = *state;

	assert_null(yaml_read(r->pool, "no/such.yaml", r->problems));
	assert_string_equal(
		problems_first(r->problems), "no/such.yaml: error: No such file or directory");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(yaml_parse__tells__kinds_keys_and_places),
		TEST(yaml_parse__places__what_is_empty_at_what_it_belongs_to),
		TEST(yaml_parse__takes__an_empty_file_as_an_empty_mapping),
		TEST(node_line__gives__the_place_in_the_file),
		TEST(yaml_parse__tells_apart__the_forms_of_a_scalar),
		TEST(yaml_parse__reports__what_is_wrong_and_where),
		TEST(yaml_parse__refuses__a_nul_byte),
		TEST(yaml_parse__keeps__the_first_of_doubled_keys),
		TEST(yaml_parse__gives_up__on_endless_depth),
		TEST(yaml_parse__is_quick__with_30000_keys),
		TEST(yaml_read__reports__a_file_that_is_not_there),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}

#include "testing.h"

#include "problems.h"

struct listing {
	struct problems *problems;
	char *printed;
};

static int setup(void **state)
{
	static struct listing listing;

	listing.problems = problems_new();
	*state = &listing;
	return 0;
}

static int teardown(void **state)
{
	struct listing *l = *state;

	problems_free(&l->problems);
	free(l->printed);
	l->printed = NULL;
	return 0;
}

static const char *print(struct listing *l)
{
	size_t size;
	FILE *out;

	free(l->printed);
	out = open_memstream(&l->printed, &size);
	problems_print(l->problems, out);
	fclose(out);
	return l->printed;
}

static void source(struct listing *l, const char *path, const char *text)
{
	problems_source(l->problems, path, text, strlen(text));
}

static void add(struct listing *l, const char *path, unsigned line, unsigned col, const char *what)
{
	problems_add(l->problems, PROBLEM_ERROR, (struct place){path, line, col}, "%s", what);
}

static void problems_print__puts__the_caret_under_the_character(void **state)
{
	static const struct {
		const char *text;
		unsigned line, col;
		const char *shown;
	} cases[] = {
		{"all: [<pya>]", 1, 7, "    1 | all: [<pya>]\n      |       ^\n"},
		{"one\ntwo\nthree", 3, 1, "    3 | three\n      | ^\n"},
		{"żółć: x", 1, 7, "    1 | żółć: x\n      |       ^\n"},
		{"a\tb", 1, 3, "    1 | a→b\n      |   ^\n"},
		{"a\x1b[31m", 1, 1, "    1 | a·[31m\n      | ^\n"},
		{"end", 1, 4, "    1 | end\n      |    ^\n"},
		{"one\r\ntwo\r\n", 2, 1, "    2 | two·\n      | ^\n"},
	};
	struct listing *l = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		problems_free(&l->problems);
		l->problems = problems_new();
		source(l, "f", cases[i].text);
		add(l, "f", cases[i].line, cases[i].col, "x");
		print(l);
		assert_string_equal(strchr(l->printed, '\n') + 1, cases[i].shown);
	}
}

/* Where the caret stands, in columns, and what it stands under. */
static void problems_print__shows__the_part_of_a_long_line_that_counts(void **state)
{
	struct listing *l = *state;
	char text[1001];
	const char *line, *caret, *c;
	size_t column = 0;

	memset(text, '-', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[499] = '#';
	source(l, "f", text);
	add(l, "f", 1, 500, "x");
	line = strstr(print(l), "    1 | ");
	assert_non_null(line);
	caret = strstr(line, "\n      | ");
	assert_non_null(caret);
	assert_true((size_t)(caret - line) < 150);
	for (c = line + 8; *c != '#'; column++)
		c += (unsigned char)*c >= 0xE0 ? 3 : 1; /* … has three bytes */
	assert_int_equal(strspn(caret + 9, " "), column);
	assert_int_equal(caret[9 + column], '^');
}

static void problems_print__sorts__by_path_line_and_column(void **state)
{
	struct listing *l = *state;

	add(l, "b", 1, 1, "4");
	add(l, "a", 10, 1, "3");
	add(l, "a", 9, 8, "2");
	add(l, "a", 9, 7, "1");
	add(l, "a", 0, 0, "0");
	add(l, "a", 9, 7, "1 again");
	assert_string_equal(print(l), "a: error: 0\n"
				      "a:9:7: error: 1\n"
				      "a:9:7: error: 1 again\n"
				      "a:9:8: error: 2\n"
				      "a:10:1: error: 3\n"
				      "b:1:1: error: 4\n");
}

static void problems_count__keeps__errors_and_warnings_apart(void **state)
{
	struct listing *l = *state;

	assert_null(problems_first(l->problems));
	problems_add(l->problems, PROBLEM_WARNING, (struct place){"a", 1, 2}, "careful");
	assert_null(problems_first(l->problems));
	add(l, "b", 1, 1, "wrong");
	assert_int_equal(problems_count(l->problems, PROBLEM_WARNING), 1);
	assert_int_equal(problems_count(l->problems, PROBLEM_ERROR), 1);
	assert_string_equal(problems_first(l->problems), "b:1:1: error: wrong");
	assert_string_equal(print(l), "a:1:2: warning: careful\nb:1:1: error: wrong\n");
}

static void problems_print__escapes__controls_in_a_message(void **state)
{
	struct listing *l = *state;

	add(l, "f", 1, 1, "no <\x1b[31mred\xff>");
	print(l);
	assert_null(strchr(l->printed, '\x1b'));
	assert_null(strchr(l->printed, '\xff'));
	assert_non_null(strstr(l->printed, "red"));
}

static bool names_a_password(const char *line, size_t len)
{
	return len >= 8 && !memcmp(line, "password", 8);
}

static void problems_hide__shows__no_secret(void **state)
{
	struct listing *l = *state;

	source(l, "f", "password: hunter2\nport: x\n");
	source(l, "g", "password: of no secrecy\n");
	add(l, "f", 1, 1, "first");
	problems_hide(l->problems, "f", names_a_password);
	add(l, "f", 2, 7, "second");
	add(l, "g", 1, 1, "third");
	print(l);
	assert_null(strstr(l->printed, "hunter2"));
	assert_non_null(strstr(l->printed, "    1 | (not shown: a password may stand here)\n"));
	assert_non_null(strstr(l->printed, "    2 | port: x\n"));
	assert_non_null(strstr(l->printed, "password: of no secrecy\n"));
}

static void problems_source__copies__what_it_is_given(void **state)
{
	struct listing *l = *state;
	char text[] = "salary", path[] = "f";

	source(l, path, text);
	add(l, path, 1, 1, "x");
	memset(text, '?', sizeof(text) - 1);
	path[0] = '?';
	assert_string_equal(print(l), "f:1:1: error: x\n    1 | salary\n      | ^\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(problems_print__puts__the_caret_under_the_character),
		TEST(problems_print__shows__the_part_of_a_long_line_that_counts),
		TEST(problems_print__sorts__by_path_line_and_column),
		TEST(problems_count__keeps__errors_and_warnings_apart),
		TEST(problems_print__escapes__controls_in_a_message),
		TEST(problems_hide__shows__no_secret),
		TEST(problems_source__copies__what_it_is_given),
	};

	return cmocka_run_group_tests_name("problems", tests, NULL, NULL);
}

#include "terminal.h"

#include <jansson.h>

#include "ask.h"
#include "fake-answer.h"

static char *no_words[] = {NULL};

static void ask(struct terminal *terminal, struct options options, const char *in)
{
	options.command = COMMAND_ASK;
	if (!options.words)
		options.words = no_words;
	terminal_run(terminal, ask_run, &options, in, strlen(in), false);
}

static int nothing_is_left(void **state)
{
	(void)state;
	return fake_answer.engines || fake_answer.talks;
}

static void ask_run__answers__the_words_of_the_command_line(void **state)
{
	char *words[] = {(char *)"pay", (char *)"in", (char *)"india?", NULL};
	struct terminal t = {0};

	(void)state;
	ask(&t, (struct options){.words = words}, "never read\n");
	assert_string_equal(t.out, "Between this\nand \"that\".\n");
	assert_string_equal(t.err, "");
	assert_int_equal(t.status, CLI_WELL);
	terminal_clear(&t);
}

static void ask_run__refuses__an_empty_question(void **state)
{
	char *words[] = {(char *)" ", NULL};
	struct terminal t = {0};

	(void)state;
	ask(&t, (struct options){.words = words}, "");
	assert_string_equal(t.out, "");
	assert_string_equal(t.err, "careerbot ask: the question is empty\n");
	assert_int_equal(t.status, CLI_USAGE);
	terminal_clear(&t);
}

static void ask_run__answers__each_line(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"pay\n", "Between this\nand \"that\".\n"},
		{"pay", "Between this\nand \"that\".\n"},
		{"huh\r\nor\n", "Pardon?\n\nThis or that?\n"},
		{"\n  \nhuh\n\n\nhuh\n", "Pardon?\n\nPardon?\n"},
		{"silent\nhuh\n", "Pardon?\n"},
		{"", ""},
		{"\n\n", ""},
	};
	struct terminal t = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		ask(&t, (struct options){0}, cases[i].in);
		assert_string_equal(t.out, cases[i].out);
		assert_string_equal(t.err, "");
		assert_int_equal(t.status, CLI_WELL);
		terminal_clear(&t);
	}
}

static void ask_run__keeps__lines_apart_unless_they_are_a_talk(void **state)
{
	static const char in[] = "again\nagain\n\nagain\n";
	struct terminal t = {0};

	(void)state;
	ask(&t, (struct options){0}, in);
	assert_string_equal(t.out, "0 before\n\n0 before\n\n0 before\n");
	terminal_clear(&t);
	ask(&t, (struct options){.conversation = true}, in);
	assert_string_equal(t.out, "0 before\n\n1 before\n\n0 before\n");
	terminal_clear(&t);
}

static void ask_run__prompts__a_person(void **state)
{
	struct options options = {.command = COMMAND_ASK, .words = no_words};
	static const char in[] = "again\nagain\n\nagain\n";
	struct terminal t = {0};

	(void)state;
	terminal_run(&t, ask_run, &options, in, strlen(in), true);
	assert_non_null(strstr(t.out, "ends.\n> 0 before\n\n> 1 before\n\n> > 0 before\n\n> \n"));
	terminal_clear(&t);
	options.json = true;
	terminal_run(&t, ask_run, &options, in, strlen(in), true);
	assert_null(strchr(t.out, '>'));
	terminal_clear(&t);
}

static json_t *only_line(const char *out)
{
	const char *eol = strchr(out, '\n');
	json_t *object = json_loads(out, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(object);
	assert_non_null(eol);
	assert_string_equal(eol, "\n");
	return object;
}

static void ask_run__prints__the_object_of_the_manual(void **state)
{
	struct terminal t = {0};
	char *us;

	(void)state;
	ask(&t, (struct options){.json = true}, "pay \xFF \"x\"\t\n");
	us = strstr(t.out, "\"us\":");
	assert_non_null(us);
	assert_true(strtol(us + strlen("\"us\":"), &us, 10) >= 0);
	assert_string_equal(us, "}\n");
	*strstr(t.out, "\"us\":") = '\0';
	assert_string_equal(t.out,
		"{\"question\":\"pay \xEF\xBF\xBD \\\"x\\\"\\t\",\"outcome\":\"answer\","
		"\"answers\":[\"salary.india\"],\"nearest\":[],\"suggest\":[],"
		"\"text\":\"Between this\\nand \\\"that\\\".\",\"confidence\":0.93,");
	terminal_clear(&t);
}

static void ask_run__prints__an_object_for_every_outcome(void **state)
{
	static const struct {
		const char *in, *key, *value; /* of a list its first item, "" if it is empty */
	} cases[] = {
		{"or\n", "outcome", "clarify"},
		{"or\n", "suggest", "salary.us"},
		{"or\n", "answers", ""},
		{"uncovered\n", "outcome", "uncovered"},
		{"uncovered\n", "nearest", "salary.us"},
		{"huh\n", "outcome", "unknown"},
		{"silent\n", "outcome", "silent"},
		{"silent\n", "text", ""},
	};
	struct terminal t = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		json_t *object, *value;
		const char *text;

		ask(&t, (struct options){.json = true}, cases[i].in);
		object = only_line(t.out);
		value = json_object_get(object, cases[i].key);
		text = json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
		assert_string_equal(text ? text : "", cases[i].value);
		json_decref(object);
		terminal_clear(&t);
	}
}

static void ask_run__explains__for_programs(void **state)
{
	struct terminal t = {0};
	json_t *object, *explain, *candidate;

	(void)state;
	ask(&t, (struct options){.json = true, .explain = true}, "pay\n");
	object = only_line(t.out);
	explain = json_object_get(object, "explain");
	assert_string_equal(
		json_string_value(json_object_get(explain, "normalised")), "pay in india");
	assert_int_equal(json_array_size(json_object_get(explain, "repairs")), 2);
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(explain, "repairs"), 1)),
		"pyy -> pay");
	assert_int_equal(json_array_size(json_object_get(explain, "candidates")), 3);
	candidate = json_array_get(json_object_get(explain, "candidates"), 1);
	assert_string_equal(json_string_value(json_object_get(candidate, "id")), "salary.us");
	assert_string_equal(
		json_string_value(json_object_get(candidate, "place")), "patterns/pay.yaml:40:3");
	assert_true(json_real_value(json_object_get(candidate, "score")) == 0.05);
	assert_int_equal(json_array_size(json_object_get(candidate, "unused")), 2);
	candidate = json_array_get(json_object_get(explain, "candidates"), 2);
	assert_string_equal(json_string_value(json_object_get(candidate, "place")), "");
	json_decref(object);
	terminal_clear(&t);
}

static void ask_run__explains__for_people(void **state)
{
	static const char *const parts[] = {
		"and \"that\".\n\nHow this came about\n",
		"asked        pay?\n",
		"read as      pay in india\n",
		"indai -> india",
		"<pay: pay> <india: india>",
		"monthly really",
		"to answer with salary.india\n",
		"one reading stands out",
		"0.93",
		"0.05  salary.us, patterns/pay.yaml:40:3\n",
		"0.02  (foreign)\n",
	};
	struct terminal t = {0};

	(void)state;
	ask(&t, (struct options){.explain = true}, "pay?\n");
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (!strstr(t.out, parts[i]))
			fail_msg("`%s` is missing in\n%s", parts[i], t.out);
	terminal_clear(&t);
}

static void ask_run__hands_over__place_and_packs(void **state)
{
	const char *packs[] = {"here", "there"};
	struct terminal t = {0};

	(void)state;
	ask(&t, (struct options){.packs = packs, .pack_count = 2, .place = ANSWER_OVERHEARD},
		"x\n");
	assert_string_equal(fake_answer.packs, "here there");
	assert_int_equal(fake_answer.place, ANSWER_OVERHEARD);
	terminal_clear(&t);
}

static void ask_run__says__that_a_pack_cannot_be_loaded(void **state)
{
	const char *packs[] = {"broken"};
	struct terminal t = {0};
	const char *last;

	(void)state;
	ask(&t, (struct options){.packs = packs, .pack_count = 1}, "pay\n");
	assert_int_equal(t.status, CLI_UNLOADABLE);
	assert_string_equal(t.out, "");
	assert_non_null(
		strstr(t.err, "patterns/pay.yaml:12:3: error: there is no concept <pya>\n"));
	last = strstr(t.err, "careerbot ask: 2 errors in the pack");
	assert_non_null(last);
	assert_string_equal(strchr(last, '\n'), "\n");
	terminal_clear(&t);
}

static void ask_run__cuts__a_line_without_end(void **state)
{
	struct options options = {.command = COMMAND_ASK, .words = no_words, .json = true};
	size_t len = 3 * 1024 * 1024;
	char *in = malloc(len);
	struct terminal t = {0};
	json_t *object;

	(void)state;
	memset(in, 'x', len);
	terminal_run(&t, ask_run, &options, in, len, false);
	object = only_line(t.out);
	assert_int_equal(json_string_length(json_object_get(object, "question")), 1024 * 1024);
	json_decref(object);
	terminal_clear(&t);
	free(in);
}

static void ask_run__fails__when_nobody_reads_it(void **state)
{
	struct options options = {.command = COMMAND_ASK, .words = no_words};
	struct console console = {.in = fmemopen((char *)"pay\n", 4, "r"),
		.out = fopen("/dev/full", "w"),
		.err = tmpfile()};
	char said[128] = "";

	(void)state;
	assert_int_equal(ask_run(&options, &console), CLI_TROUBLE);
	rewind(console.err);
	assert_non_null(fgets(said, sizeof(said), console.err));
	assert_non_null(strstr(said, "cannot write the answer"));
	fclose(console.in);
	fclose(console.out);
	fclose(console.err);
}

int main(void)
{
#define ASK_TEST(test) cmocka_unit_test_teardown(test, nothing_is_left)
	const struct CMUnitTest tests[] = {
		ASK_TEST(ask_run__answers__the_words_of_the_command_line),
		ASK_TEST(ask_run__refuses__an_empty_question),
		ASK_TEST(ask_run__answers__each_line),
		ASK_TEST(ask_run__keeps__lines_apart_unless_they_are_a_talk),
		ASK_TEST(ask_run__prompts__a_person),
		ASK_TEST(ask_run__prints__the_object_of_the_manual),
		ASK_TEST(ask_run__prints__an_object_for_every_outcome),
		ASK_TEST(ask_run__explains__for_programs),
		ASK_TEST(ask_run__explains__for_people),
		ASK_TEST(ask_run__hands_over__place_and_packs),
		ASK_TEST(ask_run__says__that_a_pack_cannot_be_loaded),
		ASK_TEST(ask_run__cuts__a_line_without_end),
		ASK_TEST(ask_run__fails__when_nobody_reads_it),
	};

	return cmocka_run_group_tests_name("ask", tests, NULL, NULL);
}

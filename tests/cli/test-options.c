#include "testing.h"

#include "options.h"

enum { WORDS_MAX = 8 };

static int parse(struct options *options, const char *const *words, struct err *err)
{
	static char *argv[WORDS_MAX + 2];
	int argc = 1;

	argv[0] = (char *)"careerbot";
	for (; words[argc - 1]; argc++)
		argv[argc] = (char *)words[argc - 1];
	argv[argc] = NULL;
	return options_parse(options, argc, argv, err);
}

static void options_parse__understands__ask(void **state)
{
	const char *const words[] = {
		"ask", "--json", "--pack", "a", "how", "--place=room", "much", "--pack=b", NULL};
	struct options options;
	struct err err = {0};

	(void)state;
	assert_int_equal(parse(&options, words, &err), 0);
	assert_int_equal(options.command, COMMAND_ASK);
	assert_true(options.json);
	assert_false(options.explain || options.conversation);
	assert_int_equal(options.place, ANSWER_ROOM);
	assert_int_equal(options.pack_count, 2);
	assert_string_equal(options.packs[0], "a");
	assert_string_equal(options.packs[1], "b");
	assert_string_equal(options.words[0], "how");
	assert_string_equal(options.words[1], "much");
	assert_null(options.words[2]);
	options_release(&options);
}

static void options_parse__takes__what_follows_two_dashes_as_words(void **state)
{
	const char *const words[] = {"ask", "--", "--json", NULL};
	struct options options;
	struct err err = {0};

	(void)state;
	assert_int_equal(parse(&options, words, &err), 0);
	assert_false(options.json);
	assert_string_equal(options.words[0], "--json");
	options_release(&options);
}

static void options_parse__understands__the_other_commands(void **state)
{
	static const struct {
		const char *words[WORDS_MAX];
		enum command command;
		const char *settings_file;
		bool strict;
	} cases[] = {
		{{"run"}, COMMAND_RUN, NULL, false},
		{{"run", "-c", "x"}, COMMAND_RUN, "x", false},
		{{"run", "--settings", "x"}, COMMAND_RUN, "x", false},
		{{"check", "-cx", "--strict"}, COMMAND_CHECK, "x", true},
		{{"check"}, COMMAND_CHECK, NULL, false},
		{{"--help"}, COMMAND_HELP, NULL, false},
		{{"-h"}, COMMAND_HELP, NULL, false},
		{{"ask", "--help"}, COMMAND_HELP, NULL, false},
		{{"run", "-V"}, COMMAND_VERSION, NULL, false},
		{{"--version"}, COMMAND_VERSION, NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct options options;
		struct err err = {0};

		if (parse(&options, cases[i].words, &err) < 0)
			fail_msg("case %zu: %s", i, err.text);
		assert_int_equal(options.command, cases[i].command);
		assert_int_equal(options.strict, cases[i].strict);
		if (!cases[i].settings_file)
			assert_null(options.settings_file);
		else
			assert_string_equal(options.settings_file, cases[i].settings_file);
		options_release(&options);
	}
}

static void options_parse__says__what_is_wrong(void **state)
{
	static const struct {
		const char *words[WORDS_MAX], *says;
	} cases[] = {
		{{NULL}, "run, ask or check?"},
		{{"aks"}, "`aks`; did you mean `ask`?"},
		{{"dance"}, "no command `dance`; there are run, ask and check"},
		{{"ask", "--jsno"}, "`--jsno`; did you mean `--json`?"},
		{{"ask", "--colour"}, "ask has no option `--colour`"},
		{{"ask", "--strict"}, "ask has no option `--strict`"},
		{{"ask", "-x"}, "ask has no option `-x`"},
		{{"ask", "-c", "x"}, "ask has no option `-c`"},
		{{"ask", "--p"}, "ask has no option `--p`"},
		{{"ask", "--json=yes"}, "`--json` takes no value"},
		{{"ask", "--pack"}, "`--pack` wants a value"},
		{{"run", "-c"}, "`-c` wants a value"},
		{{"ask", "--place", "here"}, "dm, room or overheard, not `here`"},
		{{"check", "settings.yaml"}, "check takes no `settings.yaml`"},
		{{"run", "--json"}, "run has no option `--json`"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct options options;
		struct err err = {0};

		assert_int_equal(parse(&options, cases[i].words, &err), -1);
		if (!strstr(err.text, cases[i].says))
			fail_msg("case %zu: %s", i, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_parse__understands__ask),
		cmocka_unit_test(options_parse__takes__what_follows_two_dashes_as_words),
		cmocka_unit_test(options_parse__understands__the_other_commands),
		cmocka_unit_test(options_parse__says__what_is_wrong),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}

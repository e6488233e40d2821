#include "options.h"

#include <getopt.h>

#include "closest.h"
#include "mem.h"

#define FOR(command) (1u << (command))

static const char *const commands[] = {
	[COMMAND_RUN] = "run", [COMMAND_ASK] = "ask", [COMMAND_CHECK] = "check"};

/* What getopt returns for an option: its letter; for one without, a number above all letters. */
enum {
	OPTION_PACK = 256,
	OPTION_PLACE,
	OPTION_JSON,
	OPTION_EXPLAIN,
	OPTION_CONVERSATION,
	OPTION_STRICT
};

static const struct known_option {
	const char *name;
	int code;
	bool takes_value;
	unsigned commands;
} known[] = {
	{"help", 'h', false, FOR(COMMAND_RUN) | FOR(COMMAND_ASK) | FOR(COMMAND_CHECK)},
	{"version", 'V', false, FOR(COMMAND_RUN) | FOR(COMMAND_ASK) | FOR(COMMAND_CHECK)},
	{"settings", 'c', true, FOR(COMMAND_RUN) | FOR(COMMAND_CHECK)},
	{"pack", OPTION_PACK, true, FOR(COMMAND_ASK) | FOR(COMMAND_CHECK)},
	{"place", OPTION_PLACE, true, FOR(COMMAND_ASK)},
	{"json", OPTION_JSON, false, FOR(COMMAND_ASK)},
	{"explain", OPTION_EXPLAIN, false, FOR(COMMAND_ASK)},
	{"conversation", OPTION_CONVERSATION, false, FOR(COMMAND_ASK)},
	{"strict", OPTION_STRICT, false, FOR(COMMAND_CHECK)},
};

static const char *command_name(enum command command)
{
	return command < ARRAY_LEN(commands) ? commands[command] : "";
}

static int read_place(enum answer_place *place, const char *word, struct err *err)
{
	static const char *const words[] = {
		[ANSWER_DIRECT] = "dm", [ANSWER_ROOM] = "room", [ANSWER_OVERHEARD] = "overheard"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!strcmp(word, words[i])) {
			*place = (enum answer_place)i;
			return 0;
		}
	return err_set(err, ERR_INPUT, "`--place` is dm, room or overheard, not `%.80s`", word);
}

static int apply(struct options *options, int code, const char *value, struct err *err)
{
	switch (code) {
	case 'h':
		options->command = COMMAND_HELP;
		return 0;
	case 'V':
		options->command = COMMAND_VERSION;
		return 0;
	case 'c':
		options->settings_file = value;
		return 0;
	case OPTION_PACK:
		options->packs[options->pack_count++] = value;
		return 0;
	case OPTION_PLACE:
		return read_place(&options->place, value, err);
	case OPTION_JSON:
		options->json = true;
		return 0;
	case OPTION_EXPLAIN:
		options->explain = true;
		return 0;
	case OPTION_CONVERSATION:
		options->conversation = true;
		return 0;
	case OPTION_STRICT:
		options->strict = true;
		return 0;
	}
	BUG("an option that nobody applies");
}

static bool has_option(enum command command, int code)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].code == code && known[i].commands & FOR(command))
			return true;
	return false;
}

/* An option of another command, or of none. */
static int unknown_long_option(enum command command, const char *written, struct err *err)
{
	char *name = mem_strndup(written + 2, strcspn(written + 2, "="));
	const char *names[ARRAY_LEN(known)];
	const char *meant;

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		names[i] = known[i].name;
	meant = closest_word(name, names, ARRAY_LEN(names));
	if (meant && strcmp(meant, name))
		err_set(err, ERR_INPUT, "there is no option `--%.80s`; did you mean `--%s`?", name,
			meant);
	else
		err_set(err, ERR_INPUT, "%s has no option `--%.80s`", command_name(command), name);
	mem_free(name);
	return -1;
}

/* What getopt did not understand. It has advanced over a long option, and says the letter of a
 * short one in optopt; of a known option it is the value that was too much. */
static int refused_option(enum command command, char **argv, struct err *err)
{
	if (optopt && !has_option(command, optopt))
		return err_set(
			err, ERR_INPUT, "%s has no option `-%c`", command_name(command), optopt);
	if (optopt)
		return err_set(err, ERR_INPUT, "`%.*s` takes no value",
			(int)strcspn(argv[optind - 1], "="), argv[optind - 1]);
	return unknown_long_option(command, argv[optind - 1], err);
}

/* The options of this command, as getopt_long() wants to have them. */
static void offer(enum command command, struct option *longs, char *shorts)
{
	*shorts++ = ':'; /* tell a missing value from an unknown option */
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (!(known[i].commands & FOR(command)))
			continue;
		*longs++ =
			(struct option){known[i].name, known[i].takes_value, NULL, known[i].code};
		if (known[i].code < OPTION_PACK) {
			*shorts++ = (char)known[i].code;
			if (known[i].takes_value)
				*shorts++ = ':';
		}
	}
}

static int parse_command(struct options *options, int argc, char **argv, struct err *err)
{
	struct option longs[ARRAY_LEN(known) + 1] = {0};
	char shorts[2 * ARRAY_LEN(known) + 2] = "";
	int code;

	offer(options->command, longs, shorts);
	opterr = 0;
	optind = 0; /* begin anew, also after an earlier run in the same process */
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (code == ':')
			return err_set(err, ERR_INPUT, "`%.80s` wants a value", argv[optind - 1]);
		if (code == '?')
			return refused_option(options->command, argv, err);
		if (apply(options, code, optarg, err) < 0)
			return -1;
		if (options->command == COMMAND_HELP || options->command == COMMAND_VERSION)
			return 0;
	}
	options->words = argv + optind;
	if (options->command != COMMAND_ASK && *options->words)
		return err_set(err, ERR_INPUT, "%s takes no `%.80s`%s",
			command_name(options->command), *options->words,
			options->command == COMMAND_CHECK
				? "; a pack is named by --pack, settings by -c"
				: "; settings are named by -c");
	return 0;
}

static int unknown_command(const char *word, struct err *err)
{
	const char *meant = closest_word(word, commands, ARRAY_LEN(commands));

	if (meant)
		return err_set(err, ERR_INPUT, "there is no command `%.80s`; did you mean `%s`?",
			word, meant);
	return err_set(
		err, ERR_INPUT, "there is no command `%.80s`; there are run, ask and check", word);
}

int options_parse(struct options *options, int argc, char **argv, struct err *err)
{
	const char *word = argc > 1 ? argv[1] : NULL;

	*options = (struct options){0};
	if (!word)
		return err_set(err, ERR_INPUT, "what shall it do: run, ask or check?");
	if (!strcmp(word, "--help") || !strcmp(word, "-h")) {
		options->command = COMMAND_HELP;
		return 0;
	}
	if (!strcmp(word, "--version") || !strcmp(word, "-V")) {
		options->command = COMMAND_VERSION;
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (!strcmp(word, commands[i])) {
			options->command = (enum command)i;
			options->packs = mem_alloc((size_t)argc, sizeof(*options->packs));
			if (parse_command(options, argc - 1, argv + 1, err) == 0)
				return 0;
			options_release(options);
			return -1;
		}
	return unknown_command(word, err);
}

void options_release(struct options *options)
{
	mem_free(options->packs);
	*options = (struct options){0};
}

#include "cli.h"

#include "ask.h"
#include "check.h"
#include "options.h"
#include "run.h"

static const char help[] =
	"Usage: careerbot run   [-c FILE]\n"
	"       careerbot ask   [--json] [--explain] [--conversation] [--place WHERE]\n"
	"                       [--pack DIR]... [QUESTION...]\n"
	"       careerbot check [-c FILE] [--strict] [--pack DIR]...\n"
	"       careerbot --help | --version\n"
	"\n"
	"A chat-bot for XMPP that answers questions about becoming a Machine Learning\n"
	"Engineer, in rooms and in direct messages.\n"
	"\n"
	"  run    log in, join the rooms of the settings and answer; logs to stderr\n"
	"  ask    answer QUESTION, or one question a line from standard input, here:\n"
	"         no server and no settings are needed\n"
	"  check  look for mistakes in the pack, and in the settings with -c\n"
	"\n"
	"  -c, --settings FILE  the settings; run without it takes\n"
	"                       " DEFAULT_SETTINGS "\n"
	"      --pack DIR       a folder with knowledge/ and patterns/ in it, in place of\n"
	"                       the career pack; may be given several times\n"
	"      --place WHERE    where the question is asked: `dm`, a direct message (the\n"
	"                       full answer); `room` (the short one); or `overheard`, in\n"
	"                       a room, but not said to the bot\n"
	"      --conversation   the lines are one talk, an empty line begins a new one\n"
	"      --json           one JSON object a line\n"
	"      --explain        say how each answer came about\n"
	"      --strict         warnings count as errors\n"
	"  -h, --help           this\n"
	"  -V, --version        version, copyright and licence\n"
	"\n"
	"Exit status: 0 well, 1 trouble or mistakes found, 2 wrong usage, 77 the server\n"
	"refuses the account, 78 settings or pack cannot be loaded.\n"
	"\n"
	"The manual: careerbot(1), careerbot-settings(5), careerbot-pack(5).\n";

static const char version[] = PACKAGE_STRING "\n"
					     "Copyright The careerbot authors\n"
					     "Licence: MIT. There is no warranty.\n";

static int dispatch(const struct options *options, struct console *console)
{
	switch (options->command) {
	case COMMAND_RUN:
		return run_run(options, console);
	case COMMAND_ASK:
		return ask_run(options, console);
	case COMMAND_CHECK:
		return check_run(options, console);
	case COMMAND_HELP:
		fputs(help, console->out);
		return CLI_WELL;
	case COMMAND_VERSION:
		fputs(version, console->out);
		return CLI_WELL;
	}
	BUG("a command that nobody does");
}

int cli_main(int argc, char **argv, struct console *console)
{
	struct options options;
	struct err err;
	int status;

	if (options_parse(&options, argc, argv, &err) < 0) {
		fprintf(console->err, "careerbot: %s (see `careerbot --help`)\n", err.text);
		return CLI_USAGE;
	}
	status = dispatch(&options, console);
	options_release(&options);
	if (fflush(console->out) == EOF && status == CLI_WELL) {
		fputs("careerbot: cannot write to standard output\n", console->err);
		status = CLI_TROUBLE;
	}
	return status;
}

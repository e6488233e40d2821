/* cli.h - the command line: careerbot run | ask | check | --help | --version.
 *
 * Layer: cli, above all others. The only one that ends the process.
 * Source: careerbot(1).
 */
#ifndef BOT_CLI_H
#define BOT_CLI_H

#include "base.h"

enum cli_exit {
	CLI_WELL = 0,
	CLI_TROUBLE = 1,     /* anything that has no number of its own */
	CLI_USAGE = 2,       /* the command line cannot be understood */
	CLI_REFUSED = 77,    /* the server does not take the account (sysexits: EX_NOPERM) */
	CLI_UNLOADABLE = 78, /* settings or pack cannot be loaded (sysexits: EX_CONFIG) */
};

/* Where a command reads and writes; tests hand in files. */
struct console {
	FILE *in, *out, *err;
	bool asks_person; /* `in` is a terminal */
};

/* The end of a word that n of a thing are called. */
static inline const char *cli_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* Does what the arguments say; returns the exit status. */
int cli_main(int argc, char **argv, struct console *console);

#endif

/* terminal.h - a console of which a test writes the input and reads the output.
 */
#ifndef TESTS_TERMINAL_H
#define TESTS_TERMINAL_H

#include "testing.h"

#include "cli.h"
#include "options.h"

struct terminal {
	char *out, *err; /* what was printed; until terminal_clear() */
	int status;
};

typedef int terminal_command(const struct options *options, struct console *console);

/* Runs a command with `in` as its input. */
void terminal_run(struct terminal *terminal, terminal_command *command,
	const struct options *options, const char *in, size_t len, bool asks_person);
void terminal_clear(struct terminal *terminal);

#endif

/* run.h - careerbot run: the bot itself, in the foreground.
 *
 * Layer: cli. Ties session, desk and journal together and waits.
 */
#ifndef BOT_RUN_H
#define BOT_RUN_H

#include "cli.h"

struct options;

/* Returns an exit status, when the bot was told to end or is refused. */
int run_run(const struct options *options, struct console *console);

#endif

/* ask.h - careerbot ask: questions from the command line or from `in`, answers on `out`.
 *
 * Layer: cli. Needs no server and no settings.
 */
#ifndef BOT_ASK_H
#define BOT_ASK_H

#include "cli.h"

struct options;

/* Returns an exit status. */
int ask_run(const struct options *options, struct console *console);

#endif

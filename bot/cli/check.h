/* check.h - careerbot check: everything that is wrong with settings and packs.
 *
 * Layer: cli.
 */
#ifndef BOT_CHECK_H
#define BOT_CHECK_H

#include "cli.h"

struct options;

/* Returns an exit status. */
int check_run(const struct options *options, struct console *console);

#endif

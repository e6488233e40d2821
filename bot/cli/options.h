/* options.h - the arguments of the command line, understood.
 *
 * Layer: cli.
 */
#ifndef BOT_OPTIONS_H
#define BOT_OPTIONS_H

#include "answer.h"
#include "err.h"

enum command { COMMAND_RUN, COMMAND_ASK, COMMAND_CHECK, COMMAND_HELP, COMMAND_VERSION };

struct options {
	enum command command;
	const char *settings_file; /* NULL: not given */
	const char **packs;        /* as many as pack_count */
	size_t pack_count;
	bool json, explain, conversation, strict;
	enum answer_place place;
	char **words; /* what is no option, NULL-ended: the question */
};

/* Borrows argv, whose order it changes. On failure there is nothing to release. */
int options_parse(struct options *options, int argc, char **argv, struct err *err) BOT_MUST_USE;
void options_release(struct options *options);

#endif

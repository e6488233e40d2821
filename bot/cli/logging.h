/* logging.h - the log of a running bot, on stderr.
 *
 * Layer: cli. With date and time, but not under systemd, which has its own; into
 * systemd's journal with its priorities. Source: sd-daemon(3), systemd.exec(5).
 */
#ifndef BOT_LOGGING_H
#define BOT_LOGGING_H

#include "log.h"

enum logging_form {
	LOGGING_DATED,   /* 2026-11-22 09:30:01 info: line */
	LOGGING_PLAIN,   /* info: line */
	LOGGING_JOURNAL, /* <6>info: line */
};

/* By the environment, and by where the descriptor leads. */
enum logging_form logging_form(int fd);
/* From now on. */
void logging_init(enum log_level level, enum logging_form form, FILE *out);
/* Writes one line, at a wall clock's time. */
void logging_put(
	FILE *out, enum logging_form form, enum log_level level, time_t now, const char *line);

#endif

/* log.h - one line of log at a time.
 *
 * Layer: base. Only desk and cli log above debug; a library returns its errors.
 * Text from outside is safe to hand in: control characters and bad UTF-8 are
 * escaped (\n, \t, \xNN) so that a line is always one line. No secret is ever
 * handed in.
 */
#ifndef BOT_LOG_H
#define BOT_LOG_H

#include "base.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Sets what is logged (up to and with level) and where to. Until then: up to LOG_INFO, to stderr.
 * The sink gets a whole escaped line without level and newline; NULL: stderr, as "level: line". */
typedef void log_sink(void *userdata, enum log_level level, const char *line);
void log_init(enum log_level level, log_sink *sink, void *userdata);
bool log_wants(enum log_level level);
/* "error", "warning", "info", "debug"; the words of the settings file. */
const char *log_level_name(enum log_level level);

void log_error(const char *fmt, ...) BOT_PRINTF(1, 2);
void log_warn(const char *fmt, ...) BOT_PRINTF(1, 2);
void log_info(const char *fmt, ...) BOT_PRINTF(1, 2);
void log_debug(const char *fmt, ...) BOT_PRINTF(1, 2);

#endif

/* duration.h - spans of time in words: "5 s", "10 min", "2 hours", "90 days".
 *
 * Layer: settings.
 */
#ifndef BOT_DURATION_H
#define BOT_DURATION_H

#include "err.h"

#define DURATION_SECOND ((int64_t)1000)
#define DURATION_MINUTE (60 * DURATION_SECOND)
#define DURATION_HOUR (60 * DURATION_MINUTE)
#define DURATION_DAY (24 * DURATION_HOUR)

/* A whole number and a unit, with or without a blank between them. Milliseconds. */
int duration_parse(const char *text, int64_t *ms, struct err *err) BOT_MUST_USE;

#endif

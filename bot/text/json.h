/* json.h - one JSON object a line.
 *
 * Layer: text. Built with jansson by the caller; here is what jansson leaves
 * open: text from outside made valid UTF-8, one line, order kept, flushed.
 */
#ifndef BOT_JSON_H
#define BOT_JSON_H

#include <jansson.h>

#include "err.h"

/* A JSON string of len bytes, bad UTF-8 as U+FFFD. Never NULL. */
json_t *json_text(const char *text, size_t len) BOT_MUST_USE;
/* Writes object as one line and flushes. Steals the reference. */
int json_put_line(FILE *out, json_t *object, struct err *err) BOT_MUST_USE;

#endif

/* file.h - whole files in.
 *
 * Layer: base.
 */
#ifndef BOT_FILE_H
#define BOT_FILE_H

#include "err.h"

struct buf;

/* Adds the file's bytes to out. A file longer than out's cap is ERR_LIMIT, a folder ERR_INPUT. */
int file_read(struct buf *out, const char *path, struct err *err) BOT_MUST_USE;

#endif

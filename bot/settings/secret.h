/* secret.h - a file that holds one secret and that nobody else may read.
 *
 * Layer: settings. A secret is handed out only into a buffer of the caller's,
 * who erases it after use; no message ever quotes it.
 */
#ifndef BOT_SECRET_H
#define BOT_SECRET_H

#include "err.h"

struct buf;

enum { SECRET_MAX = 1023 }; /* bytes; far more than a password that people use */

/* Looks whether secret_read() would do: there, a file, not empty, readable for us and not for
 * everybody. Messages go on after the path, which the caller puts before them: "is empty". */
int secret_check(const char *path, struct err *err) BOT_MUST_USE;
/* Adds the first line of the file, without its end. An empty one, one over SECRET_MAX and one that
 * is no UTF-8 are errors. */
int secret_read(struct buf *out, const char *path, struct err *err) BOT_MUST_USE;
/* Overwrites the text before it releases the buffer. */
void secret_release(struct buf *secret);

#endif

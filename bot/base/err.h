/* err.h - an error on its way up: what went wrong, said whole, once.
 *
 * Layer: base. A call that can fail returns int (-1 failure, 0 or more well)
 * and takes a struct err last. On failure it has set the error with a message
 * that a person can act on without the code at hand; on success it leaves the
 * error alone. Nothing is allocated, so an error needs no release.
 */
#ifndef BOT_ERR_H
#define BOT_ERR_H

#include "base.h"

enum err_code {
	ERR_NONE = 0,
	ERR_INPUT,   /* what was given is wrong: a file, an option, a pattern */
	ERR_SYSTEM,  /* the system refused: no file, no space, no socket */
	ERR_LIMIT,   /* a limit of ours was reached */
	ERR_REFUSED, /* the other side said no: a password, a certificate */
	ERR_CLOSED   /* it has ended: a stream, a journal switched off */
};

struct err {
	enum err_code code;
	char text[512]; /* UTF-8, NUL-ended, no newline; longer messages are cut */
};

/* Sets code and message. Returns -1, so that a caller can `return err_set(…)`. err may be NULL. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...) BOT_PRINTF(3, 4);
/* The same with ": " and strerror(errnum) behind it; the code is ERR_SYSTEM. */
int err_set_errno(struct err *err, int errnum, const char *fmt, ...) BOT_PRINTF(3, 4);
/* Puts words and ": " before the message that is there. Returns -1. */
int err_prefix(struct err *err, const char *fmt, ...) BOT_PRINTF(2, 3);

#endif

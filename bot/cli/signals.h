/* signals.h - what the system tells a running bot: end, or load anew.
 *
 * Layer: cli. The handlers make a descriptor readable, for the loop that waits,
 * and call session_interrupt(), for one that hangs in connecting. A signalfd
 * would be read too late for that.
 * One a process. SIGALRM is left alone: it is the session's.
 */
#ifndef BOT_SIGNALS_H
#define BOT_SIGNALS_H

#include "err.h"

/* Takes SIGTERM, SIGINT and SIGHUP over, and ignores SIGPIPE. A second SIGINT ends the process. */
int signals_init(struct err *err) BOT_MUST_USE;
void signals_release(void);
/* Readable when there is something to take. */
int signals_fd(void);

enum {
	SIGNALS_END = 1 << 0,  /* SIGTERM or SIGINT came */
	SIGNALS_LOAD = 1 << 1, /* SIGHUP came */
};
/* What came since the last call. */
unsigned signals_take(void);

#endif

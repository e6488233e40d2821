/* watchdog.h - cuts a socket on which libstrophe may be blocked.
 *
 * Layer: xmpp. TLS begins with a call that waits for the other side for ever.
 * While one socket is watched, SIGALRM at the deadline, or anybody's
 * watchdog_cut(), shuts it down, and the blocked call fails.
 */
#ifndef BOT_WATCHDOG_H
#define BOT_WATCHDOG_H

#include "base.h"

/* Arms the alarm; takes SIGALRM over and unblocks it. */
void watchdog_start(int64_t patience_ms);
/* The socket to cut; false: it has been asked for already, so don't begin. */
bool watchdog_watch(int fd);
/* Nothing is watched any more. Returns why it was cut, for the operator; NULL: it was not. */
const char *watchdog_stop(void);
/* Now. Safe in a signal handler. Without a socket yet, the next one is not begun. */
void watchdog_cut(void);

#endif

/* rlimits.h - what a process may use, fitted to libstrophe.
 *
 * Layer: cli. Source: getrlimit(2); libstrophe releases deeply nested stanzas
 * by recursion, and waits with select(2).
 */
#ifndef BOT_RLIMITS_H
#define BOT_RLIMITS_H

#include "err.h"

/* A stack that the deepest stanza a server lets through cannot exhaust (64 MiB), and no
 * descriptor that select() cannot handle. -1: what the system would not allow; go on all the same.
 */
int rlimits_set(struct err *err) BOT_MUST_USE;

#endif

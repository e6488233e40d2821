/* stamp.h - the date and time formats of XMPP.
 *
 * Layer: xmpp. Source: XEP-0082 section 3.2; XEP-0091 for the old form.
 */
#ifndef BOT_STAMP_H
#define BOT_STAMP_H

#include "base.h"

enum { STAMP_SIZE = sizeof("2002-09-10T23:08:25Z") };

/* Milliseconds since 1970 UTC. false: no such time; *ms is untouched then. */
bool stamp_read(const char *text, int64_t *ms) BOT_MUST_USE;
/* In whole seconds, UTC. false: the year has not four digits. */
bool stamp_write(char out[STAMP_SIZE], int64_t ms) BOT_MUST_USE;

#endif

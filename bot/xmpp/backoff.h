/* backoff.h - how long to wait before the next attempt to connect.
 *
 * Layer: xmpp. Pure: told when the stream came up and why it ended.
 * Full jitter between a second and min(5 minutes, 2^n seconds) for what passes;
 * fixed and long pauses for what does not pass by itself.
 */
#ifndef BOT_BACKOFF_H
#define BOT_BACKOFF_H

#include "cause.h"
#include "chance.h"
#include "clock.h"

enum { BACKOFF_HOPS_MAX = 3 };

struct backoff {
	const struct clock *clock;
	const struct chance *chance;
	unsigned failures;  /* in a row */
	unsigned refusals;  /* of the account, in a row */
	unsigned conflicts; /* with another one of us, within reach of an hour */
	unsigned hops;      /* from host to host, in a row */
	bool up;
	bool was_up; /* in this process */
	int64_t up_since;
};

void backoff_init(struct backoff *backoff, const struct clock *clock, const struct chance *chance);
void backoff_up(struct backoff *backoff);
/* Milliseconds to wait; -1: there is no point in another attempt. */
int64_t backoff_down(struct backoff *backoff, enum cause cause);

#endif

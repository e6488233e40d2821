/* trouble.h - trouble with the journal, told to the operator once, not with
 * every message.
 *
 * Layer: desk.
 */
#ifndef BOT_TROUBLE_H
#define BOT_TROUBLE_H

#include "clock.h"
#include "err.h"

struct trouble {
	const struct clock *clock; /* outlives it */
	bool there;
	int64_t told_ms;
};

/* After a call to the journal: result as it came, err if that is below 0. Says so when trouble
 * begins, and once an hour while it lasts. Returns result. */
int trouble_after(struct trouble *trouble, int result, const struct err *err);
/* The same after one that surely wrote: when that went well, trouble is over, and that is said. */
int trouble_after_write(struct trouble *trouble, int result, const struct err *err);

#endif

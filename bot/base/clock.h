/* clock.h - time, handed in.
 *
 * Layer: base. Whatever waits, ages or measures takes a struct clock, so that
 * a test turns the hands itself and never sleeps. Milliseconds.
 */
#ifndef BOT_CLOCK_H
#define BOT_CLOCK_H

#include "base.h"

struct clock {
	int64_t (*mono_ms)(void *userdata); /* never steps; for waits and ages */
	int64_t (*wall_ms)(void *userdata); /* since 1970 UTC; for what is written down */
	void *userdata;
};

extern const struct clock clock_system;

static inline int64_t clock_mono_ms(const struct clock *clock)
{
	return clock->mono_ms(clock->userdata);
}

static inline int64_t clock_wall_ms(const struct clock *clock)
{
	return clock->wall_ms(clock->userdata);
}

/* Of two times; INT64_MAX is never. */
static inline int64_t clock_sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A clock that a test sets by hand: point userdata at one of these. */
struct clock_hand {
	int64_t mono, wall;
};
struct clock clock_by_hand(struct clock_hand *hand);

#endif

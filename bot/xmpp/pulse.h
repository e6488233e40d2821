/* pulse.h - whether the server is still there.
 *
 * Layer: xmpp. Pure: after silence a ping is due, and a deadline for any sign
 * of life.
 */
#ifndef BOT_PULSE_H
#define BOT_PULSE_H

#include "clock.h"

enum pulse_due { PULSE_FINE, PULSE_PING, PULSE_DEAD };

struct pulse {
	const struct clock *clock;
	int64_t heard_at;
	int64_t pinged_at; /* after heard_at: waiting for a sign */
};

void pulse_init(struct pulse *pulse, const struct clock *clock);
/* Anything at all has come. */
void pulse_heard(struct pulse *pulse);
/* PULSE_PING is said once for each silence. */
enum pulse_due pulse_tick(struct pulse *pulse);

#endif

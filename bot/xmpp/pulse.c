#include "pulse.h"

enum { SILENCE_MS = 90 * 1000, PATIENCE_MS = 30 * 1000, NOT_PINGED = -1 };

void pulse_init(struct pulse *pulse, const struct clock *clock)
{
	*pulse = (struct pulse){.clock = clock};
	pulse_heard(pulse);
}

void pulse_heard(struct pulse *pulse)
{
	pulse->heard_at = clock_mono_ms(pulse->clock);
	pulse->pinged_at = NOT_PINGED;
}

enum pulse_due pulse_tick(struct pulse *pulse)
{
	int64_t now = clock_mono_ms(pulse->clock);

	if (pulse->pinged_at != NOT_PINGED)
		return now - pulse->pinged_at >= PATIENCE_MS ? PULSE_DEAD : PULSE_FINE;
	if (now - pulse->heard_at < SILENCE_MS)
		return PULSE_FINE;
	pulse->pinged_at = now;
	return PULSE_PING;
}

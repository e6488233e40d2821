#include "backoff.h"

enum {
	SECOND = 1000,
	MINUTE = 60 * SECOND,
	HEALTHY_MS = 60 * SECOND,  /* a stream that lasted this long clears the record … */
	PEACEFUL_MS = 60 * MINUTE, /* … and this long that of conflicts */
	MOST_MS = 5 * MINUTE,
	HERD_MS = 15 * SECOND /* all clients of a server that restarts come back at once */
};

void backoff_init(struct backoff *backoff, const struct clock *clock, const struct chance *chance)
{
	*backoff = (struct backoff){.clock = clock, .chance = chance};
}

void backoff_up(struct backoff *backoff)
{
	backoff->up = backoff->was_up = true;
	backoff->up_since = clock_mono_ms(backoff->clock);
	backoff->refusals = 0;
	backoff->hops = 0;
}

static int64_t between(const struct backoff *backoff, int64_t least, int64_t most)
{
	return least + chance_below(backoff->chance, (uint32_t)(most - least + 1));
}

/* From `least` on, doubling at each failure in a row. */
static int64_t growing(struct backoff *backoff, int64_t least)
{
	unsigned n = backoff->failures < 10 ? backoff->failures : 10;
	int64_t most = (int64_t)SECOND << n;

	backoff->failures++;
	if (most > MOST_MS)
		most = MOST_MS;
	return most > least ? between(backoff, least, most) : least;
}

static int64_t after_refusal(struct backoff *backoff)
{
	static const int64_t pauses[] = {5 * MINUTE, 15 * MINUTE, 60 * MINUTE};

	/* A password that never worked is a mistake in the settings. */
	if (!backoff->was_up || backoff->refusals >= ARRAY_LEN(pauses))
		return -1;
	return pauses[backoff->refusals++];
}

int64_t backoff_down(struct backoff *backoff, enum cause cause)
{
	int64_t lasted = backoff->up ? clock_mono_ms(backoff->clock) - backoff->up_since : 0;
	bool first;

	if (lasted >= HEALTHY_MS)
		backoff->failures = 0;
	if (lasted >= PEACEFUL_MS)
		backoff->conflicts = 0;
	backoff->up = false;
	first = !backoff->failures;
	switch (cause) {
	case CAUSE_NETWORK:
		return growing(backoff, SECOND);
	case CAUSE_RESTART:
		return first ? growing(backoff, between(backoff, SECOND, HERD_MS))
			     : growing(backoff, SECOND);
	case CAUSE_CONFLICT:
		/* Each would throw the other out for ever: three attempts an hour are enough. */
		return backoff->conflicts++ ? 20 * MINUTE : 5 * MINUTE;
	case CAUSE_OVERLOAD:
	case CAUSE_UNTRUSTED:
		return growing(backoff, MINUTE);
	case CAUSE_MISTAKE:
		return growing(backoff, 5 * MINUTE);
	case CAUSE_ELSEWHERE:
		/* Three hops lead to nowhere: take it for a fault. */
		if (backoff->hops++ < BACKOFF_HOPS_MAX)
			return 0;
		backoff->hops = 0;
		return growing(backoff, MINUTE);
	case CAUSE_REFUSED:
		return after_refusal(backoff);
	}
	BUG("a cause that nobody knows");
}

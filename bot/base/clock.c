#include "clock.h"

static int64_t read_ms(clockid_t id)
{
	struct timespec t;

	if (clock_gettime(id, &t))
		BUG("the system has no such clock");
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_mono(void *userdata)
{
	(void)userdata;
	/* BOOTTIME, since it goes on while the machine sleeps: ages must too. */
	return read_ms(CLOCK_BOOTTIME);
}

static int64_t system_wall(void *userdata)
{
	(void)userdata;
	return read_ms(CLOCK_REALTIME);
}

const struct clock clock_system = {system_mono, system_wall, NULL};

static int64_t hand_mono(void *userdata)
{
	return ((struct clock_hand *)userdata)->mono;
}

static int64_t hand_wall(void *userdata)
{
	return ((struct clock_hand *)userdata)->wall;
}

struct clock clock_by_hand(struct clock_hand *hand)
{
	return (struct clock){hand_mono, hand_wall, hand};
}

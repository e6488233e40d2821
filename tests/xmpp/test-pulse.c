#include "testing.h"

#include "pulse.h"

static void pulse_tick__asks__once_then_gives_up(void **state)
{
	struct clock_hand hand = {0};
	struct clock clock = clock_by_hand(&hand);
	struct pulse pulse;

	(void)state;
	pulse_init(&pulse, &clock);
	hand.mono = 89999;
	assert_int_equal(pulse_tick(&pulse), PULSE_FINE);
	hand.mono = 90000;
	assert_int_equal(pulse_tick(&pulse), PULSE_PING);
	assert_int_equal(pulse_tick(&pulse), PULSE_FINE);
	hand.mono += 29999;
	assert_int_equal(pulse_tick(&pulse), PULSE_FINE);
	hand.mono += 1;
	assert_int_equal(pulse_tick(&pulse), PULSE_DEAD);
}

static void pulse_heard__begins__anew(void **state)
{
	struct clock_hand hand = {0};
	struct clock clock = clock_by_hand(&hand);
	struct pulse pulse;

	(void)state;
	pulse_init(&pulse, &clock);
	hand.mono = 90000;
	assert_int_equal(pulse_tick(&pulse), PULSE_PING);
	hand.mono += 29999;
	pulse_heard(&pulse);
	hand.mono += 89999;
	assert_int_equal(pulse_tick(&pulse), PULSE_FINE);
	hand.mono += 1;
	assert_int_equal(pulse_tick(&pulse), PULSE_PING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pulse_tick__asks__once_then_gives_up),
		cmocka_unit_test(pulse_heard__begins__anew),
	};

	return cmocka_run_group_tests_name("pulse", tests, NULL, NULL);
}

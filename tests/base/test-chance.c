#include "testing.h"

#include "chance.h"
#include "clock.h"

static void chance_from_seed__gives__the_same_sequence_again(void **state)
{
	uint64_t seeds[] = {42, 42, 43};
	unsigned char out[3][64];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct chance chance = chance_from_seed(&seeds[i]);

		chance.fill(chance.userdata, out[i], sizeof(out[i]));
	}
	assert_memory_equal(out[0], out[1], sizeof(out[0]));
	assert_memory_not_equal(out[0], out[2], sizeof(out[0]));
}

static void chance_below__stays__below_and_reaches_all(void **state)
{
	uint64_t seed = 1;
	const struct chance chance = chance_from_seed(&seed);
	unsigned seen[6] = {0};

	(void)state;
	for (int i = 0; i < 6000; i++) {
		uint32_t n = chance_below(&chance, 6);

		assert_in_range(n, 0, 5);
		seen[n]++;
	}
	for (size_t i = 0; i < ARRAY_LEN(seen); i++)
		assert_in_range(seen[i], 800, 1200);
	assert_int_equal(chance_below(&chance, 0), 0);
	assert_int_equal(chance_below(&chance, 1), 0);
}

static void fill_once_unfair(void *userdata, void *out, size_t len)
{
	unsigned *calls = userdata;

	/* First the one value that would favour 0, then 5. */
	memset(out, 0, len);
	if ((*calls)++)
		*(uint32_t *)out = 5;
	else
		*(uint32_t *)out = UINT32_MAX;
}

static void chance_below__draws_again__where_it_would_be_unfair(void **state)
{
	unsigned calls = 0;
	const struct chance chance = {fill_once_unfair, &calls};

	(void)state;
	assert_int_equal(chance_below(&chance, 3), 2);
	assert_int_equal(calls, 2);
}

static void chance_id__is__32_hexadecimal_digits(void **state)
{
	char one[33], two[33];

	(void)state;
	chance_id(&chance_system, one);
	chance_id(&chance_system, two);
	assert_int_equal(strlen(one), 32);
	assert_int_equal(strspn(one, "0123456789abcdef"), 32);
	assert_string_not_equal(one, two);
}

static void clock_by_hand__shows__what_the_hand_shows(void **state)
{
	struct clock_hand hand = {.mono = 5, .wall = 1700000000000};
	const struct clock clock = clock_by_hand(&hand);

	(void)state;
	assert_int_equal(clock_mono_ms(&clock), 5);
	assert_int_equal(clock_wall_ms(&clock), 1700000000000);
	hand.mono += 60 * 1000;
	assert_int_equal(clock_mono_ms(&clock), 60005);
	assert_int_equal(clock_wall_ms(&clock), 1700000000000);
}

static void clock_system__never__steps_back(void **state)
{
	int64_t last = clock_mono_ms(&clock_system);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_mono_ms(&clock_system);

		assert_true(now >= last);
		last = now;
	}
	/* Milliseconds since 1970: after 2020, before 2200. */
	assert_true(clock_wall_ms(&clock_system) > INT64_C(1577836800000));
	assert_true(clock_wall_ms(&clock_system) < INT64_C(7258118400000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chance_from_seed__gives__the_same_sequence_again),
		cmocka_unit_test(chance_below__stays__below_and_reaches_all),
		cmocka_unit_test(chance_below__draws_again__where_it_would_be_unfair),
		cmocka_unit_test(chance_id__is__32_hexadecimal_digits),
		cmocka_unit_test(clock_by_hand__shows__what_the_hand_shows),
		cmocka_unit_test(clock_system__never__steps_back),
	};

	return cmocka_run_group_tests_name("chance and clock", tests, NULL, NULL);
}

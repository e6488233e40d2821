#include "testing.h"

#include "backoff.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };

struct bench {
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	struct backoff backoff;
};

static void init(struct bench *b)
{
	*b = (struct bench){.seed = 7};
	b->clock = clock_by_hand(&b->hand);
	b->chance = chance_from_seed(&b->seed);
	backoff_init(&b->backoff, &b->clock, &b->chance);
}

static void be_up(struct bench *b, int64_t for_ms)
{
	backoff_up(&b->backoff);
	b->hand.mono += for_ms;
}

static void backoff_down__waits__as_the_cause_demands(void **state)
{
	static const struct {
		enum cause cause;
		int64_t least, most;
	} cases[] = {
		{CAUSE_NETWORK, SECOND, SECOND},
		{CAUSE_RESTART, SECOND, 15 * SECOND},
		{CAUSE_CONFLICT, 5 * MINUTE, 5 * MINUTE},
		{CAUSE_OVERLOAD, MINUTE, MINUTE},
		{CAUSE_UNTRUSTED, MINUTE, MINUTE},
		{CAUSE_MISTAKE, 5 * MINUTE, 5 * MINUTE},
		{CAUSE_ELSEWHERE, 0, 0},
		{CAUSE_REFUSED, 5 * MINUTE, 5 * MINUTE},
	};
	struct bench b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		init(&b);
		be_up(&b, 2 * MINUTE);
		assert_in_range(
			backoff_down(&b.backoff, cases[i].cause), cases[i].least, cases[i].most);
	}
}

static void backoff_down__grows__with_full_jitter(void **state)
{
	int64_t longest = 0, shortest = INT64_MAX, wait;
	struct bench b;

	(void)state;
	init(&b);
	for (int n = 0; n < 60; n++) {
		int64_t most = n < 8 ? SECOND << n : 5 * MINUTE;

		wait = backoff_down(&b.backoff, CAUSE_NETWORK);
		assert_in_range(wait, SECOND, most > 5 * MINUTE ? 5 * MINUTE : most);
		if (n > 10) {
			longest = wait > longest ? wait : longest;
			shortest = wait < shortest ? wait : shortest;
		}
	}
	assert_true(longest > 4 * MINUTE);
	assert_true(shortest < MINUTE);
}

static void backoff_down__forgets__only_after_a_healthy_minute(void **state)
{
	struct bench b;

	(void)state;
	init(&b);
	for (int i = 0; i < 5; i++)
		(void)backoff_down(&b.backoff, CAUSE_NETWORK);
	be_up(&b, MINUTE - 1);
	(void)backoff_down(&b.backoff, CAUSE_NETWORK);
	assert_int_equal(b.backoff.failures, 6);
	be_up(&b, MINUTE);
	(void)backoff_down(&b.backoff, CAUSE_NETWORK);
	assert_int_equal(b.backoff.failures, 1);
}

static void backoff_down__ends__where_the_first_login_is_refused(void **state)
{
	struct bench b;

	(void)state;
	init(&b);
	(void)backoff_down(&b.backoff, CAUSE_NETWORK);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), -1);
}

static void backoff_down__ends__after_three_pauses_where_it_was_online(void **state)
{
	struct bench b;

	(void)state;
	init(&b);
	be_up(&b, SECOND);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), 5 * MINUTE);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), 15 * MINUTE);
	/* That the network fails in between makes the account no better. */
	(void)backoff_down(&b.backoff, CAUSE_NETWORK);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), 60 * MINUTE);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), -1);
	init(&b);
	be_up(&b, SECOND);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), 5 * MINUTE);
	be_up(&b, SECOND);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_REFUSED), 5 * MINUTE);
}

static void backoff_down__fights__no_other_one_of_us(void **state)
{
	int64_t passed = 0;
	int attempts = 0;
	struct bench b;

	(void)state;
	init(&b);
	while (passed < 60 * MINUTE) {
		be_up(&b, SECOND);
		passed += backoff_down(&b.backoff, CAUSE_CONFLICT);
		attempts++;
	}
	assert_in_range(attempts, 2, 4);
	be_up(&b, 61 * MINUTE);
	assert_int_equal(backoff_down(&b.backoff, CAUSE_CONFLICT), 5 * MINUTE);
}

static void backoff_down__follows__three_hops_at_most(void **state)
{
	struct bench b;

	(void)state;
	init(&b);
	for (int i = 0; i < BACKOFF_HOPS_MAX; i++)
		assert_int_equal(backoff_down(&b.backoff, CAUSE_ELSEWHERE), 0);
	assert_in_range(backoff_down(&b.backoff, CAUSE_ELSEWHERE), MINUTE, 5 * MINUTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(backoff_down__waits__as_the_cause_demands),
		cmocka_unit_test(backoff_down__grows__with_full_jitter),
		cmocka_unit_test(backoff_down__forgets__only_after_a_healthy_minute),
		cmocka_unit_test(backoff_down__ends__where_the_first_login_is_refused),
		cmocka_unit_test(backoff_down__ends__after_three_pauses_where_it_was_online),
		cmocka_unit_test(backoff_down__fights__no_other_one_of_us),
		cmocka_unit_test(backoff_down__follows__three_hops_at_most),
	};

	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}

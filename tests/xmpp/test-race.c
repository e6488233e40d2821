/* The race with a pretend clock and a pretend net, in which each address fares as the test says. */
#include "testing.h"

#include <errno.h>

#include "race.h"

enum { NEVER = -1, STEP_MS = 10 };

/* What becomes of an attempt, and when, counted from its start. */
struct fate {
	int connected_ms; /* NEVER: does not */
	int failed_ms;    /* NEVER; 0: fails at once */
	int64_t began;    /* NEVER: not tried */
	bool open;
};

struct bench {
	struct clock_hand hand;
	struct clock clock;
	struct fate fates[RACE_MAX + 1]; /* by the last byte of the address; this is also the fd */
	struct race_net net;
	struct race *race;
	int fd;
	size_t target;
	union resolver_address address;
};

static int number_of(const union resolver_address *address)
{
	return address->any.sa_family == AF_INET6 ? address->v6.sin6_addr.s6_addr[15]
						  : (int)(ntohl(address->v4.sin_addr.s_addr) & 255);
}

static int begin(void *userdata, const union resolver_address *address)
{
	struct bench *b = userdata;
	struct fate *fate = &b->fates[number_of(address)];

	assert_false(fate->open);
	fate->began = b->hand.mono;
	fate->open = fate->failed_ms != 0;
	errno = ENETUNREACH;
	return fate->open ? number_of(address) : -1;
}

static int check(void *userdata, int fd)
{
	struct bench *b = userdata;
	const struct fate *fate = &b->fates[fd];
	int64_t age = b->hand.mono - fate->began;

	assert_true(fate->open);
	errno = ECONNREFUSED;
	if (fate->failed_ms != NEVER && age >= fate->failed_ms)
		return -1;
	return fate->connected_ms != NEVER && age >= fate->connected_ms;
}

static void end(void *userdata, int fd)
{
	struct bench *b = userdata;

	assert_true(b->fates[fd].open);
	b->fates[fd].open = false;
}

static int set_up(void **state)
{
	static struct bench bench;
	struct bench *b = &bench;

	*b = (struct bench){.hand.mono = 1000};
	b->clock = clock_by_hand(&b->hand);
	b->net = (struct race_net){begin, check, end, b};
	b->race = race_new(&b->net, &b->clock);
	for (size_t i = 0; i < ARRAY_LEN(b->fates); i++)
		b->fates[i] = (struct fate){NEVER, NEVER, NEVER, false};
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *b = *state;

	race_free(&b->race);
	for (size_t i = 0; i < ARRAY_LEN(b->fates); i++)
		if (b->fates[i].open)
			fail_msg("socket %zu was left open", i);
	return 0;
}

static void add(
	struct bench *b, size_t target, unsigned priority, size_t nth, int family, uint8_t number)
{
	union resolver_address address = {.any.sa_family = (sa_family_t)family};

	if (family == AF_INET6) {
		address.v6.sin6_addr.s6_addr[15] = number;
		address.v6.sin6_port = htons(5222);
	} else {
		address.v4.sin_addr.s_addr = htonl(0xC0000200u | number);
		address.v4.sin_port = htons(5222);
	}
	race_add(b->race, target, priority, nth, &address);
}

static enum race_state run(struct bench *b, int64_t until)
{
	enum race_state state;

	for (;;) {
		state = race_poll(b->race, &b->fd, &b->target, &b->address);
		if (state != RACE_RUNNING || b->hand.mono >= 1000 + until)
			return state;
		b->hand.mono += STEP_MS;
	}
}

static void must_begin(const struct bench *b, int number, int64_t at)
{
	int64_t began = b->fates[number].began;

	if (began != (at == NEVER ? NEVER : 1000 + at))
		fail_msg("%d began at %d, not at %d", number, (int)(began - 1000), (int)at);
}

static void race_poll__starts__one_at_a_time_and_families_in_turn(void **state)
{
	struct bench *b = *state;

	/* In the order in which they may come from DNS. */
	add(b, 1, 0, 0, AF_INET, 6);
	add(b, 0, 0, 0, AF_INET, 2);
	add(b, 0, 0, 1, AF_INET, 4);
	add(b, 0, 0, 0, AF_INET6, 1);
	add(b, 0, 0, 1, AF_INET6, 3);
	add(b, 1, 0, 0, AF_INET6, 5);
	assert_int_equal(run(b, 2000), RACE_RUNNING);
	for (int i = 1; i <= 6; i++)
		must_begin(b, i, (i - 1) * RACE_APART_MS);
}

static void race_poll__spares__the_others_where_the_first_answers(void **state)
{
	struct bench *b = *state;

	add(b, 0, 0, 0, AF_INET6, 1);
	add(b, 0, 0, 0, AF_INET, 2);
	b->fates[1].connected_ms = 200;
	assert_int_equal(run(b, 2000), RACE_WON);
	assert_int_equal(b->fd, 1);
	assert_int_equal(number_of(&b->address), 1);
	must_begin(b, 2, NEVER);
	assert_int_equal(race_left(b->race), 1);
	b->fates[1].open = false; /* it is ours now */
}

static void race_poll__lets__the_faster_win(void **state)
{
	struct bench *b = *state;

	add(b, 0, 0, 0, AF_INET6, 1);
	add(b, 7, 0, 0, AF_INET, 2);
	b->fates[1].connected_ms = 5000;
	b->fates[2].connected_ms = 30;
	assert_int_equal(run(b, 2000), RACE_WON);
	assert_int_equal(b->fd, 2);
	assert_int_equal(b->target, 7);
	assert_int_equal(b->hand.mono - 1000, RACE_APART_MS + 30);
	assert_false(b->fates[1].open);
	b->fates[2].open = false;
	/* Who was not fast enough may be another time. */
	assert_int_equal(race_left(b->race), 1);
	assert_int_equal(run(b, 10000), RACE_WON);
	assert_int_equal(b->fd, 1);
	b->fates[1].open = false;
	assert_int_equal(run(b, 20000), RACE_LOST);
}

static void race_poll__goes__on_at_once_after_a_failure(void **state)
{
	struct bench *b = *state;

	add(b, 0, 0, 0, AF_INET6, 1);
	add(b, 0, 0, 0, AF_INET, 2); /* does not answer, and is not waited for */
	add(b, 0, 0, 1, AF_INET6, 3);
	add(b, 1, 0, 0, AF_INET, 4);
	b->fates[1].failed_ms = 0;
	b->fates[3].failed_ms = 50;
	b->fates[4].connected_ms = 20;
	assert_int_equal(run(b, 2000), RACE_WON);
	assert_int_equal(b->fd, 4);
	must_begin(b, 2, 0);
	must_begin(b, 3, RACE_APART_MS);
	must_begin(b, 4, RACE_APART_MS + 50);
	assert_string_equal(race_failure(b->race)->text, "::3 port 5222: Connection refused");
	b->fates[4].open = false;
}

static void race_poll__holds__reserves_back(void **state)
{
	struct bench *b = *state;

	add(b, 0, 10, 0, AF_INET, 1);
	add(b, 1, 10, 0, AF_INET, 2);
	add(b, 2, 20, 0, AF_INET, 3);
	b->fates[2].failed_ms = 100; /* while the first may yet answer */
	assert_int_equal(run(b, 3000), RACE_RUNNING);
	must_begin(b, 2, RACE_APART_MS);
	must_begin(b, 3, RACE_APART_MS + RACE_RESERVE_MS);
}

static void race_poll__calls__reserves_when_all_others_have_failed(void **state)
{
	struct bench *b = *state;

	add(b, 0, 10, 0, AF_INET, 1);
	add(b, 1, 20, 0, AF_INET, 2);
	b->fates[1].failed_ms = 50;
	assert_int_equal(run(b, 500), RACE_RUNNING);
	must_begin(b, 2, 50);
}

static void race_poll__gives__dead_addresses_up(void **state)
{
	struct bench *b = *state;

	add(b, 0, 0, 0, AF_INET, 1);
	assert_int_equal(run(b, RACE_ATTEMPT_MS - STEP_MS), RACE_RUNNING);
	assert_int_equal(run(b, RACE_ATTEMPT_MS), RACE_LOST);
	assert_string_equal(
		race_failure(b->race)->text, "192.0.2.1 port 5222: Connection timed out");
	assert_int_equal(race_left(b->race), 0);
}

static void race_poll__takes__addresses_that_come_later(void **state)
{
	struct bench *b = *state;

	assert_int_equal(run(b, 0), RACE_LOST);
	add(b, 3, 0, 0, AF_INET, 1);
	assert_int_equal(run(b, 500), RACE_RUNNING);
	add(b, 4, 0, 0, AF_INET, 3);
	add(b, 0, 0, 0, AF_INET6, 2);
	assert_int_equal(run(b, 1000), RACE_RUNNING);
	must_begin(b, 2, 500);
	must_begin(b, 3, 500 + RACE_APART_MS);
}

static void race_poll__comes__back_to_a_target_last(void **state)
{
	static const int order[] = {1, 3, 2, 4};
	struct bench *b = *state;

	add(b, 0, 10, 0, AF_INET6, 1);
	add(b, 0, 10, 0, AF_INET, 2);
	add(b, 1, 20, 0, AF_INET6, 3);
	add(b, 1, 20, 0, AF_INET, 4);
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		b->fates[order[i]].connected_ms = 50;
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		assert_int_equal(run(b, 10000), RACE_WON);
		assert_int_equal(b->fd, order[i]);
		b->fates[order[i]].open = false;
	}
}

static void race_add__takes__only_so_many(void **state)
{
	struct bench *b = *state;

	for (size_t i = 0; i < 2 * RACE_MAX; i++)
		add(b, i, 0, 0, AF_INET, (uint8_t)(i % RACE_MAX));
	assert_int_equal(race_count(b->race), RACE_MAX);
	race_clear(b->race);
	assert_int_equal(race_count(b->race), 0);
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BENCH(race_poll__starts__one_at_a_time_and_families_in_turn),
		WITH_BENCH(race_poll__spares__the_others_where_the_first_answers),
		WITH_BENCH(race_poll__lets__the_faster_win),
		WITH_BENCH(race_poll__goes__on_at_once_after_a_failure),
		WITH_BENCH(race_poll__holds__reserves_back),
		WITH_BENCH(race_poll__calls__reserves_when_all_others_have_failed),
		WITH_BENCH(race_poll__gives__dead_addresses_up),
		WITH_BENCH(race_poll__takes__addresses_that_come_later),
		WITH_BENCH(race_poll__comes__back_to_a_target_last),
		WITH_BENCH(race_add__takes__only_so_many),
	};

	return cmocka_run_group_tests_name("race", tests, NULL, NULL);
}

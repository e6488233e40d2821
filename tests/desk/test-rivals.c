#include "testing.h"

#include "rivals.h"

static const int64_t day = 24 * 60 * 60 * 1000;

static void rivals_before__is__one_order_for_all(void **state)
{
	enum { COUNT = 3, QUESTIONS = 300 };
	static const char *const nicks[COUNT] = {"careerbot", "careerbot_2", "adviser"};
	struct rivals *known_to[COUNT];
	unsigned first[COUNT] = {0};

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		known_to[i] = rivals_new();
		for (size_t k = 0; k < COUNT; k++)
			if (k != i)
				rivals_heard(known_to[i], "room@chat", nicks[k], 0);
	}
	for (int question = 0; question < QUESTIONS; question++) {
		unsigned taken = 0;
		char id[20];

		snprintf(id, sizeof(id), "st-%d", question);
		for (size_t i = 0; i < COUNT; i++) {
			unsigned before = rivals_before(known_to[i], "room@chat", nicks[i], id, 0);

			assert_int_equal(taken & (1u << before), 0);
			taken |= 1u << before;
			first[i] += !before;
		}
		assert_int_equal(taken, (1u << COUNT) - 1);
	}
	/* Each has its turn. */
	for (size_t i = 0; i < COUNT; i++) {
		assert_in_range(first[i], QUESTIONS / COUNT / 2, QUESTIONS / COUNT * 2);
		rivals_free(&known_to[i]);
	}
}

static unsigned most_before(const struct rivals *rivals, const char *room, int64_t now)
{
	unsigned most = 0;

	for (int question = 0; question < 1000; question++) {
		unsigned before;
		char id[20];

		snprintf(id, sizeof(id), "st-%d", question);
		before = rivals_before(rivals, room, "careerbot", id, now);
		if (before > most)
			most = before;
	}
	return most;
}

static void rivals_before__counts__who_was_heard_there_lately(void **state)
{
	struct rivals *rivals = rivals_new();
	char nick[20];

	(void)state;
	assert_int_equal(most_before(rivals, "room@chat", 0), 0);
	rivals_heard(rivals, "room@chat", "adviser", 0);
	rivals_heard(rivals, "room@chat", "adviser", 1);
	rivals_heard(rivals, "other@chat", "helper", 1);
	assert_int_equal(most_before(rivals, "room@chat", 2), 1);
	assert_int_equal(most_before(rivals, "third@chat", 2), 0);
	assert_int_equal(most_before(rivals, "room@chat", day), 1);
	assert_int_equal(most_before(rivals, "room@chat", day + 1), 0);
	/* Bounded: the last ones are known. */
	for (int i = 0; i < 100; i++) {
		snprintf(nick, sizeof(nick), "bot%d", i);
		rivals_heard(rivals, "room@chat", nick, i);
	}
	assert_in_range(most_before(rivals, "room@chat", 200), 1, 32);
	assert_int_equal(most_before(rivals, "other@chat", 200), 0);
	rivals_free(&rivals);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rivals_before__is__one_order_for_all),
		cmocka_unit_test(rivals_before__counts__who_was_heard_there_lately),
	};

	return cmocka_run_group_tests_name("rivals", tests, NULL, NULL);
}

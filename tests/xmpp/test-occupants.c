#include "testing.h"

#include "occupants.h"

static void occupants_find__finds__each_however_many_there_are(void **state)
{
	struct occupants people;
	char nick[16];

	(void)state;
	occupants_init(&people);
	for (int i = 0; i < 500; i++) {
		snprintf(nick, sizeof(nick), "n%d", i * 7919 % 500);
		occupants_enter(&people, nick, NULL, nick);
	}
	assert_int_equal(people.count, 500);
	for (int i = 0; i < 500; i++) {
		snprintf(nick, sizeof(nick), "n%d", i);
		assert_string_equal(occupants_find(&people, nick)->occupant_id, nick);
	}
	assert_null(occupants_find(&people, "n500"));
	occupants_release(&people);
}

static void occupants_enter__brings__up_to_date(void **state)
{
	struct occupants people;

	(void)state;
	occupants_init(&people);
	occupants_enter(&people, "Alice", NULL, "o1");
	occupants_enter(&people, "Alice", "alice@localhost", NULL);
	assert_int_equal(people.count, 1);
	assert_string_equal(occupants_find(&people, "Alice")->real_jid, "alice@localhost");
	assert_null(occupants_find(&people, "Alice")->occupant_id);
	assert_null(occupants_find(&people, "alice"));
	assert_string_equal(occupants_find_folded(&people, "alice")->nick, "Alice");
	occupants_release(&people);
}

static void occupants_rename__knows__who_it_is(void **state)
{
	struct occupants people;

	(void)state;
	occupants_init(&people);
	occupants_enter(&people, "Alice", NULL, NULL);
	occupants_rename(&people, "Alice", "Ally", "alice@localhost", NULL);
	assert_null(occupants_find(&people, "Alice"));
	assert_string_equal(occupants_find(&people, "Ally")->known_as, "Alice");
	assert_string_equal(occupants_find(&people, "Ally")->real_jid, "alice@localhost");
	occupants_enter(&people, "Alice", NULL, NULL);
	assert_string_not_equal(occupants_find(&people, "Alice")->known_as, "Alice");
	occupants_leave(&people, "Ally");
	occupants_rename(&people, "Alice", "Bob", NULL, NULL);
	occupants_rename(&people, "nobody", "Carol", NULL, NULL);
	assert_string_equal(occupants_find(&people, "Carol")->known_as, "Carol");
	occupants_enter(&people, "Alice", NULL, NULL);
	assert_string_equal(occupants_find(&people, "Alice")->known_as, "Alice");
	occupants_release(&people);
}

static void occupants_leave__forgets__one_alone(void **state)
{
	struct occupants people;

	(void)state;
	occupants_init(&people);
	occupants_enter(&people, "b", NULL, NULL);
	occupants_enter(&people, "a", NULL, NULL);
	occupants_leave(&people, "a");
	occupants_leave(&people, "nobody");
	assert_null(occupants_find(&people, "a"));
	assert_non_null(occupants_find(&people, "b"));
	occupants_clear(&people);
	assert_null(occupants_find(&people, "b"));
	occupants_release(&people);
}

static void occupants_enter__stops__at_the_bound(void **state)
{
	struct occupants people;
	char nick[16];

	(void)state;
	occupants_init(&people);
	for (int i = 0; i < OCCUPANTS_MAX + 5; i++) {
		snprintf(nick, sizeof(nick), "%06d", i);
		occupants_enter(&people, nick, NULL, NULL);
	}
	assert_int_equal(people.count, OCCUPANTS_MAX);
	occupants_release(&people);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(occupants_find__finds__each_however_many_there_are),
		cmocka_unit_test(occupants_enter__brings__up_to_date),
		cmocka_unit_test(occupants_rename__knows__who_it_is),
		cmocka_unit_test(occupants_leave__forgets__one_alone),
		cmocka_unit_test(occupants_enter__stops__at_the_bound),
	};

	return cmocka_run_group_tests_name("occupants", tests, NULL, NULL);
}

#include "world.h"

static const struct journal_room den = {"den@muc", "careerbot", "sesame"}, lab = {.jid = "lab@muc"};

static void keep(struct world *w, const struct journal_room *room)
{
	assert_int_equal(journal_keep_room(w->journal, room, &w->err), 0);
}

static size_t rooms(struct world *w, struct journal_room **list)
{
	size_t count;

	assert_int_equal(journal_rooms(w->journal, w->pool, list, &count, &w->err), 0);
	return count;
}

static void journal_rooms__knows__them_after_a_restart(void **state)
{
	struct world *w = *state;
	struct journal_room *list;

	assert_int_equal(rooms(w, &list), 0);
	keep(w, &lab);
	w->hand.wall += 1000;
	keep(w, &den);
	world_restart(w);
	assert_int_equal(rooms(w, &list), 2);
	assert_string_equal(list[0].jid, "lab@muc");
	assert_null(list[0].nick);
	assert_null(list[0].password);
	assert_string_equal(list[1].jid, "den@muc");
	assert_string_equal(list[1].nick, "careerbot");
	assert_string_equal(list[1].password, "sesame");
}

static void journal_keep_room__takes__the_new_password(void **state)
{
	const struct journal_room changed = {"den@muc", "cb", NULL};
	struct world *w = *state;
	struct journal_room *list;

	keep(w, &den);
	keep(w, &changed);
	assert_int_equal(rooms(w, &list), 1);
	assert_string_equal(list[0].nick, "cb");
	assert_null(list[0].password);
}

static void journal_drop_room__says__whether_it_was_there(void **state)
{
	struct world *w = *state;
	struct journal_room *list;

	keep(w, &den);
	assert_int_equal(journal_drop_room(w->journal, "lab@muc", &w->err), 0);
	assert_int_equal(journal_drop_room(w->journal, "den@muc", &w->err), 1);
	assert_int_equal(rooms(w, &list), 0);
	assert_false(world_holds(w, "sesame"));
}

static void journal_rooms__forgets__them_without_a_file(void **state)
{
	struct world *w = *state;
	struct journal_room *list;

	world_restart_in_memory(w);
	keep(w, &den);
	assert_int_equal(rooms(w, &list), 1);
	world_restart_in_memory(w);
	assert_int_equal(rooms(w, &list), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			journal_rooms__knows__them_after_a_restart, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(
			journal_keep_room__takes__the_new_password, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(
			journal_drop_room__says__whether_it_was_there, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(
			journal_rooms__forgets__them_without_a_file, world_setup, world_teardown),
	};

	return cmocka_run_group_tests_name("joined", tests, NULL, NULL);
}

#include "world.h"

static const char room[] = "room@conference.example";

static int find(struct world *world, const char *asker, const char *id, struct journal_row *row)
{
	return journal_find(world->journal, asker, room, id, world->pool, row, &world->err);
}

static struct journal_row found(struct world *world, const char *id)
{
	struct journal_row row;

	assert_int_equal(find(world, "alice@example", id, &row), 1);
	return row;
}

static void journal_find__knows__only_the_askers_own(void **state)
{
	struct world *world = *state;
	struct journal_row row;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(find(world, "bob@example", "m1", &row), 0);
	assert_int_equal(find(world, "alice@example", "m2", &row), 0);
	row = found(world, "m1");
	assert_string_equal(row.text, "pay?");
	assert_int_equal(row.asked_ms, world->hand.wall);
	assert_int_equal(row.state, JOURNAL_OWED);
}

static void journal_find__knows__the_rooms_id_too(void **state)
{
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "pay?");

	question.stanza_id = "st-1";
	assert_int_equal(world_owe(world, &question, NULL), 0);
	assert_string_equal(found(world, "st-1").text, "pay?");
}

static void journal_find__knows__anybodys_by_the_rooms_id_alone(void **state)
{
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "pay?");
	struct journal_row row;

	question.stanza_id = "st-1";
	assert_int_equal(world_owe(world, &question, NULL), 0);
	assert_int_equal(find(world, NULL, "m1", &row), 0);
	assert_int_equal(find(world, NULL, "st-1", &row), 1);
	assert_string_equal(row.text, "pay?");
	assert_int_equal(journal_find(world->journal, NULL, "other@conference.example", "st-1",
				 world->pool, &row, &world->err),
		0);
}

static void journal_answers__tells__what_was_said_to_each_version(void **state)
{
	struct world *world = *state;
	struct journal_question question;
	struct journal_delivery delivery = world_delivery("r2");
	struct journal_answer *list;
	size_t count;

	world_ask(world, "m1", "pay in Indai?", "r1");
	assert_int_equal(journal_confirm(world->journal, "r1", "st-r1", &world->err), 0);
	question = world_question(world, "m2", "pay in India?");
	question.corrects = found(world, "m1").first;
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	question = world_question(world, "m3", "nothing");
	question.corrects = found(world, "m1").first;
	assert_int_equal(world_owe(world, &question, NULL), 0);
	assert_int_equal(journal_answers(world->journal, found(world, "m1").first, world->pool,
				 &list, &count, &world->err),
		0);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].id, "r1");
	assert_string_equal(list[0].stanza_id, "st-r1");
	assert_int_equal(list[0].state, JOURNAL_CONFIRMED);
	assert_int_equal(list[0].place, JOURNAL_ROOM);
	assert_string_equal(list[1].id, "r2");
	assert_null(list[1].stanza_id);
	assert_int_equal(list[1].state, JOURNAL_OWED);
}

static void journal_owe__supersedes__the_corrected_version(void **state)
{
	struct world *world = *state;
	struct journal_question question;
	struct journal_delivery delivery = world_delivery("r2");
	struct journal_row *list, row;
	size_t count;

	world_ask(world, "m1", "pay in Indai?", "r1");
	question = world_question(world, "m2", "pay in India?");
	question.corrects = found(world, "m1").first;
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	assert_int_equal(found(world, "m2").first, found(world, "m1").row);
	assert_int_equal(journal_list(world->journal, JOURNAL_ALL, 10, world->pool, &list, &count,
				 &world->err),
		0);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].text, "pay in India?");

	assert_int_equal(
		journal_erase_question(world->journal, found(world, "m1").first, &world->err), 0);
	assert_int_equal(find(world, "alice@example", "m1", &row), 0);
	assert_int_equal(find(world, "alice@example", "m2", &row), 0);
	assert_false(world_holds(world, "Indai"));
	assert_false(world_holds(world, "the pay is good"));
}

static void ask_with_outcome(struct world *world, const char *id, const char *outcome)
{
	struct journal_question question = world_question(world, id, outcome);

	question.outcome = outcome;
	assert_int_equal(world_owe(world, &question, NULL), 0);
}

static void journal_list__tells__what_was_missed_or_disliked(void **state)
{
	struct world *world = *state;
	struct journal_row *list;
	size_t count;

	ask_with_outcome(world, "m1", "unknown");
	ask_with_outcome(world, "m2", "silent");
	world_ask(world, "m3", "good one", "r3");
	world_ask(world, "m4", "bad one", "r4");
	assert_int_equal(journal_confirm(world->journal, "r4", "st-4", &world->err), 0);
	assert_int_equal(
		journal_feedback(world->journal, "r3", "bob@example", 1, false, &world->err), 1);
	assert_int_equal(
		journal_feedback(world->journal, "st-4", "bob@example", -1, false, &world->err), 1);
	assert_int_equal(
		journal_feedback(world->journal, "what", "bob@example", -1, false, &world->err), 0);
	assert_int_equal(journal_list(world->journal, JOURNAL_MISSED, 10, world->pool, &list,
				 &count, &world->err),
		0);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].text, "bad one");
	assert_int_equal(list[0].liked, -1);
	assert_string_equal(list[1].text, "unknown");
	assert_int_equal(list[1].liked, 0);
}

static void journal_given__tells__who_may_hear_it(void **state)
{
	static const struct {
		const char *asker, *room;
		bool openly;
		const char *id, *answers; /* NULL: not for them, there */
	} cases[] = {
		{"alice@example", room, true, "r-room", "pay.all"},
		{"bob@example", room, true, "r-room", "pay.all"},
		{"bob@example", room, false, "st-room", "pay.all"},
		{"bob@example", "other@conference.example", true, "r-room", NULL},
		{"alice@example", NULL, false, "r-room", NULL},
		{"alice@example", room, false, "r-alone", "pay.india"},
		{"alice@example", room, true, "r-alone", NULL},
		{"bob@example", room, false, "r-alone", NULL},
		{"alice@example", room, true, "r-first", "pay.us pay.india"},
		{"alice@example", room, true, "nothing", NULL},
	};
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "pay?");
	struct journal_delivery delivery = world_delivery("r-room");

	question.answers = "pay.all";
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	assert_int_equal(journal_confirm(world->journal, "r-room", "st-room", &world->err), 0);
	question = world_question(world, "m2", "pay in India?");
	question.place = JOURNAL_PRIVATE;
	question.answers = "pay.india";
	delivery = world_delivery("r-alone");
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	world_ask(world, "m3", "pay in the US?", "r-first");
	question = world_question(world, "m4", "pay in the US and in India?");
	question.corrects = found(world, "m3").row;
	question.answers = "pay.us pay.india";
	delivery = world_delivery("r-second");
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *answers = NULL;
		int result = journal_given(world->journal, cases[i].asker, cases[i].room,
			cases[i].openly, cases[i].id, world->pool, &answers, &world->err);

		if (result != (cases[i].answers != NULL))
			fail_msg("case %zu is %d", i, result);
		if (cases[i].answers)
			assert_string_equal(answers, cases[i].answers);
	}
}

static void journal_feedback__replaces__and_withdraws(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay?", "r1");
	for (int i = 0; i < 3; i++)
		assert_int_equal(journal_feedback(world->journal, "r1", "bob@example", -1, false,
					 &world->err),
			1);
	assert_int_equal(found(world, "m1").liked, -1);
	assert_int_equal(
		journal_feedback(world->journal, "r1", "bob@example", 0, true, &world->err), 1);
	assert_int_equal(found(world, "m1").liked, 0);
	assert_string_equal(world_look(world, "SELECT count(*) FROM feedback"), "0");
}

static void journal_erase__forgets__one_asker(void **state)
{
	struct world *world = *state;
	struct journal_question question;
	struct journal_row row;
	int64_t since = 999, began = world->hand.wall;
	size_t count = 999;

	world_ask(world, "m1", "a confession", "r1");
	world->hand.wall += 5000;
	world_ask(world, "m2", "another confession", "r2");
	question = world_question(world, "m3", "of somebody else");
	question.asker = "bob@example";
	assert_int_equal(world_owe(world, &question, NULL), 0);

	assert_int_equal(
		journal_count(world->journal, "alice@example", &count, &since, &world->err), 0);
	assert_int_equal(count, 2);
	assert_int_equal(since, began);
	assert_int_equal(journal_erase(world->journal, "alice@example", &count, &world->err), 0);
	assert_int_equal(count, 2);
	assert_int_equal(
		journal_count(world->journal, "alice@example", &count, &since, &world->err), 0);
	assert_int_equal(count, 0);
	assert_int_equal(since, 0);
	assert_int_equal(find(world, "bob@example", "m3", &row), 1);
	assert_false(world_holds(world, "confession"));
	assert_false(world_holds(world, "the pay is good"));
}

static void journal_mark__holds__across_a_restart_until_its_time(void **state)
{
	struct world *world = *state;
	struct journal_key who = journal_key(world->journal, "room", room, NULL, NULL);
	int64_t until = 999;

	/* The key in the file is not the one of before it was opened. */
	assert_int_equal(journal_open(world->journal, &world->err), 0);
	who = journal_key(world->journal, "room", room, NULL, NULL);
	assert_int_equal(journal_marked(world->journal, "quiet", &who, &until, &world->err), 0);
	assert_int_equal(until, 0);
	assert_int_equal(
		journal_mark(world->journal, "quiet", &who, world->hand.wall + 5000, &world->err),
		0);
	world_restart(world);
	assert_int_equal(journal_marked(world->journal, "quiet", &who, &until, &world->err), 0);
	assert_int_equal(until, world->hand.wall + 5000);
	assert_int_equal(journal_marked(world->journal, "told", &who, &until, &world->err), 0);
	assert_int_equal(until, 0);
	world->hand.wall += 5000;
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_string_equal(world_look(world, "SELECT count(*) FROM mark"), "0");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(journal_find__knows__only_the_askers_own),
		TEST(journal_find__knows__the_rooms_id_too),
		TEST(journal_find__knows__anybodys_by_the_rooms_id_alone),
		TEST(journal_answers__tells__what_was_said_to_each_version),
		TEST(journal_owe__supersedes__the_corrected_version),
		TEST(journal_list__tells__what_was_missed_or_disliked),
		TEST(journal_given__tells__who_may_hear_it),
		TEST(journal_feedback__replaces__and_withdraws),
		TEST(journal_erase__forgets__one_asker),
		TEST(journal_mark__holds__across_a_restart_until_its_time),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}

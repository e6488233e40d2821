#include "world.h"

enum { DAY_MS = 24 * 3600 * 1000 };

static const char *state_of(struct world *world, const char *reply)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT coalesce(d.state, q.state) FROM question q "
		"LEFT JOIN delivery d ON d.question = q.id WHERE reply = '%s'",
		reply);
	return world_look(world, sql);
}

static size_t due(struct world *world, enum journal_due which, const char *room,
	struct journal_delivery **list)
{
	size_t count = 999;

	assert_int_equal(journal_due(world->journal, which, room, 10, world->pool, list, &count,
				 &world->err),
		0);
	return count;
}

static void journal_owe__writes__question_and_what_is_owed(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay in India?", "r1");
	assert_string_equal(state_of(world, "r1"), "owed");
	assert_string_equal(world_look(world, "SELECT text FROM question"), "pay in India?");
	assert_string_equal(
		world_look(world, "SELECT body FROM delivery"), "Alice: the pay is good");
}

static void journal_owe__never_writes__who_asked(void **state)
{
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "pay?");
	struct journal_delivery delivery = world_delivery("r1");

	question.asker = "wanda.whistleblower@secret.example";
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	assert_false(world_holds(world, "wanda"));
	assert_true(world_holds(world, "pay?"));
}

static void journal_owe__is_final__when_nothing_is_said(void **state)
{
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "hm");

	assert_int_equal(world_owe(world, &question, NULL), 0);
	assert_string_equal(world_look(world, "SELECT state FROM question"), "final");
	assert_string_equal(world_look(world, "SELECT count(*) FROM delivery"), "0");
}

static void journal_owe__caps__text_at_a_code_point(void **state)
{
	struct world *world = *state;
	static char text[6001];

	for (size_t i = 0; i + 2 < sizeof(text); i += 3)
		memcpy(text + i, "東", 3);
	world_ask(world, "m1", text, "r1");
	assert_string_equal(world_look(world, "SELECT length(text) FROM question"), "1365");
}

static void journal_confirm__wipes__address_and_text(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay in India?", "r1");
	assert_int_equal(journal_sent(world->journal, "r1", &world->err), 1);
	assert_string_equal(state_of(world, "r1"), "sent");
	assert_string_equal(world_look(world, "SELECT tries FROM delivery"), "1");
	assert_int_equal(journal_confirm(world->journal, "r1", "st-9", &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "confirmed");
	assert_string_equal(world_look(world, "SELECT count(*) FROM delivery"), "0");
	assert_string_equal(world_look(world, "SELECT reply_stanza FROM question"), "st-9");
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_false(world_holds(world, "the pay is good"));
}

static void journal_confirm__harms__no_other_answer(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_confirm(world->journal, "nobody's", NULL, &world->err), 0);
	assert_int_equal(journal_sent(world->journal, "nobody's", &world->err), 0);
	assert_int_equal(journal_finish(world->journal, "nobody's", JOURNAL_FINAL, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "owed");
}

static void journal_confirm__is_written__with_the_next_question(void **state)
{
	struct world *world = *state;

	world->keeps_news = true;
	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_confirm(world->journal, "r1", NULL, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "owed");
	world_ask(world, "m2", "skills?", "r2");
	assert_string_equal(state_of(world, "r1"), "confirmed");
	assert_string_equal(state_of(world, "r2"), "owed");
}

static void journal_flush__writes__what_has_waited(void **state)
{
	struct world *world = *state;

	world->keeps_news = true;
	world_ask(world, "m1", "pay?", "r1");
	world_ask(world, "m2", "pay?", "r2");
	assert_int_equal(journal_confirm(world->journal, "r1", NULL, &world->err), 0);
	world->hand.mono += 199;
	assert_int_equal(journal_flush(world->journal, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "owed");
	world->hand.mono += 1;
	assert_int_equal(journal_flush(world->journal, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "confirmed");
	assert_int_equal(journal_confirm(world->journal, "r2", NULL, &world->err), 0);
	/* Closing is a moment too. */
	journal_free(&world->journal);
	assert_string_equal(state_of(world, "r2"), "confirmed");
}

static void journal_owe__takes_down__what_is_sent_at_once(void **state)
{
	struct world *world = *state;
	struct journal_question question = world_question(world, "m1", "pay?");
	struct journal_delivery delivery = world_delivery("r1"), *list;

	delivery.state = JOURNAL_SENT;
	assert_int_equal(world_owe(world, &question, &delivery), 0);
	assert_string_equal(state_of(world, "r1"), "sent");
	assert_int_equal(due(world, JOURNAL_RELEASED, NULL, &list), 0);
	/* And then it was not. */
	assert_int_equal(journal_not_sent(world->journal, "r1", &world->err), 1);
	assert_int_equal(due(world, JOURNAL_RELEASED, NULL, &list), 1);
	assert_int_equal(list[0].tries, 0);
}

static void journal_flush__loses_nothing__of_a_crowd(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < 300; i++) {
		char id[20], reply[20];

		snprintf(id, sizeof(id), "m%d", i);
		snprintf(reply, sizeof(reply), "r%d", i);
		world_ask(world, id, "pay?", reply);
	}
	for (int i = 0; i < 300; i++) {
		char reply[20];

		snprintf(reply, sizeof(reply), "r%d", i);
		assert_int_equal(journal_confirm(world->journal, reply, reply, &world->err), 0);
	}
	assert_string_equal(
		world_look(world, "SELECT count(*) FROM question WHERE state = 'confirmed'"),
		"300");
}

static void journal_finish__leaves__what_was_confirmed(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_confirm(world->journal, "r1", NULL, &world->err), 0);
	assert_int_equal(journal_finish(world->journal, "r1", JOURNAL_GIVEN_UP, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "confirmed");
}

static void journal_due__finds__what_an_earlier_login_left_uncertain(void **state)
{
	struct world *world = *state;
	struct journal_delivery *list;
	int64_t since;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_sent(world->journal, "r1", &world->err), 1);
	world_ask(world, "m2", "skills?", "r2");
	assert_int_equal(due(world, JOURNAL_UNCERTAIN, NULL, &list), 0);

	journal_next_stream(world->journal);
	world->hand.wall += 1000;
	world_ask(world, "m3", "tools?", "r3");
	assert_int_equal(due(world, JOURNAL_UNCERTAIN, "room@conference.example", &list), 2);
	assert_string_equal(list[0].id, "r1");
	assert_int_equal(list[0].state, JOURNAL_SENT);
	assert_int_equal(list[0].tries, 1);
	assert_string_equal(list[0].reply_jid, "room@conference.example/Alice");
	assert_null(list[0].thread);
	assert_string_equal(list[1].id, "r2");
	assert_int_equal(list[1].state, JOURNAL_OWED);
	assert_int_equal(due(world, JOURNAL_UNCERTAIN, "", &list), 0);
	assert_int_equal(journal_uncertain_since(
				 world->journal, "room@conference.example", &since, &world->err),
		0);
	assert_int_equal(since, world->hand.wall - 1000);
}

static void journal_due__finds__what_was_owed_before_a_restart(void **state)
{
	struct world *world = *state;
	struct journal_delivery *list;

	world_ask(world, "m1", "pay?", "r1");
	world_restart(world);
	assert_int_equal(due(world, JOURNAL_UNCERTAIN, NULL, &list), 1);
	assert_string_equal(list[0].body, "Alice: the pay is good");
}

static void journal_owe_again__releases__or_holds_back(void **state)
{
	struct world *world = *state;
	struct journal_delivery *list;

	world_ask(world, "m1", "pay?", "r1");
	world_ask(world, "m2", "pay?", "r2");
	assert_int_equal(journal_sent(world->journal, "r1", &world->err), 1);
	assert_int_equal(journal_sent(world->journal, "r2", &world->err), 1);
	journal_next_stream(world->journal);
	assert_int_equal(journal_owe_again(world->journal, "r1", true, &world->err), 1);
	assert_int_equal(journal_owe_again(world->journal, "r2", false, &world->err), 1);
	assert_int_equal(due(world, JOURNAL_RELEASED, NULL, &list), 1);
	assert_string_equal(list[0].id, "r1");
	assert_int_equal(due(world, JOURNAL_UNCERTAIN, NULL, &list), 1);
	assert_string_equal(list[0].id, "r2");
}

static void journal_redirect__gives__a_new_id_and_recipient(void **state)
{
	struct world *world = *state;
	struct journal_delivery delivery;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_redirect(world->journal, "r1", "r2",
				 "room@conference.example/Alice", "the pay", &world->err),
		1);
	assert_int_equal(
		journal_delivery(world->journal, "r1", world->pool, &delivery, &world->err), 0);
	assert_int_equal(
		journal_delivery(world->journal, "r2", world->pool, &delivery, &world->err), 1);
	assert_int_equal(delivery.place, JOURNAL_PRIVATE);
	assert_string_equal(delivery.recipient, "room@conference.example/Alice");
	assert_string_equal(delivery.body, "the pay");
	assert_null(delivery.reply_to);
}

static void journal_prune__ends__what_hangs_for_a_day(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_sent(world->journal, "r1", &world->err), 1);
	world_ask(world, "m2", "pay?", "r2");
	world->hand.wall += DAY_MS - 1;
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "sent");
	world->hand.wall += 1;
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_string_equal(state_of(world, "r1"), "final");
	assert_string_equal(state_of(world, "r2"), "given-up");
	assert_string_equal(world_look(world, "SELECT count(*) FROM delivery"), "0");
	assert_false(world_holds(world, "the pay is good"));
}

static void journal_prune__drops__questions_after_their_days(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "old", "r1");
	world->hand.wall += INT64_C(60) * DAY_MS;
	world_ask(world, "m2", "new", "r2");
	world->hand.wall += INT64_C(30) * DAY_MS;
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_string_equal(world_look(world, "SELECT group_concat(text) FROM question"), "new");
}

static void journal__keeps__no_text_and_few_rows_in_memory(void **state)
{
	struct world *world = *state;
	struct journal_delivery delivery;
	struct journal_row *list;
	size_t count = 999;

	world_restart_in_memory(world);
	for (int i = 0; i < 1200; i++) {
		char id[20], reply[20];

		snprintf(id, sizeof(id), "m%d", i);
		snprintf(reply, sizeof(reply), "r%d", i);
		world_ask(world, id, "pay?", reply);
	}
	assert_int_equal(
		journal_delivery(world->journal, "r199", world->pool, &delivery, &world->err), 0);
	assert_int_equal(
		journal_delivery(world->journal, "r200", world->pool, &delivery, &world->err), 1);
	assert_int_equal(journal_list(world->journal, JOURNAL_ALL, 10, world->pool, &list, &count,
				 &world->err),
		0);
	assert_int_equal(count, 0);
	assert_false(journal_keeps_text(world->journal));
	world_restart_in_memory(world);
	assert_int_equal(
		journal_delivery(world->journal, "r200", world->pool, &delivery, &world->err), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(journal_owe__writes__question_and_what_is_owed),
		TEST(journal_owe__never_writes__who_asked),
		TEST(journal_owe__is_final__when_nothing_is_said),
		TEST(journal_owe__caps__text_at_a_code_point),
		TEST(journal_confirm__wipes__address_and_text),
		TEST(journal_confirm__harms__no_other_answer),
		TEST(journal_confirm__is_written__with_the_next_question),
		TEST(journal_owe__takes_down__what_is_sent_at_once),
		TEST(journal_flush__writes__what_has_waited),
		TEST(journal_flush__loses_nothing__of_a_crowd),
		TEST(journal_finish__leaves__what_was_confirmed),
		TEST(journal_due__finds__what_an_earlier_login_left_uncertain),
		TEST(journal_due__finds__what_was_owed_before_a_restart),
		TEST(journal_owe_again__releases__or_holds_back),
		TEST(journal_redirect__gives__a_new_id_and_recipient),
		TEST(journal_prune__ends__what_hangs_for_a_day),
		TEST(journal_prune__drops__questions_after_their_days),
		TEST(journal__keeps__no_text_and_few_rows_in_memory),
	};

	return cmocka_run_group_tests_name("owing", tests, NULL, NULL);
}

#include "world.h"

static const int64_t minute = 60 * 1000, hour = 60 * 60 * 1000;

static const char *state_of_all(struct world *world)
{
	return world_look(world,
		"SELECT group_concat(coalesce(d.state, q.state)) FROM "
		"(SELECT * FROM question ORDER BY id) q LEFT JOIN delivery d ON d.question = q.id");
}

/* The connection is gone, and back. */
static void gap(struct world *world)
{
	desk_offline(world->desk);
	desk_online(world->desk);
}

/* Said while we were away. */
static struct chat_message archived(
	struct world *world, struct chat_message message, int64_t age_ms)
{
	message.archived = true;
	message.sent_ms = world->hand.wall - age_ms;
	return message;
}

/* Answered with the next tick. */
static const struct sent *find(struct world *world, const struct chat_message *message)
{
	size_t before = world->sent_count;

	assert_null(world_say(world, message));
	desk_tick(world->desk);
	return world->sent_count > before ? world_last(world) : NULL;
}

static void desk__confirms__what_the_room_reflects(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	assert_string_equal(state_of_all(world), "sent");
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	assert_string_equal(state_of_all(world), "confirmed");
	gap(world);
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 0);
}

static void desk__sends_again__what_the_archive_lacks_under_the_same_id(void **state)
{
	struct world *world = *state;
	struct sent first;

	first = *world_say_in_room(world, "Alice", "pay?");
	gap(world);
	assert_int_equal(world_wait(world, minute), 0);
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 1);
	/* By now it must be said what it answers. */
	snprintf(first.quote, sizeof(first.quote), "pay?");
	assert_memory_equal(world_last(world), &first, sizeof(first));
	assert_string_equal(state_of_all(world), "sent");
}

static void desk__sends_again__after_a_crash(void **state)
{
	struct world *world = *state;
	struct sent first;

	first = *world_say_direct(world, "alice", "pay?");
	world_restart(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
	assert_memory_equal(world_last(world), &first, sizeof(first));
}

static void desk__leaves_alone__what_the_archive_holds(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	world_restart(world);
	desk_confirmed(world->desk, world->sent[0].id, NULL);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 0);
	assert_string_equal(state_of_all(world), "confirmed");
}

static void desk__waits__when_an_archive_could_not_be_read(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	gap(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_FAILED);
	assert_int_equal(world_wait(world, minute), 0);
	assert_string_equal(state_of_all(world), "sent");
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 1);
}

/* The very moment of sending, from inside the wire: a crash here must not lead to a second one. */
static void desk__writes_down__that_it_sends_before_it_does(void **state)
{
	struct world *world = *state;

	world->looks_when_sending = "SELECT state FROM delivery";
	world_say_direct(world, "alice", "pay?");
	assert_string_equal(world->seen_when_sending, "sent");
	world->wire_is_cut = true;
	world_say_direct(world, "bob", "pay?");
	world->wire_is_cut = false;
	world->looks_when_sending = "SELECT state FROM delivery ORDER BY question DESC";
	assert_int_equal(world_wait(world, 1000), 1);
	assert_string_equal(world->seen_when_sending, "sent");
}

static void desk__takes_for_final__what_was_sent_without_an_archive(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	world->wire_is_cut = true;
	world_say_direct(world, "bob", "pay?");
	assert_string_equal(state_of_all(world), "sent,owed");
	world->wire_is_cut = false;
	gap(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_NONE);
	assert_int_equal(world_wait(world, minute), 1);
	assert_string_equal(world_last(world)->to, "bob@example/phone");
	assert_string_equal(state_of_all(world), "final,sent");
}

static void desk__looks_up__each_answer_in_its_own_archive(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	world_say_in_room(world, "Bob", "pay?");
	gap(world);
	desk_caught_up(world->desk, "other@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 0);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
	assert_string_equal(world_last(world)->to, "alice@example/phone");
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
	assert_string_equal(world_last(world)->to, "room@chat");
}

/* Out of the room and in again, all under one login. */
static void desk__looks_up__what_it_said_in_a_room_that_it_enters_again(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	world_say_direct(world, "alice", "pay?");
	message = world_in_room(world, "Alice", "pay?");
	world_say(world, &message);
	desk_catch_up(world->desk, "room@chat");
	assert_int_equal(world_wait(world, 1000), 0);
	/* What comes before the archive was read hides no gap. */
	world_say_in_room(world, "Bob", "pay?");
	assert_string_equal(desk_catch_up(world->desk, "room@chat").after_id, message.stanza_id);
	desk_confirmed(world->desk, world_last(world)->id, NULL);
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 1);
	assert_string_equal(world_last(world)->id, world->sent[1].id);
	assert_string_equal(state_of_all(world), "sent,sent,confirmed");
}

static void desk__leaves_alone__answers_of_this_login(void **state)
{
	struct world *world = *state;

	gap(world);
	world_say_direct(world, "alice", "pay?");
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 0);
}

static void desk__gives_up__what_is_no_longer_worth_it(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	world_say_direct(world, "alice", "pay?");
	world_wait(world, 11 * minute);
	gap(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
	assert_string_equal(world_last(world)->to, "alice@example/phone");
	assert_string_equal(state_of_all(world), "given-up,sent");
}

static void desk__never_repeats__private_words_to_a_nick(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_private(world, "Alice", "pay?");

	assert_non_null(world_say(world, &message));
	gap(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, minute), 0);
	assert_string_equal(state_of_all(world), "given-up");

	message = archived(world, world_private(world, "Alice", "pay now?"), 1000);
	assert_null(find(world, &message));
}

static void desk__sends__what_could_not_be_sent_at_first(void **state)
{
	struct world *world = *state;

	world->wire_is_cut = true;
	assert_null(world_say_direct(world, "alice", "pay?"));
	assert_int_equal(world_wait(world, 5000), 0);
	world->wire_is_cut = false;
	assert_int_equal(world_wait(world, 5000), 1);
	assert_string_equal(state_of_all(world), "sent");
}

static void desk__sends__after_a_gap_without_a_flood(void **state)
{
	struct world *world = *state;
	char who[20];

	for (int i = 0; i < 50; i++) {
		snprintf(who, sizeof(who), "user%d", i);
		world_say_direct(world, who, "pay?");
	}
	gap(world);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	desk_tick(world->desk);
	assert_int_equal(world->sent_count, 60);
	desk_tick(world->desk);
	assert_int_equal(world->sent_count, 60);
	assert_int_equal(world_wait(world, 10 * 1000), 40);
}

static void desk__ends__after_a_day(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	world_wait(world, 25 * hour);
	assert_string_equal(state_of_all(world), "final");
	assert_string_equal(world_look(world, "SELECT count(*) FROM delivery"), "0");
}

/* --- what came back --- */

static void desk_undelivered__waits__when_it_is_not_in_the_room(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "not-acceptable");
	assert_string_equal(state_of_all(world), "owed");
	assert_int_equal(world_wait(world, minute), 0);
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
}

static void desk_undelivered__waits__while_the_room_is_down(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "service-unavailable");
	assert_string_equal(state_of_all(world), "owed");
	world_say_in_room(world, "Bob", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "policy-violation");
	assert_string_equal(state_of_all(world), "owed,given-up");
	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 1000), 1);
}

static void desk_undelivered__answers_in_private__where_it_has_no_voice(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "forbidden");
	assert_int_equal(world_wait(world, 1000), 1);
	assert_int_equal(world_last(world)->place, CHAT_PRIVATE);
	assert_string_equal(world_last(world)->to, "room@chat/Alice");
	assert_string_equal(world_last(world)->body, "The pay is good.");
	assert_string_equal(world_last(world)->reply_to, "");
	assert_string_not_equal(world->sent[0].id, world->sent[1].id);
	/* For a while it does not even try. */
	assert_int_equal(world_say_in_room(world, "Bob", "pay?")->place, CHAT_PRIVATE);
	/* Not in private either. */
	desk_undelivered(world->desk, world->sent[1].id, "not-acceptable");
	assert_int_equal(world_wait(world, minute), 0);
	world_wait(world, 10 * minute);
	assert_int_equal(world_say_in_room(world, "Carol", "pay?")->place, CHAT_ROOM);
}

static void desk_has_voice__ends__answers_in_private(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "forbidden");
	desk_has_voice(world->desk, "other@chat");
	assert_int_equal(world_say_in_room(world, "Bob", "pay?")->place, CHAT_PRIVATE);
	desk_has_voice(world->desk, "room@chat");
	assert_int_equal(world_say_in_room(world, "Carol", "pay?")->place, CHAT_ROOM);
}

static void desk__answers_in_private__where_the_wire_knows_it_has_no_voice(void **state)
{
	struct world *world = *state;

	world->wire_is_mute = true;
	assert_null(world_say_in_room(world, "Alice", "pay?"));
	assert_int_equal(world_wait(world, 1000), 1);
	assert_int_equal(world_last(world)->place, CHAT_PRIVATE);
	assert_string_equal(world_last(world)->body, "The pay is good.");
	/* An aside is not worth it. */
	assert_null(world_say_in_room(world, "Alice", "forget me"));
}

static void desk__keeps_nobody_waiting__for_a_room_it_is_not_in(void **state)
{
	struct world *world = *state;
	char nick[20];

	world->wire_has_no_room = true;
	for (int i = 0; i < 15; i++) {
		snprintf(nick, sizeof(nick), "user%d", i);
		assert_null(world_say_in_room(world, nick, "pay?"));
	}
	world->wire_is_cut = true;
	assert_null(world_say_direct(world, "alice", "pay?"));
	world->wire_is_cut = false;
	assert_int_equal(world_wait(world, 2000), 1);
	assert_string_equal(world_last(world)->to, "alice@example/phone");
	world->wire_has_no_room = false;
	assert_int_equal(world_wait(world, 3000), 15);
}

static void desk__gives_up__what_waits_too_long_for_a_room(void **state)
{
	struct world *world = *state;

	world->wire_has_no_room = true;
	world_say_in_room(world, "Alice", "pay?");
	world_wait(world, 11 * minute);
	assert_string_equal(state_of_all(world), "given-up");
}

static void desk_undelivered__gives_up__otherwise(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	desk_undelivered(world->desk, world_last(world)->id, "service-unavailable");
	assert_string_equal(state_of_all(world), "given-up");
	desk_undelivered(world->desk, "not-of-ours", NULL);
	assert_int_equal(world_wait(world, minute), 0);
}

/* --- what was said meanwhile --- */

static void desk__answers__what_was_asked_in_a_gap(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *what;
		bool in_room;
		int64_t age_minutes;
		const char *body; /* NULL: no answer */
	} cases[] = {
		{"a room's question of long ago", true, 10, NULL},
		{"a room's question of a while ago", true, 9, "Alice: The pay is good."},
		{"a direct one of yesterday", false, 24 * 60, NULL},
		{"of hours ago", false, 300, "[delayed 1 [ago-hours 1 5]:]\nThe pay is good."},
		{"of 20 minutes ago", false, 20,
			"[delayed 2 [ago-minutes 1 20]:]\nThe pay is good."},
		{"of a while ago", false, 9, "The pay is good."},
	};

	world_wait(world, 48 * hour);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct chat_message message = cases[i].in_room
						      ? world_in_room(world, "Alice", "pay?")
						      : world_direct(world, "alice", "pay?");
		const struct sent *sent;

		message = archived(world, message, cases[i].age_minutes * minute);
		sent = find(world, &message);
		if (!cases[i].body != !sent)
			fail_msg("%s: %s", cases[i].what, sent ? sent->body : "no answer");
		if (sent) {
			assert_string_equal(sent->body, cases[i].body);
			assert_string_equal(sent->quote, cases[i].age_minutes ? "pay?" : "");
		}
		world_wait(world, 2 * minute);
	}
}

/* Whoever asked now and then, while nobody answered, did not ask too fast. */
static void desk__answers__what_was_asked_in_a_gap_bit_by_bit(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	world_wait(world, hour);
	for (int i = 0; i < 30; i++) {
		char text[20];

		snprintf(text, sizeof(text), "pay %d?", i);
		message = archived(world, world_direct(world, "alice", text), hour - i * minute);
		assert_null(world_say(world, &message));
	}
	desk_tick(world->desk);
	assert_int_equal(world->sent_count, 10);
	assert_int_equal(world_wait(world, 2000), 20);
	/* These were, and nobody is scolded for it now. */
	for (int i = 0; i < 30; i++) {
		char text[20];

		snprintf(text, sizeof(text), "pay %d, bob?", i);
		message = archived(world, world_direct(world, "bob", text), minute - i);
		assert_null(world_say(world, &message));
	}
	assert_int_equal(world_wait(world, 10 * 1000), 6);
	/* By now there is time again. */
	assert_non_null(world_say_direct(world, "bob", "pay?"));
}

static void desk__answers__what_became_of_a_question_in_a_gap(void **state)
{
	struct world *world = *state;
	struct chat_message first, last;

	world_wait(world, hour);
	first = archived(world, world_direct(world, "alice", "pay?"), 3 * minute);
	last = archived(world, world_direct(world, "alice", "pay now?"), 2 * minute);
	last.kind = CHAT_CORRECTS;
	last.target = first.id;
	assert_null(world_say(world, &first));
	assert_null(world_say(world, &last));
	first = archived(world, world_direct(world, "bob", "pay?"), 2 * minute);
	last = archived(world, world_direct(world, "bob", "pay?"), minute);
	last.kind = CHAT_RETRACTS;
	last.target = first.id;
	assert_null(world_say(world, &first));
	assert_null(world_say(world, &last));
	assert_int_equal(world_wait(world, minute), 1);
	assert_string_equal(world_last(world)->to, "alice@example/phone");
	assert_string_equal(world_last(world)->quote, "pay now?");
	assert_string_equal(world_last(world)->replaces, "");
}

static void desk__answers__nothing_older_than_its_journal(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	message = archived(world, world_direct(world, "alice", "pay?"), 1);
	assert_null(find(world, &message));
	message = archived(world, world_direct(world, "bob", "pay?"), 0);
	assert_non_null(find(world, &message));
	world_wait(world, hour);
	message = archived(world, world_direct(world, "alice", "pay?"), minute);
	assert_non_null(find(world, &message));
	world_restart(world);
	message = archived(world, world_direct(world, "alice", "pay, please?"), minute);
	assert_non_null(find(world, &message));
	world_restart_in_memory(world);
	message = archived(world, world_direct(world, "alice", "pay at last?"), minute);
	assert_null(find(world, &message));
}

static void desk_catch_up__begins__where_reading_ended(void **state)
{
	struct world *world = *state;
	struct chat_message message;
	struct chat_mark from;
	int64_t then;

	/* Never read: as far back as it is worth it, and a bit. */
	from = desk_catch_up(world->desk, "room@chat");
	assert_null(from.after_id);
	assert_int_equal(from.since_ms, world->hand.wall - 15 * minute);
	from = desk_catch_up(world->desk, NULL);
	assert_int_equal(from.since_ms, world->hand.wall - 24 * hour - 5 * minute);

	/* Not yet read up to here: what was said just now hides no gap. */
	world_say_in_room(world, "Alice", "pay?");
	assert_null(desk_catch_up(world->desk, "room@chat").after_id);

	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	message = world_in_room(world, "Alice", "pay now?");
	world_say(world, &message);
	desk_confirmed(world->desk, world->sent[0].id, NULL);
	desk_confirmed(world->desk, world->sent[1].id, NULL);
	then = world->hand.wall;
	world_wait(world, minute);
	world_restart(world);
	from = desk_catch_up(world->desk, "room@chat");
	assert_string_equal(from.after_id, message.stanza_id);
	assert_int_equal(from.since_ms, then - 5 * minute);
}

static void desk_catch_up__begins__before_what_is_uncertain(void **state)
{
	struct world *world = *state;
	struct chat_message message;
	struct chat_mark from;
	int64_t then = world->hand.wall;

	desk_caught_up(world->desk, "room@chat", CHAT_ARCHIVE_READ);
	world_say_in_room(world, "Alice", "pay?");
	world_wait(world, minute);
	message = world_in_room(world, "Alice", "pay now?");
	world_say(world, &message);
	desk_confirmed(world->desk, world->sent[1].id, NULL);
	gap(world);
	from = desk_catch_up(world->desk, "room@chat");
	assert_null(from.after_id);
	assert_int_equal(from.since_ms, then - 5 * minute);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(desk__confirms__what_the_room_reflects),
		TEST(desk__sends_again__what_the_archive_lacks_under_the_same_id),
		TEST(desk__sends_again__after_a_crash),
		TEST(desk__leaves_alone__what_the_archive_holds),
		TEST(desk__waits__when_an_archive_could_not_be_read),
		TEST(desk__writes_down__that_it_sends_before_it_does),
		TEST(desk__takes_for_final__what_was_sent_without_an_archive),
		TEST(desk__looks_up__each_answer_in_its_own_archive),
		TEST(desk__looks_up__what_it_said_in_a_room_that_it_enters_again),
		TEST(desk__leaves_alone__answers_of_this_login),
		TEST(desk__gives_up__what_is_no_longer_worth_it),
		TEST(desk__never_repeats__private_words_to_a_nick),
		TEST(desk__sends__what_could_not_be_sent_at_first),
		TEST(desk__sends__after_a_gap_without_a_flood),
		TEST(desk__ends__after_a_day),
		TEST(desk_undelivered__waits__when_it_is_not_in_the_room),
		TEST(desk_undelivered__waits__while_the_room_is_down),
		TEST(desk_undelivered__answers_in_private__where_it_has_no_voice),
		TEST(desk_undelivered__gives_up__otherwise),
		TEST(desk_has_voice__ends__answers_in_private),
		TEST(desk__answers_in_private__where_the_wire_knows_it_has_no_voice),
		TEST(desk__keeps_nobody_waiting__for_a_room_it_is_not_in),
		TEST(desk__gives_up__what_waits_too_long_for_a_room),
		TEST(desk__answers__what_was_asked_in_a_gap),
		TEST(desk__answers__what_was_asked_in_a_gap_bit_by_bit),
		TEST(desk__answers__what_became_of_a_question_in_a_gap),
		TEST(desk__answers__nothing_older_than_its_journal),
		TEST(desk_catch_up__begins__where_reading_ended),
		TEST(desk_catch_up__begins__before_what_is_uncertain),
	};

	return cmocka_run_group_tests_name("gap", tests, NULL, NULL);
}

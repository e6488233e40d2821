#include "world.h"

#include <sqlite3.h>

static const int64_t minute = 60 * 1000, hour = 60 * 60 * 1000;

static void desk__answers__in_a_room_by_nick_and_reference(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_in_room(world, "Alice", "pay?");
	const struct sent *sent;

	message.thread = "t1";
	sent = world_say(world, &message);
	assert_non_null(sent);
	assert_int_equal(sent->place, CHAT_ROOM);
	assert_string_equal(sent->to, "room@chat");
	assert_string_equal(sent->body, "Alice: The pay is good.");
	assert_string_equal(sent->reply_to, message.stanza_id);
	assert_string_equal(sent->reply_jid, message.from);
	assert_string_equal(sent->thread, "t1");
	assert_false(sent->throw_away);
	assert_int_equal(fake_asked.place, ANSWER_ROOM);
}

static void desk__answers__directly_without_nick(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "alice", "pay?");
	const struct sent *sent = world_say(world, &message);

	assert_non_null(sent);
	assert_int_equal(sent->place, CHAT_DIRECT);
	assert_string_equal(sent->to, "alice@example/phone");
	assert_string_equal(sent->body, "The pay is good.");
	assert_string_equal(sent->reply_to, "");
	assert_int_equal(fake_asked.place, ANSWER_DIRECT);

	message = world_direct(world, "alice", "pay in India?");
	message.replies_known = true;
	sent = world_say(world, &message);
	assert_string_equal(sent->reply_to, message.id);
	assert_string_equal(sent->reply_jid, message.from);
}

static void desk__answers__an_occupant_alone(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_private(world, "Alice", "pay?");
	const struct sent *sent = world_say(world, &message);

	assert_non_null(sent);
	assert_int_equal(sent->place, CHAT_PRIVATE);
	assert_string_equal(sent->to, "room@chat/Alice");
	assert_string_equal(sent->body, "The pay is good.");
}

static void desk__tells__which_answer_is_replied_to(void **state)
{
	struct world *world = *state;
	struct chat_message message;
	char id[64];

	snprintf(id, sizeof(id), "%s", world_say_in_room(world, "Alice", "pay?")->id);
	desk_confirmed(world->desk, id, "what-the-room-calls-it");
	world_say_in_room(world, "Alice", "fees?");
	assert_string_equal(fake_asked.about, "");
	message = world_in_room(world, "Bob", "more of that");
	message.target = "what-the-room-calls-it";
	world_say(world, &message);
	assert_string_equal(fake_asked.about, "salary.overview why.pay ");
	message = world_in_room(world, "Carol", "more of that");
	message.target = "what-somebody-else-said";
	world_say(world, &message);
	assert_string_equal(fake_asked.about, "");
}

static void desk__keeps_apart__the_talks_of_people_and_places(void **state)
{
	struct world *world = *state;
	char first[200];

	world_say_in_room(world, "Alice", "pay?");
	snprintf(first, sizeof(first), "%s", fake_asked.talk);
	world_say_in_room(world, "Bob", "pay?");
	assert_string_not_equal(fake_asked.talk, first);
	world_say_direct(world, "Alice", "pay?");
	assert_string_not_equal(fake_asked.talk, first);
	world_say_in_room(world, "Alice", "pay again?");
	assert_string_equal(fake_asked.talk, first);
}

static void desk__goes_on__alone_with_what_was_said_in_the_room(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_in_room(world, "Alice", "pay?");
	char in_room[200];

	message.asker = message.real_jid = "alice@example";
	world_say(world, &message);
	snprintf(in_room, sizeof(in_room), "%s", fake_asked.talk);
	assert_string_equal(fake_asked.elder, "");
	world_say_direct(world, "alice", "pay more?");
	assert_string_equal(fake_asked.elder, in_room);
	world_say_direct(world, "bob", "pay more?");
	assert_string_equal(fake_asked.elder, "");
	message = world_private(world, "Carol", "pay?");
	world_say(world, &message);
	assert_string_equal(fake_asked.elder, "room room@chat room@chat#Carol");
	/* What was said alone stays there. */
	message = world_in_room(world, "Alice", "pay again?");
	message.asker = message.real_jid = "alice@example";
	world_say(world, &message);
	assert_string_equal(fake_asked.elder, "");
}

static void desk__gives__each_message_an_id_of_its_own(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	world_say_direct(world, "bob", "pay?");
	assert_int_equal(strlen(world->sent[0].id), 40);
	assert_string_not_equal(world->sent[0].id, world->sent[1].id);
}

static void desk__is_silent__where_there_is_nothing_to_say(void **state)
{
	struct world *world = *state;

	assert_null(world_say_direct(world, "alice", "hm"));
	assert_string_equal(world_look(world, "SELECT outcome FROM question"), "silent");
	assert_null(world_say_direct(world, "alice", ""));
	assert_null(world_say_direct(world, "alice", " ?! "));
	assert_int_equal(fake_asked.count, 1);
}

static void desk__greets__who_only_calls_its_name(void **state)
{
	struct world *world = *state;
	const struct sent *sent = world_say_in_room(world, "Alice", "?");

	assert_non_null(sent);
	assert_string_equal(sent->body, "Alice: Hello!");
}

static void desk__ignores__what_is_not_for_it(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_in_room(world, "Alice", "pay?");

	message.addressed = false;
	assert_null(world_say(world, &message));
	assert_int_equal(world_wait(world, minute), 0);
	assert_int_equal(fake_asked.count, 0);
}

static void desk__shortens__what_is_too_long_for_a_room(void **state)
{
	struct world *world = *state;
	const struct sent *sent = world_say_in_room(world, "Alice", "long one");

	assert_string_equal(sent->body,
		"Alice: line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\n[more 1]");
	sent = world_say_direct(world, "alice", "long one");
	assert_non_null(strstr(sent->body, "line 20"));
}

static void desk__answers__nothing_twice(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "alice", "pay?");
	struct chat_message again;

	assert_non_null(world_say(world, &message));
	assert_null(world_say(world, &message));
	world_restart(world);
	assert_null(world_say(world, &message));
	/* Found in an archive that gives it another id. */
	again = message;
	again.stanza_id = "other";
	again.archived = true;
	again.sent_ms = world->hand.wall;
	assert_null(world_say(world, &again));
	assert_int_equal(world->sent_count, 1);
}

static void desk__tells_apart__clients_that_count_from_one(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "pay?");
	struct chat_message second = world_direct(world, "alice", "pay?");

	first.id = second.id = "1";
	assert_non_null(world_say(world, &first));
	assert_non_null(world_say(world, &second));
}

/* --- manners --- */

static void desk__is_quiet__for_an_hour_when_asked_to(void **state)
{
	struct world *world = *state;
	const struct sent *sent = world_say_in_room(world, "Alice", "please be quiet");

	assert_string_equal(sent->body, "Alice: [quiet-obeyed 1]");
	assert_true(sent->throw_away);
	assert_null(world_say_in_room(world, "Bob", "pay?"));
	assert_null(world_say_in_room(world, "Alice", "be quiet"));
	/* Elsewhere it speaks. */
	assert_non_null(world_say_direct(world, "bob", "pay?"));
	world_restart(world);
	assert_null(world_say_in_room(world, "Bob", "pay now?"));
	world_wait(world, hour - minute);
	assert_null(world_say_in_room(world, "Bob", "pay later?"));
	world_wait(world, minute);
	assert_non_null(world_say_in_room(world, "Bob", "pay at last?"));
}

static void desk__speaks_again__when_woken(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "be quiet");
	assert_string_equal(world_say_in_room(world, "Bob", "you can speak again")->body,
		"Bob: [awake-again 2]");
	assert_non_null(world_say_in_room(world, "Bob", "pay?"));
}

static void desk__slows_down__an_asker_in_haste(void **state)
{
	struct world *world = *state;
	char text[20];

	for (int i = 0; i < 6; i++) {
		snprintf(text, sizeof(text), "pay %d?", i);
		assert_false(world_say_direct(world, "alice", text)->throw_away);
	}
	assert_string_equal(world_say_direct(world, "alice", "pay 6?")->body, "[too-fast 1]");
	assert_null(world_say_direct(world, "alice", "pay 7?"));
	assert_non_null(world_say_direct(world, "bob", "pay?"));
	world_wait(world, 5000);
	assert_string_equal(world_say_direct(world, "alice", "pay 8?")->body, "The pay is good.");
	assert_null(world_say_direct(world, "alice", "pay 9?"));
	world_wait(world, 500);
	assert_null(world_say_direct(world, "alice", "pay 10?"));
	world_restart(world);
	assert_non_null(world_say_direct(world, "alice", "pay 11?"));
}

static void desk__says_so__once_a_minute(void **state)
{
	struct world *world = *state;
	unsigned words = 0;
	char text[20];

	for (int i = 0; i < 1200; i++) { /* ten a second, for two minutes */
		const struct sent *sent;

		snprintf(text, sizeof(text), "pay %d?", i);
		sent = world_say_direct(world, "alice", text);
		words += sent && sent->throw_away;
		world->hand.mono += 100;
		world->hand.wall += 100;
	}
	assert_int_equal(words, 2);
	assert_in_range(world->sent_count, 6 + 24 - 1 + 2, 6 + 24 + 1 + 2);
}

static void desk__slows_down__a_room_in_haste(void **state)
{
	struct world *world = *state;
	unsigned answers = 0, words = 0;
	char nick[20];

	for (int i = 0; i < 40; i++) {
		const struct sent *sent;

		snprintf(nick, sizeof(nick), "user%d", i);
		sent = world_say_in_room(world, nick, "pay?");
		answers += sent && !sent->throw_away;
		words += sent && sent->throw_away;
	}
	assert_int_equal(answers, 20);
	assert_int_equal(words, 1);
	world_wait(world, 1000);
	assert_non_null(world_say_in_room(world, "late", "pay?"));
	assert_null(world_say_in_room(world, "later", "pay?"));
}

static void desk__knows_no_haste__when_rate_is_off(void **state)
{
	struct world *world = *state;
	struct desk_settings settings = world->settings;
	char text[20];

	settings.rate.on = false;
	desk_set(world->desk, &settings);
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "pay %d?", i);
		assert_non_null(world_say_direct(world, "alice", text));
	}
}

static void desk__ends__talk_that_repeats_itself(void **state)
{
	struct world *world = *state;

	assert_non_null(world_say_direct(world, "robot", "pay?"));
	assert_non_null(world_say_direct(world, "robot", "pay?"));
	assert_null(world_say_direct(world, "robot", "pay?"));
	assert_non_null(world_say_direct(world, "alice", "pay?"));
	world_wait(world, 30 * 1000);
	assert_null(world_say_direct(world, "robot", "pay?"));
	world_wait(world, 2 * minute);
	assert_non_null(world_say_direct(world, "robot", "pay?"));
}

static void desk__ends__talk_with_one_of_its_kind(void **state)
{
	struct world *world = *state;
	static const char *const lines[] = {
		"Sorry, I did not get that one.",
		"What do you mean, please? Say help.",
		"[quiet-obeyed 1]",
		"[uncovered-with 2] or so",
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		assert_null(world_say_direct(world, "robot", lines[i]));
	assert_non_null(world_say_direct(world, "robot", "pay?"));
	assert_null(world_say_direct(world, "robot", "The pay is good."));
}

static void desk__ends__babble_without_pause(void **state)
{
	struct world *world = *state;
	char text[20];
	int answered = 0;

	for (int i = 0; i < 60; i++) {
		snprintf(text, sizeof(text), "beep %d", i);
		answered += world_say_direct(world, "robot", text) != NULL;
		world_wait(world, 10 * 1000);
	}
	assert_int_equal(answered, 20);
	assert_non_null(world_say_direct(world, "robot", "pay?"));
	assert_non_null(world_say_direct(world, "robot", "beep at last"));
}

static void desk__says__nothing_word_for_word_again_for_minutes(void **state)
{
	struct world *world = *state;

	assert_string_equal(world_say_in_room(world, "Alice", "fees?")->body, "Alice: It costs 5.");
	assert_string_equal(
		world_say_in_room(world, "Bob", "fees?")->body, "Bob: 5 is what it costs.");
	/* There is no third way to say it, but a question is answered. */
	assert_non_null(world_say_in_room(world, "Carol", "fees?"));
	/* Elsewhere it is new. */
	assert_string_equal(world_say_direct(world, "dave", "fees?")->body, "It costs 5.");
	world_wait(world, 6 * minute);
	assert_string_equal(world_say_in_room(world, "Bob", "fees?")->body, "Bob: It costs 5.");
}

static void desk__tires__no_room_with_its_asides(void **state)
{
	struct world *world = *state;

	assert_string_equal(world_say_in_room(world, "Alice", "beep")->body,
		"Alice: Sorry, I did not get that one.");
	assert_string_equal(
		world_say_in_room(world, "Bob", "boop")->body, "Bob: What do you mean, please?");
	assert_null(world_say_in_room(world, "Carol", "brrp"));
	assert_string_equal(
		world_look(world, "SELECT outcome FROM question ORDER BY id DESC"), "unknown");
	/* Who is alone with it is told each time. */
	for (int i = 0; i < 3; i++) {
		assert_non_null(world_say_direct(world, "dave", i ? "beep" : "boop"));
		world_wait(world, minute);
	}
	world_wait(world, 5 * minute);
	assert_non_null(world_say_in_room(world, "Carol", "brrp"));
}

static void desk__varies__what_it_says_of_privacy_to_a_room(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "forget me");
	assert_string_equal(world_last(world)->body, "Alice: [private-only-short 1]");
	world_say_in_room(world, "Bob", "forget me");
	assert_string_equal(world_last(world)->body, "Bob: [private-only-short 2]");
	assert_null(world_say_in_room(world, "Carol", "forget me"));
}

static void desk__tells__about_encryption_once_a_day(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "alice", "I sent you an encrypted one");

	message.kind = CHAT_ENCRYPTED;
	assert_string_equal(world_say(world, &message)->body, "[encrypted 1]");
	assert_int_equal(fake_asked.count, 0);
	message.id = "m2", message.stanza_id = "st2";
	assert_null(world_say(world, &message));
	world_restart(world);
	message.id = "m3", message.stanza_id = "st3";
	assert_null(world_say(world, &message));
	world_wait(world, 24 * hour);
	message.id = "m4", message.stanza_id = "st4";
	assert_non_null(world_say(world, &message));
}

static void desk__tells__once_in_a_while_that_it_opens_no_files(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "alice", "https://up.example/cv.pdf");

	message.kind = CHAT_FILE;
	assert_string_equal(world_say(world, &message)->body, "[file 1]");
	assert_int_equal(fake_asked.count, 0);
	message.id = "m2", message.stanza_id = "st2";
	assert_null(world_say(world, &message));
	world_wait(world, hour);
	message.id = "m3", message.stanza_id = "st3";
	assert_non_null(world_say(world, &message));
	message = world_in_room(world, "Bob", "https://up.example/cv.pdf");
	message.kind = CHAT_FILE;
	assert_null(world_say(world, &message));
}

static void desk_ignore__hears__nothing_of_somebody(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	desk_ignore(world->desk, "alice@example", hour);
	assert_null(world_say_direct(world, "alice", "pay?"));
	message = world_in_room(world, "Alice", "pay?");
	message.real_jid = "alice@example";
	assert_null(world_say(world, &message));
	assert_non_null(world_say_direct(world, "bob", "pay?"));
	desk_ignore(world->desk, "alice@example", 0);
	assert_non_null(world_say_direct(world, "alice", "pay now?"));
}

/* --- trouble --- */

static unsigned count_of(const char *text, const char *what)
{
	unsigned count = 0;

	for (; (text = strstr(text, what)); text++)
		count++;
	return count;
}

static void desk__goes_on__without_its_journal_and_says_so_once(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "alice", "pay?");
	sqlite3 *other = NULL;
	char text[20];

	assert_int_equal(sqlite3_open(world->file, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_non_null(world_say(world, &message));
	assert_null(world_say(world, &message));
	for (int i = 0; i < 10; i++) {
		snprintf(text, sizeof(text), "pay %d?", i);
		world_say_direct(world, "alice", text);
		world_wait(world, 30 * 1000);
	}
	assert_int_equal(world->sent_count, 11);
	assert_int_equal(count_of(world->log, "error: "), 1);
	assert_non_null(strstr(world->log, "locked; answers go on, but are not written down"));
	world_wait(world, hour);
	world_say_direct(world, "alice", "pay then?");
	assert_int_equal(count_of(world->log, "error: "), 2);

	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(other);
	world_wait(world, minute);
	world_say_direct(world, "alice", "pay now?");
	world_say_direct(world, "alice", "pay again?");
	assert_int_equal(count_of(world->log, "can be written again"), 1);
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "2");
}

static void desk__begins_anew__with_a_damaged_journal(void **state)
{
	struct world *world = *state;
	FILE *out;

	world_say_direct(world, "alice", "pay?");
	journal_free(&world->journal);
	world->journal = journal_new(
		&(struct journal_settings){.file = NULL}, &world->clock, &world->chance);
	out = fopen(world->file, "w");
	assert_non_null(out);
	fputs("no database at all, but a letter to the editor of some length", out);
	fclose(out);
	world_restart(world);
	assert_int_equal(count_of(world->log, "warning: "), 1);
	assert_non_null(strstr(world->log, "was damaged; a new journal is begun"));
	assert_non_null(world_say_direct(world, "alice", "pay?"));
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(desk__answers__in_a_room_by_nick_and_reference),
		TEST(desk__answers__directly_without_nick),
		TEST(desk__answers__an_occupant_alone),
		TEST(desk__tells__which_answer_is_replied_to),
		TEST(desk__keeps_apart__the_talks_of_people_and_places),
		TEST(desk__goes_on__alone_with_what_was_said_in_the_room),
		TEST(desk__gives__each_message_an_id_of_its_own),
		TEST(desk__is_silent__where_there_is_nothing_to_say),
		TEST(desk__greets__who_only_calls_its_name),
		TEST(desk__ignores__what_is_not_for_it),
		TEST(desk__shortens__what_is_too_long_for_a_room),
		TEST(desk__answers__nothing_twice),
		TEST(desk__tells_apart__clients_that_count_from_one),
		TEST(desk__is_quiet__for_an_hour_when_asked_to),
		TEST(desk__speaks_again__when_woken),
		TEST(desk__slows_down__an_asker_in_haste),
		TEST(desk__says_so__once_a_minute),
		TEST(desk__slows_down__a_room_in_haste),
		TEST(desk__knows_no_haste__when_rate_is_off),
		TEST(desk__ends__talk_that_repeats_itself),
		TEST(desk__ends__talk_with_one_of_its_kind),
		TEST(desk__ends__babble_without_pause),
		TEST(desk__says__nothing_word_for_word_again_for_minutes),
		TEST(desk__tires__no_room_with_its_asides),
		TEST(desk__varies__what_it_says_of_privacy_to_a_room),
		TEST(desk__tells__about_encryption_once_a_day),
		TEST(desk__tells__once_in_a_while_that_it_opens_no_files),
		TEST(desk_ignore__hears__nothing_of_somebody),
		TEST(desk__goes_on__without_its_journal_and_says_so_once),
		TEST(desk__begins_anew__with_a_damaged_journal),
	};

	return cmocka_run_group_tests_name("desk", tests, NULL, NULL);
}

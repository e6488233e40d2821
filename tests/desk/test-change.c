#include "world.h"

static struct chat_message correction(
	struct world *world, const struct chat_message *of, const char *text)
{
	struct chat_message message = *of;

	message.kind = CHAT_CORRECTS;
	message.target = of->id;
	message.id = "corrected";
	message.stanza_id = text;
	message.body = message.text = text;
	(void)world;
	return message;
}

static struct chat_message about(
	const struct chat_message *of, enum chat_kind kind, const char *target, const char *body)
{
	struct chat_message message = *of;

	message.kind = kind;
	message.target = target;
	message.id = message.stanza_id = NULL;
	message.body = message.text = body;
	return message;
}

static void desk__corrects__its_answer_along_with_the_question(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "what?"), second, third;
	struct sent answer;

	answer = *world_say(world, &first);
	world_wait(world, 110 * 1000);
	second = correction(world, &first, "pay?");
	assert_non_null(world_say(world, &second));
	assert_string_equal(world_last(world)->body, "Alice: The pay is good.");
	assert_string_equal(world_last(world)->replaces, answer.id);
	assert_string_not_equal(world_last(world)->id, answer.id);
	/* A correction names the first version, and so do we. */
	third = correction(world, &first, "pay in India?");
	assert_string_equal(world_say(world, &third)->replaces, answer.id);
	assert_string_equal(
		world_look(world, "SELECT group_concat(text) FROM question WHERE NOT corrected"),
		"pay in India?");
}

static void desk__leaves_alone__what_is_corrected_late(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "what?"), second;

	world_say(world, &first);
	world_wait(world, 121 * 1000);
	second = correction(world, &first, "pay?");
	assert_null(world_say(world, &second));
}

static void desk__answers__what_becomes_a_question_for_it(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?"), second;

	first.addressed = false;
	assert_null(world_say(world, &first));
	second = correction(world, &first, "pay?");
	second.addressed = true;
	assert_non_null(world_say(world, &second));
	assert_string_equal(world_last(world)->replaces, "");
}

static void desk__answers_anew__what_it_still_owed(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "what?"), second;

	world->wire_is_cut = true;
	world_say(world, &first);
	world->wire_is_cut = false;
	second = correction(world, &first, "pay?");
	assert_string_equal(world_say(world, &second)->body, "The pay is good.");
	assert_string_equal(world_last(world)->replaces, "");
	assert_int_equal(world_wait(world, 60 * 1000), 0);
}

static void desk__takes__corrections_from_the_asker_alone(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "what?"), second;

	world_say(world, &first);
	second = correction(world, &first, "pay?");
	second.asker = "room@chat#Mallory";
	second.addressed = false;
	assert_null(world_say(world, &second));
}

static void desk__holds__the_corrected_question(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_overheard(world, "Alice", "pay of cats?"), second;

	world_say(world, &first);
	second = correction(world, &first, "lunch?");
	world_say(world, &second);
	assert_int_equal(world_wait(world, 60 * 1000), 0);

	first = world_overheard(world, "Alice", "pay of dogs?");
	world_say(world, &first);
	second = correction(world, &first, "pay of engineers?");
	world_say(world, &second);
	assert_int_equal(world_wait(world, 60 * 1000), 1);
	assert_string_equal(fake_asked.text, "pay of engineers?");
}

static void desk__corrects__by_the_id_that_it_sent_first(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "what?"), second, third;
	char answer[64];

	snprintf(answer, sizeof(answer), "%s", world_say(world, &first)->id);
	second = correction(world, &first, "pay?");
	second.id = "second";
	assert_string_equal(world_say(world, &second)->replaces, answer);
	/* Some clients name the last version in place of the first. */
	third = correction(world, &second, "pay in India?");
	assert_string_equal(world_say(world, &third)->replaces, answer);
}

static void desk__takes_back__an_answer_to_what_is_no_question_now(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_overheard(world, "Alice", "pay?"), second;
	const struct sent *sent;

	world_say(world, &first);
	assert_int_equal(world_wait(world, 20 * 1000), 1);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	second = correction(world, &first, "nice weather");
	sent = world_say(world, &second);
	assert_non_null(sent);
	assert_string_equal(sent->retracts_in_room, "st-of-ours");
	assert_string_equal(sent->to, "help@chat");
}

static void assert_taken_back(
	const struct sent *sent, enum chat_place place, const char *to, const char *id)
{
	assert_non_null(sent);
	assert_int_equal(sent->place, place);
	assert_string_equal(sent->to, to);
	assert_string_equal(place == CHAT_ROOM ? sent->retracts_in_room : sent->retracts, id);
	assert_string_equal(sent->body, "[retracted 1]");
	assert_false(sent->throw_away);
}

static void desk__forgets__what_is_taken_back(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.stanza_id, NULL);
	struct chat_message of_another = retraction;

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	of_another.asker = "room@chat#Mallory";
	assert_null(world_say(world, &of_another));
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
	assert_taken_back(world_say(world, &retraction), CHAT_ROOM, "room@chat", "st-of-ours");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
	assert_string_equal(fake_asked.forgotten, "room room@chat room@chat#Alice");
	/* Neither twice, nor is it answered when it comes again. */
	assert_null(world_say(world, &retraction));
	assert_null(world_say(world, &first));
}

static void desk__takes_back__its_direct_answer(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);

	world_say(world, &first);
	assert_taken_back(world_say(world, &retraction), CHAT_DIRECT, "alice@example/phone",
		world->sent[0].id);
	desk_online(world->desk);
	desk_caught_up(world->desk, NULL, CHAT_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 60 * 1000), 0);
}

static void desk__takes_back__what_it_said_to_an_occupant_alone(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_private(world, "Alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);

	world_say(world, &first);
	assert_taken_back(
		world_say(world, &retraction), CHAT_PRIVATE, "room@chat/Alice", world->sent[0].id);
}

static void desk__takes_back__what_a_mute_room_kept_it_from_saying(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);

	world->wire_is_mute = true;
	world_say(world, &first);
	assert_int_equal(world_wait(world, 1000), 1);
	assert_int_equal(world_last(world)->place, CHAT_PRIVATE);
	assert_taken_back(
		world_say(world, &retraction), CHAT_PRIVATE, "room@chat/Alice", world->sent[0].id);
}

static void desk__takes_back__an_answer_that_the_room_has_not_named_yet(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.stanza_id, NULL);
	char answer[64];

	snprintf(answer, sizeof(answer), "%s", world_say(world, &first)->id);
	assert_null(world_say(world, &retraction));
	desk_confirmed(world->desk, "another", "st-of-another");
	assert_int_equal(world->sent_count, 1);
	desk_confirmed(world->desk, answer, "st-of-ours");
	assert_taken_back(world_last(world), CHAT_ROOM, "room@chat", "st-of-ours");
	desk_confirmed(world->desk, answer, "st-of-ours");
	assert_int_equal(world->sent_count, 2);
}

static void desk__takes_back__all_versions_of_its_answer(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "what?");
	struct chat_message second = correction(world, &first, "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);

	world_say(world, &first);
	world_say(world, &second);
	world_say(world, &retraction);
	assert_int_equal(world->sent_count, 4);
	assert_string_equal(world->sent[2].retracts, world->sent[0].id);
	assert_string_equal(world->sent[3].retracts, world->sent[1].id);
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
}

static void desk__never_sends__an_answer_whose_question_was_taken_back(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);

	world->wire_is_cut = true;
	world_say(world, &first);
	world->wire_is_cut = false;
	assert_null(world_say(world, &retraction));
	assert_int_equal(world_wait(world, 60 * 1000), 0);
}

static struct chat_message moderation(const char *room, const char *target)
{
	return (struct chat_message){.place = CHAT_ROOM,
		.kind = CHAT_MODERATES,
		.from = room,
		.room = room,
		.target = target};
}

static void desk__forgets__what_a_moderator_takes_down(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message elsewhere = moderation("help@chat", first.stanza_id);
	struct chat_message by_sender_id = moderation("room@chat", first.id);
	struct chat_message moderated = moderation("room@chat", first.stanza_id);

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	assert_null(world_say(world, &elsewhere));
	assert_null(world_say(world, &by_sender_id));
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
	assert_taken_back(world_say(world, &moderated), CHAT_ROOM, "room@chat", "st-of-ours");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
}

static void desk__lets_go__of_a_held_question_that_a_moderator_takes_down(void **state)
{
	struct world *world = *state;
	struct chat_message held = world_overheard(world, "Alice", "pay?");
	struct chat_message moderated = moderation("help@chat", held.stanza_id);

	world_say(world, &held);
	world_say(world, &moderated);
	assert_int_equal(world_wait(world, 60 * 1000), 0);
}

static void desk__takes_down__that_a_moderator_disliked_its_answer(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message moderated = moderation("room@chat", "st-of-ours");

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	assert_null(world_say(world, &moderated));
	assert_string_equal(world_look(world, "SELECT liked FROM feedback"), "-1");
}

static void desk__ignores__opinions_of_whom_it_ignores(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message reaction;

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	desk_ignore(world->desk, first.asker, 60 * 1000);
	reaction = about(&first, CHAT_REACTS, "st-of-ours", "👎");
	world_say(world, &reaction);
	assert_string_equal(world_look(world, "SELECT count(*) FROM feedback"), "0");
}

static void desk__takes_down__reactions_for_the_last_version(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "what?");
	struct chat_message second = correction(world, &first, "pay?");
	struct chat_message reaction;

	world_say(world, &first);
	world_say(world, &second);
	reaction = about(&first, CHAT_REACTS, world->sent[0].id, "👍");
	world_say(world, &reaction);
	assert_string_equal(world_look(world, "SELECT text FROM question q JOIN feedback f "
					      "ON f.question = q.id"),
		"pay?");
}

static void desk__takes_down__reactions_as_opinions(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *reactions, *liked;
	} cases[] = {
		{"👍", "1"},
		{"👍🏽", "1"},
		{"🍕 ❤️", "1"},
		{"👎", "-1"},
		{"🍕", "0"},
		{"", ""},
	};
	struct chat_message first = world_in_room(world, "Alice", "pay?");

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct chat_message reaction =
			about(&first, CHAT_REACTS, "st-of-ours", cases[i].reactions);

		assert_null(world_say(world, &reaction));
		assert_string_equal(
			world_look(world, "SELECT liked FROM feedback"), cases[i].liked);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(desk__corrects__its_answer_along_with_the_question),
		TEST(desk__leaves_alone__what_is_corrected_late),
		TEST(desk__answers__what_becomes_a_question_for_it),
		TEST(desk__answers_anew__what_it_still_owed),
		TEST(desk__takes__corrections_from_the_asker_alone),
		TEST(desk__holds__the_corrected_question),
		TEST(desk__corrects__by_the_id_that_it_sent_first),
		TEST(desk__takes_back__an_answer_to_what_is_no_question_now),
		TEST(desk__forgets__what_is_taken_back),
		TEST(desk__takes_back__its_direct_answer),
		TEST(desk__takes_back__what_it_said_to_an_occupant_alone),
		TEST(desk__takes_back__what_a_mute_room_kept_it_from_saying),
		TEST(desk__takes_back__an_answer_that_the_room_has_not_named_yet),
		TEST(desk__takes_back__all_versions_of_its_answer),
		TEST(desk__never_sends__an_answer_whose_question_was_taken_back),
		TEST(desk__forgets__what_a_moderator_takes_down),
		TEST(desk__lets_go__of_a_held_question_that_a_moderator_takes_down),
		TEST(desk__takes_down__that_a_moderator_disliked_its_answer),
		TEST(desk__takes_down__reactions_as_opinions),
		TEST(desk__takes_down__reactions_for_the_last_version),
		TEST(desk__ignores__opinions_of_whom_it_ignores),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}

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

static void desk__forgets__what_is_taken_back(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_in_room(world, "Alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.stanza_id, NULL);
	struct chat_message of_another = retraction;

	world_say(world, &first);
	desk_confirmed(world->desk, world_last(world)->id, "st-of-ours");
	of_another.asker = "room@chat#Mallory";
	world_say(world, &of_another);
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
	assert_null(world_say(world, &retraction));
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
	assert_string_equal(world->retracted, "room@chat st-of-ours");
	/* … and does not answer it when it comes again. */
	assert_null(world_say(world, &first));
}

static void desk__takes_back__its_direct_answer(void **state)
{
	struct world *world = *state;
	struct chat_message first = world_direct(world, "alice", "pay?");
	struct chat_message retraction = about(&first, CHAT_RETRACTS, first.id, NULL);
	char expected[200];

	world_say(world, &first);
	world_say(world, &retraction);
	snprintf(expected, sizeof(expected), "alice@example/phone %s", world->sent[0].id);
	assert_string_equal(world->retracted, expected);
	desk_online(world->desk);
	desk_caught_up(world->desk, NULL, DESK_ARCHIVE_READ);
	assert_int_equal(world_wait(world, 60 * 1000), 0);
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
		TEST(desk__forgets__what_is_taken_back),
		TEST(desk__takes_back__its_direct_answer),
		TEST(desk__takes_down__reactions_as_opinions),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}

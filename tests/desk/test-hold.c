#include "world.h"

static const struct sent *waited(struct world *world, int64_t ms)
{
	return world_wait(world, ms) ? world_last(world) : NULL;
}

static void overhear(struct world *world, const char *nick, const char *text)
{
	struct chat_message message = world_overheard(world, nick, text);

	assert_null(world_say(world, &message));
}

static void desk__answers__overheard_questions_after_the_hold(void **state)
{
	struct world *world = *state;
	const struct sent *sent;

	overhear(world, "Alice", "pay for MLEs, anyone?");
	assert_null(waited(world, 4900));
	sent = waited(world, 4000);
	assert_non_null(sent);
	assert_string_equal(sent->to, "help@chat");
	assert_string_equal(sent->body, "Alice: The pay is good.");
	assert_int_equal(fake_asked.place, ANSWER_OVERHEARD);
	assert_string_not_equal(fake_asked.talk, "");
	assert_null(waited(world, 60 * 1000));
}

static void desk__wants_to_wake__when_a_hold_ends(void **state)
{
	struct world *world = *state;

	assert_in_range(desk_tick(world->desk), 50 * 1000, 60 * 1000);
	overhear(world, "Alice", "pay?");
	assert_in_range(desk_tick(world->desk), 5000, 7250);
}

static void desk__overhears__nothing_where_it_speaks_when_addressed(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_overheard(world, "Alice", "pay?");

	message.room = "room@chat";
	assert_null(world_say(world, &message));
	assert_null(waited(world, 60 * 1000));
}

static void desk__leaves_alone__what_it_is_not_sure_of(void **state)
{
	struct world *world = *state;

	overhear(world, "Alice", "what about lunch?");
	overhear(world, "Alice", "nice weather");
	assert_null(waited(world, 60 * 1000));
}

static void desk__leaves_alone__what_a_person_answered(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *what;
		const char *nick, *body;
		bool to_other, addressed, replies;
		bool answers;
	} cases[] = {
		{"a remark", "Bob", "about 100k I think", false, false, false, true},
		{"a word to the asker", "Bob", "Alice: about 100k", true, false, false, true},
		{"a reply", "Bob", "about 100k", true, false, true, true},
		{"a word to somebody else", "Bob", "Carol: lunch?", true, false, false, false},
		{"another question", "Bob", "pay of plumbers?", false, false, false, false},
		{"a question of another kind", "Bob", "lunch?", false, false, false, false},
		{"a question to the bot", "Bob", "hm", false, true, false, false},
		{"the asker goes on", "Alice", "I really want to know", false, false, false, false},
		{"the asker found it", "Alice", "never mind, found it", false, false, false, false},
		{"the asker needs no answer", "Alice", "nvm", false, false, false, true},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct chat_message question = world_overheard(world, "Alice", "pay?");
		struct chat_message message = world_overheard(world, cases[i].nick, cases[i].body);
		size_t before = world->sent_count, answered = 0;

		message.to_other = cases[i].to_other;
		message.addressed = cases[i].addressed;
		message.target = cases[i].replies ? question.stanza_id : NULL;
		world_say(world, &question);
		world_wait(world, 1000);
		world_say(world, &message);
		world_wait(world, 5 * 60 * 1000);
		for (size_t n = before; n < world->sent_count; n++)
			answered += !strncmp(world->sent[n].body, "Alice: ", 7);
		if (answered != !cases[i].answers)
			fail_msg("%s: %zu answers", cases[i].what, answered);
	}
}

static void desk__leaves_alone__what_another_bot_answered(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *body;
		bool to_other, addressed, replies;
		size_t answers;
	} cases[] = {
		{"Alice: about 100k", true, false, false, 0},
		{"about 100k", true, false, true, 0},
		{"42 new commits were pushed", false, false, false, 1},
		{"pay?", false, true, false, 1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct chat_message question = world_overheard(world, "Alice", "pay?");
		struct chat_message said = world_overheard(world, "otherbot", cases[i].body);

		said.from_bot = true;
		said.to_other = cases[i].to_other;
		said.addressed = cases[i].addressed;
		said.target = cases[i].replies ? question.stanza_id : NULL;
		world_say(world, &question);
		assert_null(world_say(world, &said));
		if (world_wait(world, 5 * 60 * 1000) != cases[i].answers)
			fail_msg("after \"%s\"", cases[i].body);
	}
}

/* When it answers, if another bot has answered people there before. */
static void desk__takes_turns__with_another_bot(void **state)
{
	struct world *world = *state;
	struct chat_message said = world_overheard(world, "adviser", "Alice: about 100k");
	unsigned soon = 0, later = 0;

	said.from_bot = said.to_other = true;
	world_say(world, &said);
	for (int i = 0; i < 20; i++) {
		overhear(world, "Alice", "pay?");
		if (world_wait(world, 8 * 1000))
			soon++;
		else
			later += world_wait(world, 4 * 1000) > 0;
		world_wait(world, 60 * 1000);
	}
	assert_int_equal(soon + later, 20);
	assert_in_range(soon, 4, 16);
}

static void desk__answers_at_once__when_the_asker_turns_to_it(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	overhear(world, "Alice", "pay?");
	message = world_overheard(world, "Alice", "pay?");
	message.addressed = true;
	assert_non_null(world_say(world, &message));
	assert_null(waited(world, 60 * 1000));
}

static void desk__holds__no_more_than_two_of_one_person(void **state)
{
	struct world *world = *state;

	overhear(world, "Alice", "pay one?");
	overhear(world, "Alice", "pay two?");
	overhear(world, "Alice", "pay three?");
	assert_int_equal(world_wait(world, 20 * 1000), 2);
}

static void desk__answers__each_of_several_askers(void **state)
{
	struct world *world = *state;

	overhear(world, "Alice", "pay?");
	overhear(world, "Bob", "pay?");
	assert_int_equal(world_wait(world, 20 * 1000), 2);
	assert_string_not_equal(world->sent[0].body, world->sent[1].body);
}

static void desk__lets_go__what_was_held_when_told_to_be_quiet(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	overhear(world, "Alice", "pay?");
	message = world_overheard(world, "Bob", "be quiet");
	message.addressed = true;
	assert_non_null(world_say(world, &message));
	assert_null(waited(world, 20 * 1000));
	overhear(world, "Alice", "pay?");
	assert_null(waited(world, 20 * 1000));
}

static void desk__ignores__what_was_said_in_a_gap_to_nobody(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_overheard(world, "Alice", "pay?");

	message.archived = true;
	message.sent_ms = world->hand.wall - 1000;
	assert_null(world_say(world, &message));
	assert_null(waited(world, 20 * 1000));
}

/* Everything that one bot says is heard by the other, for an hour. */
static void desk__ends__when_two_of_a_kind_are_in_one_room(void **state)
{
	struct world *world = *state;
	void *second = NULL;
	struct world *worlds[2] = {world};
	size_t heard[2] = {0, 0};

	assert_int_equal(world_setup(&second), 0);
	worlds[1] = second;
	worlds[1]->seed = 99;
	for (int i = 0; i < 2; i++)
		overhear(worlds[i], "Alice", "pay?");
	for (int seconds = 0; seconds < 3600; seconds++) {
		for (int i = 0; i < 2; i++) {
			struct world *other = worlds[!i];

			while (heard[i] < other->sent_count) {
				const char *body = other->sent[heard[i]++].body;
				struct chat_message message =
					world_overheard(worlds[i], "otherbot", body);

				message.to_other = !strncmp(body, "Alice: ", 7);
				world_say(worlds[i], &message);
			}
			world_wait(worlds[i], 1000);
		}
	}
	assert_int_equal(worlds[0]->sent_count + worlds[1]->sent_count, 1);
	world_teardown(&second);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(desk__answers__overheard_questions_after_the_hold),
		TEST(desk__wants_to_wake__when_a_hold_ends),
		TEST(desk__overhears__nothing_where_it_speaks_when_addressed),
		TEST(desk__leaves_alone__what_it_is_not_sure_of),
		TEST(desk__leaves_alone__what_a_person_answered),
		TEST(desk__leaves_alone__what_another_bot_answered),
		TEST(desk__takes_turns__with_another_bot),
		TEST(desk__answers_at_once__when_the_asker_turns_to_it),
		TEST(desk__holds__no_more_than_two_of_one_person),
		TEST(desk__answers__each_of_several_askers),
		TEST(desk__lets_go__what_was_held_when_told_to_be_quiet),
		TEST(desk__ignores__what_was_said_in_a_gap_to_nobody),
		TEST(desk__ends__when_two_of_a_kind_are_in_one_room),
	};

	return cmocka_run_group_tests_name("hold", tests, NULL, NULL);
}

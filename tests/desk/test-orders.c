#include "world.h"

#include "order.h"
#include "pool.h"

static const int64_t minute = 60 * 1000;

/* --- plain words --- */

static void order_read__knows__only_whole_orders(void **state)
{
	static const struct {
		const char *text;
		bool by_admin;
		enum order_kind kind;
		const char *address, *nick, *said;
	} cases[] = {
		{"topics", false, ORDER_TOPICS, NULL, NULL, NULL},
		{"show me the topics, please", false, ORDER_TOPICS, NULL, NULL, NULL},
		{"topics in statistics", false, ORDER_NONE, NULL, NULL, NULL},
		{"About", false, ORDER_ABOUT, NULL, NULL, NULL},
		{"privacy", false, ORDER_PRIVACY, NULL, NULL, NULL},
		{"forget me", false, ORDER_FORGET, NULL, NULL, NULL},
		{"be quiet", false, ORDER_NONE, NULL, NULL, NULL},
		{"status", false, ORDER_NONE, NULL, NULL, NULL},
		{"join a@b", false, ORDER_NONE, NULL, NULL, NULL},
		{"privacy", true, ORDER_PRIVACY, NULL, NULL, NULL},
		{"status", true, ORDER_STATUS, NULL, NULL, NULL},
		{" Rooms \n", true, ORDER_ROOMS, NULL, NULL, NULL},
		{"reload", true, ORDER_RELOAD, NULL, NULL, NULL},
		{"reload your brain", true, ORDER_NONE, NULL, NULL, NULL},
		{"join a@b", true, ORDER_JOIN, "a@b", NULL, NULL},
		{"join a@b The Bot", true, ORDER_JOIN, "a@b", "The Bot", NULL},
		{"join", true, ORDER_HELP, NULL, NULL, NULL},
		{"join us for lunch", true, ORDER_NONE, NULL, NULL, NULL},
		{"leave a@b", true, ORDER_LEAVE, "a@b", NULL, NULL},
		{"say a@b hello  all", true, ORDER_SAY, "a@b", NULL, "hello  all"},
		{"say a@b", true, ORDER_HELP, NULL, NULL, NULL},
		{"say what an engineer earns", true, ORDER_NONE, NULL, NULL, NULL},
		{"block a@b", true, ORDER_BLOCK, "a@b", NULL, NULL},
		{"report a@b", true, ORDER_REPORT, "a@b", NULL, NULL},
		{"report to a@b", true, ORDER_NONE, NULL, NULL, NULL},
		{"block a@b/Bad Guy", true, ORDER_BLOCK, "a@b/Bad Guy", NULL, NULL},
		{"UNBLOCK a@b", true, ORDER_UNBLOCK, "a@b", NULL, NULL},
		{"", true, ORDER_NONE, NULL, NULL, NULL},
	};
	struct pool *pool = pool_new(1024);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct order order = order_read(cases[i].text, cases[i].by_admin, pool);

		if (order.kind != cases[i].kind)
			fail_msg("\"%s\" was read as %d", cases[i].text, order.kind);
		if (cases[i].address)
			assert_string_equal(order.address, cases[i].address);
		if (cases[i].nick)
			assert_string_equal(order.nick, cases[i].nick);
		if (cases[i].said)
			assert_string_equal(order.text, cases[i].said);
	}
	pool_free(&pool);
}

static const char *told(struct world *world, const char *who, const char *text)
{
	const struct sent *sent = world_say_direct(world, who, text);

	return sent ? sent->body : "nothing";
}

static void desk__tells_and_erases__what_is_stored(void **state)
{
	struct world *world = *state;

	assert_string_equal(told(world, "alice", "what is stored of me?"),
		"[privacy-nothing 1]\n[privacy-beyond 1]");
	world_say_direct(world, "alice", "pay?");
	world_say_direct(world, "bob", "pay?");
	assert_string_equal(told(world, "alice", "privacy"),
		"[privacy-stored 2 1 for 90 days since 2023-11-14]\n[privacy-beyond 2]");
	assert_true(world_last(world)->throw_away);
	assert_string_equal(
		told(world, "alice", "forget me"), "[privacy-erased 1 1]\n[privacy-beyond 1]");
	assert_string_equal(fake_asked.forgotten, "direct  alice@example");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
}

static void desk__tells__private_things_in_private(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "pay?");
	assert_string_equal(world_say_in_room(world, "Alice", "forget me")->body,
		"Alice: [private-only-short 1]");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
}

static void desk__lists__its_topics(void **state)
{
	struct world *world = *state;

	assert_string_equal(told(world, "alice", "topics"),
		"[topics 1]\n- What they earn\n- Why they earn so much");
	assert_int_equal(fake_asked.count, 0);
	assert_string_equal(told(world, "alice", "about"), "[about 2 " PACKAGE_VERSION "]");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
}

static void desk__leaves__a_rooms_talk_to_the_engine(void **state)
{
	struct world *world = *state;

	world_say_in_room(world, "Alice", "topics");
	assert_string_equal(fake_asked.text, "topics");
}

static void desk__obeys__admins(void **state)
{
	static const struct {
		const char *text, *told, *done;
	} cases[] = {
		{"join new@chat", "[joining 1 new@chat]", "join new@chat - -"},
		{"join new@chat The Bot", "[joining 2 new@chat]", "join new@chat The Bot -"},
		{"leave room@chat", "[left-for-now 1 room@chat]", "leave room@chat"},
		{"leave far@chat", "[not-in-room 2 far@chat]", ""},
		{"reload", "[reloading 1]", "reload"},
		{"block evil@example", "[ignored 2 evil@example]", "block evil@example"},
		{"unblock evil@example", "[unblocked 1 evil@example]", "unblock evil@example"},
		{"block admin@example", "[block-admin 2 admin@example]", ""},
		{"block room@chat/Eve", "[ignored 1 room@chat/Eve]", ""},
		{"report evil@example", "[ignored 2 evil@example]", "block evil@example"},
		{"report admin@example", "[block-admin 1 admin@example]", ""},
		{"rooms",
			"[room-inside 2 room@chat as careerbot]\n[room-mute 2 help@chat as cb]\n"
			"[room-outside 2 late@chat]\n[rooms-added 2 late@chat]",
			""},
		{"status", "[status 1 0 d 0 h 1 min, 46; 2 of 3; 0, 0]", ""},
		{"say", "[admin-help 2]", ""},
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		world->done[0] = 0;
		world_wait(world, 6000);
		assert_string_equal(told(world, "admin", cases[i].text), cases[i].told);
		assert_string_equal(world->done, cases[i].done);
	}
	assert_non_null(strstr(world->log, "info: told by admin@example: join new@chat\n"));
	assert_null(strstr(world->log, "status"));
}

static void desk__obeys__nobody_else(void **state)
{
	struct world *world = *state;
	struct chat_message message;

	assert_string_equal(
		told(world, "alice", "join new@chat"), "Sorry, I did not get that one.");
	/* Not even an admin whose address the room tells. */
	message = world_private(world, "admin", "join new@chat");
	message.real_jid = "admin@example";
	message.asker = "admin@example";
	world_say(world, &message);
	message = world_in_room(world, "admin", "join new@chat");
	message.real_jid = "admin@example";
	message.asker = "admin@example";
	world_say(world, &message);
	assert_string_equal(world->done, "");
}

static void desk__obeys__no_order_of_yesterday(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_direct(world, "admin", "join new@chat");

	world_wait(world, 30 * minute);
	message.sent_ms = world->hand.wall - 11 * minute;
	world_say(world, &message);
	message = world_direct(world, "admin", "leave room@chat");
	message.sent_ms = world->hand.wall - 1000;
	message.archived = true;
	world_say(world, &message);
	assert_string_equal(world->done, "");
}

static void desk__says__what_an_admin_wants_said(void **state)
{
	struct world *world = *state;

	assert_string_equal(
		told(world, "admin", "say Room@Chat Hello, everybody!"), "[said 1 Room@Chat]");
	assert_int_equal(world->sent_count, 2);
	assert_int_equal(world->sent[0].place, CHAT_ROOM);
	assert_string_equal(world->sent[0].to, "room@chat");
	assert_string_equal(world->sent[0].body, "Hello, everybody!");
	world->wire_is_mute = true;
	assert_string_equal(told(world, "admin", "say room@chat Hello?"), "[failed 2 no voice]");
}

static void desk__hears__nothing_of_whom_an_admin_blocked(void **state)
{
	struct world *world = *state;
	struct chat_message message = world_private(world, "Eve", "pay?");

	world->server_blocks = true;
	assert_string_equal(
		told(world, "admin", "block alice@example"), "[blocked 1 alice@example]");
	assert_string_equal(told(world, "alice", "pay?"), "nothing");
	world_say_direct(world, "admin", "block room@chat/Eve");
	assert_null(world_say(world, &message));
	world_restart(world);
	assert_string_equal(told(world, "alice", "pay then?"), "nothing");
	world_say_direct(world, "admin", "unblock alice@example");
	assert_string_equal(told(world, "alice", "pay now?"), "The pay is good.");
}

static void desk__says__whether_a_room_lasts(void **state)
{
	struct world *world = *state;

	world->left_lasts = true;
	assert_string_equal(told(world, "admin", "leave new@chat"), "[left 1 new@chat]");
	world_restart_in_memory(world);
	assert_string_equal(told(world, "admin", "join new@chat"), "[joining-for-now 1 new@chat]");
}

static void desk_reloaded__tells__who_asked(void **state)
{
	struct world *world = *state;

	desk_reloaded(world->desk, NULL);
	assert_int_equal(world->sent_count, 0);
	world_say_direct(world, "admin", "reload");
	desk_reloaded(world->desk, "salary.yaml:7:3: a tab");
	assert_string_equal(world_last(world)->body, "[reload-failed 2 salary.yaml:7:3: a tab]");
	assert_string_equal(world_last(world)->to, "admin@example/phone");
	desk_reloaded(world->desk, NULL);
	assert_int_equal(world->sent_count, 2);
	world_say_direct(world, "admin", "reload");
	desk_reloaded(world->desk, NULL);
	assert_string_equal(world_last(world)->body, "[reloaded 1 46, 2]");
}

/* --- forms --- */

static struct pool *pool;
static struct adhoc_answer answer;

static int forms_setup(void **state)
{
	pool = pool_new(4096);
	return world_setup(state);
}

static int forms_teardown(void **state)
{
	pool_free(&pool);
	return world_teardown(state);
}

/* Somebody takes a step; values are pairs of name and value. */
static void step(struct world *world, const char *who, const char *node, unsigned stage,
	bool completes, const char *const *values, size_t count)
{
	struct chat_message message = world_direct(world, who, NULL);
	struct form_value *list = pool_alloc(pool, count / 2, sizeof(*list));
	struct adhoc_call call = {&message, node, stage, completes, {list, count / 2}};

	message.id = message.stanza_id = NULL;
	for (size_t i = 0; i + 1 < count; i += 2)
		list[i / 2] = (struct form_value){values[i], values[i + 1]};
	assert_int_equal(desk_command_access(world->desk, &message, node), ADHOC_ALLOWED);
	answer = (struct adhoc_answer){.stage = stage};
	desk_command_run(world->desk, &call, pool, &answer);
}

#define BEGIN(who, node) step(world, who, node, 0, false, NULL, 0)
#define STEP(who, node, stage, completes, ...)                                                     \
	do {                                                                                       \
		static const char *const values[] = {__VA_ARGS__};                                 \
		step(world, who, node, stage, completes, values, ARRAY_LEN(values));               \
	} while (0)

static const char *nodes_for(struct world *world, const struct chat_message *who)
{
	const struct adhoc_command *commands;
	size_t count = desk_commands(world->desk, who, pool, &commands);
	const char *nodes = "";

	for (size_t i = 0; i < count; i++)
		nodes = pool_printf(pool, "%s%s ", nodes, commands[i].node);
	return nodes;
}

static void desk_commands__lists__what_one_may(void **state)
{
	struct world *world = *state;
	struct chat_message alice = world_direct(world, "alice", NULL);
	struct chat_message admin = world_direct(world, "admin", NULL);
	struct chat_message seat = world_private(world, "admin", NULL);

	seat.real_jid = "admin@example";
	assert_string_equal(nodes_for(world, &alice), "ask topics about privacy ");
	assert_string_equal(nodes_for(world, &seat), "ask topics about privacy ");
	assert_string_equal(nodes_for(world, &admin), "ask topics about privacy join leave rooms "
						      "say block report unblock status reload ");
	assert_int_equal(desk_command_access(world->desk, &alice, "join"), ADHOC_FORBIDDEN);
	assert_int_equal(desk_command_access(world->desk, &seat, "join"), ADHOC_FORBIDDEN);
	assert_int_equal(desk_command_access(world->desk, &admin, "join"), ADHOC_ALLOWED);
	assert_int_equal(desk_command_access(world->desk, &admin, "dance"), ADHOC_UNKNOWN);
	desk_ignore(world->desk, "alice@example", minute);
	assert_string_equal(nodes_for(world, &alice), "");
	assert_int_equal(desk_command_access(world->desk, &alice, "ask"), ADHOC_FORBIDDEN);
}

static void desk_command_run__answers__and_writes_it_down(void **state)
{
	struct world *world = *state;

	BEGIN("alice", "ask");
	assert_int_equal(answer.outcome, ADHOC_ASKS);
	assert_int_equal(answer.form.field_count, 1);
	assert_string_equal(answer.form.title, "[command-ask 1]");
	assert_string_equal(answer.form.fields[0].name, "question");
	assert_true(answer.form.fields[0].required);
	assert_false(answer.has_next);

	STEP("alice", "ask", 1, true, "question", "pay?");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	assert_string_equal(answer.form.fields[0].value, "The pay is good.");
	assert_string_equal(fake_asked.talk, "direct  alice@example");
	assert_int_equal(world->sent_count, 0);
	assert_string_equal(
		world_look(world, "SELECT text || ' ' || state FROM question"), "pay? final");
	assert_string_equal(world_look(world, "SELECT count(*) FROM seen"), "0");

	STEP("alice", "ask", 1, true, "question", "hm");
	assert_string_equal(answer.form.fields[0].value, "Sorry, I did not get that one.");
	STEP("alice", "ask", 1, true, "question", NULL);
	assert_int_equal(answer.outcome, ADHOC_INCOMPLETE);
}

static void desk_command_run__leads__to_a_topic_and_back(void **state)
{
	struct world *world = *state;

	BEGIN("alice", "topics");
	assert_int_equal(answer.form.fields[0].option_count, 2);
	assert_string_equal(answer.form.fields[0].options[0].label, "What they earn");
	assert_string_equal(answer.form.fields[0].options[0].value, "salary.overview");
	assert_true(answer.has_next && answer.can_complete);

	STEP("alice", "topics", 1, false, "topic", "salary.overview");
	assert_int_equal(answer.outcome, ADHOC_ASKS);
	assert_int_equal(answer.stage, 1);
	assert_false(answer.has_next);
	assert_string_equal(answer.form.fields[0].value, "The pay is good.");
	STEP("alice", "topics", 2, true, "topic", "salary.overview");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	assert_int_equal(fake_asked.count, 1);

	STEP("alice", "topics", 1, true, "topic", "salary.overview");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	assert_string_equal(answer.form.fields[0].value, "The pay is good.");
	STEP("alice", "topics", 1, true, "topic", "no.such");
	assert_int_equal(answer.outcome, ADHOC_INCOMPLETE);
}

static void desk_command_run__erases__only_when_told_so(void **state)
{
	struct world *world = *state;

	world_say_direct(world, "alice", "pay?");
	BEGIN("alice", "privacy");
	assert_string_equal(answer.form.fields[0].value,
		"[privacy-stored 1 1 for 90 days since 2023-11-14]\n[privacy-beyond 1]");
	assert_string_equal(answer.form.fields[1].value, "0");
	STEP("alice", "privacy", 1, true, "erase", "0");
	assert_string_equal(answer.words, "[privacy-kept 2]");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "1");
	STEP("alice", "privacy", 1, true, "erase", "1");
	assert_string_equal(
		answer.form.fields[0].value, "[privacy-erased 2 1]\n[privacy-beyond 2]");
	assert_string_equal(world_look(world, "SELECT count(*) FROM question"), "0");
}

static void desk_command_run__obeys__admins(void **state)
{
	struct world *world = *state;

	STEP("admin", "join", 1, true, "room", "new@chat", "nick", "Bo", "password", "pw");
	assert_string_equal(world->done, "join new@chat Bo pw");
	assert_int_equal(answer.note, ADHOC_INFO);
	assert_string_equal(answer.words, "[joining 1 new@chat]");

	/* What is wrong can be mended in the same form. */
	STEP("admin", "join", 1, true, "room", "two@at@chat");
	assert_int_equal(answer.outcome, ADHOC_ASKS);
	assert_int_equal(answer.stage, 0);
	assert_int_equal(answer.note, ADHOC_ERROR);
	assert_non_null(strstr(answer.words, "[failed 2 "));
	assert_string_equal(world->done, "join new@chat Bo pw");

	BEGIN("admin", "leave");
	assert_int_equal(answer.form.fields[0].option_count, 3);
	STEP("admin", "leave", 1, true, "room", "late@chat");
	assert_string_equal(world->done, "leave late@chat");
	STEP("admin", "say", 1, true, "room", "room@chat", "text", "Hello!\nAll!");
	assert_string_equal(world_last(world)->body, "Hello!\nAll!");
	STEP("admin", "block", 1, true, "address", "evil@example");
	assert_string_equal(world->done, "block evil@example");
	world->server_takes_reports = true;
	STEP("admin", "report", 1, true, "address", "evil@example");
	assert_string_equal(world->done, "report evil@example");
	assert_non_null(strstr(answer.words, "[reported "));
	BEGIN("admin", "reload");
	assert_string_equal(world->done, "reload");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	BEGIN("admin", "rooms");
	assert_non_null(strstr(answer.form.fields[0].value, "late@chat"));

	world->has_no_seats = true;
	BEGIN("admin", "leave");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	assert_string_equal(answer.words, "[rooms-none 1]");
}

static void desk_command_run__slows_down__an_asker_in_haste(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < 6; i++)
		STEP("alice", "ask", 1, true, "question", "pay?");
	assert_int_equal(answer.outcome, ADHOC_DONE);
	STEP("alice", "ask", 1, true, "question", "pay?");
	assert_int_equal(answer.outcome, ADHOC_ASKS);
	assert_int_equal(answer.note, ADHOC_WARN);
	assert_string_equal(answer.words, "[too-fast 1]");
	assert_int_equal(fake_asked.count, 6);
	world_wait(world, 5000);
	STEP("alice", "ask", 1, true, "question", "pay?");
	assert_int_equal(answer.outcome, ADHOC_DONE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
#define FORMS(name) cmocka_unit_test_setup_teardown(name, forms_setup, forms_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_read__knows__only_whole_orders),
		TEST(desk__tells_and_erases__what_is_stored),
		TEST(desk__tells__private_things_in_private),
		TEST(desk__lists__its_topics),
		TEST(desk__leaves__a_rooms_talk_to_the_engine),
		TEST(desk__obeys__admins),
		TEST(desk__obeys__nobody_else),
		TEST(desk__obeys__no_order_of_yesterday),
		TEST(desk__says__what_an_admin_wants_said),
		TEST(desk__hears__nothing_of_whom_an_admin_blocked),
		TEST(desk__says__whether_a_room_lasts),
		TEST(desk_reloaded__tells__who_asked),
		FORMS(desk_commands__lists__what_one_may),
		FORMS(desk_command_run__answers__and_writes_it_down),
		FORMS(desk_command_run__leads__to_a_topic_and_back),
		FORMS(desk_command_run__erases__only_when_told_so),
		FORMS(desk_command_run__obeys__admins),
		FORMS(desk_command_run__slows_down__an_asker_in_haste),
	};

	return cmocka_run_group_tests_name("orders", tests, NULL, NULL);
}

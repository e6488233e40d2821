#include "xml.h"

#include "room.h"

#define ROOM "den@conference.localhost"

static struct room *new_room(struct xml_world *w)
{
	struct session_room settings = {ROOM, "careerbot", NULL};
	struct room *room = room_new(&settings, &w->wire, &w->clock, &w->chance);

	xml_reported(w);
	room_online(room);
	return room;
}

static bool feed(struct xml_world *w, struct room *room, const char *text)
{
	struct presence presence;

	assert_true(presence_read(&presence, w->pool, xml_stanza(w, text)));
	return room_presence(room, &presence);
}

#define SELF_PRESENCE(nick, more)                                                                  \
	"presence from='" ROOM "/" nick "'><x xmlns='http://jabber.org/protocol/muc#user'>"        \
	"<item role='participant' affiliation='none'/><status code='110'/>" more "</x></presence>"

static void join(struct room *room)
{
	assert_int_equal(room_tick(room), ROOM_DUE_JOIN);
	room_join_sent(room);
}

static struct room *entered_room(struct xml_world *w)
{
	struct room *room = new_room(w);

	join(room);
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	room_subject(room);
	assert_int_equal(room_state(room), ROOM_LIVE);
	return room;
}

/* … and nothing is due any more. */
static struct room *live_room(struct xml_world *w)
{
	struct room *room = entered_room(w);

	room_features(room, 0);
	room_archive_begun(room);
	return room;
}

static void room_presence__becomes_live__with_the_subject(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);

	join(room);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	feed(w, room, "<presence from='" ROOM "/Alice'/>");
	assert_int_equal(room_state(room), ROOM_JOINING);
	assert_non_null(occupants_find(room_occupants(room), "Alice"));
	room_subject(room); /* of nobody's asking */
	assert_int_equal(room_state(room), ROOM_JOINING);
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	assert_int_equal(room_state(room), ROOM_ENTERED);
	room_subject(room);
	assert_int_equal(room_state(room), ROOM_LIVE);
	assert_contains(xml_reported(w), "in room " ROOM " as careerbot");
	room_free(&room);
}

static void room_presence__takes__the_nick_that_it_is_given(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);

	join(room);
	feed(w, room, "<" SELF_PRESENCE("Career Bot", "<status code='210'/>"));
	assert_int_equal(room_state(room), ROOM_ENTERED);
	assert_string_equal(room_nick(room), "Career Bot");
	assert_string_equal(room_nick_folded(room), "career bot");
	room_free(&room);
}

static void room_presence__says__when_we_made_the_room(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);

	join(room);
	assert_true(feed(w, room, "<" SELF_PRESENCE("careerbot", "<status code='201'/>")));
	/* Later presence of ours may repeat it. */
	assert_false(feed(w, room, "<" SELF_PRESENCE("careerbot", "<status code='201'/>")));
	room_free(&room);
}

/* What becomes of us after each way of not getting in, or of getting out. */
enum fate { AT_ONCE, SOON, HALF_A_MINUTE, TEN_MINUTES, OWNER };

static void check_fate(struct xml_world *w, struct room *room, enum fate fate, const char *what)
{
	static const int64_t most[] = {0, 5000, 30000, 600000, 0};
	int64_t wait = room_next_ms(room) - w->hand.mono;

	if (room_state(room) != ROOM_OUT)
		fail_msg("%s: still in", what);
	if (fate == OWNER) {
		if (room_next_ms(room) != INT64_MAX)
			fail_msg("%s: tries again in %d ms", what, (int)wait);
		return;
	}
	if (wait != most[fate])
		fail_msg("%s: tries again in %d ms", what, (int)wait);
	xml_pass(w, wait);
	assert_int_equal(room_tick(room), ROOM_DUE_JOIN);
}

static void room_presence__draws__the_right_conclusion_from_a_refusal(void **state)
{
	static const struct {
		const char *condition;
		enum fate fate;
	} cases[] = {
		{"conflict", AT_ONCE}, /* under another nick */
		{"not-authorized", OWNER},
		{"forbidden", OWNER},
		{"registration-required", OWNER},
		{"not-acceptable", OWNER},
		{"gone", OWNER},
		{"jid-malformed", OWNER},
		{"item-not-found", HALF_A_MINUTE},
		{"not-allowed", HALF_A_MINUTE},
		{"service-unavailable", HALF_A_MINUTE},
		{"remote-server-not-found", HALF_A_MINUTE},
		{"remote-server-timeout", HALF_A_MINUTE},
		{"resource-constraint", HALF_A_MINUTE},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct room *room = new_room(w);

		join(room);
		feed(w, room,
			pool_printf(w->pool,
				"<presence from='" ROOM "/careerbot' type='error'><error><%s "
				"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>",
				cases[i].condition));
		check_fate(w, room, cases[i].fate, cases[i].condition);
		room_free(&room);
	}
}

static void room_presence__draws__the_right_conclusion_from_a_removal(void **state)
{
	static const struct {
		const char *x;
		enum fate fate;
		const char *report;
	} cases[] = {
		{"<status code='110'/><status code='301'/><item><reason>spam</reason></item>",
			OWNER, "banned from room " ROOM " (spam)"},
		{"<status code='110'/><status code='307'/>", TEN_MINUTES, "kicked"},
		{"<status code='110'/><status code='333'/>", SOON, "technical"},
		{"<status code='110'/><status code='307'/><status code='333'/>", SOON, "technical"},
		{"<status code='110'/><status code='321'/>", OWNER, "members only"},
		{"<status code='110'/><status code='322'/>", OWNER, "members only"},
		{"<status code='110'/><status code='332'/>", HALF_A_MINUTE, "shuts down"},
		{"<status code='110'/>", HALF_A_MINUTE, "out of room"},
		{"<destroy jid='new@conference.localhost'><reason>old</reason></destroy><item/>",
			OWNER, "closed (old); people meet now in new@conference.localhost"},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct room *room = live_room(w);

		xml_reported(w);
		feed(w, room,
			pool_printf(w->pool,
				"<presence from='" ROOM "/careerbot' type='unavailable'>"
				"<x xmlns='http://jabber.org/protocol/muc#user'>%s</x></presence>",
				cases[i].x));
		assert_contains(xml_reported(w), cases[i].report);
		check_fate(w, room, cases[i].fate, cases[i].x);
		room_free(&room);
	}
}

static void kick(struct xml_world *w, struct room *room)
{
	feed(w, room,
		"<presence from='" ROOM "/careerbot' type='unavailable'>"
		"<x xmlns='http://jabber.org/protocol/muc#user'>"
		"<status code='110'/><status code='307'/></x></presence>");
}

static void room_presence__stays_away__after_two_kicks_in_a_day(void **state)
{
	struct xml_world *w = *state;
	struct session_room settings = {ROOM, "careerbot", NULL};
	struct room *room = live_room(w);

	kick(w, room);
	xml_pass(w, 600000);
	join(room);
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	kick(w, room);
	assert_int_equal(room_next_ms(room), INT64_MAX);
	/* A new stream does not change its mind, the owner does. */
	room_offline(room);
	room_online(room);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	room_rearm(room, &settings);
	assert_int_equal(room_tick(room), ROOM_DUE_JOIN);
	room_free(&room);
}

static void room_presence__follows__a_change_of_nick(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	feed(w, room,
		"<presence from='" ROOM "/Alice'><x xmlns='http://jabber.org/protocol/muc#user'>"
		"<item jid='alice@localhost/x'/></x></presence>");
	feed(w, room,
		"<presence from='" ROOM "/Alice' type='unavailable'>"
		"<x xmlns='http://jabber.org/protocol/muc#user'><status code='303'/>"
		"<item nick='Ally' jid='alice@localhost/x'/></x></presence>");
	assert_null(occupants_find(room_occupants(room), "Alice"));
	assert_string_equal(
		occupants_find(room_occupants(room), "Ally")->real_jid, "alice@localhost");
	feed(w, room,
		"<presence from='" ROOM "/careerbot' type='unavailable'>"
		"<x xmlns='http://jabber.org/protocol/muc#user'><status code='303'/>"
		"<status code='110'/><item nick='cb'/></x></presence>");
	assert_int_equal(room_state(room), ROOM_LIVE);
	assert_string_equal(room_nick(room), "cb");
	room_free(&room);
}

static void room_tick__tries__other_nicks_then_waits(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);
	static const char *const nicks[] = {"careerbot", "careerbot_2", "careerbot_3",
		"careerbot_4", "careerbot_5", "careerbot_6", "careerbot_7", "careerbot_8",
		"careerbot_9"};

	for (size_t i = 0; i < ARRAY_LEN(nicks); i++) {
		join(room);
		assert_string_equal(room_nick(room), nicks[i]);
		feed(w, room,
			"<presence from='" ROOM "/x' type='error'><error><conflict "
			"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
	}
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	check_fate(w, room, HALF_A_MINUTE, "all nicks taken");
	assert_string_equal(room_nick(room), "careerbot");
	room_free(&room);
}

static void room_tick__gives_up__on_silence(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);

	join(room);
	xml_pass(w, 29999);
	room_tick(room);
	assert_int_equal(room_state(room), ROOM_JOINING);
	xml_pass(w, 1);
	room_tick(room);
	check_fate(w, room, HALF_A_MINUTE, "silence");
	room_free(&room);
}

static void room_tick__waits_longer__each_time(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);
	int64_t longest = 0;

	for (int i = 0; i < 20; i++) {
		int64_t wait;

		join(room);
		xml_pass(w, 30000);
		room_tick(room);
		wait = room_next_ms(room) - w->hand.mono;
		assert_in_range(wait, 30000, 600000);
		longest = wait > longest ? wait : longest;
		xml_pass(w, wait);
	}
	assert_true(longest > 300000);
	room_free(&room);
}

static void room_tick__becomes_live__where_no_subject_comes(void **state)
{
	struct xml_world *w = *state;
	struct room *room = new_room(w);

	join(room);
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	xml_pass(w, 30000);
	room_tick(room);
	assert_int_equal(room_state(room), ROOM_LIVE);
	room_free(&room);
}

static void room_tick__wants__the_archive_read_at_each_coming(void **state)
{
	struct xml_world *w = *state;
	struct room *room = entered_room(w);

	/* Whether it has one it has yet to tell. */
	assert_int_equal(room_next_ms(room), w->hand.mono + 30000);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	xml_pass(w, 30000);
	assert_int_equal(room_tick(room), ROOM_DUE_FEATURES);
	room_features_asked(room);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	room_features(room, 0);
	assert_int_equal(room_next_ms(room), w->hand.mono);
	assert_int_equal(room_tick(room), ROOM_DUE_ARCHIVE);
	room_archive_begun(room);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	assert_int_equal(room_next_ms(room), w->hand.mono + 15 * 60000 - 30000);

	feed(w, room,
		"<presence type='unavailable' from='" ROOM "/careerbot'><x "
		"xmlns='http://jabber.org/protocol/muc#user'><status code='110'/>"
		"<status code='333'/></x></presence>");
	xml_pass(w, 5000);
	join(room);
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	room_features(room, ROOM_ARCHIVE);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	room_subject(room);
	assert_int_equal(room_tick(room), ROOM_DUE_ARCHIVE);
	room_free(&room);
}

static void room_tick__asks__after_silence_or_a_lost_echo(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	xml_pass(w, 15 * 60000 - 1);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	room_heard(room);
	xml_pass(w, 15 * 60000 - 1);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	xml_pass(w, 1);
	assert_int_equal(room_tick(room), ROOM_DUE_PING);
	room_ping_sent(room);
	assert_int_equal(room_tick(room), ROOM_DUE_NOTHING);
	room_ping_answer(room, NULL);
	room_sent(room, "ours");
	xml_pass(w, 30000);
	assert_int_equal(room_tick(room), ROOM_DUE_PING);
	room_free(&room);
}

static void room_ping_answer__knows__who_is_still_in(void **state)
{
	static const struct {
		const char *condition;
		bool in;
		int64_t next;
	} cases[] = {
		{NULL, true, 15 * 60000},
		{"service-unavailable", true, 15 * 60000},
		{"feature-not-implemented", true, 15 * 60000},
		{"", true, 2 * 60000},
		{"remote-server-timeout", true, 2 * 60000},
		{"item-not-found", true, 5000}, /* once */
		{"not-acceptable", false, 5000},
		{"forbidden", false, 5000},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct room *room = live_room(w);

		room_ping_sent(room);
		room_ping_answer(room, cases[i].condition);
		assert_int_equal(room_state(room) == ROOM_LIVE, cases[i].in);
		assert_int_equal(room_next_ms(room) - w->hand.mono, cases[i].next);
		room_free(&room);
	}
}

static void room_ping_answer__believes__the_second_item_not_found(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	room_ping_answer(room, "item-not-found");
	room_ping_answer(room, "item-not-found");
	assert_int_equal(room_state(room), ROOM_OUT);
	assert_contains(xml_reported(w), "forgotten us");
	room_free(&room);
}

static void room_reflected__knows__our_own_messages(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	room_sent(room, "ours");
	assert_false(room_reflected(room, "theirs", "s1"));
	assert_false(room_reflected(room, NULL, "s1"));
	assert_true(room_reflected(room, "ours", "s2"));
	assert_true(room_is_ours(room, "ours"));
	assert_true(room_is_ours(room, "s2"));
	assert_false(room_is_ours(room, "s1"));
	room_free(&room);
}

static void room_refused_message__makes__us_mute_or_come_again(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	assert_false(room_is_mute(room));
	room_refused_message(room, "forbidden");
	assert_true(room_is_mute(room));
	/* Given a voice by the room. */
	feed(w, room, "<" SELF_PRESENCE("careerbot", ""));
	assert_false(room_is_mute(room));
	room_refused_message(room, "not-acceptable");
	assert_int_equal(room_state(room), ROOM_OUT);
	room_free(&room);
}

static void room_presence__goes_in_again__where_what_it_shows_is_no_occupants(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	feed(w, room,
		"<presence from='" ROOM "/careerbot' type='error'>"
		"<error type='cancel'><item-not-found"
		" xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
	assert_int_equal(room_state(room), ROOM_OUT);
	assert_contains(xml_reported(w), "forgotten us");
	room_free(&room);
}

static void room_presence__ignores__the_bare_room(void **state)
{
	struct xml_world *w = *state;
	struct room *room = live_room(w);

	feed(w, room, "<presence from='" ROOM "'/>");
	feed(w, room, "<presence from='" ROOM "' type='unavailable'/>");
	assert_int_equal(room_state(room), ROOM_LIVE);
	room_free(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_presence__becomes_live__with_the_subject),
		cmocka_unit_test(room_presence__takes__the_nick_that_it_is_given),
		cmocka_unit_test(room_presence__says__when_we_made_the_room),
		cmocka_unit_test(room_presence__draws__the_right_conclusion_from_a_refusal),
		cmocka_unit_test(room_presence__draws__the_right_conclusion_from_a_removal),
		cmocka_unit_test(room_presence__stays_away__after_two_kicks_in_a_day),
		cmocka_unit_test(room_presence__follows__a_change_of_nick),
		cmocka_unit_test(room_presence__goes_in_again__where_what_it_shows_is_no_occupants),
		cmocka_unit_test(room_presence__ignores__the_bare_room),
		cmocka_unit_test(room_tick__tries__other_nicks_then_waits),
		cmocka_unit_test(room_tick__gives_up__on_silence),
		cmocka_unit_test(room_tick__waits_longer__each_time),
		cmocka_unit_test(room_tick__becomes_live__where_no_subject_comes),
		cmocka_unit_test(room_tick__wants__the_archive_read_at_each_coming),
		cmocka_unit_test(room_tick__asks__after_silence_or_a_lost_echo),
		cmocka_unit_test(room_ping_answer__knows__who_is_still_in),
		cmocka_unit_test(room_ping_answer__believes__the_second_item_not_found),
		cmocka_unit_test(room_reflected__knows__our_own_messages),
		cmocka_unit_test(room_refused_message__makes__us_mute_or_come_again),
	};

	return cmocka_run_group_tests_name("room", tests, xml_setup, xml_teardown);
}

#include "xml.h"

#include "rooms.h"

struct bench {
	struct xml_world world;
	struct identity *identity;
	struct queries *queries;
	struct archives *archives;
	struct rooms *rooms;
	struct buf told; /* what became of archives, a line each */
};

static const struct session_room three[] = {
	{"a@muc", "careerbot", NULL}, {"b@muc", "careerbot", "secret"}, {"c@muc", "cb", NULL}};

static struct chat_mark came_back(void *userdata, const char *room)
{
	struct bench *b = userdata;

	buf_addf(&b->told, "back in %s\n", room);
	return (struct chat_mark){.after_id = "last-read"};
}

static void ended(void *userdata, const char *room, enum chat_archive how)
{
	struct bench *b = userdata;

	buf_addf(&b->told, "archive of %s: %d\n", room, how);
}

static int setup(void **state)
{
	static struct bench b;
	const struct archives_events events = {came_back, NULL, ended, &b};

	xml_world_init(&b.world);
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.archives = archives_new(&b.world.wire, b.queries, "bot@localhost", &events,
		&b.world.clock, &b.world.chance);
	b.rooms = rooms_new(&b.world.wire, b.identity, b.queries, &b.world.clock, &b.world.chance);
	rooms_read_archives(b.rooms, b.archives);
	buf_init(&b.told, BUF_STANZA);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	rooms_free(&b->rooms);
	archives_free(&b->archives);
	buf_release(&b->told);
	queries_free(&b->queries);
	identity_free(&b->identity);
	xml_world_release(&b->world);
	return 0;
}

static void present(struct bench *b, const char *seat, const char *type, const char *more)
{
	struct presence presence;

	assert_true(presence_read(&presence, b->world.pool,
		xml_stanza(&b->world, pool_printf(b->world.pool,
					      "<presence from='%s'%s><x "
					      "xmlns='http://jabber.org/protocol/muc#user'>"
					      "%s</x></presence>",
					      seat, type, more))));
	assert_true(rooms_presence(b->rooms, &presence));
}

#define SELF "<status code='110'/>"

static void enter(struct bench *b, const char *seat, const char *more)
{
	present(b, seat, "", pool_printf(b->world.pool, SELF "%s", more));
}

static void leave_by(struct bench *b, const char *seat, const char *more)
{
	present(b, seat, " type='unavailable'", pool_printf(b->world.pool, SELF "%s", more));
}

static void rooms_tick__joins__one_by_one_without_history(void **state)
{
	struct bench *b = *state;
	const char *sent;

	rooms_set(b->rooms, three, ARRAY_LEN(three));
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");
	rooms_online(b->rooms);
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"a@muc/careerbot\"");
	assert_contains(sent, "maxstanzas=\"0\"");
	assert_contains(sent, "disco#info");
	assert_contains(sent, "protocol/caps");
	assert_lacks(sent, "b@muc");
	assert_lacks(sent, "<password");
	assert_int_equal(rooms_next_ms(b->rooms), b->world.hand.mono + 300);
	xml_pass(&b->world, 299);
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");
	xml_pass(&b->world, 1);
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"b@muc/careerbot\"");
	assert_contains(sent, "<password>secret</password>");
	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "to=\"c@muc/cb\"");
}

static const char *told(struct bench *b)
{
	const char *text = pool_strdup(b->world.pool, b->told.data);

	buf_clear(&b->told);
	return text;
}

static void answer_disco(struct bench *b, const char *from, const char *type, const char *content)
{
	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world,
			pool_printf(b->world.pool, "<iq type='%s' from='%s' id='%s'>%s</iq>", type,
				from, xml_id_in(&b->world, xml_sent(&b->world)), content))));
}

static void rooms_tick__settles__where_to_read_from_before_it_joins(void **state)
{
	struct bench *b = *state;

	assert_string_equal(told(b), "back in a@muc\nback in b@muc\nback in c@muc\n");
}

static void rooms_presence__opens__the_room_that_it_made(void **state)
{
	struct bench *b = *state;
	const char *sent;

	enter(b, "a@muc/careerbot", "<status code='201'/>");
	sent = xml_sent(&b->world);
	assert_contains(sent, "muc#owner");
	assert_contains(sent, "type=\"submit\"");
	enter(b, "b@muc/careerbot", "");
	assert_string_equal(xml_sent(&b->world), "");
}

static void rooms_presence__knows__only_its_rooms(void **state)
{
	struct bench *b = *state;
	struct presence presence = {.from = "x@muc/nick", .nick = "nick"};

	assert_false(rooms_presence(b->rooms, &presence));
	assert_null(rooms_find(b->rooms, "x@muc"));
	assert_non_null(rooms_find(b->rooms, "b@muc/anybody"));
}

static void rooms_reconfigured__learns__what_the_room_can_do(void **state)
{
	struct bench *b = *state;
	struct room *room = rooms_find(b->rooms, "b@muc");

	rooms_reconfigured(b->rooms, room);
	answer_disco(b, "b@muc", "error",
		"<error type='cancel'>"
		"<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
	assert_false(room_has(room, ROOM_KNOWN));
	rooms_reconfigured(b->rooms, room);
	answer_disco(b, "b@muc", "result",
		"<query xmlns='http://jabber.org/protocol/disco#info'>"
		"<feature var='urn:xmpp:sid:0'/><feature var='urn:xmpp:mam:2'/></query>");
	assert_true(room_has(room, ROOM_STANZA_IDS));
	assert_true(room_has(room, ROOM_ARCHIVE));
	assert_false(room_has(room, ROOM_OCCUPANT_IDS));
}

static void rooms_tick__reads__the_archive_of_a_room_that_has_one(void **state)
{
	struct bench *b = *state;
	const char *sent;

	xml_sent(&b->world);
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");
	room_subject(rooms_find(b->rooms, "b@muc"));
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"b@muc\"");
	assert_contains(sent, "<after>last-read</after>");
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");

	room_features(rooms_find(b->rooms, "a@muc"), ROOM_STANZA_IDS);
	room_subject(rooms_find(b->rooms, "a@muc"));
	assert_string_equal(told(b), "");
	rooms_tick(b->rooms);
	assert_string_equal(told(b), "archive of a@muc: 1\n");
	assert_string_equal(xml_sent(&b->world), "");
}

static void rooms_tick__pings__itself_in_a_silent_room(void **state)
{
	struct bench *b = *state;
	struct room *room = rooms_find(b->rooms, "b@muc");
	const char *sent;

	xml_pass(&b->world, 15 * 60000);
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "urn:xmpp:ping");
	assert_contains(sent, "to=\"b@muc/careerbot\"");
	/* No answer is no proof. */
	xml_pass(&b->world, 30000);
	queries_tick(b->queries);
	assert_int_equal(room_state(room), ROOM_LIVE);
}

static void rooms_set__asks__for_the_nick_that_is_wanted_now(void **state)
{
	struct session_room later[] = {three[0], three[1], three[2]};
	struct bench *b = *state;

	later[1].nick = "bee";
	xml_sent(&b->world);
	rooms_set(b->rooms, later, ARRAY_LEN(later));
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "<presence to=\"b@muc/bee\">");
	/* To the old one it would be asked for back. */
	rooms_show(b->rooms);
	rooms_tick(b->rooms);
	assert_lacks(xml_sent(&b->world), "b@muc/careerbot");
	/* Until the room agrees. */
	assert_string_equal(room_nick(rooms_find(b->rooms, "b@muc")), "careerbot");
	rooms_set(b->rooms, three, ARRAY_LEN(three));
}

static void rooms_show__waits__until_we_are_in(void **state)
{
	struct bench *b = *state;
	struct room *room;

	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	room = rooms_find(b->rooms, "c@muc");
	assert_int_equal(room_state(room), ROOM_JOINING);
	xml_sent(&b->world);
	rooms_show(b->rooms);
	rooms_tick(b->rooms);
	assert_lacks(xml_sent(&b->world), "<presence to=\"c@muc/cb\"");
	enter(b, "c@muc/cb", "");
	room_subject(room);
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "<presence to=\"c@muc/cb\">");
	rooms_tick(b->rooms);
	assert_lacks(xml_sent(&b->world), "<presence");
}

static void rooms_set__leaves__what_is_not_wanted_any_more(void **state)
{
	static const struct session_room later[] = {
		{"b@muc", "careerbot", NULL}, {"d@muc", "cb", NULL}};
	struct bench *b = *state;

	xml_sent(&b->world);
	rooms_set(b->rooms, later, ARRAY_LEN(later));
	assert_contains(xml_sent(&b->world), "type=\"unavailable\" to=\"a@muc/careerbot\"");
	assert_null(rooms_find(b->rooms, "a@muc"));
	assert_int_equal(room_state(rooms_find(b->rooms, "b@muc")), ROOM_LIVE);
	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "to=\"d@muc/cb\"");
	rooms_leave(b->rooms);
	assert_contains(xml_sent(&b->world), "type=\"unavailable\" to=\"b@muc/careerbot\"");
	xml_pass(&b->world, 3600000);
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");
}

/* --- rooms besides those of the settings --- */

static void on_lost(void *userdata, const char *jid)
{
	buf_addf(userdata, "%s\n", jid);
}

static void rooms_add__outlives__other_settings(void **state)
{
	static const struct session_room den = {"den@muc", "cb", "sesame"};
	struct bench *b = *state;
	const char *sent;

	assert_true(rooms_add(b->rooms, &den));
	rooms_online(b->rooms);
	rooms_set(b->rooms, NULL, 0);
	assert_null(rooms_find(b->rooms, "b@muc"));
	xml_pass(&b->world, 300);
	xml_sent(&b->world);
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"den@muc/cb\"");
	assert_contains(sent, "<password>sesame</password>");
}

static void rooms_tick__forgets__an_added_room_that_does_not_want_us(void **state)
{
	struct bench *b = *state;
	struct buf lost;

	buf_init(&lost, BUF_LINE);
	rooms_tell_lost(b->rooms, on_lost, &lost);
	enter(b, "den@muc/cb", "");
	rooms_tick(b->rooms);
	assert_string_equal(lost.data, "");
	leave_by(b, "den@muc/cb", "<status code='307'/>");
	rooms_tick(b->rooms);
	assert_string_equal(lost.data, "den@muc\n");
	assert_null(rooms_find(b->rooms, "den@muc"));
	rooms_tell_lost(b->rooms, NULL, NULL);
	buf_release(&lost);
}

static void rooms_tick__leaves__an_added_room_where_it_is_alone(void **state)
{
	static const struct session_room club = {"club@muc", "cb", NULL};
	const int64_t day = 24 * 60 * 60000;
	struct bench *b = *state;
	struct room *room;

	assert_true(rooms_add(b->rooms, &club));
	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	room = rooms_find(b->rooms, "club@muc");
	enter(b, "club@muc/cb", "");
	room_subject(room);
	xml_pass(&b->world, 6 * day);
	present(b, "club@muc/Alice", "", "");
	xml_pass(&b->world, 6 * day);
	present(b, "club@muc/Alice", " type='unavailable'", "");
	xml_pass(&b->world, 7 * day - 1);
	rooms_tick(b->rooms);
	assert_int_equal(room_state(room), ROOM_LIVE);
	xml_sent(&b->world);
	xml_pass(&b->world, 1);
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "type=\"unavailable\" to=\"club@muc/cb\"");
	rooms_tick(b->rooms);
	assert_null(rooms_find(b->rooms, "club@muc"));
}

static void rooms_add__tries__a_lost_room_of_the_settings_anew(void **state)
{
	static const struct session_room invited = {"b@muc", "somebody", NULL};
	struct bench *b = *state;

	rooms_set(b->rooms, three, ARRAY_LEN(three));
	for (size_t i = 0; i < ARRAY_LEN(three); i++) {
		xml_pass(&b->world, 300);
		rooms_tick(b->rooms);
	}
	enter(b, "b@muc/careerbot", "");
	leave_by(b, "b@muc/careerbot", "<status code='301'/>");
	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	assert_true(room_has_given_up(rooms_find(b->rooms, "b@muc")));
	xml_sent(&b->world);
	assert_true(rooms_add(b->rooms, &invited));
	assert_false(room_is_added(rooms_find(b->rooms, "b@muc")));
	xml_pass(&b->world, 300);
	rooms_tick(b->rooms);
	/* As the settings have it. */
	assert_contains(xml_sent(&b->world), "to=\"b@muc/careerbot\"");
	enter(b, "b@muc/careerbot", "");
}

static void rooms_drop__leaves__at_once(void **state)
{
	struct bench *b = *state;

	xml_sent(&b->world);
	assert_true(rooms_drop(b->rooms, "b@muc"));
	assert_contains(xml_sent(&b->world), "type=\"unavailable\" to=\"b@muc/careerbot\"");
	assert_null(rooms_find(b->rooms, "b@muc"));
	assert_false(rooms_drop(b->rooms, "b@muc"));
}

static void rooms_add__knows__an_end(void **state)
{
	struct bench *b = *state;
	unsigned added = 0;

	while (added < 1000) {
		struct session_room room = {
			pool_printf(b->world.pool, "r%u@muc", added), "cb", NULL};

		if (!rooms_add(b->rooms, &room))
			break;
		added++;
	}
	assert_int_equal(added, 50);
}

static void rooms_presence__leaves__where_a_kick_was_undone_by_mistake(void **state)
{
	static const char goodbye[] = "type=\"unavailable\" to=\"a@muc/careerbot\"";
	struct bench *b = *state;

	rooms_set(b->rooms, three, 1);
	rooms_online(b->rooms);
	room_join_sent(rooms_find(b->rooms, "a@muc"));
	enter(b, "a@muc/careerbot", "");
	leave_by(b, "a@muc/careerbot", "<status code='307'/>");
	xml_sent(&b->world);
	/* Our presence had crossed the kick, and was taken for a join. */
	present(b, "a@muc/alice", "", "<item role='moderator'/>");
	assert_string_equal(xml_sent(&b->world), "");
	enter(b, "a@muc/careerbot", "");
	assert_contains(xml_sent(&b->world), goodbye);
	leave_by(b, "a@muc/careerbot", "");
	assert_string_equal(xml_sent(&b->world), "");
	assert_int_equal(room_next_ms(rooms_find(b->rooms, "a@muc")), b->world.hand.mono + 600000);
	rooms_offline(b->rooms);
	enter(b, "a@muc/careerbot", "");
	assert_string_equal(xml_sent(&b->world), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rooms_tick__joins__one_by_one_without_history),
		cmocka_unit_test(rooms_tick__settles__where_to_read_from_before_it_joins),
		cmocka_unit_test(rooms_presence__opens__the_room_that_it_made),
		cmocka_unit_test(rooms_presence__knows__only_its_rooms),
		cmocka_unit_test(rooms_reconfigured__learns__what_the_room_can_do),
		cmocka_unit_test(rooms_tick__reads__the_archive_of_a_room_that_has_one),
		cmocka_unit_test(rooms_tick__pings__itself_in_a_silent_room),
		cmocka_unit_test(rooms_set__asks__for_the_nick_that_is_wanted_now),
		cmocka_unit_test(rooms_show__waits__until_we_are_in),
		cmocka_unit_test(rooms_set__leaves__what_is_not_wanted_any_more),
		cmocka_unit_test(rooms_add__outlives__other_settings),
		cmocka_unit_test(rooms_tick__forgets__an_added_room_that_does_not_want_us),
		cmocka_unit_test(rooms_tick__leaves__an_added_room_where_it_is_alone),
		cmocka_unit_test(rooms_add__tries__a_lost_room_of_the_settings_anew),
		cmocka_unit_test(rooms_drop__leaves__at_once),
		cmocka_unit_test(rooms_add__knows__an_end),
		cmocka_unit_test(rooms_presence__leaves__where_a_kick_was_undone_by_mistake),
	};

	return cmocka_run_group_tests_name("rooms", tests, setup, teardown);
}

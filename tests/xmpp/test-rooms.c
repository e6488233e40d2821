#include "xml.h"

#include "rooms.h"

struct bench {
	struct xml_world world;
	struct identity *identity;
	struct queries *queries;
	struct rooms *rooms;
};

static const struct session_room three[] = {
	{"a@muc", "careerbot", NULL}, {"b@muc", "careerbot", "secret"}, {"c@muc", "cb", NULL}};

static int setup(void **state)
{
	static struct bench b;

	xml_world_init(&b.world);
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.rooms = rooms_new(&b.world.wire, b.identity, b.queries, &b.world.clock, &b.world.chance);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	rooms_free(&b->rooms);
	queries_free(&b->queries);
	identity_free(&b->identity);
	xml_world_release(&b->world);
	return 0;
}

static void enter(struct bench *b, const char *seat, const char *more)
{
	struct presence presence;

	assert_true(presence_read(&presence, b->world.pool,
		xml_stanza(&b->world, pool_printf(b->world.pool,
					      "<presence from='%s'><x "
					      "xmlns='http://jabber.org/protocol/muc#user'>"
					      "<status code='110'/>%s</x></presence>",
					      seat, more))));
	assert_true(rooms_presence(b->rooms, &presence));
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
	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world,
			pool_printf(b->world.pool,
				"<iq type='result' from='b@muc' id='%s'><query "
				"xmlns='http://jabber.org/protocol/disco#info'>"
				"<feature var='urn:xmpp:sid:0'/><feature var='urn:xmpp:mam:2'/>"
				"</query></iq>",
				xml_id_in(&b->world, xml_sent(&b->world))))));
	assert_true(room_has(room, ROOM_STANZA_IDS));
	assert_true(room_has(room, ROOM_ARCHIVE));
	assert_false(room_has(room, ROOM_OCCUPANT_IDS));
}

static void rooms_tick__pings__itself_in_a_silent_room(void **state)
{
	struct bench *b = *state;
	struct room *room = rooms_find(b->rooms, "b@muc");
	const char *sent;

	room_subject(room);
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
	assert_contains(xml_sent(&b->world), "<presence to=\"b@muc/bee\"/>");
	/* Until the room agrees. */
	assert_string_equal(room_nick(rooms_find(b->rooms, "b@muc")), "careerbot");
	rooms_set(b->rooms, three, ARRAY_LEN(three));
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
	rooms_tick(b->rooms);
	assert_contains(xml_sent(&b->world), "to=\"d@muc/cb\"");
	rooms_leave(b->rooms);
	assert_contains(xml_sent(&b->world), "type=\"unavailable\" to=\"b@muc/careerbot\"");
	xml_pass(&b->world, 3600000);
	rooms_tick(b->rooms);
	assert_string_equal(xml_sent(&b->world), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rooms_tick__joins__one_by_one_without_history),
		cmocka_unit_test(rooms_presence__opens__the_room_that_it_made),
		cmocka_unit_test(rooms_presence__knows__only_its_rooms),
		cmocka_unit_test(rooms_reconfigured__learns__what_the_room_can_do),
		cmocka_unit_test(rooms_tick__pings__itself_in_a_silent_room),
		cmocka_unit_test(rooms_set__asks__for_the_nick_that_is_wanted_now),
		cmocka_unit_test(rooms_set__leaves__what_is_not_wanted_any_more),
	};

	return cmocka_run_group_tests_name("rooms", tests, setup, teardown);
}

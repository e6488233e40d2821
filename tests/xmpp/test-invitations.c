#include "xml.h"

#include "invitations.h"

#define USER "<x xmlns='http://jabber.org/protocol/muc#user'>"

/* A direct one, of XEP-0249. */
#define DIRECT(from, room)                                                                         \
	"<message from='" from "'><x xmlns='jabber:x:conference' jid='" room                       \
	"' password='sesame'/><body>come</body></message>"
/* Passed on by a room, as both servers do it: with the other form beside it. */
#define PASSED_ON(room, inviter)                                                                   \
	"<message from='" room "'>" USER "<invite from='" inviter                                  \
	"'><reason>do</reason></invite><password>sesame</password></x>"                            \
	"<x xmlns='jabber:x:conference' jid='" room "'/><body>come</body></message>"

struct bench {
	struct xml_world world;
	struct session_events events;
	struct identity *identity;
	struct queries *queries;
	struct rooms *rooms;
	struct invitations *invitations;
	struct buf joined;
};

static void on_joined(void *userdata, const struct session_room *room)
{
	struct bench *b = userdata;

	buf_addf(&b->joined, "%s as %s with %s\n", room->jid, room->nick,
		room->password ? room->password : "-");
}

static int setup(void **state)
{
	static const char *const list[] = {
		"boss@good.example", "friends.example", "muc.open.example"};
	static struct bench b;

	xml_world_init(&b.world);
	buf_init(&b.joined, BUF_LINE);
	b.events = (struct session_events){.joined = on_joined, .userdata = &b};
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "Bot@own.example", &b.world.clock, &b.world.chance);
	b.rooms = rooms_new(&b.world.wire, b.identity, b.queries, &b.world.clock, &b.world.chance);
	b.invitations = invitations_new(
		&b.world.wire, b.rooms, &b.events, "bot@own.example", &b.world.clock);
	invitations_set(b.invitations, list, ARRAY_LEN(list));
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	invitations_free(&b->invitations);
	rooms_free(&b->rooms);
	queries_free(&b->queries);
	identity_free(&b->identity);
	buf_release(&b->joined);
	xml_world_release(&b->world);
	return 0;
}

static bool come(struct bench *b, const char *text)
{
	struct invitation invitation;

	buf_clear(&b->joined);
	xml_sent(&b->world);
	xml_reported(&b->world);
	if (!invitation_read(&invitation, b->world.pool, xml_stanza(&b->world, text)))
		return false;
	invitations_take(b->invitations, &invitation);
	return true;
}

static bool come_in(struct bench *b)
{
	xml_sent(&b->world);
	xml_pass(&b->world, 1000);
	rooms_tick(b->rooms);
	return strstr(xml_sent(&b->world), "<presence");
}

static void invitation_counts__believes__only_what_is_vouched_for(void **state)
{
	static const struct {
		const char *text;
		bool counts;
	} cases[] = {
		/* the sender is who the servers say */
		{DIRECT("boss@good.example/phone", "r@evil.example"), true},
		{DIRECT("other@good.example/phone", "r@evil.example"), false},
		{DIRECT("anna@friends.example", "r@evil.example"), true},
		{DIRECT("anna@sub.friends.example", "r@evil.example"), false},
		{DIRECT("anna@notfriends.example", "r@evil.example"), false},
		{DIRECT("friends.example", "r@evil.example"), true},
		{DIRECT("bot@own.example", "r@evil.example"), false},
		/* a room's server can say of nobody else's people who they are */
		{PASSED_ON("r@muc.evil.example", "boss@good.example/phone"), false},
		{PASSED_ON("r@muc.evil.example", "anna@friends.example"), false},
		{PASSED_ON("r@evilgood.example", "boss@good.example"), false},
		/* … but of its own domain's, and ours can of anybody */
		{PASSED_ON("r@muc.good.example", "boss@good.example/phone"), true},
		{PASSED_ON("r@good.example", "boss@good.example"), true},
		{PASSED_ON("r@muc.good.example", "other@good.example"), false},
		{PASSED_ON("r@muc.friends.example", "anna@friends.example"), true},
		{PASSED_ON("r@muc.friends.example", "anna@evil.example"), false},
		{PASSED_ON("r@muc.own.example", "boss@good.example"), true},
		{PASSED_ON("r@muc.own.example", "x@own.example"), false},
		/* who invites is hidden: the room's server has to be on the list itself */
		{PASSED_ON("r@muc.friends.example", "r@muc.friends.example/Anna"), false},
		{PASSED_ON("r@muc.open.example", "r@muc.open.example/Anna"), true},
		{PASSED_ON("r@muc.open.example", ""), true},
		{PASSED_ON("r@muc.friends.example", ""), false},
	};
	static const char *const list[] = {
		"boss@good.example", "friends.example", "muc.open.example"};
	const struct invitation_trust trust = {list, ARRAY_LEN(list), "bot@own.example"};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct invitation invitation;

		assert_true(invitation_read(
			&invitation, b->world.pool, xml_stanza(&b->world, cases[i].text)));
		if (invitation_counts(&invitation, &trust) != cases[i].counts)
			fail_msg("%s", cases[i].text);
		assert_string_equal(invitation.password, "sesame");
	}
}

static void invitation_read__makes__nothing_of_nonsense(void **state)
{
	static const char *const cases[] = {
		"<message><x xmlns='jabber:x:conference' jid='r@c'/></message>",
		"<message from='boss@good.example'><x xmlns='jabber:x:conference'/></message>",
		"<message from='boss@good.example'><x xmlns='jabber:x:conference' "
		"jid=''/></message>",
		"<message from='boss@good.example'><x xmlns='jabber:x:conference' "
		"jid='muc.example'/></message>",
		"<message from='boss@good.example'><x xmlns='jabber:x:conference' "
		"jid='@/'/></message>",
		"<message from='muc.open.example'>" USER "<invite from='a@b'/></x></message>",
		/* whispered in a room */
		"<message from='r@muc.open.example/Anna'>" USER
		"<invite from='a@b'/></x></message>",
		"<message from='r@muc.open.example/Anna'>" USER
		"</x><x xmlns='jabber:x:conference' jid='r@c'/></message>",
		"<message from='r@muc.open.example'><x xmlns='jabber:x:data'/></message>",
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (come(b, cases[i]))
			fail_msg("%s", cases[i]);
}

static void invitations_take__goes__where_it_counts(void **state)
{
	struct bench *b = *state;
	const char *sent;

	rooms_online(b->rooms);
	assert_true(come(b, DIRECT("boss@good.example/phone", "Den@Muc.example")));
	assert_string_equal(b->joined.data, "den@muc.example as bot with sesame\n");
	assert_lacks(xml_reported(&b->world), "sesame");
	rooms_tick(b->rooms);
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"den@muc.example/bot\"");
	assert_contains(sent, "<password>sesame</password>");
	assert_lacks(sent, "decline");
}

static void invitations_take__says__no_once(void **state)
{
	struct bench *b = *state;
	const char *sent;

	assert_true(come(b, PASSED_ON("r@muc.evil.example", "mallory@evil.example/x")));
	assert_string_equal(b->joined.data, "");
	assert_null(rooms_find(b->rooms, "r@muc.evil.example"));
	sent = xml_sent(&b->world);
	assert_contains(sent, "<message to=\"r@muc.evil.example\">");
	assert_contains(sent, "<decline to=\"mallory@evil.example/x\"/>");
	assert_contains(xml_reported(&b->world), "invites_from");
	for (int i = 0; i < 3; i++) {
		xml_pass(&b->world, 3600 * 1000);
		assert_true(come(b, PASSED_ON("r@muc.evil.example", "mallory@evil.example/x")));
		assert_string_equal(xml_sent(&b->world), "");
		assert_string_equal(xml_reported(&b->world), "");
	}
}

static void invitations_take__says__why_a_hidden_inviter_does_not_count(void **state)
{
	struct bench *b = *state;

	xml_pass(&b->world, 60 * 1000);
	assert_true(
		come(b, PASSED_ON("hidden@muc.friends.example", "hidden@muc.friends.example/Al")));
	assert_contains(xml_reported(&b->world), "its server is not in `invites_from`");
}

static void invitations_take__keeps__still_in_a_flood(void **state)
{
	struct bench *b = *state;
	unsigned words = 0;

	xml_pass(&b->world, 60 * 1000);
	for (unsigned i = 0; i < 100; i++) {
		assert_true(come(
			b, pool_printf(b->world.pool,
				   PASSED_ON("r%u@muc.evil.example", "m@evil.example"), i, i)));
		words += *xml_sent(&b->world) != '\0';
		xml_pass(&b->world, 100);
	}
	assert_int_equal(words, 1);
}

static void invitations_take__has__no_word_for_a_direct_one(void **state)
{
	struct bench *b = *state;

	xml_pass(&b->world, 60 * 1000);
	assert_true(come(b, DIRECT("mallory@evil.example/x", "other@muc.evil.example")));
	assert_string_equal(xml_sent(&b->world), "");
	assert_contains(xml_reported(&b->world), "mallory@evil.example");
}

static void invitations_take__goes__where_only_members_get_in(void **state)
{
	static const struct session_room wanted = {"club@muc.evil.example", "bot", NULL};
	struct bench *b = *state;
	struct presence refused;

	rooms_set(b->rooms, &wanted, 1);
	xml_pass(&b->world, 60 * 1000);
	assert_true(come(b, PASSED_ON("club@muc.evil.example", "club@muc.evil.example/Al")));
	rooms_tick(b->rooms);
	assert_true(presence_read(&refused, b->world.pool,
		xml_stanza(&b->world,
			"<presence from='club@muc.evil.example/bot' "
			"type='error'><error><registration-required "
			"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>")));
	assert_true(rooms_presence(b->rooms, &refused));
	assert_contains(xml_reported(&b->world), "invites us");
	/* Anybody at all could send this. */
	assert_true(come(b, DIRECT("mallory@evil.example/x", "club@muc.evil.example")));
	assert_false(come_in(b));
	assert_true(come(b, PASSED_ON("club@muc.evil.example", "club@muc.evil.example/Al")));
	assert_true(come_in(b));
	/* It is as the settings have it. */
	assert_string_equal(b->joined.data, "");
}

static void invitations_moved__follows__a_room_of_a_listed_server(void **state)
{
	struct bench *b = *state;

	invitations_moved(b->invitations, "old@muc.evil.example", "new@muc.example");
	invitations_moved(b->invitations, "old@muc.open.example", "no room");
	invitations_moved(b->invitations, "old@muc.open.example", "muc.example");
	assert_null(rooms_find(b->rooms, "new@muc.example"));
	invitations_moved(b->invitations, "old@muc.open.example", "new@muc.example");
	assert_non_null(rooms_find(b->rooms, "new@muc.example"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(invitation_counts__believes__only_what_is_vouched_for),
		cmocka_unit_test(invitation_read__makes__nothing_of_nonsense),
		cmocka_unit_test(invitations_take__goes__where_it_counts),
		cmocka_unit_test(invitations_take__says__no_once),
		cmocka_unit_test(invitations_take__says__why_a_hidden_inviter_does_not_count),
		cmocka_unit_test(invitations_take__keeps__still_in_a_flood),
		cmocka_unit_test(invitations_take__has__no_word_for_a_direct_one),
		cmocka_unit_test(invitations_take__goes__where_only_members_get_in),
		cmocka_unit_test(invitations_moved__follows__a_room_of_a_listed_server),
	};

	return cmocka_run_group_tests_name("invitations", tests, setup, teardown);
}

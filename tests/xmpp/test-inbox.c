#include "xml.h"

#include "inbox.h"

#define ROOM "den@conference.localhost"

struct bench {
	struct xml_world world;
	struct session_events events;
	struct identity *identity;
	struct services services;
	struct inbox inbox;
	struct buf heard; /* what reached the layer above, a line each */
};

static void on_message(void *userdata, const struct chat_message *m)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "message %s: %s%s%s\n", m->from, m->text ? m->text : "-",
		m->replies_known ? " (replies)" : "", m->from_bot ? " (a bot)" : "");
}

static void on_confirmed(void *userdata, const char *id, const char *stanza_id)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "confirmed %s as %s\n", id, stanza_id ? stanza_id : "-");
}

static struct chat_mark came_back(void *userdata, const char *room)
{
	(void)userdata, (void)room;
	return (struct chat_mark){.since_ms = 1000};
}

static void on_caught_up(void *userdata, const char *room, enum chat_archive how)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "caught up with %s: %d\n", room ? room : "ours", how);
}

static void on_has_voice(void *userdata, const char *room)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "voice in %s\n", room);
}

static void on_undelivered(void *userdata, const char *id, const char *reason)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "undelivered %s %s\n", id, reason);
}

static void come(struct bench *b, const char *text)
{
	inbox_stanza(&b->inbox, xml_stanza(&b->world, text));
}

static const char *heard(struct bench *b)
{
	const char *text = pool_strdup(b->world.pool, b->heard.data);

	buf_clear(&b->heard);
	return text;
}

static int setup(void **state)
{
	static const struct session_room room = {ROOM, "careerbot", NULL};
	static struct bench b;
	struct inbox *inbox = &b.inbox;
	const struct archives_events archives = {came_back, inbox_found, inbox_caught_up, inbox};

	xml_world_init(&b.world);
	buf_init(&b.heard, BUF_STANZA);
	b.events = (struct session_events){.message = on_message,
		.confirmed = on_confirmed,
		.caught_up = on_caught_up,
		.has_voice = on_has_voice,
		.undelivered = on_undelivered,
		.userdata = &b};
	b.identity = identity_new(b.world.ctx);
	inbox->wire = &b.world.wire;
	inbox->events = &b.events;
	inbox->own_jid = "bot@localhost";
	inbox->own_folded = "bot";
	inbox->pool = pool_new(1024);
	inbox->queries =
		queries_new(&b.world.wire, inbox->own_jid, &b.world.clock, &b.world.chance);
	inbox->peers = peers_new(inbox->queries);
	inbox->roster = roster_new(&b.world.wire, inbox->queries);
	inbox->archives = archives_new(&b.world.wire, inbox->queries, inbox->own_jid, &archives,
		&b.world.clock, &b.world.chance);
	inbox->rooms = rooms_new(
		&b.world.wire, b.identity, inbox->queries, &b.world.clock, &b.world.chance);
	rooms_read_archives(inbox->rooms, inbox->archives);
	inbox->invitations = invitations_new(
		&b.world.wire, inbox->rooms, &b.events, inbox->own_jid, &b.world.clock);
	b.services = (struct services){.identity = b.identity,
		.clock = &b.world.clock,
		.version = "0",
		.own_jid = inbox->own_jid,
		.roster = inbox->roster,
		.commands = commands_new(&b.events.commands, inbox->rooms, inbox->own_jid,
			&b.world.clock, &b.world.chance)};
	inbox->services = &b.services;
	rooms_set(inbox->rooms, &room, 1);
	rooms_online(inbox->rooms);
	rooms_tick(inbox->rooms);
	come(&b, "<presence from='" ROOM "/careerbot'/>");
	come(&b, "<message from='" ROOM "' type='groupchat'><subject/></message>");
	xml_sent(&b.world);
	buf_clear(&b.heard);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	invitations_free(&b->inbox.invitations);
	commands_free(&b->services.commands);
	rooms_free(&b->inbox.rooms);
	roster_free(&b->inbox.roster);
	peers_free(&b->inbox.peers);
	archives_free(&b->inbox.archives);
	queries_free(&b->inbox.queries);
	pool_free(&b->inbox.pool);
	identity_free(&b->identity);
	buf_release(&b->heard);
	xml_world_release(&b->world);
	return 0;
}

static void inbox_stanza__hands__up_what_people_say(void **state)
{
	struct bench *b = *state;

	come(b, "<message from='a@localhost/x' type='chat'><body>one</body></message>");
	come(b, "<message from='" ROOM
		"/Alice' type='groupchat'><body>careerbot: two</body></message>");
	assert_string_equal(heard(b), "message a@localhost/x: one\nmessage " ROOM "/Alice: two\n");
}

static void inbox_stanza__tells__who_is_a_bot(void **state)
{
	struct bench *b = *state;
	const char *sent;

	xml_sent(&b->world);
	come(b, "<presence from='" ROOM "/robot'><c xmlns='http://jabber.org/protocol/caps' "
		"hash='sha-1' node='n' ver='v'/></presence>");
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"" ROOM "/robot\"");
	come(b, pool_printf(b->world.pool,
			"<iq type='result' id='%s' from='" ROOM "/robot'><query "
			"xmlns='http://jabber.org/protocol/disco#info'>"
			"<identity category='client' type='bot'/></query></iq>",
			xml_id_in(&b->world, sent)));
	come(b, "<message from='" ROOM
		"/robot' type='groupchat'><body>careerbot: hm</body></message>");
	assert_string_equal(heard(b), "message " ROOM "/robot: hm (a bot)\n");
	come(b, "<message from='" ROOM "/robot' type='chat'><body>hm</body></message>");
	assert_string_equal(heard(b), "");
}

static void inbox_stanza__asks__not_itself(void **state)
{
	struct bench *b = *state;

	xml_sent(&b->world);
	come(b, "<presence from='" ROOM "/careerbot'><c xmlns='http://jabber.org/protocol/caps' "
		"hash='sha-1' node='n' ver='own'/><x xmlns='http://jabber.org/protocol/muc#user'>"
		"<status code='110'/></x></presence>");
	assert_string_equal(xml_sent(&b->world), "");
	assert_string_equal(heard(b), "voice in " ROOM "\n");
}

static void inbox_stanza__confirms__only_our_own_echo(void **state)
{
	struct bench *b = *state;

	room_sent(rooms_find(b->inbox.rooms, ROOM), "ours");
	come(b, "<message from='" ROOM
		"/Mallory' type='groupchat' id='ours'><body>x</body></message>");
	assert_string_equal(heard(b), "message " ROOM "/Mallory: x\n");
	come(b, "<message from='" ROOM
		"/careerbot' type='groupchat' id='other'><body>x</body></message>");
	assert_string_equal(heard(b), "");
	come(b, "<message from='" ROOM
		"/careerbot' type='groupchat' id='ours'><body>x</body></message>");
	assert_string_equal(heard(b), "confirmed ours as -\n");
}

static void inbox_stanza__tells__what_the_room_calls_our_message(void **state)
{
	static const char echo[] =
		"<message from='" ROOM "/careerbot' type='groupchat' id='ours-1'>"
		"<body>x</body><stanza-id xmlns='urn:xmpp:sid:0' "
		"by='" ROOM "' id='theirs'/></message>";
	struct bench *b = *state;
	struct room *room = rooms_find(b->inbox.rooms, ROOM);

	room_sent(room, "ours-1");
	come(b, echo); /* the room has not said that nobody else can set it */
	assert_string_equal(heard(b), "confirmed ours-1 as -\n");
	room_features(room, ROOM_STANZA_IDS);
	come(b, echo);
	assert_string_equal(heard(b), "confirmed ours-1 as theirs\n");
}

static void inbox_stanza__reports__what_came_back(void **state)
{
	static const char error[] =
		"<message from='%s' type='error' id='%s'><body>careerbot: x</body>"
		"<error type='auth'><forbidden "
		"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";
	static const struct {
		const char *from, *id, *heard;
	} cases[] = {
		{ROOM, "ours-2", "undelivered ours-2 forbidden\n"},
		{ROOM "/Mallory", "ours-2", ""}, /* who has read the id */
		{ROOM "/Alice", "private", "undelivered private forbidden\n"},
		{"a@localhost", "direct", "undelivered direct forbidden\n"},
	};
	struct bench *b = *state;

	room_sent(rooms_find(b->inbox.rooms, ROOM), "ours-2");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[512];

		snprintf(text, sizeof(text), error, cases[i].from, cases[i].id);
		come(b, text);
		assert_string_equal(heard(b), cases[i].heard);
	}
	assert_true(room_is_mute(rooms_find(b->inbox.rooms, ROOM)));
}

static void inbox_stanza__sends__receipts_and_marks_to_those_who_see_us(void **state)
{
	static const char asks[] = "<message from='%s' type='%s' id='r1'><body>x</body>"
				   "<request xmlns='urn:xmpp:receipts'/>"
				   "<markable xmlns='urn:xmpp:chat-markers:0'/></message>";
	static const struct {
		const char *from, *type;
		bool sent;
	} cases[] = {
		{"friend@localhost/x", "chat", true},
		{"stranger@localhost/x", "chat", false},
		{ROOM "/Alice", "chat", true},
		{ROOM "/Alice", "groupchat", false},
	};
	struct bench *b = *state;

	come(b, "<iq type='set' id='p1'><query xmlns='jabber:iq:roster'>"
		"<item jid='friend@localhost' subscription='from'/></query></iq>");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[512];
		const char *sent;

		xml_sent(&b->world);
		snprintf(text, sizeof(text), asks, cases[i].from, cases[i].type);
		come(b, text);
		sent = xml_sent(&b->world);
		if (!!strstr(sent, "<received") != cases[i].sent ||
			!!strstr(sent, "<displayed") != cases[i].sent)
			fail_msg("%s: %s", cases[i].from, sent);
	}
	heard(b);
}

static void inbox_stanza__answers__questions_by_iq(void **state)
{
	struct bench *b = *state;

	xml_sent(&b->world);
	come(b, "<iq type='get' id='q' from='" ROOM "/Alice'><ping xmlns='urn:xmpp:ping'/></iq>");
	assert_contains(xml_sent(&b->world), "type=\"result\"");
	come(b, "<iq type='result' id='unasked' from='a@b'/>");
	come(b, "<iq type='error' id='unasked' from='a@b'/>");
	assert_string_equal(xml_sent(&b->world), "");
}

#define WITH_ROLE(role)                                                                            \
	"<x xmlns='http://jabber.org/protocol/muc#user'><item role='" role "'/></x></presence>"

static void inbox_stanza__tells__that_it_has_voice(void **state)
{
	static const struct {
		const char *presence, *heard;
	} cases[] = {
		{"<presence from='" ROOM "/careerbot'>" WITH_ROLE("visitor"), ""},
		{"<presence from='" ROOM "/robot'>" WITH_ROLE("participant"), ""},
		{"<presence from='" ROOM "/careerbot'>" WITH_ROLE("participant"),
			"voice in " ROOM "\n"},
		{"<presence from='" ROOM "'/>", ""},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		come(b, cases[i].presence);
		assert_string_equal(heard(b), cases[i].heard);
	}
}

static void inbox_stanza__never__bounces_presence(void **state)
{
	struct bench *b = *state;

	xml_sent(&b->world);
	come(b, "<presence from='a@localhost/x'/>");
	come(b, "<presence from='a@localhost' type='error'/>");
	come(b, "<presence from='a@localhost' type='probe'/>");
	come(b, "<presence from='a@localhost' type='subscribed'/>");
	come(b, "<presence from='bot@localhost/other' type='unavailable'/>");
	assert_string_equal(xml_sent(&b->world), "");
	come(b, "<presence from='a@localhost' type='subscribe'/>");
	assert_contains(xml_sent(&b->world), "type=\"subscribed\"");
}

/* Answers the query that was sent last, with one message in it. */
static void archive_tells(struct bench *b, const char *from, const char *message)
{
	const char *sent = xml_sent(&b->world), *query = strstr(sent, "queryid=\"");

	assert_non_null(query);
	come(b, pool_printf(b->world.pool,
			"<message from='%s'><result xmlns='urn:xmpp:mam:2' queryid='%.32s' "
			"id='a-1'><forwarded xmlns='urn:xmpp:forward:0'><delay "
			"xmlns='urn:xmpp:delay' stamp='1970-01-01T00:00:05Z'/>%s</forwarded>"
			"</result></message>",
			from, query + strlen("queryid=\""), message));
	come(b, pool_printf(b->world.pool,
			"<iq type='result' from='%s' id='%s'><fin xmlns='urn:xmpp:mam:2' "
			"complete='true'/></iq>",
			from, xml_id_in(&b->world, sent)));
}

static void inbox_stanza__hands__up_what_archives_hold(void **state)
{
	static const struct {
		const char *archive, *message, *heard;
	} cases[] = {
		{NULL,
			"<message xmlns='jabber:client' from='a@localhost/x' type='chat'>"
			"<body>how?</body></message>",
			"message a@localhost/x: how?\ncaught up with ours: 0\n"},
		{NULL,
			"<message xmlns='jabber:client' from='bot@localhost/x' to='a@localhost' "
			"type='chat' id='our-answer'><body>so</body></message>",
			"confirmed our-answer as a-1\ncaught up with ours: 0\n"},
		{ROOM,
			"<message xmlns='jabber:client' from='" ROOM
			"/Alice' type='groupchat'><body>careerbot: how?</body></message>",
			"message " ROOM "/Alice: how?\ncaught up with " ROOM ": 0\n"},
		{ROOM,
			"<message xmlns='jabber:client' from='" ROOM
			"/careerbot' type='groupchat' id='of-last-run'><body>so</body></message>",
			"confirmed of-last-run as a-1\ncaught up with " ROOM ": 0\n"},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		archives_expect(b->inbox.archives, cases[i].archive);
		archives_read(b->inbox.archives, cases[i].archive);
		archive_tells(
			b, cases[i].archive ? cases[i].archive : "bot@localhost", cases[i].message);
		assert_string_equal(heard(b), cases[i].heard);
	}
	assert_true(room_is_ours(rooms_find(b->inbox.rooms, ROOM), "of-last-run"));
}

static void inbox_stanza__leaves__the_archive_of_a_room_it_was_thrown_out_of(void **state)
{
	struct bench *b = *state;

	archives_expect(b->inbox.archives, ROOM);
	archives_read(b->inbox.archives, ROOM);
	room_offline(rooms_find(b->inbox.rooms, ROOM));
	archive_tells(b, ROOM,
		"<message xmlns='jabber:client' from='" ROOM
		"/Alice' type='groupchat'><body>careerbot: how?</body></message>");
	assert_string_equal(heard(b), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inbox_stanza__hands__up_what_people_say),
		cmocka_unit_test(inbox_stanza__tells__who_is_a_bot),
		cmocka_unit_test(inbox_stanza__asks__not_itself),
		cmocka_unit_test(inbox_stanza__confirms__only_our_own_echo),
		cmocka_unit_test(inbox_stanza__tells__what_the_room_calls_our_message),
		cmocka_unit_test(inbox_stanza__reports__what_came_back),
		cmocka_unit_test(inbox_stanza__sends__receipts_and_marks_to_those_who_see_us),
		cmocka_unit_test(inbox_stanza__answers__questions_by_iq),
		cmocka_unit_test(inbox_stanza__tells__that_it_has_voice),
		cmocka_unit_test(inbox_stanza__never__bounces_presence),
		cmocka_unit_test(inbox_stanza__hands__up_what_archives_hold),
		cmocka_unit_test(inbox_stanza__leaves__the_archive_of_a_room_it_was_thrown_out_of),
	};

	return cmocka_run_group_tests_name("inbox", tests, setup, teardown);
}

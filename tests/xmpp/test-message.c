#include "xml.h"

#include "message.h"
#include "room.h"

#define ROOM "den@conference.localhost"
#define OWN "bot@localhost"

/* A room with us and two others in it, one with a real address in sight. */
struct setting {
	struct xml_world world;
	struct room *room;
};

static int setup(void **state)
{
	static struct setting setting;
	static const char *const presences[] = {
		"<presence from='" ROOM
		"/Alice'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='o-al'/>"
		"</presence>",
		"<presence from='" ROOM "/Bob'><x xmlns='http://jabber.org/protocol/muc#user'>"
		"<item jid='bob@localhost/phone'/></x></presence>",
		"<presence from='" ROOM
		"/careerbot'><x xmlns='http://jabber.org/protocol/muc#user'>"
		"<status code='110'/></x></presence>",
	};
	struct session_room settings = {ROOM, "careerbot", NULL};
	struct presence presence;

	xml_world_init(&setting.world);
	setting.room = room_new(
		&settings, &setting.world.wire, &setting.world.clock, &setting.world.chance);
	room_online(setting.room);
	room_join_sent(setting.room);
	for (size_t i = 0; i < ARRAY_LEN(presences); i++) {
		assert_true(presence_read(
			&presence, setting.world.pool, xml_stanza(&setting.world, presences[i])));
		room_presence(setting.room, &presence);
	}
	room_subject(setting.room);
	room_features(setting.room, ROOM_STANZA_IDS | ROOM_OCCUPANT_IDS);
	room_sent(setting.room, "our-id");
	room_reflected(setting.room, "our-id", "our-stanza-id");
	*state = &setting;
	return 0;
}

static int teardown(void **state)
{
	struct setting *setting = *state;

	room_free(&setting->room);
	xml_world_release(&setting->world);
	return 0;
}

static struct message read_in(struct setting *s, struct room *room, const char *text)
{
	struct message_view view = {
		.own_jid = OWN, .own_folded = "bot", .room = room, .account_ids = true};
	struct message message;

	message_read(&message, &view, s->world.pool, xml_stanza(&s->world, text));
	return message;
}

static struct message read_room(struct setting *s, const char *text)
{
	return read_in(s, s->room, text);
}

static struct message read_direct(struct setting *s, const char *text)
{
	return read_in(s, NULL, text);
}

/* --- what is no message for us --- */

static void message_read__passes_over__what_nobody_says_to_us(void **state)
{
	static const struct {
		const char *text;
		bool in_room;
	} cases[] = {
		{"<message from='a@localhost/x' type='headline'><body>news</body></message>",
			false},
		{"<message from='a@localhost/x' type='chat'/>", false},
		{"<message from='a@localhost/x' type='chat'><body/></message>", false},
		{"<message from='a@localhost/x' type='chat'><body> \n </body></message>", false},
		{"<message from='a@localhost/x' type='nonsense'><body>x</body></message>", false},
		{"<message from='localhost' type='chat'><body>notice</body></message>", false},
		{"<message from='" OWN "/other' type='chat'><body>mine</body></message>", false},
		{"<message type='chat'><body>from nobody</body></message>", false},
		/* a copy, as if by carbons, whoever sends it */
		{"<message from='" OWN
		 "'><received xmlns='urn:xmpp:carbons:2'/><body>x</body></message>",
			false},
		{"<message from='a@localhost/x'><sent "
		 "xmlns='urn:xmpp:carbons:2'/><body>x</body></message>",
			false},
		{"<message from='a@localhost/x'><result "
		 "xmlns='urn:xmpp:mam:2'/><body>x</body></message>",
			false},
		/* invitations carry words too, also where they lead nowhere */
		{"<message from='a@localhost/x'><x xmlns='jabber:x:conference'/>"
		 "<body>come</body></message>",
			false},
		{"<message from='" ROOM "/Alice' type='chat'><x xmlns='jabber:x:conference' "
		 "jid='r@c'/><body>come</body></message>",
			true},
		/* a private message through a room that is not ours any more */
		{"<message from='" ROOM "/Alice' type='chat'><body>x</body>"
		 "<x xmlns='http://jabber.org/protocol/muc#user'/></message>",
			false},
		{"<message from='" ROOM "/Alice' type='groupchat'><body>x</body></message>", false},
		{"<message from='" ROOM "' type='groupchat'><body>a notice</body></message>", true},
		{"<message from='" ROOM "' type='chat'><body>a notice</body></message>", true},
		/* a fallback is nobody's word */
		{"<message from='a@localhost/x' type='chat'><body>👍</body>"
		 "<fallback xmlns='urn:xmpp:fallback:0' for='urn:x-unknown'/></message>",
			false},
		/* OMEMO without a payload hands keys over */
		{"<message from='a@localhost/x' type='chat'><encrypted "
		 "xmlns='eu.siacs.conversations.axolotl'><header/></encrypted></message>",
			false},
	};
	struct setting *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m = read_in(s, cases[i].in_room ? s->room : NULL, cases[i].text);

		if (m.kind != MESSAGE_NOTHING)
			fail_msg("not passed over: %s", cases[i].text);
		assert_non_null(m.ignored);
	}
}

static void message_read__takes__no_invitation_for_a_question(void **state)
{
	static const char passed_on[] =
		"<message from='" ROOM "'><x xmlns='http://jabber.org/protocol/muc#user'><invite "
		"from='a@localhost'/></x><body>come</body></message>";
	struct setting *s = *state;
	struct message_view view = {
		.own_jid = OWN, .own_folded = "bot", .archive = OWN, .archive_id = "ar-1"};
	struct message m = read_direct(s, passed_on);

	assert_int_equal(m.kind, MESSAGE_INVITATION);
	assert_string_equal(m.invitation.room, ROOM);
	m = read_direct(s, "<message from='a@localhost/x'><x xmlns='jabber:x:conference' "
			   "jid='r@c'/><body>come</body></message>");
	assert_int_equal(m.kind, MESSAGE_INVITATION);
	assert_string_equal(m.invitation.room, "r@c");
	/* By now it may have been taken back. */
	message_read(&m, &view, s->world.pool, xml_stanza(&s->world, passed_on));
	assert_int_equal(m.kind, MESSAGE_NOTHING);
}

static void message_read__sees__errors_first(void **state)
{
	struct setting *s = *state;
	struct message m = read_room(s,
		"<message from='" ROOM "' type='error' id='our-id'><body>careerbot: mine</body>"
		"<error type='auth'><forbidden "
		"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
		"</message>");

	assert_int_equal(m.kind, MESSAGE_ERROR);
	assert_string_equal(m.id, "our-id");
	assert_string_equal(m.condition, "forbidden");
	m = read_direct(s, "<message from='a@localhost' type='error'/>");
	assert_int_equal(m.kind, MESSAGE_ERROR);
	assert_string_equal(m.condition, "undefined-condition");
}

static void message_read__sees__what_rooms_do(void **state)
{
	static const int codes[] = {104, 170, 171, 172, 173};
	struct setting *s = *state;
	struct message m;

	m = read_room(
		s, "<message from='" ROOM "/Bob' type='groupchat'><subject>s</subject></message>");
	assert_int_equal(m.kind, MESSAGE_SUBJECT);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		m = read_room(s, pool_printf(s->world.pool,
					 "<message from='" ROOM "' type='groupchat'><x "
					 "xmlns='http://jabber.org/protocol/muc#user'><status "
					 "code='%d'/></x></message>",
					 codes[i]));
		assert_int_equal(m.kind, MESSAGE_RECONFIGURED);
	}
	m = read_room(s,
		"<message from='" ROOM "/careerbot' type='groupchat' id='our-id'><body>x</body>"
		"<stanza-id xmlns='urn:xmpp:sid:0' id='s9' by='" ROOM "'/></message>");
	assert_int_equal(m.kind, MESSAGE_ECHO);
	assert_string_equal(m.id, "our-id");
	assert_string_equal(m.stanza_id, "s9");
}

static void message_read__leaves__history_unanswered(void **state)
{
	static const char said[] =
		"<message from='" ROOM "/Bob' type='groupchat'><body>careerbot: hm</body>"
		"<delay xmlns='urn:xmpp:delay' stamp='2002-09-10T23:08:25Z'/></message>";
	struct setting *s = *state;
	struct session_room settings = {ROOM, "careerbot", NULL};
	struct room *room = room_new(&settings, &s->world.wire, &s->world.clock, &s->world.chance);
	struct presence presence;

	room_online(room);
	room_join_sent(room);
	assert_true(presence_read(&presence, s->world.pool,
		xml_stanza(&s->world, "<presence from='" ROOM "/careerbot'/>")));
	room_presence(room, &presence);
	assert_int_equal(read_in(s, room, said).kind, MESSAGE_NOTHING);
	/* What is late for another reason is somebody's word. */
	room_subject(room);
	assert_int_equal(read_in(s, room, said).kind, MESSAGE_CHAT);
	assert_int_equal(read_in(s, room, said).chat.sent_ms, 1031699305000);
	room_free(&room);
}

/* --- who --- */

static void message_read__names__a_direct_asker(void **state)
{
	struct setting *s = *state;
	struct message m = read_direct(s,
		"<message from='alice@localhost/x' type='chat' id='i1'><body>how much?</body>"
		"<thread>t1</thread><stanza-id xmlns='urn:xmpp:sid:0' id='s1' by='" OWN "'/>"
		"<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='alice@localhost'/>"
		"<request xmlns='urn:xmpp:receipts'/>"
		"<active xmlns='http://jabber.org/protocol/chatstates'/></message>");

	assert_int_equal(m.kind, MESSAGE_CHAT);
	assert_int_equal(m.chat.place, CHAT_DIRECT);
	assert_string_equal(m.chat.from, "alice@localhost/x");
	assert_string_equal(m.chat.asker, "alice@localhost");
	assert_string_equal(m.chat.real_jid, "alice@localhost");
	assert_string_equal(m.chat.id, "i1");
	assert_string_equal(m.chat.stanza_id, "s1");
	assert_string_equal(m.chat.thread, "t1");
	assert_null(m.chat.room);
	assert_null(m.chat.nick);
	assert_true(m.chat.addressed);
	assert_true(m.wants_receipt);
	assert_true(m.uses_states);
}

static void message_read__names__occupants_as_stably_as_the_room_tells(void **state)
{
	static const struct {
		const char *from, *asker, *real_jid;
	} cases[] = {
		{ROOM "/Alice", ROOM "#o-al", NULL},
		{ROOM "/Bob", "bob@localhost", "bob@localhost"},
		{ROOM "/Gone", ROOM "/Gone", NULL},
	};
	struct setting *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m =
			read_room(s, pool_printf(s->world.pool,
					     "<message from='%s' type='groupchat'><body>hm</body>"
					     "<stanza-id xmlns='urn:xmpp:sid:0' id='s1' by='" ROOM
					     "'/></message>",
					     cases[i].from));

		assert_int_equal(m.chat.place, CHAT_ROOM);
		assert_string_equal(m.chat.room, ROOM);
		assert_string_equal(m.chat.asker, cases[i].asker);
		assert_string_equal(m.chat.stanza_id, "s1");
		if (cases[i].real_jid)
			assert_string_equal(m.chat.real_jid, cases[i].real_jid);
		else
			assert_null(m.chat.real_jid);
	}
}

static void message_read__trusts__no_ids_that_the_room_does_not_vouch_for(void **state)
{
	static const char said[] =
		"<message from='" ROOM "/Alice' type='groupchat'><body>hm</body>"
		"<stanza-id xmlns='urn:xmpp:sid:0' id='s1' by='" ROOM "'/></message>";
	struct setting *s = *state;
	struct message m;

	room_features(s->room, 0);
	m = read_room(s, said);
	room_features(s->room, ROOM_STANZA_IDS | ROOM_OCCUPANT_IDS);
	assert_null(m.chat.stanza_id);
	assert_string_equal(m.chat.asker, ROOM "/Alice");
}

static void message_read__knows__private_messages(void **state)
{
	struct setting *s = *state;
	struct message m = read_room(s,
		"<message from='" ROOM "/Alice' type='chat'><body>careerbot: psst</body>"
		"<x xmlns='http://jabber.org/protocol/muc#user'/></message>");

	assert_int_equal(m.kind, MESSAGE_CHAT);
	assert_int_equal(m.chat.place, CHAT_PRIVATE);
	assert_string_equal(m.chat.from, ROOM "/Alice");
	assert_string_equal(m.chat.nick, "Alice");
	assert_true(m.chat.addressed);
	assert_string_equal(m.chat.text, "psst");
}

/* --- what --- */

static void message_read__tells__the_kinds_apart(void **state)
{
	static const struct {
		const char *more;
		enum chat_kind kind;
		const char *target, *body;
	} cases[] = {
		{"<body>hm</body>", CHAT_SAYS, NULL, "hm"},
		{"<body>hm</body><replace xmlns='urn:xmpp:message-correct:0' id='i1'/>",
			CHAT_CORRECTS, "i1", "hm"},
		{"<retract xmlns='urn:xmpp:message-retract:1' id='i1'/><body>took it back</body>"
		 "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>",
			CHAT_RETRACTS, "i1", NULL},
		{"<apply-to xmlns='urn:xmpp:fasten:0' id='i1'><retract "
		 "xmlns='urn:xmpp:message-retract:0'/></apply-to>",
			CHAT_RETRACTS, "i1", NULL},
		{"<apply-to xmlns='urn:xmpp:fasten:0' id='i1'><retract "
		 "xmlns='urn:xmpp:message-retract:1'/></apply-to>",
			CHAT_RETRACTS, "i1", NULL},
		{"<reactions xmlns='urn:xmpp:reactions:0' id='i1'><reaction>👍</reaction>"
		 "<reaction>🎉</reaction></reactions><body>👍</body>",
			CHAT_REACTS, "i1", "👍 🎉"},
		{"<reactions xmlns='urn:xmpp:reactions:0' id='i1'/>", CHAT_REACTS, "i1", ""},
		{"<encrypted xmlns='eu.siacs.conversations.axolotl'><payload/></encrypted>"
		 "<body>I sent you an OMEMO message</body>",
			CHAT_ENCRYPTED, NULL, NULL},
		{"<encrypted xmlns='urn:xmpp:omemo:2'><payload/></encrypted>", CHAT_ENCRYPTED, NULL,
			NULL},
		{"<openpgp xmlns='urn:xmpp:openpgp:0'>x</openpgp>", CHAT_ENCRYPTED, NULL, NULL},
		{"<x xmlns='jabber:x:encrypted'>x</x><body>This is encrypted</body>",
			CHAT_ENCRYPTED, NULL, NULL},
		{"<encryption xmlns='urn:xmpp:eme:0' namespace='x'/><body>cannot</body>",
			CHAT_ENCRYPTED, NULL, NULL},
		{"<body>?OTRv23?</body>", CHAT_ENCRYPTED, NULL, NULL},
		{"<body>https://up.example/cv.pdf</body><x xmlns='jabber:x:oob'>"
		 "<url>https://up.example/cv.pdf</url></x>",
			CHAT_FILE, NULL, "https://up.example/cv.pdf"},
		{"<body>look: https://up.example/cv.pdf</body><x xmlns='jabber:x:oob'>"
		 "<url>https://up.example/cv.pdf</url></x>",
			CHAT_SAYS, NULL, "look: https://up.example/cv.pdf"},
		{"<body>https://up.example/cv.pdf</body>", CHAT_SAYS, NULL,
			"https://up.example/cv.pdf"},
		{"<body xml:lang='de'>wie viel?</body><body xml:lang='en-GB'>how much?</body>",
			CHAT_SAYS, NULL, "how much?"},
		{"<body xml:lang='de'>wie viel?</body><body>hm</body>", CHAT_SAYS, NULL, "hm"},
	};
	struct setting *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m = read_direct(
			s, pool_printf(s->world.pool,
				   "<message from='a@localhost/x' type='chat'>%s</message>",
				   cases[i].more));

		if (m.kind != MESSAGE_CHAT || m.chat.kind != cases[i].kind)
			fail_msg("kind %d of %s", m.chat.kind, cases[i].more);
		if (cases[i].target)
			assert_string_equal(m.chat.target, cases[i].target);
		else
			assert_null(m.chat.target);
		if (cases[i].body)
			assert_string_equal(m.chat.body, cases[i].body);
		else
			assert_null(m.chat.body);
	}
}

static void message_read__knows__what_a_moderator_takes_down(void **state)
{
	static const char new_form[] = "<retract xmlns='urn:xmpp:message-retract:1' id='st-1'>"
				       "<moderated xmlns='urn:xmpp:message-moderate:1' "
				       "by='" ROOM "/Alice'/><reason>rude</reason></retract>";
	static const char old_form[] =
		"<apply-to xmlns='urn:xmpp:fasten:0' id='st-1'>"
		"<moderated xmlns='urn:xmpp:message-moderate:0' "
		"by='" ROOM "/Alice'><retract "
		"xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>";
	static const struct {
		const char *from, *more;
		int kind; /* of chat; -1: nothing */
	} cases[] = {
		{ROOM, new_form, CHAT_MODERATES},
		{ROOM, old_form, CHAT_MODERATES},
		{ROOM, "<retract xmlns='urn:xmpp:message-retract:1' id='st-1'/>", -1},
		{ROOM, "<body>st-1</body>", -1},
		/* an occupant can take back no more than his own words */
		{ROOM "/Bob", new_form, CHAT_RETRACTS},
		{ROOM "/Bob", old_form, -1},
	};
	struct setting *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m =
			read_room(s, pool_printf(s->world.pool,
					     "<message from='%s' type='groupchat'>%s</message>",
					     cases[i].from, cases[i].more));

		if (m.kind != (cases[i].kind < 0 ? MESSAGE_NOTHING : MESSAGE_CHAT) ||
			(m.kind == MESSAGE_CHAT && (int)m.chat.kind != cases[i].kind))
			fail_msg("%zu: kind %d, %d", i, m.kind, m.chat.kind);
		if (cases[i].kind != CHAT_MODERATES)
			continue;
		assert_string_equal(m.chat.target, "st-1");
		assert_string_equal(m.chat.room, ROOM);
		assert_null(m.chat.asker);
	}
}

/* --- to whom --- */

static void message_read__knows__whom_words_marks_and_replies_mean(void **state)
{
	static const struct {
		const char *more;
		bool us, other;
		const char *text;
	} cases[] = {
		{"<body>hello all</body>", false, false, "hello all"},
		{"<body>careerbot: how much?</body>", true, false, "how much?"},
		{"<body>Bob: how much?</body>", false, true, "Bob: how much?"},
		{"<body>careerbot is 東京? ask careerbot 🙂</body>", true, false,
			"is 東京? ask careerbot 🙂"},
		/* Converse.js: the mark counts, wherever it stands */
		{"<body>🙂 ask careerbot: how much?</body><reference "
		 "xmlns='urn:xmpp:reference:0' "
		 "type='mention' begin='6' end='15' uri='xmpp:" ROOM "/careerbot'/>",
			true, false, "🙂 ask : how much?"},
		{"<body>careerbot how much?</body><reference xmlns='urn:xmpp:reference:0' "
		 "type='mention' begin='0' end='9' uri='xmpp:" OWN "'/>",
			true, false, "how much?"},
		{"<body>thanks careerbot</body><reference xmlns='urn:xmpp:reference:0' "
		 "type='mention' begin='7' end='16' uri='xmpp:" ROOM "/career%62ot'/>",
			true, false, "thanks"},
		{"<body>tell him Bob</body><reference xmlns='urn:xmpp:reference:0' type='mention' "
		 "begin='9' end='12' uri='xmpp:" ROOM "/Bob'/>",
			false, true, "tell him Bob"},
		{"<body>data</body><reference xmlns='urn:xmpp:reference:0' type='data' "
		 "uri='xmpp:" ROOM "/careerbot'/>",
			false, false, "data"},
		/* replies, with their quotation as fallback, counted in code points */
		{"<body>> 🙂 it is 5\nand in the US?</body><reply xmlns='urn:xmpp:reply:0' "
		 "id='our-stanza-id' to='" ROOM
		 "/careerbot'/><fallback xmlns='urn:xmpp:fallback:0' "
		 "for='urn:xmpp:reply:0'><body start='0' end='12'/></fallback>",
			true, false, "and in the US?"},
		{"<body>and in the US?</body><reply xmlns='urn:xmpp:reply:0' id='our-id'/>", true,
			false, "and in the US?"},
		{"<body>and in the US?</body><reply xmlns='urn:xmpp:reply:0' id='x' to='" ROOM
		 "/Bob'/>",
			false, true, "and in the US?"},
		{"<body>careerbot, and you?</body><reply xmlns='urn:xmpp:reply:0' id='x' "
		 "to='" ROOM "/Bob'/>",
			true, false, "and you?"},
		/* quoted by hand */
		{"<body>> careerbot: how much?\ngood question</body>", false, false,
			"good question"},
		{"<body>> Bob: it is 5\ncareerbot: is it?</body>", true, false, "is it?"},
	};
	struct setting *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m = read_room(
			s, pool_printf(s->world.pool,
				   "<message from='" ROOM "/Alice' type='groupchat'>%s</message>",
				   cases[i].more));

		if (m.kind != MESSAGE_CHAT || m.chat.addressed != cases[i].us ||
			m.chat.to_other != cases[i].other)
			fail_msg("us %d, other %d: %s", m.chat.addressed, m.chat.to_other,
				cases[i].more);
		assert_string_equal(m.chat.text, cases[i].text);
	}
}

static void message_read__takes__our_name_out_of_direct_messages(void **state)
{
	struct setting *s = *state;
	struct message m = read_direct(
		s, "<message from='a@localhost/x' type='chat'><body>Bot, how?</body></message>");

	assert_string_equal(m.chat.body, "Bot, how?");
	assert_string_equal(m.chat.text, "how?");
	assert_true(m.chat.addressed);
}

/* --- archives --- */

static void enter_again(struct setting *s, const char *more)
{
	struct presence presence;

	assert_true(presence_read(&presence, s->world.pool,
		xml_stanza(&s->world,
			pool_printf(s->world.pool,
				"<presence from='" ROOM "/careerbot'>%s</presence>", more))));
	room_presence(s->room, &presence);
}

static struct message read_archived(struct setting *s, const char *archive, const char *text)
{
	struct message_view view = {.own_jid = OWN,
		.own_folded = "bot",
		.room = strstr(text, "from='" ROOM) ? s->room : NULL,
		.archive = archive,
		.archive_id = "ar-1",
		.sent_ms = 12345};
	struct message m;

	message_read(&m, &view, s->world.pool, xml_stanza(&s->world, text));
	return m;
}

static void message_read__reads__a_message_from_an_archive(void **state)
{
	struct setting *s = *state;
	struct message m = read_archived(
		s, OWN, "<message from='a@localhost/x' type='chat'><body>x</body></message>");

	assert_true(m.chat.archived);
	assert_int_equal(m.chat.sent_ms, 12345);
	assert_string_equal(m.chat.stanza_id, "ar-1");
}

static void message_read__reads__only_what_can_be_in_an_archive(void **state)
{
	static const struct {
		const char *archive, *message;
		enum message_kind kind;
		const char *asker; /* of MESSAGE_CHAT */
	} cases[] = {
		{OWN, "<message from='a@localhost/x' type='chat'>", MESSAGE_CHAT, "a@localhost"},
		{OWN, "<message from='a@localhost/x'>", MESSAGE_CHAT, "a@localhost"},
		{OWN, "<message from='a@localhost/x' type='error'>", MESSAGE_ERROR, NULL},
		{OWN, "<message from='a@localhost/x' type='headline'>", MESSAGE_NOTHING, NULL},
		{OWN, "<message from='a@localhost/x' type='groupchat'>", MESSAGE_NOTHING, NULL},
		{OWN, "<message from='" OWN "/elsewhere' type='chat'>", MESSAGE_ECHO, NULL},
		/* the nick may be another's by now, whether we are in the room or not */
		{OWN, "<message from='" ROOM "/Alice' type='chat'>", MESSAGE_NOTHING, NULL},
		{OWN,
			"<message from='other@conference.localhost/Alice' type='chat'>"
			"<x xmlns='http://jabber.org/protocol/muc#user'/>",
			MESSAGE_NOTHING, NULL},
		{ROOM, "<message from='" ROOM "/Alice' type='groupchat'>", MESSAGE_CHAT,
			ROOM "/Alice"},
		/* Bob has an address now; who had the nick then the archive does not say */
		{ROOM, "<message from='" ROOM "/Bob' type='groupchat'>", MESSAGE_CHAT, ROOM "/Bob"},
		{ROOM,
			"<message from='" ROOM "/Bob' type='groupchat'>"
			"<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o-x'/>",
			MESSAGE_CHAT, ROOM "#o-x"},
		{ROOM,
			"<message from='" ROOM "/Bob' type='groupchat'>"
			"<x xmlns='http://jabber.org/protocol/muc#user'>"
			"<item jid='eve@localhost/x'/></x>",
			MESSAGE_CHAT, ROOM "/Bob"},
		{ROOM, "<message from='" ROOM "/careerbot' type='groupchat'>", MESSAGE_ECHO, NULL},
		/* we, under a nick of then */
		{ROOM,
			"<message from='" ROOM "/careerbot_2' type='groupchat'>"
			"<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o-us'/>",
			MESSAGE_ECHO, NULL},
		{ROOM, "<message from='" ROOM "/Alice' type='chat'>", MESSAGE_NOTHING, NULL},
		{ROOM, "<message from='" ROOM "' type='groupchat'>", MESSAGE_NOTHING, NULL},
		{ROOM, "<message from='other@conference.localhost/Alice' type='groupchat'>",
			MESSAGE_NOTHING, NULL},
		{ROOM, "<message from='a@localhost/x' type='chat'>", MESSAGE_NOTHING, NULL},
		{ROOM, "<message from='" OWN "/x' type='chat'>", MESSAGE_NOTHING, NULL},
	};
	struct setting *s = *state;

	enter_again(s, "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o-us'/>");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message m = read_archived(s, cases[i].archive,
			pool_printf(s->world.pool, "%s<body>careerbot: x</body></message>",
				cases[i].message));

		if (m.kind != cases[i].kind)
			fail_msg("kind %d of %s", m.kind, cases[i].message);
		if (m.kind == MESSAGE_ECHO)
			assert_string_equal(m.stanza_id, "ar-1");
		if (m.kind != MESSAGE_CHAT)
			continue;
		assert_string_equal(m.chat.stanza_id, "ar-1");
		assert_string_equal(m.chat.asker, cases[i].asker);
	}
}

static void message_read__takes__real_addresses_from_archives_of_open_rooms(void **state)
{
	static const char item[] = "<x xmlns='http://jabber.org/protocol/muc#user'>"
				   "<item affiliation='none' jid='%s@localhost/x'/></x>";
	static const struct {
		const char *first, *second, *asker;
	} cases[] = {
		{"eve", NULL, "eve@localhost"},
		{"admin", "eve", ROOM "/Alice"}, /* one of them is a lie */
		{NULL, NULL, ROOM "/Alice"},
	};
	struct setting *s = *state;

	room_features(s->room, ROOM_OPEN_JIDS);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char first[200] = "", second[200] = "";
		struct message m;

		if (cases[i].first)
			snprintf(first, sizeof(first), item, cases[i].first);
		if (cases[i].second)
			snprintf(second, sizeof(second), item, cases[i].second);
		m = read_archived(s, ROOM,
			pool_printf(s->world.pool,
				"<message from='" ROOM "/Alice' type='groupchat'>%s%s"
				"<body>x</body></message>",
				first, second));
		assert_string_equal(m.chat.asker, cases[i].asker);
	}
	room_features(s->room, ROOM_STANZA_IDS | ROOM_OCCUPANT_IDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message_read__passes_over__what_nobody_says_to_us),
		cmocka_unit_test(message_read__takes__no_invitation_for_a_question),
		cmocka_unit_test(message_read__sees__errors_first),
		cmocka_unit_test(message_read__sees__what_rooms_do),
		cmocka_unit_test(message_read__leaves__history_unanswered),
		cmocka_unit_test(message_read__names__a_direct_asker),
		cmocka_unit_test(message_read__names__occupants_as_stably_as_the_room_tells),
		cmocka_unit_test(message_read__trusts__no_ids_that_the_room_does_not_vouch_for),
		cmocka_unit_test(message_read__knows__private_messages),
		cmocka_unit_test(message_read__tells__the_kinds_apart),
		cmocka_unit_test(message_read__knows__what_a_moderator_takes_down),
		cmocka_unit_test(message_read__knows__whom_words_marks_and_replies_mean),
		cmocka_unit_test(message_read__takes__our_name_out_of_direct_messages),
		cmocka_unit_test(message_read__reads__a_message_from_an_archive),
		cmocka_unit_test(message_read__reads__only_what_can_be_in_an_archive),
		cmocka_unit_test(message_read__takes__real_addresses_from_archives_of_open_rooms),
	};

	return cmocka_run_group_tests_name("message", tests, setup, teardown);
}

#include "xml.h"

#include "rooms.h"
#include "services.h"

struct bench {
	struct xml_world world;
	struct identity *identity;
	struct queries *queries;
	struct rooms *rooms;
	struct services services;
};

static int setup(void **state)
{
	static const struct adhoc_provider no_commands;
	static struct bench b;

	xml_world_init(&b.world);
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.rooms = rooms_new(&b.world.wire, b.identity, b.queries, &b.world.clock, &b.world.chance);
	b.services = (struct services){.identity = b.identity,
		.clock = &b.world.clock,
		.version = "1.2.3",
		.own_jid = "bot@localhost",
		.roster = roster_new(&b.world.wire, b.queries),
		.commands = commands_new(
			&no_commands, b.rooms, "bot@localhost", &b.world.clock, &b.world.chance)};
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	commands_free(&b->services.commands);
	roster_free(&b->services.roster);
	rooms_free(&b->rooms);
	queries_free(&b->queries);
	identity_free(&b->identity);
	xml_world_release(&b->world);
	return 0;
}

static const char *answer(struct bench *b, const char *iq)
{
	xmpp_stanza_t *answer = services_answer(&b->services, xml_stanza(&b->world, iq));
	const char *text;

	if (!answer)
		return "";
	text = xml_text(&b->world, answer);
	xmpp_stanza_release(answer);
	return text;
}

#define ASK(type, inner) "<iq type='" type "' id='q1' from='room@muc/Al'>" inner "</iq>"

static void services_answer__answers__each_question_once(void **state)
{
	static const struct {
		const char *iq, *part;
	} cases[] = {
		{ASK("get", "<ping xmlns='urn:xmpp:ping'/>"), "type=\"result\""},
		{ASK("get", "<query xmlns='jabber:iq:version'/>"), "<version>1.2.3</version>"},
		{ASK("get", "<query xmlns='jabber:iq:version'/>"), "<name>careerbot</name>"},
		{ASK("get", "<query xmlns='jabber:iq:last'/>"), "seconds=\"90\""},
		{ASK("get", "<time xmlns='urn:xmpp:time'/>"), "<utc>2002-09-10T23:08:25Z</utc>"},
		{ASK("get", "<time xmlns='urn:xmpp:time'/>"), "<tzo>+00:00</tzo>"},
		{ASK("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
			"type=\"bot\""},
		{ASK("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
			"urn:xmpp:ping"},
		{ASK("get", "<query xmlns='http://jabber.org/protocol/disco#info' node='x'/>"),
			"item-not-found"},
		{ASK("get", "<query xmlns='http://jabber.org/protocol/disco#items'/>"),
			"type=\"result\""},
		{ASK("get", "<query xmlns='http://jabber.org/protocol/disco#items' "
			    "node='http://jabber.org/protocol/commands'/>"),
			"type=\"result\""},
		{ASK("set", "<command xmlns='http://jabber.org/protocol/commands' node='x'/>"),
			"item-not-found"},
		{ASK("get", "<query xmlns='jabber:iq:nothing'/>"), "service-unavailable"},
		{ASK("set", "<ping xmlns='urn:xmpp:ping'/>"), "service-unavailable"},
		{ASK("get", ""), "service-unavailable"},
		/* a forged push */
		{ASK("set",
			 "<query xmlns='jabber:iq:roster'><item jid='evil@x' subscription='both'/>"
			 "</query>"),
			"service-unavailable"},
	};
	struct bench *b = *state;

	b->services.active_ms = b->world.hand.mono;
	xml_pass(&b->world, 90500);
	b->world.hand.wall = 1031699305000;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *text = answer(b, cases[i].iq);

		assert_contains(text, cases[i].part);
		assert_contains(text, "id=\"q1\"");
		assert_contains(text, "to=\"room@muc/Al\"");
		assert_lacks(text, "bot@localhost");
	}
	assert_false(roster_sees_us(b->services.roster, "evil@x"));
}

static void services_answer__keeps__silent_towards_answers(void **state)
{
	struct bench *b = *state;

	assert_string_equal(answer(b, ASK("result", "<ping xmlns='urn:xmpp:ping'/>")), "");
	assert_string_equal(answer(b, ASK("error", "")), "");
	assert_string_equal(answer(b, ASK("nonsense", "")), "");
	assert_string_equal(
		answer(b, "<iq type='get' from='a@b'><ping xmlns='urn:xmpp:ping'/></iq>"), "");
}

static void services_answer__takes__pushes_from_our_server(void **state)
{
	static const char *const from[] = {"", " from='bot@localhost'"};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(from); i++) {
		const char *text = answer(
			b, pool_printf(b->world.pool,
				   "<iq type='set' id='p1'%s><query xmlns='jabber:iq:roster'>"
				   "<item jid='a%zu@x' subscription='from'/></query></iq>",
				   from[i], i));

		assert_contains(text, "type=\"result\"");
	}
	assert_true(roster_sees_us(b->services.roster, "a0@x"));
	assert_true(roster_sees_us(b->services.roster, "a1@x/y"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_answer__answers__each_question_once),
		cmocka_unit_test(services_answer__keeps__silent_towards_answers),
		cmocka_unit_test(services_answer__takes__pushes_from_our_server),
	};

	return cmocka_run_group_tests_name("services", tests, setup, teardown);
}

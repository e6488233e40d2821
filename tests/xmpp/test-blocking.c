#include "xml.h"

#include "blocking.h"

struct bench {
	struct xml_world world;
	struct queries *queries;
	struct blocking blocking;
};

static int setup(void **state)
{
	static struct bench b;

	xml_world_init(&b.world);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.blocking = (struct blocking){.wire = &b.world.wire, .queries = b.queries};
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	queries_free(&b->queries);
	xml_world_release(&b->world);
	return 0;
}

/* The server answers what was asked last. */
static void answer(
	struct bench *b, const char *sent, const char *from, const char *type, const char *inner)
{
	const char *id = xml_id_in(&b->world, sent);

	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world, pool_printf(b->world.pool, "<iq type='%s' id='%s'%s>%s</iq>",
					      type, id, from, inner))));
}

static void online(struct bench *b, const char *feature)
{
	const char *sent;

	blocking_online(&b->blocking, "bot@localhost");
	sent = xml_sent(&b->world);
	assert_contains(sent, "to=\"localhost\"");
	answer(b, sent, " from='localhost'", "result",
		pool_printf(b->world.pool,
			"<query xmlns='http://jabber.org/protocol/disco#info'>"
			"<feature var='%s'/></query>",
			feature));
}

static void blocking_set__asks__a_server_that_offers_it(void **state)
{
	struct bench *b = *state;
	const char *sent;

	online(b, "urn:xmpp:blocking");
	assert_true(blocking_set(&b->blocking, "evil@example", true));
	sent = xml_sent(&b->world);
	assert_contains(sent, "<block xmlns=\"urn:xmpp:blocking\"><item jid=\"evil@example\"/>");
	assert_contains(sent, "type=\"set\"");
	answer(b, sent, "", "result", "");
	assert_string_equal(xml_reported(&b->world), "");

	assert_true(blocking_set(&b->blocking, "evil@example", false));
	assert_contains(xml_sent(&b->world), "<unblock xmlns=\"urn:xmpp:blocking\"><item");
}

static void blocking_report__tells__a_server_that_takes_reports(void **state)
{
	struct bench *b = *state;
	const char *sent;

	online(b, "urn:xmpp:blocking");
	assert_false(blocking_report(&b->blocking, "evil@example"));
	online(b, "urn:xmpp:reporting:1");
	assert_false(blocking_report(&b->blocking, "evil@example"));
	assert_string_equal(xml_sent(&b->world), "");
	online(b, "urn:xmpp:blocking'/><feature var='urn:xmpp:reporting:1");
	assert_true(blocking_report(&b->blocking, "evil@example"));
	sent = xml_sent(&b->world);
	assert_contains(sent, "<block xmlns=\"urn:xmpp:blocking\"><item jid=\"evil@example\">");
	assert_contains(sent, "<report xmlns=\"urn:xmpp:reporting:1\" "
			      "reason=\"urn:xmpp:reporting:abuse\"/>");
	blocking_offline(&b->blocking);
	assert_false(blocking_report(&b->blocking, "evil@example"));
}

static void blocking_set__reports__what_the_server_refuses(void **state)
{
	struct bench *b = *state;

	online(b, "urn:xmpp:blocking");
	assert_true(blocking_set(&b->blocking, "evil@example", true));
	answer(b, xml_sent(&b->world), "", "error",
		"<error type='modify'><jid-malformed "
		"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
	assert_contains(xml_reported(&b->world), "evil@example: jid-malformed");
}

static void blocking_set__leaves__other_servers_alone(void **state)
{
	struct bench *b = *state;

	assert_false(blocking_set(&b->blocking, "evil@example", true));
	online(b, "urn:xmpp:something");
	assert_false(blocking_set(&b->blocking, "evil@example", true));
	online(b, "urn:xmpp:blocking");
	blocking_offline(&b->blocking);
	assert_false(blocking_set(&b->blocking, "evil@example", true));
	assert_string_equal(xml_sent(&b->world), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			blocking_set__asks__a_server_that_offers_it, setup, teardown),
		cmocka_unit_test_setup_teardown(
			blocking_report__tells__a_server_that_takes_reports, setup, teardown),
		cmocka_unit_test_setup_teardown(
			blocking_set__reports__what_the_server_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(
			blocking_set__leaves__other_servers_alone, setup, teardown),
	};

	return cmocka_run_group_tests_name("blocking", tests, NULL, NULL);
}

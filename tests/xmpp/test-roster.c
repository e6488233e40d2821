#include "xml.h"

#include "roster.h"

static void roster_presence__lets__whoever_asks_in(void **state)
{
	struct xml_world *w = *state;
	struct queries *queries = queries_new(&w->wire, "bot@localhost", &w->clock, &w->chance);
	struct roster *roster = roster_new(&w->wire, queries);
	struct presence asks = {.kind = PRESENCE_SUBSCRIBE, .from = "a@b/phone"};
	struct presence leaves = {.kind = PRESENCE_UNSUBSCRIBE, .from = "a@b"};
	const char *sent;

	xml_sent(w);
	roster_presence(roster, &asks);
	sent = xml_sent(w);
	assert_contains(sent, "type=\"subscribed\"");
	assert_contains(sent, "to=\"a@b\"");
	assert_lacks(sent, "\"subscribe\"");
	roster_presence(roster, &leaves);
	sent = xml_sent(w);
	assert_contains(sent, "type=\"unsubscribed\"");
	assert_contains(sent, "subscription=\"remove\"");
	roster_free(&roster);
	queries_free(&queries);
}

static void roster_sees_us__follows__fetch_and_pushes(void **state)
{
	struct xml_world *w = *state;
	struct queries *queries = queries_new(&w->wire, "bot@localhost", &w->clock, &w->chance);
	struct roster *roster = roster_new(&w->wire, queries);
	const char *id;

	xml_sent(w);
	roster_fetch(roster);
	id = xml_id_in(w, xml_sent(w));
	assert_false(roster_sees_us(roster, "a@b/phone"));
	assert_true(queries_answer(queries,
		xml_stanza(w, pool_printf(w->pool,
				      "<iq type='result' id='%s'><query xmlns='jabber:iq:roster'>"
				      "<item jid='a@b' subscription='from'/>"
				      "<item jid='b@b' subscription='both'/>"
				      "<item jid='c@b' subscription='to'/><item jid='d@b'/>"
				      "</query></iq>",
				      id))));
	assert_true(roster_sees_us(roster, "a@b/phone"));
	assert_true(roster_sees_us(roster, "b@b"));
	assert_false(roster_sees_us(roster, "c@b"));
	assert_false(roster_sees_us(roster, "d@b"));
	roster_push(roster, stanza_first(xml_stanza(w, "<iq><query xmlns='jabber:iq:roster'>"
						       "<item jid='a@b' subscription='remove'/>"
						       "</query></iq>")));
	assert_false(roster_sees_us(roster, "a@b/phone"));
	roster_free(&roster);
	queries_free(&queries);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roster_presence__lets__whoever_asks_in),
		cmocka_unit_test(roster_sees_us__follows__fetch_and_pushes),
	};

	return cmocka_run_group_tests_name("roster", tests, xml_setup, xml_teardown);
}

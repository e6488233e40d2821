#include "xml.h"

#include "peers.h"

#define BOT_INFO "<identity category='client' type='bot'/>"

struct bench {
	struct xml_world *w;
	struct queries *queries;
	struct peers *peers;
};

static struct bench make(struct xml_world *w)
{
	struct bench b = {w, queries_new(&w->wire, "bot@localhost", &w->clock, &w->chance), NULL};

	b.peers = peers_new(b.queries);
	xml_sent(w);
	return b;
}

static void done(struct bench *b)
{
	peers_free(&b->peers);
	queries_free(&b->queries);
}

static void appear(struct bench *b, const char *jid, const char *ver)
{
	struct presence presence;

	assert_true(presence_read(&presence, b->w->pool,
		xml_stanza(b->w,
			pool_printf(b->w->pool,
				"<presence from='%s'><c xmlns='http://jabber.org/protocol/caps' "
				"hash='sha-1' node='n' ver='%s'/></presence>",
				jid, ver))));
	peers_presence(b->peers, &presence);
}

static void tell(struct bench *b, const char *jid, const char *id, const char *info)
{
	assert_true(queries_answer(b->queries,
		xml_stanza(b->w,
			pool_printf(b->w->pool,
				"<iq type='result' from='%s' id='%s'><query "
				"xmlns='http://jabber.org/protocol/disco#info'>%s</query></iq>",
				jid, id, info))));
}

static void peers_presence__asks__once_for_each_kind(void **state)
{
	struct bench b = make(*state);
	const char *sent, *ver;

	/* Whatever the hash of it is. */
	ver = caps_ver(b.w->pool,
		stanza_first(xml_stanza(b.w,
			"<iq><query xmlns='http://jabber.org/protocol/disco#info'>" BOT_INFO
			"</query></iq>")));
	appear(&b, "a@b/c", ver);
	sent = xml_sent(b.w);
	assert_contains(sent, pool_printf(b.w->pool, "node=\"n#%s\"", ver));
	assert_contains(sent, "to=\"a@b/c\"");
	tell(&b, "a@b/c", xml_id_in(b.w, sent), BOT_INFO);
	assert_true(peers_traits(b.peers, "a@b/c").bot);
	/* The next one of its kind is known at once. */
	appear(&b, "room@muc/nick", ver);
	assert_string_equal(xml_sent(b.w), "");
	assert_true(peers_traits(b.peers, "room@muc/nick").bot);
	done(&b);
}

static void peers_presence__lets__nobody_slander_a_kind(void **state)
{
	struct bench b = make(*state);
	const char *sent;

	appear(&b, "evil@b/c", "honest");
	sent = xml_sent(b.w);
	tell(&b, "evil@b/c", xml_id_in(b.w, sent), BOT_INFO);
	assert_true(peers_traits(b.peers, "evil@b/c").bot);
	appear(&b, "honest@b/c", "honest");
	assert_false(peers_traits(b.peers, "honest@b/c").bot);
	assert_contains(xml_sent(b.w), "to=\"honest@b/c\"");
	done(&b);
}

static void peers_presence__asks__few_when_nobody_answers(void **state)
{
	struct bench b = make(*state);
	int asked = 0;

	for (int i = 0; i < 20; i++) {
		appear(&b, pool_printf(b.w->pool, "room@muc/n%d", i), "silent");
		asked += *xml_sent(b.w) != '\0';
	}
	assert_int_equal(asked, 3);
	done(&b);
}

static void peers_traits__asks__whom_it_knows_nothing_of(void **state)
{
	struct bench b = make(*state);
	const char *sent;

	assert_false(peers_traits(b.peers, "a@b/c").known);
	sent = xml_sent(b.w);
	assert_contains(sent, "to=\"a@b/c\"");
	assert_lacks(sent, "node=");
	(void)peers_traits(b.peers, "a@b/c");
	assert_string_equal(xml_sent(b.w), "");
	tell(&b, "a@b/c", xml_id_in(b.w, sent), "<feature var='urn:xmpp:reply:0'/>");
	assert_true(peers_traits(b.peers, "a@b/c").replies);
	done(&b);
}

static void peers_presence__forgets__who_goes(void **state)
{
	struct bench b = make(*state);
	struct presence gone = {.kind = PRESENCE_UNAVAILABLE, .from = "a@b/c"};
	const char *sent;

	(void)peers_traits(b.peers, "a@b/c");
	sent = xml_sent(b.w);
	tell(&b, "a@b/c", xml_id_in(b.w, sent), BOT_INFO);
	peers_use_states(b.peers, "a@b/c");
	peers_presence(b.peers, &gone);
	assert_false(peers_traits(b.peers, "a@b/c").known);
	assert_false(peers_uses_states(b.peers, "a@b/c"));
	done(&b);
}

static void peers_traits__survives__an_answer_after_the_flood(void **state)
{
	struct bench b = make(*state);
	const char *sent;

	(void)peers_traits(b.peers, "a@b/c");
	sent = xml_sent(b.w);
	for (int i = 0; i < 20000; i++)
		peers_use_states(b.peers, pool_printf(b.w->pool, "n%d@b/c", i));
	tell(&b, "a@b/c", xml_id_in(b.w, sent), BOT_INFO);
	done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(peers_presence__asks__once_for_each_kind),
		cmocka_unit_test(peers_presence__lets__nobody_slander_a_kind),
		cmocka_unit_test(peers_presence__asks__few_when_nobody_answers),
		cmocka_unit_test(peers_presence__forgets__who_goes),
		cmocka_unit_test(peers_traits__asks__whom_it_knows_nothing_of),
		cmocka_unit_test(peers_traits__survives__an_answer_after_the_flood),
	};

	return cmocka_run_group_tests_name("peers", tests, xml_setup, xml_teardown);
}

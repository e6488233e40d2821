#include "xml.h"

#include "presence.h"

static struct presence read_it(struct xml_world *w, const char *text)
{
	struct presence presence;

	assert_true(presence_read(&presence, w->pool, xml_stanza(w, text)));
	return presence;
}

static void presence_read__knows__the_types(void **state)
{
	static const struct {
		const char *type;
		enum presence_kind kind;
	} cases[] = {
		{"unavailable", PRESENCE_UNAVAILABLE},
		{"error", PRESENCE_ERROR},
		{"subscribe", PRESENCE_SUBSCRIBE},
		{"unsubscribe", PRESENCE_UNSUBSCRIBE},
		{"subscribed", PRESENCE_OTHER},
		{"probe", PRESENCE_OTHER},
		{"nonsense", PRESENCE_OTHER},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(
			read_it(w, pool_printf(w->pool, "<presence from='a@b/c' type='%s'/>",
					   cases[i].type))
				.kind,
			cases[i].kind);
	assert_int_equal(read_it(w, "<presence from='a@b/c'/>").kind, PRESENCE_AVAILABLE);
}

static void presence_read__takes__what_rooms_say(void **state)
{
	struct xml_world *w = *state;
	struct presence p =
		read_it(w, "<presence from='den@c/Al/ice@x' type='unavailable'>"
			   "<x xmlns='http://jabber.org/protocol/muc#user'>"
			   "<item jid='alice@localhost/phone' nick='Ally' "
			   "role='visitor'><reason>be\x09gone</reason>"
			   "</item><status code='303'/><status code='110'/><status "
			   "code='999'/><status code='x'/>"
			   "</x><occupant-id xmlns='urn:xmpp:occupant-id:0' id='o1'/></presence>");

	assert_string_equal(p.nick, "Al/ice@x");
	assert_string_equal(p.real_jid, "alice@localhost");
	assert_string_equal(p.new_nick, "Ally");
	assert_string_equal(p.occupant_id, "o1");
	assert_int_equal(p.codes, PRESENCE_NICK_CHANGE | PRESENCE_SELF);
	assert_true(p.mute);
}

static void presence_read__takes__the_new_address_of_a_room(void **state)
{
	static const struct {
		const char *gone;
		const char *moved_to;
	} cases[] = {
		{"xmpp:new@muc.example?join", "new@muc.example"},
		{"xmpp:new@muc.example", "new@muc.example"},
		{"new@muc.example", NULL},
		{"", NULL},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct presence p = read_it(w,
			pool_printf(w->pool,
				"<presence from='den@c/me' type='error'><error type='cancel'><gone "
				"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%s</gone></error>"
				"</presence>",
				cases[i].gone));

		assert_string_equal(p.condition, "gone");
		if (cases[i].moved_to)
			assert_string_equal(p.moved_to, cases[i].moved_to);
		else
			assert_null(p.moved_to);
	}
}

static void presence_read__takes__caps_only_whole(void **state)
{
	struct xml_world *w = *state;

	assert_string_equal(
		read_it(w, "<presence from='a@b/c'><c xmlns='http://jabber.org/protocol/caps' "
			   "hash='sha-1' node='n' ver='v'/></presence>")
			.caps_ver,
		"v");
	assert_null(read_it(w, "<presence from='a@b/c'><c xmlns='http://jabber.org/protocol/caps' "
			       "node='n' ver='v'/></presence>")
			    .caps_ver);
	assert_null(read_it(w, "<presence from='a@b/c'><c xmlns='x' hash='sha-1' node='n' ver='v'/>"
			       "</presence>")
			    .caps_ver);
}

static void presence_read__refuses__nobody(void **state)
{
	struct xml_world *w = *state;
	struct presence presence;

	assert_false(presence_read(&presence, w->pool, xml_stanza(w, "<presence/>")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presence_read__knows__the_types),
		cmocka_unit_test(presence_read__takes__what_rooms_say),
		cmocka_unit_test(presence_read__takes__the_new_address_of_a_room),
		cmocka_unit_test(presence_read__takes__caps_only_whole),
		cmocka_unit_test(presence_read__refuses__nobody),
	};

	return cmocka_run_group_tests_name("presence", tests, xml_setup, xml_teardown);
}

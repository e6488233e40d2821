#include "xml.h"

#include "caps.h"
#include "identity.h"
#include "ns.h"

static xmpp_stanza_t *query(struct xml_world *w, const char *inner)
{
	xmpp_stanza_t *iq = xml_stanza(w,
		pool_printf(w->pool,
			"<iq><query xmlns='http://jabber.org/protocol/disco#info'>%s</query></iq>",
			inner));

	return stanza_first(iq);
}

/* XEP-0115 sections 5.2 and 5.3. */
static void caps_ver__gives__the_hashes_of_the_specification(void **state)
{
	struct xml_world *w = *state;

	assert_string_equal(
		caps_ver(w->pool,
			query(w, "<identity category='client' name='Exodus 0.9.1' type='pc'/>"
				 "<feature var='http://jabber.org/protocol/caps'/>"
				 "<feature var='http://jabber.org/protocol/disco#info'/>"
				 "<feature var='http://jabber.org/protocol/disco#items'/>"
				 "<feature var='http://jabber.org/protocol/muc'/>")),
		"QgayPKawpkPSDYmwT/WM94uAlu0=");
	assert_string_equal(
		caps_ver(w->pool,
			query(w, "<identity xml:lang='en' category='client' name='Psi 0.11' "
				 "type='pc'/>"
				 "<identity xml:lang='el' category='client' name='Ψ 0.11' "
				 "type='pc'/>"
				 "<feature var='http://jabber.org/protocol/caps'/>"
				 "<feature var='http://jabber.org/protocol/disco#info'/>"
				 "<feature var='http://jabber.org/protocol/disco#items'/>"
				 "<feature var='http://jabber.org/protocol/muc'/>"
				 "<x xmlns='jabber:x:data' type='result'>"
				 "<field var='FORM_TYPE' type='hidden'>"
				 "<value>urn:xmpp:dataforms:softwareinfo</value></field>"
				 "<field "
				 "var='ip_version'><value>ipv4</value><value>ipv6</value></field>"
				 "<field var='os'><value>Mac</value></field>"
				 "<field var='os_version'><value>10.5.1</value></field>"
				 "<field var='software'><value>Psi</value></field>"
				 "<field var='software_version'><value>0.11</value></field></x>")),
		"q07IKJEyjvHSyhy//CH0CxmKi8w=");
}

static void caps_ver__refuses__what_contradicts_itself(void **state)
{
	struct xml_world *w = *state;

	assert_null(caps_ver(
		w->pool, query(w, "<feature var='a'/><feature var='b'/><feature var='a'/>")));
	assert_null(caps_ver(w->pool, query(w, "<identity category='client' type='pc'/>"
					       "<identity category='client' type='pc'/>")));
}

static void caps_ver__refuses__absurd_size(void **state)
{
	struct xml_world *w = *state;
	struct buf text;

	buf_init(&text, BUF_STANZA);
	for (int i = 0; i < 1200; i++)
		buf_addf(&text, "<feature var='f%d'/>", i);
	assert_null(caps_ver(w->pool, query(w, text.data)));
	buf_release(&text);
}

static void caps_traits__tells__bots_and_readers_of_replies(void **state)
{
	struct xml_world *w = *state;
	struct traits traits;

	traits = caps_traits(query(w, "<identity category='client' type='bot'/>"));
	assert_true(traits.known);
	assert_true(traits.bot);
	assert_false(traits.replies);
	traits = caps_traits(query(w, "<identity category='client' type='phone'/>"
				      "<feature var='urn:xmpp:reply:0'/>"));
	assert_false(traits.bot);
	assert_true(traits.replies);
	traits = caps_traits(query(w, "<identity category='gateway' type='bot'/>"));
	assert_false(traits.bot);
}

static void identity_describe__hashes__to_what_presence_says(void **state)
{
	struct xml_world *w = *state;
	struct identity *identity = identity_new(w->ctx);
	xmpp_stanza_t *presence = stanza_new(w->ctx, "presence", NULL);
	xmpp_stanza_t *info = stanza_new(w->ctx, "query", NS_DISCO_INFO);

	identity_add_to(identity, presence);
	identity_describe(identity, info);
	assert_contains(
		xml_text(w, presence), pool_printf(w->pool, "ver=\"%s\"", caps_ver(w->pool, info)));
	assert_true(caps_traits(info).bot);
	xmpp_stanza_release(presence);
	xmpp_stanza_release(info);
	identity_free(&identity);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(caps_ver__gives__the_hashes_of_the_specification),
		cmocka_unit_test(caps_ver__refuses__what_contradicts_itself),
		cmocka_unit_test(caps_ver__refuses__absurd_size),
		cmocka_unit_test(caps_traits__tells__bots_and_readers_of_replies),
		cmocka_unit_test(identity_describe__hashes__to_what_presence_says),
	};

	return cmocka_run_group_tests_name("caps", tests, xml_setup, xml_teardown);
}

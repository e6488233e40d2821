#include "xml.h"

#include "reply.h"

static const char *built(struct xml_world *w, struct chat_reply reply, bool states)
{
	xmpp_stanza_t *stanza = reply_stanza(w->ctx, &reply, states);
	const char *text = xml_text(w, stanza);

	xmpp_stanza_release(stanza);
	return text;
}

static void reply_stanza__speaks__to_a_room(void **state)
{
	struct xml_world *w = *state;
	const char *text = built(w,
		(struct chat_reply){.place = CHAT_ROOM,
			.to = "den@c",
			.id = "i1",
			.body = "Alice: 5 < 6 & \"more\"",
			.reply_to = "s1",
			.reply_jid = "den@c/Alice",
			.thread = "t1"},
		true);

	assert_contains(text, "type=\"groupchat\"");
	assert_contains(text, "to=\"den@c\"");
	assert_contains(text, " id=\"i1\"");
	assert_contains(text, "<body>Alice: 5 &lt; 6 &amp; &quot;more&quot;</body>");
	assert_contains(text, "<thread>t1</thread>");
	assert_contains(text, "<origin-id");
	assert_contains(text, "urn:xmpp:reply:0");
	assert_contains(text, "id=\"s1\"");
	assert_contains(text, "to=\"den@c/Alice\"");
	assert_contains(text, "<store");
	assert_lacks(text, "chatstates");
	assert_lacks(text, "muc#user");
	assert_lacks(text, "<replace");
	assert_lacks(text, "no-store");
}

static void reply_stanza__marks__private_messages_and_asides(void **state)
{
	struct xml_world *w = *state;
	const char *text = built(w,
		(struct chat_reply){.place = CHAT_PRIVATE,
			.to = "den@c/Alice",
			.id = "i1",
			.body = "psst",
			.replaces = "i0",
			.throw_away = true},
		true);

	assert_contains(text, "type=\"chat\"");
	assert_contains(text, "http://jabber.org/protocol/muc#user");
	assert_contains(text, "<active");
	assert_contains(text, "<replace");
	assert_contains(text, "<no-store");
	assert_lacks(text, "<store");
	assert_lacks(text, "urn:xmpp:reply:0");
}

static void reply_stanza__leaves_out__what_xml_cannot_carry(void **state)
{
	struct xml_world *w = *state;
	const char *text = built(w,
		(struct chat_reply){.place = CHAT_DIRECT,
			.to = "a@b/c",
			.id = "i1",
			.body = "be\x07ll\xFF\nline\tend"},
		false);

	assert_contains(text, "<body>bell\xEF\xBF\xBD\nline\tend</body>");
}

static void reply_receipt__answers__with_no_words(void **state)
{
	struct xml_world *w = *state;
	struct chat_message message = {.place = CHAT_DIRECT, .from = "a@b/c"};
	xmpp_stanza_t *receipt = reply_receipt(w->ctx, &message, "i1");
	const char *text = xml_text(w, receipt);

	assert_contains(text, "<received");
	assert_contains(text, "id=\"i1\"");
	assert_lacks(text, "<body");
	xmpp_stanza_release(receipt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reply_stanza__speaks__to_a_room),
		cmocka_unit_test(reply_stanza__marks__private_messages_and_asides),
		cmocka_unit_test(reply_stanza__leaves_out__what_xml_cannot_carry),
		cmocka_unit_test(reply_receipt__answers__with_no_words),
	};

	return cmocka_run_group_tests_name("reply", tests, xml_setup, xml_teardown);
}

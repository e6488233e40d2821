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

static void reply_stanza__quotes__for_clients_without_replies(void **state)
{
	struct xml_world *w = *state;
	struct chat_reply reply = {.place = CHAT_DIRECT,
		.to = "a@b/c",
		.id = "i1",
		.body = "much",
		.reply_to = "q1",
		.reply_jid = "a@b/c",
		.quote = "how much 🙂?"};
	const char *text = built(w, reply, false);

	assert_contains(text, "<body>&gt; how much 🙂?\nmuch</body>");
	/* 11 code points, with "> " before and the end of the line after them */
	assert_contains(text, "for=\"urn:xmpp:reply:0\"");
	assert_contains(text, "end=\"14\"");
	assert_contains(text, "start=\"0\"");
	/* The quotation may look like one. */
	assert_lacks(text, "<unstyled");

	reply.reply_to = NULL;
	text = built(w, reply, false);
	assert_contains(text, "<body>&gt; how much 🙂?\nmuch</body>");
	assert_lacks(text, "<fallback");
}

static void reply_stanza__keeps__marks_from_being_taken_for_styling(void **state)
{
	static const struct {
		const char *body;
		bool marked;
	} cases[] = {
		{"plain words, 2 > 1", false},
		{"2 * 3 * 4", true},
		{"snake_case", true},
		{"use `make`", true},
		{"~ about 5", true},
		{"> 5", true},
		{"one\n> 5", true},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *text = built(w,
			(struct chat_reply){.place = CHAT_DIRECT,
				.to = "a@b/c",
				.id = "i1",
				.body = cases[i].body},
			false);

		if (!!strstr(text, "<unstyled xmlns=\"urn:xmpp:styling:0\"/>") != cases[i].marked)
			fail_msg("%s", text);
	}
}

static void reply_stanza__takes_back__in_both_forms(void **state)
{
	struct xml_world *w = *state;
	const char *text = built(w,
		(struct chat_reply){.place = CHAT_DIRECT,
			.to = "a@b/c",
			.id = "i1",
			.body = "taken back",
			.retracts = "i0"},
		false);

	assert_contains(text, "<retract id=\"i0\" xmlns=\"urn:xmpp:message-retract:1\"/>");
	assert_contains(text, "<apply-to id=\"i0\" xmlns=\"urn:xmpp:fasten:0\">"
			      "<retract xmlns=\"urn:xmpp:message-retract:0\"/>");
	assert_contains(text, "for=\"urn:xmpp:message-retract:1\"");
	assert_contains(text, "<body>taken back</body>");
	assert_contains(text, "<store");
}

static void reply_older_retraction__goes__by_our_own_id(void **state)
{
	struct xml_world *w = *state;
	const struct chat_reply reply = {.place = CHAT_ROOM,
		.to = "den@c",
		.id = "i1",
		.body = "taken back",
		.retracts = "i0",
		.retracts_in_room = "st-7"};
	const char *text = built(w, reply, false);
	xmpp_stanza_t *older;

	assert_contains(text, "<retract id=\"st-7\" xmlns=\"urn:xmpp:message-retract:1\"/>");
	assert_lacks(text, "apply-to");
	older = reply_older_retraction(w->ctx, &reply);
	text = xml_text(w, older);
	assert_contains(text, "type=\"groupchat\"");
	assert_contains(text, "<apply-to id=\"i0\" xmlns=\"urn:xmpp:fasten:0\">"
			      "<retract xmlns=\"urn:xmpp:message-retract:0\"/>");
	assert_lacks(text, "<body");
	assert_lacks(text, "id=\"i1\"");
	xmpp_stanza_release(older);
}

static void reply_displayed__keeps__the_thread(void **state)
{
	struct xml_world *w = *state;
	struct chat_message message = {.place = CHAT_DIRECT, .from = "a@b/c", .thread = "t1"};
	xmpp_stanza_t *marker = reply_displayed(w->ctx, &message, "i1");
	const char *text = xml_text(w, marker);

	assert_contains(text, "<displayed");
	assert_contains(text, "urn:xmpp:chat-markers:0");
	assert_contains(text, "id=\"i1\"");
	assert_contains(text, "<thread>t1</thread>");
	assert_lacks(text, "<body");
	xmpp_stanza_release(marker);
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
		cmocka_unit_test(reply_stanza__quotes__for_clients_without_replies),
		cmocka_unit_test(reply_stanza__keeps__marks_from_being_taken_for_styling),
		cmocka_unit_test(reply_stanza__takes_back__in_both_forms),
		cmocka_unit_test(reply_older_retraction__goes__by_our_own_id),
		cmocka_unit_test(reply_displayed__keeps__the_thread),
		cmocka_unit_test(reply_receipt__answers__with_no_words),
	};

	return cmocka_run_group_tests_name("reply", tests, xml_setup, xml_teardown);
}

#include "xml.h"

#include "profile.h"

/* The bytes "png", in base64 and as a SHA-1 in hex. */
#define BASE64 "cG5n"
#define HASH "9040a7d6cdf7a0d6cab1823831c6ceb7d01af97f"

#define VCARD(more) "<vCard xmlns='vcard-temp'>" more "</vCard>"
#define OURS                                                                                       \
	"<FN>Ada</FN><NICKNAME>Ada</NICKNAME><DESC>I help.</DESC>"                                 \
	"<PHOTO><TYPE>image/png</TYPE><BINVAL>cG\n5n </BINVAL></PHOTO>"
#define ITEM(id, payload)                                                                          \
	"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items><item id='" id "'>" payload      \
	"</item></items></pubsub>"
#define NICK(name) "<nick xmlns='http://jabber.org/protocol/nick'>" name "</nick>"

static const struct session_profile ada = {
	.name = "Ada", .about = "I help.", .picture = {(const unsigned char *)"png", 3, 8, 9}};

struct bench {
	struct xml_world world;
	struct identity *identity;
	struct queries *queries;
	struct profile *profile;
	unsigned shown;
};

static void on_shown(void *userdata)
{
	struct bench *b = userdata;

	b->shown++;
}

static int setup(void **state)
{
	static struct bench b;

	b = (struct bench){0};
	xml_world_init(&b.world);
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.profile = profile_new(&b.world.wire, b.queries, b.identity, on_shown, &b);
	profile_set(b.profile, &ada);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	profile_free(&b->profile);
	queries_free(&b->queries);
	identity_free(&b->identity);
	xml_world_release(&b->world);
	return 0;
}

/* What was sent last is answered with this. Returns what is sent then. */
static const char *answer(struct bench *b, const char *sent, const char *type, const char *inner)
{
	assert_string_not_equal(sent, "");
	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world, pool_printf(b->world.pool,
					      "<iq type='%s' id='%s' from='bot@localhost'>%s</iq>",
					      type, xml_id_in(&b->world, sent), inner))));
	return xml_sent(&b->world);
}

static const char *result(struct bench *b, const char *sent, const char *inner)
{
	return answer(b, sent, "result", inner);
}

static const char *error(struct bench *b, const char *sent, const char *condition)
{
	return answer(b, sent, "error",
		pool_printf(b->world.pool,
			"<error type='cancel'><%s "
			"xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
			condition));
}

static const char *online(struct bench *b)
{
	xml_sent(&b->world);
	profile_online(b->profile);
	return xml_sent(&b->world);
}

static const char *presence(struct bench *b)
{
	xmpp_stanza_t *stanza = stanza_new(b->world.ctx, "presence", NULL);
	const char *text;

	identity_add_to(b->identity, stanza);
	text = xml_text(&b->world, stanza);
	xmpp_stanza_release(stanza);
	return text;
}

static void profile_online__publishes__nothing_that_is_there(void **state)
{
	struct bench *b = *state;
	const char *sent = online(b);

	assert_contains(sent, "type=\"get\"");
	assert_contains(sent, "<vCard");
	assert_lacks(presence(b), "photo");
	sent = result(b, sent, VCARD(OURS "<URL>x</URL>"));
	assert_int_equal(b->shown, 1);
	assert_contains(presence(b), "<photo>" HASH "</photo>");
	assert_contains(sent, "urn:xmpp:avatar:metadata");
	sent = result(b, sent, ITEM(HASH, ""));
	assert_contains(sent, "protocol/nick");
	sent = result(b, sent, ITEM("current", NICK("Ada")));
	assert_string_equal(sent, "");
	/* Nor does it look again, */
	assert_string_equal(online(b), "");
	profile_set(b->profile, &ada);
	assert_string_equal(online(b), "");
	assert_int_equal(b->shown, 1);
}

static void profile_online__publishes__what_is_not_there(void **state)
{
	struct bench *b = *state;
	const char *sent = error(b, online(b), "item-not-found");

	assert_contains(sent, "type=\"set\"");
	assert_contains(sent, "<FN>Ada</FN><NICKNAME>Ada</NICKNAME><DESC>I help.</DESC>");
	assert_contains(sent, "<BINVAL>" BASE64 "</BINVAL>");
	assert_int_equal(b->shown, 0);
	sent = result(b, sent, "");
	assert_int_equal(b->shown, 1);
	sent = error(b, sent, "item-not-found");
	assert_contains(sent, "<publish node=\"urn:xmpp:avatar:data\"><item id=\"" HASH "\">");
	assert_contains(sent, ">" BASE64 "</data>");
	sent = result(b, sent, "");
	assert_contains(sent, "urn:xmpp:avatar:metadata");
	assert_contains(sent, "bytes=\"3\"");
	sent = error(b, result(b, sent, ""), "item-not-found");
	assert_contains(sent, ">Ada</nick>");
	assert_string_equal(result(b, sent, ""), "");
	assert_string_equal(online(b), "");
}

static void profile_online__changes__only_fields_of_its_own(void **state)
{
	static const char *const cases[] = {
		VCARD("<FN>Bob</FN><URL>x</URL><PHOTO><BINVAL>AAAA</BINVAL></PHOTO>"),
		VCARD("<URL>x</URL>" OURS "<NOTE>I help.</NOTE><FN>Ada</FN><X/>"),
		VCARD("<URL>x</URL>"),
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *sent;

		queries_drop(b->queries);
		profile_set(b->profile, NULL);
		profile_set(b->profile, &ada);
		sent = result(b, online(b), cases[i]);
		if (i == 1) { /* as wanted already */
			assert_lacks(sent, "<vCard");
			continue;
		}
		assert_contains(sent, "<FN>Ada</FN>");
		assert_contains(sent, "<URL>x</URL>");
		assert_lacks(sent, "Bob");
		assert_lacks(sent, "AAAA");
	}
}

static void profile_online__asks__no_further_where_it_is_not_kept(void **state)
{
	struct bench *b = *state;
	const char *sent = error(b, online(b), "service-unavailable");

	assert_contains(sent, "urn:xmpp:avatar:metadata");
	assert_string_equal(error(b, sent, "feature-not-implemented"), "");
	assert_string_equal(online(b), "");
	assert_int_equal(b->shown, 0);
	assert_lacks(presence(b), "photo");
	assert_string_equal(xml_reported(&b->world), "");
}

static void profile_online__looks_again__after_a_broken_stream(void **state)
{
	struct bench *b = *state;

	const char *sent;

	online(b);
	queries_drop(b->queries);
	sent = online(b);
	assert_contains(sent, "<vCard");
	result(b, sent, VCARD(OURS));
	queries_drop(b->queries);
	assert_contains(online(b), "<vCard");
}

static void profile_set__begins__anew_with_the_next_answer(void **state)
{
	static const struct session_profile bob = {.name = "Bob"};
	struct bench *b = *state;
	const char *sent = online(b);

	profile_set(b->profile, &bob);
	assert_string_equal(online(b), "");
	sent = error(b, sent, "service-unavailable");
	assert_contains(sent, "<vCard");
	sent = error(b, sent, "service-unavailable");
	assert_string_equal(error(b, sent, "service-unavailable"), "");
}

/* Whatever the question is that waits for an answer, nothing is published of what is gone. */
static void profile_set__ends__what_was_begun(void **state)
{
	struct bench *b = *state;

	for (size_t steps = 0; steps < 7; steps++) {
		const char *sent;

		profile_set(b->profile, &ada);
		sent = online(b);
		for (size_t i = 0; i < steps; i++)
			sent = i == 1 || i == 3 ? result(b, sent, "")
						: error(b, sent, "item-not-found");
		assert_string_not_equal(sent, "");
		profile_set(b->profile, NULL);
		assert_string_equal(error(b, sent, "item-not-found"), "");
		assert_lacks(presence(b), "photo");
	}
}

static void profile_set__hides__the_picture_that_is_not_wanted_any_more(void **state)
{
	struct bench *b = *state;

	result(b, online(b), VCARD(OURS));
	assert_int_equal(b->shown, 1);
	profile_set(b->profile, NULL);
	assert_string_equal(online(b), "");
	assert_int_equal(b->shown, 2);
	assert_lacks(presence(b), "photo");
}

static void identity_set_contacts__changes__what_the_caps_say(void **state)
{
	static const char *const contacts[] = {"xmpp:a@b", "mailto:a@b"};
	struct bench *b = *state;
	const char *before = presence(b);
	xmpp_stanza_t *info = stanza_new(b->world.ctx, "query", NULL);

	assert_true(identity_set_contacts(b->identity, contacts, ARRAY_LEN(contacts)));
	assert_string_not_equal(presence(b), before);
	assert_false(identity_set_contacts(b->identity, contacts, ARRAY_LEN(contacts)));
	identity_describe(b->identity, info);
	assert_contains(xml_text(&b->world, info), "<value>mailto:a@b</value>");
	xmpp_stanza_release(info);
	assert_true(identity_set_contacts(b->identity, NULL, 0));
	assert_string_equal(presence(b), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(profile_online__publishes__nothing_that_is_there),
		TEST(profile_online__publishes__what_is_not_there),
		TEST(profile_online__changes__only_fields_of_its_own),
		TEST(profile_online__asks__no_further_where_it_is_not_kept),
		TEST(profile_online__looks_again__after_a_broken_stream),
		TEST(profile_set__begins__anew_with_the_next_answer),
		TEST(profile_set__ends__what_was_begun),
		TEST(profile_set__hides__the_picture_that_is_not_wanted_any_more),
		TEST(identity_set_contacts__changes__what_the_caps_say),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}

#include "xml.h"

#include "commands.h"
#include "rooms.h"

#define NS "http://jabber.org/protocol/commands"
#define ROOM "room@muc"
#define AL "al@localhost/phone"

struct bench {
	struct xml_world world;
	struct identity *identity;
	struct queries *queries;
	struct rooms *rooms;
	struct adhoc_provider provider;
	struct commands *commands;
	char ran[200]; /* "stage place asker: name, colour" of the last step */
};

/* --- a provider: "tea" in two forms, "hello" at once, "boss" for the boss alone --- */

static bool is_boss(const struct chat_message *who)
{
	return who->place == CHAT_DIRECT && !strcmp(who->real_jid, "boss@localhost");
}

static size_t list(void *userdata, const struct chat_message *who, struct pool *pool,
	const struct adhoc_command **commands)
{
	static const struct adhoc_command all[] = {
		{"tea", "Make tea"}, {"hello", "Say hello"}, {"boss", "Be the boss"}};

	(void)userdata, (void)pool;
	*commands = all;
	return is_boss(who) ? 3 : 2;
}

static enum adhoc_access access_of(void *userdata, const struct chat_message *who, const char *node)
{
	(void)userdata;
	if (!strcmp(node, "boss"))
		return is_boss(who) ? ADHOC_ALLOWED : ADHOC_FORBIDDEN;
	return !strcmp(node, "tea") || !strcmp(node, "hello") ? ADHOC_ALLOWED : ADHOC_UNKNOWN;
}

static void ask_name(struct pool *pool, struct adhoc_answer *answer)
{
	struct form_field *fields = pool_alloc(pool, 2, sizeof(*fields));

	fields[0] = (struct form_field){
		.kind = FORM_LINE, .name = "name", .label = "Whose?", .required = true};
	fields[1] = (struct form_field){.kind = FORM_SECRET, .name = "secret"};
	answer->form = (struct form){"urn:example:tea", "Tea", "Tell me <more>.", fields, 2};
	answer->outcome = ADHOC_ASKS;
	answer->has_next = true;
	answer->stage = 0;
}

static void ask_colour(struct pool *pool, struct adhoc_answer *answer)
{
	static const struct form_option options[] = {{"as grass", "green"}, {"as night", "black"}};
	struct form_field *fields = pool_alloc(pool, 2, sizeof(*fields));

	fields[0] = (struct form_field){.kind = FORM_WORDS, .value = "There are\nmany."};
	fields[1] = (struct form_field){.kind = FORM_CHOICE,
		.name = "colour",
		.value = "green",
		.options = options,
		.option_count = 2};
	answer->form.fields = fields;
	answer->form.field_count = 2;
	answer->outcome = ADHOC_ASKS;
}

static void make_tea(const struct adhoc_call *call, struct pool *pool, struct adhoc_answer *answer)
{
	const char *name = form_value(&call->values, "name");
	struct form_field *field = pool_alloc(pool, 1, sizeof(*field));

	if (call->stage == 0) {
		ask_name(pool, answer);
	} else if (!name) {
		answer->outcome = ADHOC_INCOMPLETE;
	} else if (!strcmp(name, "nobody")) {
		ask_name(pool, answer);
		answer->note = ADHOC_ERROR;
		answer->words = "Nobody drinks no tea.";
	} else if (!call->completes) {
		ask_colour(pool, answer);
	} else {
		*field = (struct form_field){
			.kind = FORM_WORDS, .name = "tea", .value = "a cup\nof tea"};
		answer->form.fields = field;
		answer->form.field_count = 1;
	}
}

static void run(void *userdata, const struct adhoc_call *call, struct pool *pool,
	struct adhoc_answer *answer)
{
	struct bench *b = userdata;
	const char *name = form_value(&call->values, "name");
	const char *colour = form_value(&call->values, "colour");

	snprintf(b->ran, sizeof(b->ran), "%u %s %s: %s, %s", call->stage,
		call->who->place == CHAT_DIRECT ? "direct" : "private", call->who->asker,
		name ? name : "-", colour ? colour : "-");
	if (!strcmp(call->node, "tea")) {
		make_tea(call, pool, answer);
		return;
	}
	answer->note = ADHOC_INFO;
	answer->words = "Hello & welcome!";
}

/* --- asking --- */

static int setup(void **state)
{
	static const struct session_room room = {ROOM, "careerbot", NULL};
	static struct bench b;

	b = (struct bench){.provider = {list, access_of, run, &b}};
	xml_world_init(&b.world);
	b.identity = identity_new(b.world.ctx);
	b.queries = queries_new(&b.world.wire, "bot@localhost", &b.world.clock, &b.world.chance);
	b.rooms = rooms_new(&b.world.wire, b.identity, b.queries, &b.world.clock, &b.world.chance);
	rooms_set(b.rooms, &room, 1);
	b.commands = commands_new(
		&b.provider, b.rooms, "bot@localhost", &b.world.clock, &b.world.chance);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	commands_free(&b->commands);
	rooms_free(&b->rooms);
	queries_free(&b->queries);
	identity_free(&b->identity);
	xml_world_release(&b->world);
	return 0;
}

static const char *take(struct bench *b, xmpp_stanza_t *answer)
{
	const char *text = xml_text(&b->world, answer);

	xmpp_stanza_release(answer);
	return text;
}

/* The answer to a command of these attributes, with this inside. */
static const char *command(
	struct bench *b, const char *from, const char *attributes, const char *inner)
{
	xmpp_stanza_t *iq = xml_stanza(&b->world,
		pool_printf(b->world.pool,
			"<iq type='set' id='q1' from='%s' to='bot@localhost/x'><command xmlns='" NS
			"' %s>%s</command></iq>",
			from, attributes, inner));

	return take(b, commands_serve(b->commands, iq, xmpp_stanza_get_children(iq)));
}

static const char *session_in(struct bench *b, const char *text)
{
	const char *id = strstr(text, "sessionid=\"");

	assert_non_null(id);
	id += strlen("sessionid=\"");
	return pool_strndup(b->world.pool, id, strcspn(id, "\""));
}

/* Begins tea; the session's id. */
static const char *begin_tea(struct bench *b, const char *from)
{
	return session_in(b, command(b, from, "node='tea' action='execute'", ""));
}

static const char *tea(struct bench *b, const char *session, const char *action, const char *inner)
{
	return command(b, AL,
		pool_printf(
			b->world.pool, "node='tea' sessionid='%s' action='%s'", session, action),
		inner);
}

#define SUBMIT(fields) "<x xmlns='jabber:x:data' type='submit'>" fields "</x>"
#define FIELD(var, value) "<field var='" var "'><value>" value "</value></field>"

static void commands_serve__tells__at_once_what_needs_no_form(void **state)
{
	struct bench *b = *state;
	const char *text = command(b, AL, "node='hello'", "");

	assert_contains(text, "status=\"completed\"");
	assert_contains(text, "sessionid=");
	assert_contains(text, "node=\"hello\"");
	assert_contains(text, "<note type=\"info\">Hello &amp; welcome!</note>");
	assert_contains(text, "to=\"" AL "\"");
	assert_lacks(text, "jabber:x:data");
}

static void commands_serve__leads__through_the_forms(void **state)
{
	struct bench *b = *state;
	const char *session, *text = command(b, AL, "node='tea' action='execute'", "");

	assert_contains(text, "status=\"executing\"");
	assert_contains(text, "<actions execute=\"next\"><next/></actions>");
	assert_contains(text, "<title>Tea</title><instructions>Tell me &lt;more&gt;.");
	assert_contains(text, "<value>urn:example:tea</value>");
	assert_contains(text, "label=\"Whose?\"");
	assert_contains(text, "<required/>");
	session = session_in(b, text);

	text = tea(b, session, "next", SUBMIT(FIELD("name", "Al") FIELD("secret", "s3")));
	assert_string_equal(b->ran, "1 direct al@localhost: Al, -");
	assert_contains(text, "<actions execute=\"complete\"><prev/><complete/></actions>");
	assert_contains(text, "<field type=\"fixed\"><value>There are</value></field>"
			      "<field type=\"fixed\"><value>many.</value></field>");
	assert_contains(text, "<option label=\"as night\"><value>black</value></option>");
	assert_string_equal(session_in(b, text), session);

	/* Back, with what was filled in, but for secrets; and on again by what is meant if nothing
	 * is said. */
	text = tea(b, session, "prev", "");
	assert_contains(text, "<value>Al</value>");
	assert_lacks(text, "s3");
	assert_contains(text, "<actions execute=\"next\">");
	text = tea(b, session, "execute", "");
	assert_contains(text, "<actions execute=\"complete\">");

	text = tea(b, session, "execute", SUBMIT(FIELD("colour", "black")));
	assert_string_equal(b->ran, "2 direct al@localhost: Al, black");
	assert_contains(text, "status=\"completed\"");
	assert_contains(text, "<value>a cup</value><value>of tea</value>");
	assert_contains(text, "type=\"result\"");
	assert_contains(tea(b, session, "execute", ""), "session-expired");
}

static void commands_serve__takes__no_value_that_was_not_asked_for(void **state)
{
	struct bench *b = *state;
	const char *session = begin_tea(b, AL);

	tea(b, session, "next", SUBMIT(FIELD("name", "Al") FIELD("colour", "red")));
	assert_string_equal(b->ran, "1 direct al@localhost: Al, -");
}

static void commands_serve__shows__a_form_again_with_what_is_wrong(void **state)
{
	struct bench *b = *state;
	const char *session = begin_tea(b, AL);
	const char *text = tea(b, session, "next", SUBMIT(FIELD("name", "nobody")));

	assert_contains(text, "status=\"executing\"");
	assert_contains(text, "<note type=\"error\">Nobody drinks no tea.</note>");
	assert_contains(text, "<actions execute=\"next\"><next/></actions>");
	assert_contains(tea(b, session, "next", SUBMIT(FIELD("name", "Al"))), "as night");
}

static void commands_serve__ends__when_cancelled(void **state)
{
	struct bench *b = *state;
	const char *session = begin_tea(b, AL);

	assert_contains(tea(b, session, "cancel", ""), "status=\"canceled\"");
	assert_contains(tea(b, session, "next", ""), "session-expired");
}

static void commands_serve__refuses__by_the_table(void **state)
{
	struct bench *b = *state;
	const char *mine = begin_tea(b, AL), *others = begin_tea(b, "bo@localhost/x");
	const struct {
		const char *attributes, *inner, *condition, *detail;
	} cases[] = {
		{"node='nothing'", "", "item-not-found", ""},
		{"", "", "item-not-found", ""},
		{"node='boss'", "", "forbidden", ""},
		{"node='tea' action='dance'", "", "bad-request", "<malformed-action xmlns=\"" NS},
		{"node='tea' action='next'", "", "bad-request", "<bad-sessionid xmlns=\"" NS},
		{"node='tea' action='next' sessionid='S'", "", "bad-request", "<bad-sessionid"},
		{"node='tea' action='next' sessionid='0123456789abcdef0123456789abcdef'", "",
			"not-allowed", "<session-expired xmlns=\"" NS},
		{pool_printf(b->world.pool, "node='tea' sessionid='%s'", others), "", "bad-request",
			"<bad-sessionid"},
		{pool_printf(b->world.pool, "node='hello' sessionid='%s'", mine), "", "bad-request",
			"<bad-sessionid"},
		{pool_printf(b->world.pool, "node='tea' sessionid='%s' action='prev'", mine), "",
			"bad-request", "<bad-action xmlns=\"" NS},
		{pool_printf(b->world.pool, "node='tea' sessionid='%s' action='complete'", mine),
			"", "bad-request", "<bad-action"},
		{pool_printf(b->world.pool, "node='tea' sessionid='%s' action='next'", mine),
			SUBMIT(""), "bad-request", "<bad-payload xmlns=\"" NS},
		{pool_printf(b->world.pool, "node='tea' sessionid='%s' action='next'", mine),
			"<x xmlns='jabber:x:data' type='form'/>", "bad-request", "<bad-payload"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *text = command(b, AL, cases[i].attributes, cases[i].inner);

		assert_contains(text, "type=\"error\"");
		assert_contains(text, cases[i].condition);
		assert_contains(text, cases[i].detail);
		assert_lacks(text, "<command");
	}
	/* None of it has ended what was begun. */
	assert_contains(tea(b, mine, "next", SUBMIT(FIELD("name", "Al"))), "as night");
}

static void commands_serve__forgets__after_ten_minutes_of_silence(void **state)
{
	struct bench *b = *state;
	const char *session = begin_tea(b, AL);

	xml_pass(&b->world, 10 * 60 * 1000 - 1);
	assert_contains(tea(b, session, "next", SUBMIT(FIELD("name", "Al"))), "executing");
	xml_pass(&b->world, 10 * 60 * 1000);
	assert_contains(tea(b, session, "execute", ""), "session-expired");
}

static void commands_serve__forgets__with_the_stream(void **state)
{
	struct bench *b = *state;
	const char *session = begin_tea(b, AL);

	commands_forget(b->commands);
	assert_contains(tea(b, session, "next", ""), "session-expired");
}

static void commands_serve__keeps__few_sessions_of_one_person(void **state)
{
	struct bench *b = *state;
	const char *first = begin_tea(b, AL), *second, *others = begin_tea(b, "bo@localhost/x");

	xml_pass(&b->world, 1);
	second = begin_tea(b, AL);
	for (int i = 0; i < 3; i++)
		begin_tea(b, "al@localhost/desk");
	assert_contains(tea(b, first, "next", ""), "session-expired");
	assert_contains(tea(b, second, "next", SUBMIT(FIELD("name", "Al"))), "executing");
	assert_contains(command(b, "bo@localhost/x",
				pool_printf(b->world.pool, "node='tea' sessionid='%s'", others),
				SUBMIT(FIELD("name", "Bo"))),
		"executing");
}

static void commands_serve__keeps__a_bounded_number_of_sessions(void **state)
{
	struct bench *b = *state;
	const char *first = begin_tea(b, AL);

	for (int i = 0; i < 64; i++) {
		xml_pass(&b->world, 1);
		begin_tea(b, pool_printf(b->world.pool, "p%d@localhost/x", i));
	}
	assert_contains(tea(b, first, "next", ""), "session-expired");
}

/* --- disco --- */

static const char *disco(struct bench *b, const char *from, const char *what, const char *node)
{
	xmpp_stanza_t *iq = xml_stanza(
		&b->world, pool_printf(b->world.pool,
				   "<iq type='get' id='q1' from='%s' to='bot@localhost/x'><query "
				   "xmlns='http://jabber.org/protocol/disco#%s' node='%s'/></iq>",
				   from, what, node));
	xmpp_stanza_t *answer = *what == 'i' && what[1] == 'n'
					? commands_info(b->commands, iq, node)
					: commands_items(b->commands, iq, node);

	return answer ? take(b, answer) : "nothing";
}

static void commands_items__lists__what_one_may_run(void **state)
{
	struct bench *b = *state;
	const char *text = disco(b, AL, "items", NS);

	assert_contains(text, "<item jid=\"bot@localhost/x\" name=\"Make tea\" node=\"tea\"/>");
	assert_contains(text, "node=\"hello\"");
	assert_lacks(text, "boss");
	assert_contains(disco(b, "boss@localhost/x", "items", NS), "name=\"Be the boss\"");
	assert_string_equal(disco(b, AL, "items", "else"), "nothing");
}

static void commands_info__describes__nodes_one_may_run(void **state)
{
	struct bench *b = *state;
	const char *text = disco(b, AL, "info", "tea");

	assert_contains(text, "category=\"automation\"");
	assert_contains(text, "type=\"command-node\"");
	assert_contains(text, "name=\"Make tea\"");
	assert_contains(text, "var=\"jabber:x:data\"");
	assert_contains(disco(b, AL, "info", NS), "type=\"command-list\"");
	assert_string_equal(disco(b, AL, "info", "boss"), "nothing");
	assert_string_equal(disco(b, AL, "info", "else"), "nothing");
}

/* --- through a room --- */

static void enter(struct bench *b, const char *nick, const char *more)
{
	struct presence presence;

	assert_true(presence_read(&presence, b->world.pool,
		xml_stanza(&b->world, pool_printf(b->world.pool,
					      "<presence from='" ROOM "/%s'><x "
					      "xmlns='http://jabber.org/protocol/muc#user'>%s</x>"
					      "</presence>",
					      nick, more))));
	assert_true(rooms_presence(b->rooms, &presence));
}

static void commands_serve__takes__an_occupant_for_nobody_special(void **state)
{
	struct bench *b = *state;
	const char *text;

	rooms_online(b->rooms);
	rooms_tick(b->rooms);
	assert_contains(command(b, ROOM "/boss", "node='hello'", ""), "forbidden");
	enter(b, "careerbot", "<status code='110'/>");
	enter(b, "boss", "<item jid='boss@localhost/x'/>");

	assert_contains(command(b, ROOM "/boss", "node='hello'", ""), "completed");
	assert_string_equal(b->ran, "0 private boss@localhost: -, -");
	assert_contains(command(b, ROOM "/boss", "node='boss'", ""), "forbidden");
	assert_contains(command(b, ROOM "/al", "node='hello'", ""), "completed");
	assert_string_equal(b->ran, "0 private " ROOM "/al: -, -");

	/* Who asks through the room learns no more of us than it shows. */
	text = disco(b, ROOM "/boss", "items", NS);
	assert_contains(text, "jid=\"" ROOM "/careerbot\"");
	assert_lacks(text, "bot@localhost");
	assert_lacks(text, "Be the boss");
}

static void commands_serve__refuses__who_is_nobody(void **state)
{
	static const char *const from[] = {
		"localhost", "bot@localhost/other", ROOM, ROOM "/careerbot"};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(from); i++)
		assert_contains(command(b, from[i], "node='hello'", ""), "forbidden");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_serve__tells__at_once_what_needs_no_form),
		cmocka_unit_test(commands_serve__leads__through_the_forms),
		cmocka_unit_test(commands_serve__takes__no_value_that_was_not_asked_for),
		cmocka_unit_test(commands_serve__shows__a_form_again_with_what_is_wrong),
		cmocka_unit_test(commands_serve__ends__when_cancelled),
		cmocka_unit_test(commands_serve__refuses__by_the_table),
		cmocka_unit_test(commands_serve__forgets__after_ten_minutes_of_silence),
		cmocka_unit_test(commands_serve__forgets__with_the_stream),
		cmocka_unit_test(commands_serve__keeps__few_sessions_of_one_person),
		cmocka_unit_test(commands_serve__keeps__a_bounded_number_of_sessions),
		cmocka_unit_test(commands_items__lists__what_one_may_run),
		cmocka_unit_test(commands_info__describes__nodes_one_may_run),
		cmocka_unit_test(commands_serve__takes__an_occupant_for_nobody_special),
		cmocka_unit_test(commands_serve__refuses__who_is_nobody),
	};

	return cmocka_run_group_tests_name("commands", tests, setup, teardown);
}

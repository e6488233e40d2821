#include "xml.h"

#include "archives.h"
#include "mam.h"
#include "mem.h"

#define ROOM "den@muc"
#define OWN "bot@localhost"

struct bench {
	struct xml_world world;
	struct queries *queries;
	struct archives *archives;
	struct chat_mark from;
	struct buf heard;  /* a line each */
	char asked[4][33]; /* the ids of the queries, newest first: of the IQ … */
	char query[4][33]; /* … and of the archive */
};

static struct chat_mark came_back(void *userdata, const char *room)
{
	struct bench *b = userdata;

	(void)room;
	return b->from;
}

static void found(void *userdata, const char *room, const struct mam_result *result)
{
	struct bench *b = userdata;

	buf_addf(&b->heard, "%s %s at %lld: %s\n", room ? room : "ours", result->archive_id,
		(long long)result->sent_ms, xmpp_stanza_get_id(result->message));
}

static void ended(void *userdata, const char *room, enum chat_archive how)
{
	static const char *const hows[] = {"read", "none", "failed"};
	struct bench *b = userdata;

	buf_addf(&b->heard, "%s %s\n", room ? room : "ours", hows[how]);
}

static int setup(void **state)
{
	struct bench *b = mem_alloc(1, sizeof(*b));
	const struct archives_events events = {came_back, found, ended, b};

	xml_world_init(&b->world);
	buf_init(&b->heard, BUF_STANZA);
	b->from = (struct chat_mark){.since_ms = 1000000000000};
	b->queries = queries_new(&b->world.wire, OWN, &b->world.clock, &b->world.chance);
	b->archives = archives_new(
		&b->world.wire, b->queries, OWN, &events, &b->world.clock, &b->world.chance);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	archives_free(&b->archives);
	queries_free(&b->queries);
	buf_release(&b->heard);
	xml_world_release(&b->world);
	mem_free(b);
	return 0;
}

static const char *heard(struct bench *b)
{
	const char *text = pool_strdup(b->world.pool, b->heard.data);

	buf_clear(&b->heard);
	return text;
}

/* The one query that has gone out since; keeps its ids. */
static const char *sent_query(struct bench *b)
{
	const char *sent = xml_sent(&b->world), *query = strstr(sent, "queryid=\"");

	assert_non_null(query);
	memmove(b->asked[1], b->asked[0], sizeof(b->asked) - sizeof(b->asked[0]));
	memmove(b->query[1], b->query[0], sizeof(b->query) - sizeof(b->query[0]));
	snprintf(b->asked[0], sizeof(b->asked[0]), "%s", xml_id_in(&b->world, sent));
	snprintf(b->query[0], sizeof(b->query[0]), "%.32s", query + strlen("queryid=\""));
	assert_null(strstr(query + 1, "queryid"));
	return sent;
}

static const char *read_begun(struct bench *b, const char *room)
{
	archives_expect(b->archives, room);
	assert_string_equal(xml_sent(&b->world), "");
	archives_read(b->archives, room);
	return sent_query(b);
}

static bool result_comes(struct bench *b, const char *from, const char *query_id, const char *id)
{
	return archives_take(b->archives,
		xml_stanza(&b->world,
			pool_printf(b->world.pool,
				"<message%s><result xmlns='urn:xmpp:mam:2' queryid='%s' id='a-%s'>"
				"<forwarded xmlns='urn:xmpp:forward:0'><delay "
				"xmlns='urn:xmpp:delay' stamp='1970-01-01T00:00:05Z'/>"
				"<message xmlns='jabber:client' id='%s'/></forwarded></result>"
				"</message>",
				from, query_id, id, id)));
}

static void page_ends(struct bench *b, const char *from, const char *content)
{
	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world,
			pool_printf(b->world.pool, "<iq type='result' from='%s' id='%s'>%s</iq>",
				from, b->asked[0], content))));
}

#define FIN(complete, last)                                                                        \
	"<fin xmlns='urn:xmpp:mam:2'" complete "><set xmlns='http://jabber.org/protocol/rsm'>"     \
	"<last>" last "</last></set></fin>"

static void is_refused(struct bench *b, const char *from, const char *condition)
{
	assert_true(queries_answer(b->queries,
		xml_stanza(&b->world,
			pool_printf(b->world.pool,
				"<iq type='error' from='%s' id='%s'><error type='cancel'>"
				"<%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
				from, b->asked[0], condition))));
}

static void archives_read__asks__from_where_it_was_told(void **state)
{
	struct bench *b = *state;
	const char *sent = read_begun(b, NULL);

	assert_contains(sent, "to=\"" OWN "\"");
	assert_contains(sent, "type=\"set\"");
	assert_contains(sent, "<value>urn:xmpp:mam:2</value>");
	assert_contains(sent, "var=\"start\"><value>2001-09-09T01:46:40Z</value>");
	assert_contains(sent, "<max>50</max></set>");
	b->from.after_id = "last-one";
	sent = read_begun(b, ROOM);
	assert_contains(sent, "to=\"" ROOM "\"");
	assert_contains(sent, "<max>50</max><after>last-one</after></set>");
	assert_lacks(sent, "start");
}

static void archives_read__turns__page_after_page(void **state)
{
	struct bench *b = *state;

	read_begun(b, ROOM);
	assert_true(result_comes(b, " from='" ROOM "'", b->query[0], "1"));
	page_ends(b, ROOM, FIN("", "a-1"));
	assert_string_equal(heard(b), ROOM " a-1 at 5000: 1\n");
	assert_contains(sent_query(b), "<after>a-1</after>");
	assert_true(result_comes(b, " from='" ROOM "'", b->query[0], "2"));
	page_ends(b, ROOM, FIN(" complete='true'", "a-2"));
	assert_string_equal(heard(b), ROOM " a-2 at 5000: 2\n" ROOM " read\n");
	assert_string_equal(xml_sent(&b->world), "");
	assert_int_equal(archives_next_ms(b->archives), INT64_MAX);
	/* An empty page ends it too. */
	read_begun(b, ROOM);
	page_ends(b, ROOM, "<fin xmlns='urn:xmpp:mam:2'/>");
	assert_string_equal(heard(b), ROOM " read\n");
}

static void archives_take__believes__only_the_archive_that_was_asked(void **state)
{
	struct bench *b = *state;
	const struct {
		const char *from, *query_id;
		bool believed;
	} cases[] = {
		{"", "own", true}, /* our server */
		{" from='" OWN "'", "own", true},
		{" from='" OWN "/other'", "own", false},
		{" from='localhost'", "own", false},
		{" from='mallory@localhost'", "own", false},
		{" from='" ROOM "'", "own", false},
		{" from='" ROOM "'", "room", true},
		{" from='" ROOM "/Mallory'", "room", false},
		{" from='" OWN "'", "room", false},
		{"", "room", false},
		{"", "", false},
		{"", "guessed", false},
	};

	read_begun(b, NULL);
	read_begun(b, ROOM);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *id = cases[i].query_id;

		if (!strcmp(id, "own"))
			id = b->query[1];
		else if (!strcmp(id, "room"))
			id = b->query[0];
		assert_true(result_comes(b, cases[i].from, id, "x"));
		if (!!*heard(b) != cases[i].believed)
			fail_msg("%s, %s", cases[i].from, cases[i].query_id);
	}
	page_ends(b, ROOM, FIN(" complete='true'", "a"));
	heard(b);
	assert_true(result_comes(b, " from='" ROOM "'", b->query[0], "late"));
	assert_string_equal(heard(b), "");
	assert_false(archives_take(b->archives,
		xml_stanza(&b->world, "<message from='a@b'><body>x</body></message>")));
}

static void archives_read__starts__from_the_time_where_the_message_is_gone(void **state)
{
	struct bench *b = *state;
	const char *sent;

	b->from.after_id = "expired";
	read_begun(b, ROOM);
	is_refused(b, ROOM, "item-not-found");
	sent = sent_query(b);
	assert_contains(sent, "var=\"start\"><value>2001-09-09T01:46:40Z</value>");
	assert_lacks(sent, "<after>");
	assert_string_equal(heard(b), "");
}

static void archives_read__knows__what_is_for_good(void **state)
{
	static const struct {
		const char *condition, *heard;
	} cases[] = {
		{"service-unavailable", ROOM " none\n"},
		{"feature-not-implemented", ROOM " none\n"},
		{"forbidden", ROOM " none\n"},
		{"item-not-found", ROOM " failed\n"},
		{"internal-server-error", ROOM " failed\n"},
		{"remote-server-timeout", ROOM " failed\n"},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		read_begun(b, ROOM);
		is_refused(b, ROOM, cases[i].condition);
		assert_string_equal(heard(b), cases[i].heard);
	}
}

static void archives_tick__tries__again_where_it_stood(void **state)
{
	struct bench *b = *state;
	int64_t pause = 30000;

	read_begun(b, NULL);
	page_ends(b, OWN, FIN("", "a-9"));
	sent_query(b);
	for (int i = 0; i < 6; i++, pause *= 2) {
		xml_pass(&b->world, 30000);
		queries_tick(b->queries);
		assert_string_equal(heard(b), "ours failed\n");
		assert_int_equal(archives_next_ms(b->archives), b->world.hand.mono + pause);
		xml_pass(&b->world, pause - 1);
		archives_tick(b->archives);
		assert_string_equal(xml_sent(&b->world), "");
		xml_pass(&b->world, 1);
		archives_tick(b->archives);
		assert_contains(sent_query(b), "<after>a-9</after>");
	}
	/* By now nobody waits for an answer any more. */
	xml_pass(&b->world, 30000);
	queries_tick(b->queries);
	assert_string_equal(heard(b), "ours none\n");
	assert_int_equal(archives_next_ms(b->archives), INT64_MAX);
}

static void archives_read__pauses__before_too_much(void **state)
{
	struct bench *b = *state;

	read_begun(b, ROOM);
	for (int i = 0; i < 40; i++) {
		char fin[200];

		assert_string_equal(heard(b), "");
		snprintf(fin, sizeof(fin), FIN("", "a-%d"), i);
		page_ends(b, ROOM, fin);
		if (i < 39)
			sent_query(b);
	}
	assert_string_equal(heard(b), ROOM " failed\n");
	assert_string_equal(xml_sent(&b->world), "");
	xml_pass(&b->world, 30000);
	archives_tick(b->archives);
	assert_contains(sent_query(b), "<after>a-39</after>");
	/* The same page again and again is no progress. */
	page_ends(b, ROOM, FIN("", "a-39"));
	assert_string_equal(heard(b), ROOM " failed\n");
}

static void archives_expect__ends__what_was_going_on(void **state)
{
	struct bench *b = *state;

	read_begun(b, ROOM);
	archives_expect(b->archives, ROOM);
	assert_true(result_comes(b, " from='" ROOM "'", b->query[0], "1"));
	page_ends(b, ROOM, FIN(" complete='true'", "a-1"));
	assert_string_equal(heard(b), "");
	archives_read(b->archives, ROOM);
	sent_query(b);
	archives_offline(b->archives);
	queries_drop(b->queries);
	assert_string_equal(heard(b), "");
	archives_read(b->archives, ROOM);
	archives_none(b->archives, NULL);
	assert_string_equal(xml_sent(&b->world), "");
	assert_string_equal(heard(b), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(archives_read__asks__from_where_it_was_told),
		TEST(archives_read__turns__page_after_page),
		TEST(archives_take__believes__only_the_archive_that_was_asked),
		TEST(archives_read__starts__from_the_time_where_the_message_is_gone),
		TEST(archives_read__knows__what_is_for_good),
		TEST(archives_tick__tries__again_where_it_stood),
		TEST(archives_read__pauses__before_too_much),
		TEST(archives_expect__ends__what_was_going_on),
	};

	return cmocka_run_group_tests_name("archives", tests, NULL, NULL);
}

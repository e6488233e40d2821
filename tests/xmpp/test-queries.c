#include "xml.h"

#include "queries.h"

struct told {
	int times;
	bool answered;
	char subject[64];
};

static void hear(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct told *told = userdata;

	told->times++;
	told->answered = answer;
	snprintf(told->subject, sizeof(told->subject), "%s", subject ? subject : "-");
}

static struct queries *make(struct xml_world *w)
{
	xml_sent(w);
	return queries_new(&w->wire, "bot@localhost", &w->clock, &w->chance);
}

static const char *ask(
	struct xml_world *w, struct queries *queries, const char *to, struct told *told)
{
	xmpp_stanza_t *query;

	queries_send(queries, queries_ask(queries, "get", to, "ping", "urn:xmpp:ping", &query),
		1000, "why", hear, told);
	return xml_id_in(w, xml_sent(w));
}

static bool answer(struct xml_world *w, struct queries *queries, const char *from, const char *id)
{
	return queries_answer(queries,
		xml_stanza(w, pool_printf(w->pool, "<iq type='result' id='%s'%s/>", id,
				      from ? pool_printf(w->pool, " from='%s'", from) : "")));
}

static void queries_answer__believes__only_whom_was_asked(void **state)
{
	static const struct {
		const char *to, *from;
		bool believed;
	} cases[] = {
		{"den@muc/bot", "den@muc/bot", true},
		{"den@muc/bot", "den@muc/evil", false},
		{"den@muc", "den@muc/evil", false},
		{"den@muc", NULL, false},
		{NULL, NULL, true},
		{NULL, "localhost", true},
		{NULL, "bot@localhost", true},
		{NULL, "bot@localhost/x", true},
		{NULL, "evil@localhost", false},
		{"bot@localhost", NULL, true},
		{"bot@localhost", "bot@localhost", true},
	};
	struct xml_world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct queries *queries = make(w);
		struct told told = {0};
		const char *id = ask(w, queries, cases[i].to, &told);

		if (answer(w, queries, cases[i].from, id) != cases[i].believed)
			fail_msg("case %zu", i);
		assert_int_equal(told.times, cases[i].believed);
		queries_free(&queries);
	}
}

static void queries_answer__tells__each_asker_once(void **state)
{
	struct xml_world *w = *state;
	struct queries *queries = make(w);
	struct told one = {0}, two = {0};
	const char *first = ask(w, queries, "a@b", &one);
	const char *second = ask(w, queries, "a@b", &two);

	assert_string_not_equal(first, second);
	assert_true(answer(w, queries, "a@b", second));
	assert_false(answer(w, queries, "a@b", second));
	assert_int_equal(one.times, 0);
	assert_int_equal(two.times, 1);
	assert_true(two.answered);
	assert_string_equal(two.subject, "why");
	queries_free(&queries);
}

static void queries_tick__gives_up__at_the_deadline(void **state)
{
	struct xml_world *w = *state;
	struct queries *queries = make(w);
	struct told told = {0};
	const char *id = ask(w, queries, "a@b", &told);

	xml_pass(w, 999);
	queries_tick(queries);
	assert_int_equal(told.times, 0);
	xml_pass(w, 1);
	queries_tick(queries);
	assert_int_equal(told.times, 1);
	assert_false(told.answered);
	assert_false(answer(w, queries, "a@b", id));
	queries_free(&queries);
}

static void queries_send__refuses__more_than_it_can_keep(void **state)
{
	struct xml_world *w = *state;
	struct queries *queries = make(w);
	struct told told = {0};

	for (int i = 0; i < 256; i++)
		ask(w, queries, "a@b", &told);
	assert_int_equal(told.times, 0);
	queries_send(queries, stanza_new(w->ctx, "iq", NULL), 1000, "over", hear, &told);
	assert_int_equal(told.times, 1);
	assert_string_equal(xml_sent(w), "");
	queries_drop(queries);
	assert_int_equal(told.times, 257);
	queries_free(&queries);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries_answer__believes__only_whom_was_asked),
		cmocka_unit_test(queries_answer__tells__each_asker_once),
		cmocka_unit_test(queries_tick__gives_up__at_the_deadline),
		cmocka_unit_test(queries_send__refuses__more_than_it_can_keep),
	};

	return cmocka_run_group_tests_name("queries", tests, xml_setup, xml_teardown);
}

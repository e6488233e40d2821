#include "xml.h"

#include "mam_prefs.h"

#define OWN "bot@localhost"
#define PREFS "<prefs xmlns='urn:xmpp:mam:2' default="

enum told { UNTOLD, KEPT, NOT_KEPT };

struct bench {
	struct xml_world world;
	struct queries *queries;
	struct mam_prefs prefs;
	enum told told;
};

static void told(void *userdata, bool kept)
{
	struct bench *b = userdata;

	assert_int_equal(b->told, UNTOLD);
	b->told = kept ? KEPT : NOT_KEPT;
}

static int setup(void **state)
{
	static struct bench b;

	b = (struct bench){0};
	xml_world_init(&b.world);
	b.queries = queries_new(&b.world.wire, OWN, &b.world.clock, &b.world.chance);
	b.prefs = (struct mam_prefs){b.queries, OWN, told, &b};
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	queries_free(&b->queries);
	xml_world_release(&b->world);
	return 0;
}

/* content NULL: an error. */
static void is_answered(struct bench *b, const char *sent, const char *content)
{
	assert_true(queries_answer(b->queries,
		xml_stanza(
			&b->world, pool_printf(b->world.pool, "<iq type='%s' id='%s'>%s</iq>",
					   content ? "result" : "error", xml_id_in(&b->world, sent),
					   content ? content : ""))));
}

static void mam_prefs_settle__leaves__alone_what_is_as_it_should_be(void **state)
{
	static const char *const answers[] = {PREFS "'always'/>",
		PREFS "'always'><always><jid>a@b</jid></always><never/></prefs>",
		NULL, /* it knows nothing of preferences */
		"<other/>"};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		const char *sent;

		b->told = UNTOLD;
		mam_prefs_settle(&b->prefs);
		sent = xml_sent(&b->world);
		assert_contains(sent, "type=\"get\"");
		is_answered(b, sent, answers[i]);
		assert_int_equal(b->told, KEPT);
		assert_string_equal(xml_sent(&b->world), "");
	}
	b->told = UNTOLD;
	mam_prefs_settle(&b->prefs);
	xml_pass(&b->world, 30000);
	queries_tick(b->queries);
	assert_int_equal(b->told, KEPT);
}

static void mam_prefs_settle__changes__what_would_not_keep_all(void **state)
{
	static const char *const answers[] = {PREFS "'never'/>", PREFS "'roster'/>",
		PREFS "'always'><always/><never><jid>a@b</jid></never></prefs>"};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		const char *sent;

		b->told = UNTOLD;
		mam_prefs_settle(&b->prefs);
		is_answered(b, xml_sent(&b->world), answers[i]);
		assert_int_equal(b->told, UNTOLD);
		sent = xml_sent(&b->world);
		assert_contains(sent, "type=\"set\"");
		assert_contains(sent, "default=\"always\"");
		assert_contains(sent, "<always/><never/>");
		is_answered(b, sent, i ? PREFS "'always'/>" : NULL);
		assert_int_equal(b->told, NOT_KEPT);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(mam_prefs_settle__leaves__alone_what_is_as_it_should_be),
		TEST(mam_prefs_settle__changes__what_would_not_keep_all),
	};

	return cmocka_run_group_tests_name("mam_prefs", tests, NULL, NULL);
}

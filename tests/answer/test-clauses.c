#include "packs.h"

#include "buf.h"
#include "engine.h"
#include "normalise.h"
#include "pool.h"
#include "repair.h"

static struct loaded loaded;
static struct pool *pool;

static int setup(void **state)
{
	(void)state;
	packs_load_well(&loaded, "library");
	pool = pool_new(4096);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	pool_free(&pool);
	packs_unload(&loaded);
	return 0;
}

static struct reading read_said(const char *said)
{
	struct answer_engine *e = loaded.engine;
	struct reading reading;
	struct utterance u;

	normalise(e->spelling, pool, said, strlen(said), &u);
	repair_look_up(e->words, &u);
	engine_read(e, pool, &u, &reading);
	return reading;
}

static void clauses_read__finds__what_is_asked_and_what_is_story(void **state)
{
	static const struct {
		const char *said, *clauses; /* start-end, with ? where it asks */
	} cases[] = {
		{"when does it open", "0-4?"},
		{"it opens at nine", "0-4"},
		{"it opens at nine?", "0-4?"},
		{"my card is lost. what does a new one cost", "0-4 4-10?"},
		{"my card is lost, what does a new one cost", "0-4 4-10?"},
		{"my card is lost, and so are you", "0-8"},
		{"hello, when does it open", "0-1 1-5?"},
		{"hi there, and when does it open",
			"0-2 2-7?"}, /* past words that only lead to it */
		{"i have a card; i wonder if it costs anything", "0-4 4-10?"},
		{"when does it open? i work late.", "0-4? 4-7"},
		{"one\ntwo\nthree", "0-1 1-2 2-3"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct reading r = read_said(cases[i].said);
		char out[80] = "";
		size_t len = 0;
		bool any = false;

		for (size_t k = 0; k < r.clauses.count; k++) {
			const struct clause *c = &r.clauses.items[k];

			any |= c->asks;
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%u-%u%s",
				len ? " " : "", c->start, c->end, c->asks ? "?" : "");
		}
		if (strcmp(out, cases[i].clauses))
			fail_msg("`%s`: %s; expected %s", cases[i].said, out, cases[i].clauses);
		assert_int_equal(r.clauses.any_asks, any);
	}
}

/* --- features: what the model sees --- */

static const char *features_of(const char *said)
{
	const struct reading r = read_said(said);
	struct feature_list list;
	struct buf names;
	char *text;

	feature_extract(loaded.engine->features, pool, &r, &list);
	buf_init(&names, BUF_REPLY);
	buf_add_char(&names, ';');
	for (size_t i = 0; i < list.count; i++) {
		feature_name(loaded.engine->features, list.items[i].id, &names);
		buf_add_char(&names, ';');
	}
	text = pool_strndup(pool, names.data, names.len);
	buf_release(&names);
	return text;
}

static bool has(const char *features, const char *name)
{
	return strstr(features, pool_printf(pool, ";%s;", name));
}

static void feature_extract__names__concepts_stems_pairs_and_neighbours(void **state)
{
	const char *f = features_of("when does the harbour branch open?");

	(void)state;
	assert_true(has(f, "<open>"));
	assert_true(has(f, "<harbour>"));
	assert_true(has(f, "<harbour> & <open>"));
	assert_true(has(f, "branch"));
	assert_true(has(f, "asks: 1"));
	assert_true(has(f, "unknown words: 0"));
	assert_false(has(f, "<hill>"));
	assert_false(has(f, "<late>"));
}

static void feature_extract__gives__each_once_at_length_one(void **state)
{
	static const char *const said[] = {
		"when does the harbour branch open?",
		"open open open open open open open open open open",
		"books and cards and books and cards and late books",
		"zxcv qwerty asdf",
		"open",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const struct reading r = read_said(said[i]);
		struct feature_list list;
		float squares = 0.0f;

		feature_extract(loaded.engine->features, pool, &r, &list);
		assert_true(list.count > 0);
		for (size_t k = 0; k < list.count; k++) {
			assert_true(k == 0 || list.items[k].id > list.items[k - 1].id);
			assert_true(list.items[k].id < feature_total(loaded.engine->features));
			squares += list.items[k].value * list.items[k].value;
		}
		assert_true(squares <= 1.001f); /* strange words take their part of it */
	}
}

static void feature_extract__gives__the_same_again(void **state)
{
	(void)state;
	assert_string_equal(features_of("is the hill branch open late"),
		features_of("Is the HILL branch   open late"));
}

static void feature_extract__counts__what_is_not_understood(void **state)
{
	static const struct {
		const char *said;
		unsigned content, unexplained, unknown;
		bool in_domain;
	} cases[] = {
		{"when is the harbour branch open", 3, 0, 0, true},
		{"when is the zeppelin open", 2, 1, 1, false},
		{"please please hello", 0, 0, 0, false},
		{"of the in for", 0, 0, 0, false},
		{"zeppelins over zanzibar", 3, 3, 3, false},
		{"books", 1, 1, 0, false},        /* said in the pack, if in no concept */
		{"as a student", 0, 0, 0, false}, /* who speaks, not what is asked */
		{"", 0, 0, 0, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct reading r = read_said(cases[i].said);
		struct feature_list list;
		struct leftover left;

		feature_extract(loaded.engine->features, pool, &r, &list);
		left = list.leftover;
		if (left.content != cases[i].content || left.unexplained != cases[i].unexplained ||
			left.unknown != cases[i].unknown || left.in_domain != cases[i].in_domain)
			fail_msg("`%s`: %u content, %u unexplained, %u unknown, %d", cases[i].said,
				left.content, left.unexplained, left.unknown, left.in_domain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clauses_read__finds__what_is_asked_and_what_is_story),
		cmocka_unit_test(feature_extract__names__concepts_stems_pairs_and_neighbours),
		cmocka_unit_test(feature_extract__gives__each_once_at_length_one),
		cmocka_unit_test(feature_extract__gives__the_same_again),
		cmocka_unit_test(feature_extract__counts__what_is_not_understood),
	};

	return cmocka_run_group_tests_name("clauses and features", tests, setup, teardown);
}

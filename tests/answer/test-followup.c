#include "packs.h"

#include "followup.h"
#include "normalise.h"
#include "pool.h"
#include "questions.h"
#include "repair.h"

static struct loaded loaded;
static struct pool *pool;

static int setup(void **state)
{
	(void)state;
	packs_load_well(&loaded, "library");
	pool = pool_new(16 * 1024);
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

/* A talk in which this was answered last, and these may be chosen from. */
static struct talk talk_of(
	const char *answered, const char *context, const char *list, bool offered)
{
	struct talk talk = {.offered = offered};

	talks_put(talk.answered, sizeof(talk.answered), answered);
	talks_put(talk.context, sizeof(talk.context), context);
	while (*list) {
		size_t len = strcspn(list, " ");

		talks_put(talk.list[talk.list_count++], TALK_ID_MAX, pool_strndup(pool, list, len));
		list += len + (list[len] == ' ');
	}
	return talk;
}

static const char *const kinds[] = {[FOLLOWUP_NONE] = "none",
	[FOLLOWUP_PICK] = "pick",
	[FOLLOWUP_MORE] = "more",
	[FOLLOWUP_SOURCE] = "source",
	[FOLLOWUP_YES] = "yes",
	[FOLLOWUP_NO] = "no",
	[FOLLOWUP_LEANS] = "leans"};

static void assert_kind(const struct talk *talk, const char *said, const char *kind, const char *id)
{
	const struct reading reading = read_said(said);
	struct followup f;

	followup_read(loaded.engine, pool, talk, &reading, &f);
	if (strcmp(kinds[f.kind], kind))
		fail_msg("`%s` is %s, not %s", said, kinds[f.kind], kind);
	if (id)
		assert_string_equal(f.id, id);
}

static void followup_read__picks__from_a_list(void **state)
{
	static const struct {
		const char *said, *kind, *id;
	} cases[] = {
		{"1", "pick", "hours.harbour"},
		{"2", "pick", "hours.hill"},
		{"the first one", "pick", "hours.harbour"},
		{"the second one please", "pick", "hours.hill"},
		{"second one?", "pick", "hours.hill"},
		{"the last", "pick", "hours.hill"},
		{"and the last one?", "pick", "hours.hill"},
		{"tell me more about the second one", "pick", "hours.hill"},
		{"what is the first book i should borrow from you", "none", NULL},
	};
	const struct talk talk = talk_of(
		"hours.overview", "when is the library open", "hours.harbour hours.hill", false);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_kind(&talk, cases[i].said, cases[i].kind, cases[i].id);
	/* There is no third. */
	assert_int_not_equal(talk.list_count, 3);
	{
		const struct reading reading = read_said("the third one");
		struct followup f;

		followup_read(loaded.engine, pool, &talk, &reading, &f);
		assert_int_not_equal(f.kind, FOLLOWUP_PICK);
	}
}

static void followup_read__picks__nothing_without_a_list(void **state)
{
	const struct talk talk = talk_of("card.reader", "what is a reader card", "", false);
	static const char *const said[] = {"1", "the second one", "the last one"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const struct reading reading = read_said(said[i]);
		struct followup f;

		followup_read(loaded.engine, pool, &talk, &reading, &f);
		assert_int_not_equal(f.kind, FOLLOWUP_PICK);
		assert_null(f.id);
	}
}

static void followup_read__takes__yes_and_no_to_an_offer(void **state)
{
	const struct talk two = talk_of("", "cards", "card.reader card.family", true);
	const struct talk one = talk_of("", "cards", "card.family", true);
	const struct talk none = talk_of(
		"hours.overview", "when is the library open", "hours.harbour hours.hill", false);

	(void)state;
	assert_kind(&two, "yes", "yes", NULL);
	assert_kind(&two, "yeah please", "yes", NULL);
	assert_kind(&two, "no", "no", NULL);
	assert_kind(&two, "nope", "no", NULL);
	assert_kind(&two, "2", "pick", "card.family");
	assert_kind(&two, "yes, the first one", "pick", "card.reader");
	assert_kind(&one, "yes", "pick", "card.family");
	assert_kind(&one, "no", "no", NULL);
	/* A list that was part of an answer is no offer. */
	for (size_t i = 0; i < 2; i++) {
		const struct reading reading = read_said(i ? "yes" : "no");
		struct followup f;

		followup_read(loaded.engine, pool, &none, &reading, &f);
		assert_int_not_equal(f.kind, FOLLOWUP_YES);
		assert_int_not_equal(f.kind, FOLLOWUP_NO);
		assert_int_not_equal(f.kind, FOLLOWUP_PICK);
	}
}

static void followup_read__takes__more_and_source_of_an_answer(void **state)
{
	const struct talk answered = talk_of("card.reader", "what is a reader card", "", false);
	const struct talk fresh = talk_of("", "", "", false);

	(void)state;
	assert_kind(&answered, "more", "more", NULL);
	assert_kind(&answered, "tell me more please", "more", NULL);
	assert_kind(&answered, "go on", "more", NULL);
	assert_kind(&answered, "source?", "source", NULL);
	assert_kind(&answered, "says who", "source", NULL);
	assert_kind(&answered, "where is that from", "source", NULL);
	/* Of what? That is for the reply to ask. */
	assert_kind(&fresh, "tell me more", "more", NULL);
	assert_kind(&fresh, "says who", "none", NULL);
}

/* Whether one of the whole questions that it may be is this one. */
static void assert_whole(const struct talk *talk, const char *said, const char *want)
{
	const struct reading reading = read_said(said);
	struct followup f;

	followup_read(loaded.engine, pool, talk, &reading, &f);
	if (f.kind != FOLLOWUP_LEANS)
		fail_msg("`%s` is %s", said, kinds[f.kind]);
	for (size_t i = 0; i < f.whole_count; i++)
		if (!strcmp(f.whole[i].text, want))
			return;
	fail_msg("`%s` after `%s` is not `%s` but `%s`", said, talk->context, want,
		f.whole_count ? f.whole[0].text : "");
}

static void followup_read__makes_whole__with_what_was_said_before(void **state)
{
	static const struct {
		const char *context, *said, *whole;
	} cases[] = {
		/* a place put in, and put in another's place */
		{"when is the library open", "and at the hill branch?",
			"when is the library open in hill branch"},
		{"when does the harbour branch open", "and the hill branch?",
			"when does the hill branch open"},
		/* a subject */
		{"what is a reader card", "what about a family card", "what is a family card"},
		/* both */
		{"what is a reader card at the harbour", "a family card at the hill?",
			"what is a family card at the hill"},
		/* whom they speak of */
		{"what is a reader card", "what does it cost", "what does reader card cost"},
		/* a comparison with half of it missing */
		{"what is a reader card", "how is that different from a family card",
			"different reader card and family card"},
		/* a correction */
		{"when does the harbour branch open", "no i meant the hill",
			"when does the hill open"},
		/* more of the same */
		{"what does a late book cost", "and on sundays?",
			"what does a late book cost and on sundays"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct talk talk = talk_of("x", cases[i].context, "", false);

		assert_whole(&talk, cases[i].said, cases[i].whole);
	}
}

static void followup_read__leaves__what_stands_alone(void **state)
{
	static const char *const said[] = {
		"which of the many new books about the sea can you recommend to a child",
		"",
		"🙂",
	};
	const struct talk talk = talk_of("card.reader", "what is a reader card", "", false);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		assert_kind(&talk, said[i], "none", NULL);
}

static void followup_read__keeps__what_it_makes_bounded(void **state)
{
	const struct reading reading = read_said("and the hill?");
	char context[TALK_CONTEXT_MAX];
	struct followup f;
	struct talk talk;

	(void)state;
	memset(context, 'a', sizeof(context) - 1);
	context[sizeof(context) - 1] = '\0';
	for (size_t i = 3; i + 1 < sizeof(context); i += 4)
		context[i] = ' ';
	talk = talk_of("x", context, "", false);
	followup_read(loaded.engine, pool, &talk, &reading, &f);
	assert_true(f.whole_count <= FOLLOWUP_WHOLE_MAX);
	for (size_t i = 0; i < f.whole_count; i++)
		assert_true(strlen(f.whole[i].text) <= TALK_CONTEXT_MAX);
}

/* --- several questions in one message --- */

/* "card.reader hours.overview": what is asked, in order; ? for what has no answer. */
static const char *asked_in(const char *said)
{
	const struct reading reading = read_said(said);
	struct questions q;
	char *out = pool_strdup(pool, "");

	questions_read(loaded.engine, pool, NULL, &reading, &q);
	for (size_t i = 0; i < q.count; i++) {
		const struct verdict *v = &q.items[i].verdict;
		const char *id = v->outcome == ANSWER_ANSWER
					 ? decide_answer_id(loaded.engine, v->class)
					 : "?";

		out = pool_printf(pool, "%s%s%s", out, *out ? " " : "", id);
	}
	return out;
}

static void questions_read__finds__each_question(void **state)
{
	static const struct {
		const char *said, *ids;
	} cases[] = {
		{"when is the library open?", "hours.overview"},
		{"what is a reader card and when is the library open?",
			"card.reader hours.overview"},
		{"what is a reader card? when is the library open?", "card.reader hours.overview"},
		{"when is the library open, and what is a family card",
			"hours.overview card.family"},
		{"what is a reader card? when is the library open? is there a fine for late books?",
			"card.reader hours.overview fee.late"},
		/* a comparison has two sides by nature */
		{"how does a reader card differ from a family card", "compare.cards"},
		{"what is the difference between a reader card and a family card?",
			"compare.cards"},
		/* hello is answered only where nothing is asked */
		{"hello", "bot.greeting"},
		{"hello, when is the library open?", "hours.overview"},
		{"hi! what is a reader card? when is the library open?",
			"card.reader hours.overview"},
		/* twice the same is once */
		{"when is the library open? when is the library open?", "hours.overview"},
		{"asdf jklm", "?"},
		{"", "?"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (strcmp(asked_in(cases[i].said), cases[i].ids))
			fail_msg("`%s`: %s; expected %s", cases[i].said, asked_in(cases[i].said),
				cases[i].ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(followup_read__picks__from_a_list),
		cmocka_unit_test(followup_read__picks__nothing_without_a_list),
		cmocka_unit_test(followup_read__takes__yes_and_no_to_an_offer),
		cmocka_unit_test(followup_read__takes__more_and_source_of_an_answer),
		cmocka_unit_test(followup_read__makes_whole__with_what_was_said_before),
		cmocka_unit_test(followup_read__leaves__what_stands_alone),
		cmocka_unit_test(followup_read__keeps__what_it_makes_bounded),
		cmocka_unit_test(questions_read__finds__each_question),
	};

	return cmocka_run_group_tests_name("follow-ups and questions", tests, setup, teardown);
}

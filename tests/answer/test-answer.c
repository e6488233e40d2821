#include "packs.h"

#include "buf.h"
#include "clock.h"
#include "utf8.h"

struct visit {
	struct loaded loaded;
	struct clock_hand hand;
	struct clock clock;
	struct answer_talks *talks;
};

static int setup(void **state)
{
	static struct visit visit;

	packs_load_well(&visit.loaded, "library");
	visit.clock = clock_by_hand(&visit.hand);
	visit.talks = answer_talks_new(4, 60 * 1000, &visit.clock);
	*state = &visit;
	return 0;
}

static int teardown(void **state)
{
	struct visit *visit = *state;

	answer_talks_free(&visit->talks);
	packs_unload(&visit->loaded);
	return 0;
}

static struct answer_reply ask_as(
	struct visit *v, enum answer_place place, const char *talk, const char *text)
{
	const struct answer_question question = {
		.text = text, .len = strlen(text), .place = place, .talk = talk};
	struct answer_reply reply;

	answer_ask(v->loaded.engine, v->talks, &question, &reply);
	return reply;
}

static struct answer_reply ask(struct visit *v, const char *text)
{
	return ask_as(v, ANSWER_DIRECT, NULL, text);
}

static void assert_answered(const struct answer_reply *reply, const char *id, const char *text)
{
	assert_int_equal(reply->outcome, ANSWER_ANSWER);
	assert_int_equal(reply->answers.count, 1);
	assert_string_equal(reply->answers.ids[0], id);
	assert_string_equal(reply->text, text);
}

static void answer_ask__gives__the_form_of_the_place(void **state)
{
	static const char said[] = "does the hill branch open?";
	struct answer_reply reply;

	reply = ask_as(*state, ANSWER_DIRECT, NULL, said);
	assert_answered(
		&reply, "hours.hill", "The hill branch is open from 12 to 20, on Sundays too.");
	assert_true(reply.confidence > 0.99);
	reply = ask_as(*state, ANSWER_ROOM, NULL, said);
	assert_answered(&reply, "hours.hill", "The hill branch is open from 12 to 20.");
	reply = ask_as(*state, ANSWER_OVERHEARD, NULL, said);
	assert_answered(&reply, "hours.hill", "The hill branch is open from 12 to 20.");
}

static void answer_ask__stays__silent_where_nobody_asked_it(void **state)
{
	static const char *const said[] = {"hello", "the hill branch is open", "parking?",
		"asdf jkl", "", "🙂", "1", "more", "where do you park"};

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const struct answer_reply reply = ask_as(*state, ANSWER_OVERHEARD, "room", said[i]);

		assert_int_equal(reply.outcome, ANSWER_SILENT);
		assert_string_equal(reply.text, "");
		assert_int_equal(
			reply.answers.count + reply.suggest.count + reply.nearest.count, 0);
	}
}

static void answer_ask__says__honestly_what_is_uncovered(void **state)
{
	const struct answer_reply reply = ask(*state, "what does parking cost?");

	assert_int_equal(reply.outcome, ANSWER_UNCOVERED);
	assert_string_equal(reply.text, "The leaflet says nothing about parking.");
	assert_int_equal(reply.answers.count, 0);
	assert_int_equal(reply.nearest.count, 1);
	assert_string_equal(reply.nearest.ids[0], "fee.late");
	assert_true(reply.confidence == 0.0);
}

static void answer_ask__goes_on__with_a_talk(void **state)
{
	static const struct {
		const char *said, *id;
	} turns[] = {
		{"when is the library open?", "hours.overview"},
		{"the second one", "hours.hill"},
		{"and the harbour?", "hours.harbour"},
		{"what is a reader card?", "card.reader"},
		{"how is that different from a family card?", "compare.cards"},
		{"is there a fine for late books?", "fee.late"},
		{"hello", "bot.greeting"},
	};

	for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
		const struct answer_reply reply =
			ask_as(*state, ANSWER_DIRECT, "anna", turns[i].said);

		assert_int_equal(reply.answers.count, 1);
		assert_string_equal(reply.answers.ids[0], turns[i].id);
	}
}

static void answer_ask__goes_on__with_what_it_refers_to(void **state)
{
	static const struct {
		const char *about, *other, *said, *id;
	} cases[] = {
		{"card.reader", NULL, "tell me more", "card.reader"},
		{NULL, NULL, "tell me more", "fee.late"},
		{"hours.hill", NULL, "and the harbour?", "hours.harbour"},
		{"hours.overview", NULL, "the second one", "hours.hill"},
		{"fee.late", "card.reader", "the first one", "fee.late"},
		{"gone", NULL, "tell me more", "fee.late"},
		{"hours.hill", NULL, "what is a family card?", "card.family"},
	};
	struct visit *v = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct answer_question question = {.text = cases[i].said,
			.len = strlen(cases[i].said),
			.talk = "anna",
			.about = {{cases[i].about, cases[i].other},
				(size_t) !!cases[i].about + !!cases[i].other}};
		struct answer_reply reply;

		(void)ask_as(v, ANSWER_DIRECT, "anna", "is there a fine for late books?");
		answer_ask(v->loaded.engine, v->talks, &question, &reply);
		if (reply.answers.count != 1 || strcmp(reply.answers.ids[0], cases[i].id) != 0)
			fail_msg("case %zu: %s", i, reply.text);
	}
}

static void answer_ask__gives__the_whole_and_its_source(void **state)
{
	struct answer_reply reply;

	reply = ask_as(*state, ANSWER_ROOM, "anna", "what is a reader card");
	assert_answered(&reply, "card.reader", "A reader card is for one.");
	reply = ask_as(*state, ANSWER_ROOM, "anna", "tell me more");
	assert_answered(
		&reply, "card.reader", "A reader card is for one person and costs nothing.");
	reply = ask_as(*state, ANSWER_ROOM, "anna", "says who");
	assert_answered(&reply, "card.reader", "That is from the leaflet of 2024, Page 2.");
	reply = ask_as(*state, ANSWER_DIRECT, "dora", "tell me more");
	assert_int_equal(reply.outcome, ANSWER_UNKNOWN);
	assert_string_equal(reply.text, "More of what?");
	/* Nobody else has been told anything yet. */
	reply = ask_as(*state, ANSWER_ROOM, "boris", "says who");
	assert_int_not_equal(reply.outcome, ANSWER_ANSWER);
}

static void answer_ask__forgets__a_talk_by_the_clock(void **state)
{
	struct visit *v = *state;

	(void)ask_as(v, ANSWER_DIRECT, "anna", "when is the library open?");
	v->hand.mono += 60 * 1000 + 1;
	assert_int_not_equal(
		ask_as(v, ANSWER_DIRECT, "anna", "the second one").outcome, ANSWER_ANSWER);
}

static void answer_ask__answers__two_questions_in_one_reply(void **state)
{
	const struct answer_reply reply =
		ask(*state, "what is a reader card and when does the hill branch open?");

	assert_int_equal(reply.answers.count, 2);
	assert_string_equal(reply.answers.ids[0], "card.reader");
	assert_string_equal(reply.answers.ids[1], "hours.hill");
	assert_string_equal(reply.text, "A reader card is for one person and costs nothing.\n\n"
					"The hill branch is open from 12 to 20, on Sundays too.");
}

/* Two questions, in whatever form they come. */
static void answer_ask__cuts__what_asks_twice(void **state)
{
	static const struct {
		const char *said, *first, *second;
	} pairs[] = {
		{"the hours of the hill branch and also the fine for late books", "hours.hill",
			"fee.late"},
		{"what is a family card, and when does the hill branch open, I am there tomorrow",
			"card.family", "hours.hill"},
		{"How is a reader card different from a family card, and when does the hill open?",
			"compare.cards", "hours.hill"},
		{"reader card + what is the fine for late books", "card.reader", "fee.late"},
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		const struct answer_reply reply = ask(*state, pairs[i].said);

		if (reply.answers.count != 2)
			fail_msg("`%s` has %zu answers", pairs[i].said, reply.answers.count);
		assert_string_equal(reply.answers.ids[0], pairs[i].first);
		assert_string_equal(reply.answers.ids[1], pairs[i].second);
	}
}

static void answer_ask__varies__what_it_says_twice(void **state)
{
	char *first =
		strdup(ask_as(*state, ANSWER_ROOM, "anna", "is there a fine for late books?").text);
	const struct answer_reply again =
		ask_as(*state, ANSWER_ROOM, "anna", "is there a fine for late books?");

	assert_string_not_equal(first, again.text);
	free(first);
}

/* Remembers what was said, for ever. */
static bool never_again(void *userdata, const char *line)
{
	struct buf *said = userdata;
	bool is_new = !strstr(said->data, line);

	buf_addf(said, "%s\n", line);
	return is_new;
}

static void answer_ask__varies__for_all_who_listen(void **state)
{
	static const struct {
		const char *text;
		enum answer_place place;
		const char *second, *third;
	} cases[] = {
		{"is there a fine for late books?", ANSWER_ROOM, "bert", "carl"},
		{"flurb grmpf", ANSWER_DIRECT, "dora", "emil"},
	};
	struct visit *v = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf said;
		const struct answer_variety variety = {never_again, &said};
		struct answer_question question = {.text = cases[i].text,
			.len = strlen(cases[i].text),
			.place = cases[i].place,
			.variety = &variety};
		struct answer_reply reply;
		char *first;

		buf_init(&said, BUF_REPLY);
		answer_ask(v->loaded.engine, v->talks, &question, &reply);
		first = strdup(reply.text);
		/* Somebody else, whose talk begins. */
		question.talk = cases[i].second;
		answer_ask(v->loaded.engine, v->talks, &question, &reply);
		assert_string_not_equal(reply.text, first);
		/* There are but two variants. */
		question.talk = cases[i].third;
		answer_ask(v->loaded.engine, v->talks, &question, &reply);
		assert_string_equal(reply.text, first);
		free(first);
		buf_release(&said);
	}
}

static void answer_ask__survives__whatever_is_said(void **state)
{
	static const char *const pieces[] = {"a", "\xff", "open ", "(", "<open>",
		"how much * make ", "harbour and ", "reader card, ", "?", "👩‍💻", "1 ",
		"%s%n", "'", "\n", "hello? "};
	static char text[64 * 1024 + 1];

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
		for (size_t place = ANSWER_DIRECT; place <= ANSWER_OVERHEARD; place++) {
			size_t len = strlen(pieces[i]), used = 0;
			struct answer_reply reply;

			for (; used + len < sizeof(text); used += len)
				memcpy(text + used, pieces[i], len);
			text[used] = '\0';
			reply = ask_as(*state, (enum answer_place)place, "anna", text);
			assert_true(utf8_valid(reply.text, strlen(reply.text)));
			assert_int_equal(reply.outcome == ANSWER_ANSWER, reply.answers.count > 0);
		}
}

static void answer_ask__explains__on_request_only(void **state)
{
	struct visit *v = *state;
	struct answer_question question = {.text = "whats a raeder crad? zeppelins!", .len = 31};
	struct answer_reply reply;

	answer_ask(v->loaded.engine, NULL, &question, &reply);
	assert_null(reply.explanation);
	question.explain = true;
	answer_ask(v->loaded.engine, NULL, &question, &reply);
	assert_non_null(reply.explanation);
	assert_non_null(strstr(reply.explanation->normalised, "what is a"));
	assert_non_null(strstr(reply.explanation->unused, "zeppelins"));
	assert_true(reply.explanation->candidate_count > 0);
	assert_true(*reply.explanation->rule != '\0');
	for (size_t i = 0; i < reply.explanation->candidate_count; i++) {
		const struct answer_candidate *c = &reply.explanation->candidates[i];

		assert_true(c->score >= 0.0 && c->score <= 1.0);
		assert_true(i == 0 || c->score <= c[-1].score);
	}
}

static void answer_voice__fills_in__and_takes_turns(void **state)
{
	struct visit *v = *state;
	struct answer_engine *e = v->loaded.engine;

	assert_string_equal(answer_voice(e, "too-fast", 0, NULL, NULL), "Slowly, please.");
	assert_string_equal(
		answer_voice(e, "not-understood", 0, NULL, NULL), "I did not get that.");
	assert_string_equal(answer_voice(e, "not-understood", 1, NULL, NULL), "Pardon?");
	assert_string_equal(
		answer_voice(e, "not-understood", 2, NULL, NULL), "I did not get that.");
	assert_string_equal(
		answer_voice(e, "privacy-stored", 0, "count", "{count} 7"), "I keep {count} 7.");
	assert_string_equal(answer_voice(e, "privacy-stored", 0, "other", "7"), "I keep {count}.");
}

static void answer_engine_counts__tells__what_is_in_a_pack(void **state)
{
	struct visit *v = *state;
	const struct answer_counts counts = answer_engine_counts(v->loaded.engine);

	assert_int_equal(counts.answers, 8);
	assert_int_equal(counts.intents, 9);
	assert_int_equal(counts.concepts, 11);
	assert_int_equal(counts.likes, 27);
	assert_int_equal(counts.near, 3);
	assert_int_equal(counts.foreign, 3);
	assert_int_equal(counts.tests, 2);
	assert_true(counts.features > 20);
}

static void answer_outcome_name__is__the_word_of_the_contract(void **state)
{
	(void)state;
	assert_string_equal(answer_outcome_name(ANSWER_ANSWER), "answer");
	assert_string_equal(answer_outcome_name(ANSWER_CLARIFY), "clarify");
	assert_string_equal(answer_outcome_name(ANSWER_SUGGEST), "suggest");
	assert_string_equal(answer_outcome_name(ANSWER_UNCOVERED), "uncovered");
	assert_string_equal(answer_outcome_name(ANSWER_UNKNOWN), "unknown");
	assert_string_equal(answer_outcome_name(ANSWER_SILENT), "silent");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(answer_ask__gives__the_form_of_the_place),
		TEST(answer_ask__stays__silent_where_nobody_asked_it),
		TEST(answer_ask__says__honestly_what_is_uncovered),
		TEST(answer_ask__goes_on__with_a_talk),
		TEST(answer_ask__goes_on__with_what_it_refers_to),
		TEST(answer_ask__gives__the_whole_and_its_source),
		TEST(answer_ask__forgets__a_talk_by_the_clock),
		TEST(answer_ask__answers__two_questions_in_one_reply),
		TEST(answer_ask__cuts__what_asks_twice),
		TEST(answer_ask__varies__what_it_says_twice),
		TEST(answer_ask__varies__for_all_who_listen),
		TEST(answer_ask__survives__whatever_is_said),
		TEST(answer_ask__explains__on_request_only),
		TEST(answer_voice__fills_in__and_takes_turns),
		TEST(answer_engine_counts__tells__what_is_in_a_pack),
		cmocka_unit_test(answer_outcome_name__is__the_word_of_the_contract),
	};

	return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}

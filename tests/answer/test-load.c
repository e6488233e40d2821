#include "packs.h"

#include "buf.h"
#include "utf8.h"

static int setup(void **state)
{
	static struct pack_copy copy;

	packs_copy(&copy, "library");
	*state = &copy;
	return 0;
}

static int teardown(void **state)
{
	packs_remove(*state);
	return 0;
}

static struct answer_engine *load(const struct answer_options *options, struct problems **problems)
{
	struct answer_engine *engine;

	*problems = problems_new();
	engine = answer_engine_load(options, *problems);
	if (!engine)
		fail_msg("%s", problems_first(*problems));
	return engine;
}

static const char *first_answer(struct answer_engine *engine, const char *text)
{
	const struct answer_question question = {.text = text, .len = strlen(text)};
	struct answer_reply reply;

	answer_ask(engine, NULL, &question, &reply);
	return reply.answers.count ? reply.answers.ids[0] : "";
}

/* A pack of nothing but answers and intents lives on what the default pack lends. */
static void answer_engine_load__borrows__what_a_pack_lacks(void **state)
{
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	char *lender = packs_path("library");
	const struct answer_options options = {
		.packs = packs, .pack_count = 1, .default_pack = lender};
	struct problems *problems;
	struct answer_engine *engine;
	struct answer_counts counts;

	packs_drop(copy, "patterns/words.yaml");
	packs_drop(copy, "patterns/elsewhere.yaml");
	packs_drop(copy, "knowledge/voice.yaml");
	packs_edit(copy, "patterns/library.yaml", "hours.hill", "hours.mill");
	packs_edit(copy, "knowledge/answers.yaml", "  hours.hill:", "  hours.mill:");
	packs_edit(copy, "knowledge/answers.yaml", "items: [hours.harbour, hours.hill]",
		"items: [hours.harbour, hours.mill]");
	engine = load(&options, &problems);
	counts = answer_engine_counts(engine);
	assert_int_equal(counts.intents, 9); /* its own */
	assert_int_equal(counts.near, 3);    /* lent */
	assert_int_equal(counts.foreign, 3);
	assert_string_equal(answer_voice(engine, "too-fast", 0, NULL, NULL), "Slowly, please.");
	/* The lender's spellings, but this pack's intents. */
	assert_string_equal(first_answer(engine, "whats open at the hill branch"), "hours.mill");
	answer_engine_free(&engine);
	problems_free(&problems);
	free(lender);
}

static void answer_engine_load__borrows__nothing_that_a_pack_has(void **state)
{
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	char *lender = packs_path("library");
	const struct answer_options options = {
		.packs = packs, .pack_count = 1, .default_pack = lender};
	struct problems *problems;
	struct answer_engine *engine;

	packs_edit(copy, "knowledge/voice.yaml", "Slowly, please.", "One at a time!");
	packs_edit(copy, "patterns/elsewhere.yaml", "  my cat sleeps all day\n", "");
	engine = load(&options, &problems);
	assert_int_equal(answer_engine_counts(engine).foreign, 2);
	assert_string_equal(answer_voice(engine, "too-fast", 0, NULL, NULL), "One at a time!");
	answer_engine_free(&engine);
	problems_free(&problems);
	free(lender);
}

/* The career pack lends greetings and help, without a word of its own subject in them. */
static void answer_engine_load__borrows__manners(void **state)
{
	static const struct {
		const char *said, *answer;
	} cases[] = {
		{"Hello there!", "bot.greeting"}, {"thanks a lot", "bot.thanks"},
		{"Good night.", "bot.goodbye"}, {"help me please", "bot.help"},
		{"What can you do?", "bot.help"}, {"who are you", "bot.about"},
		{"hello, what is open at the hill branch", "hours.hill"},
		{"bye", "card.family"}, /* the pack has a pattern of its own for it */
	};
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	char *lender = packs_path("career");
	const struct answer_options options = {
		.packs = packs, .pack_count = 1, .default_pack = lender};
	const struct answer_question help = {.text = "help", .len = 4};
	struct answer_topic topics[16];
	struct answer_reply reply;
	struct problems *problems;
	struct answer_engine *engine;
	size_t count;

	packs_write(copy, "knowledge/voice.yaml", "voice:\n  bot.thanks: Not at all.\n");
	packs_edit(copy, "patterns/library.yaml", "bot.greeting", "hours.night");
	packs_edit(copy, "patterns/library.yaml", "(hello|hi|hey)", "at night");
	packs_edit(copy, "patterns/library.yaml", "hello there\n      hi library\n      hey you",
		"are you open at night");
	packs_edit(copy, "knowledge/answers.yaml", "bot.greeting", "hours.night");
	packs_edit(
		copy, "patterns/library.yaml", "id: card.family", "id: card.family\n    say: bye");
	engine = load(&options, &problems);
	assert_int_equal(answer_engine_counts(engine).intents, 9);
	assert_int_equal(answer_engine_counts(engine).answers, 8);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (strcmp(first_answer(engine, cases[i].said), cases[i].answer) != 0)
			fail_msg("%s: %s", cases[i].said, first_answer(engine, cases[i].said));
	answer_ask(engine, NULL, &help, &reply);
	assert_non_null(strstr(reply.text, "\n1. When is the library open?"));
	assert_string_equal(answer_voice(engine, "bot.thanks", 0, NULL, NULL), "Not at all.");
	assert_null(strstr(answer_voice(engine, "profile", 0, NULL, NULL), "Learning"));
	count = answer_engine_topics(engine, topics, ARRAY_LEN(topics));
	for (size_t i = 0; i < count && i < ARRAY_LEN(topics); i++)
		assert_null(strstr(topics[i].id, "bot."));
	answer_engine_free(&engine);
	problems_free(&problems);
	free(lender);
}

static void answer_engine_load__gives__the_same_beliefs_again(void **state)
{
	static const char *const said[] = {"is it nice there", "books for my cat", "a card for us",
		"how do i pay", "parking at night"};
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	const struct answer_options options = {.packs = packs, .pack_count = 1};
	struct problems *problems[2];
	struct answer_engine *engines[2];

	for (size_t i = 0; i < 2; i++)
		engines[i] = load(&options, &problems[i]);
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const struct answer_question question = {
			.text = said[i], .len = strlen(said[i]), .explain = true};
		struct answer_reply replies[2];

		for (size_t k = 0; k < 2; k++)
			answer_ask(engines[k], NULL, &question, &replies[k]);
		assert_int_equal(replies[0].outcome, replies[1].outcome);
		assert_int_equal(replies[0].explanation->candidate_count,
			replies[1].explanation->candidate_count);
		for (size_t k = 0; k < replies[0].explanation->candidate_count; k++)
			assert_true(replies[0].explanation->candidates[k].score ==
				    replies[1].explanation->candidates[k].score);
	}
	for (size_t i = 0; i < 2; i++) {
		answer_engine_free(&engines[i]);
		problems_free(&problems[i]);
	}
}

static void write_decide(const struct pack_copy *copy, const char *text)
{
	struct buf path;
	FILE *out;

	buf_init(&path, BUF_LINE);
	buf_addf(&path, "%s/patterns/decide.yaml", copy->folder);
	out = fopen(path.data, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	buf_release(&path);
}

static void assert_outcome(
	struct answer_engine *engine, const char *text, enum answer_outcome want, size_t offers)
{
	const struct answer_question question = {.text = text, .len = strlen(text)};
	struct answer_reply reply;

	answer_ask(engine, NULL, &question, &reply);
	assert_string_equal(answer_outcome_name(reply.outcome), answer_outcome_name(want));
	assert_int_equal(reply.suggest.count, offers);
	assert_int_equal(reply.answers.count, want == ANSWER_ANSWER);
	assert_int_equal(!strncmp(reply.text, "Which one do you mean?", 22), offers > 0);
}

/* One question that may as well be another is asked back, as its thresholds say. */
static void answer_ask__asks_back__where_two_readings_are_about_as_likely(void **state)
{
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	const struct answer_options options = {.packs = packs, .pack_count = 1};
	struct problems *problems;
	struct answer_engine *engine;

	packs_edit(copy, "patterns/library.yaml", "card.reader\n    sure: true\n", "card.reader\n");
	packs_edit(copy, "patterns/library.yaml", "card.family\n    sure: true\n", "card.family\n");
	write_decide(copy, "scope: 0.1\nanswer: 0.05\nkeyless: 0.05\nplain: 1\nrival: 0\n");
	engine = load(&options, &problems);
	assert_outcome(engine, "how do i get a card", ANSWER_CLARIFY, 2);
	answer_engine_free(&engine);
	problems_free(&problems);
	write_decide(copy, "scope: 0.1\nanswer: 0.05\nkeyless: 0.05\nplain: 0\nrival: 0.1\n");
	engine = load(&options, &problems);
	assert_outcome(engine, "how do i get a card", ANSWER_ANSWER, 0);
	answer_engine_free(&engine);
	problems_free(&problems);
}

static void answer_engine_lint__warns__of_what_will_disappoint(void **state)
{
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	const struct answer_options options = {
		.packs = packs, .pack_count = 1, .dictionary = "no/such/folder"};
	struct problems *problems;
	struct answer_engine *engine;
	char *printed = NULL;
	size_t size;
	FILE *out;

	packs_edit(copy, "patterns/library.yaml", "\\bfor each day\\b", "for (each|a) day");
	engine = load(&options, &problems);
	answer_engine_lint(engine, problems);
	out = open_memstream(&printed, &size);
	problems_print(problems, out);
	fclose(out);
	assert_int_equal(problems_count(problems, PROBLEM_ERROR), 0);
	assert_non_null(strstr(printed, "no word leads to this regex, so it is tried on every "
					"message"));
	assert_non_null(strstr(printed, "no/such/folder/en_US.dic: warning: the dictionary is "
					"missing"));
	assert_non_null(strstr(printed, "hours.hill has 3 `like` sentences"));
	free(printed);
	answer_engine_free(&engine);
	problems_free(&problems);
}

/* Slips are mended with a dictionary only, but nothing else depends on it. */
static void print_lint(struct loaded *loaded)
{
	size_t size;
	FILE *out;

	assert_non_null(loaded->engine);
	answer_engine_lint(loaded->engine, loaded->problems);
	free(loaded->printed);
	out = open_memstream(&loaded->printed, &size);
	problems_print(loaded->problems, out);
	fclose(out);
}

static void answer_engine_lint__names__what_nobody_comes_to(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;
	char place[160];

	packs_edit(copy, "knowledge/answers.yaml", "items: [hours.harbour, hours.hill]",
		"items: [hours.harbour, hours.hill, hours.mill]");
	/* One that is only in a list may well be; one that is nowhere may not. */
	packs_write(copy, "knowledge/more.yaml",
		"answers:\n"
		"  hours.mill: {title: The mill, short: Closed., text: It is closed.}\n"
		"  hours.quay: {title: The quay, short: Closed., text: It is closed.}\n");
	packs_load(&loaded, copy->folder);
	print_lint(&loaded);
	snprintf(place, sizeof(place),
		"%s/knowledge/more.yaml:3:3: warning: nothing leads to this answer; write an "
		"intent "
		"with the id hours.quay",
		copy->folder);
	assert_non_null(strstr(loaded.printed, place));
	assert_null(strstr(loaded.printed, "the id hours.mill"));
	assert_null(strstr(loaded.printed, "the id bot."));
	packs_unload(&loaded);
}

static void answer_engine_lint__names__files_that_are_not_read(void **state)
{
	static const struct {
		const char *file;
		bool named;
	} cases[] = {
		{"patterns/more.YAML", true},
		{"patterns/more.yaml.txt", true},
		{"knowledge/more.yaml~", false},
		{"knowledge/.more.yaml", false},
		{"knowledge/readme.txt", false},
	};
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		packs_write(copy, cases[i].file, "answers:\n");
	packs_load(&loaded, copy->folder);
	print_lint(&loaded);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char line[160];

		snprintf(line, sizeof(line), "%s/%s: warning: this is not read", copy->folder,
			cases[i].file);
		if (!strstr(loaded.printed, line) == cases[i].named)
			fail_msg("%s: %s", cases[i].file, loaded.printed);
	}
	packs_unload(&loaded);
}

/* A voice may stand in several files; a line of it may not. */
static void answer_engine_load__takes__a_voice_in_two_files(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_edit(copy, "knowledge/voice.yaml", "  noise: Hm?\n", "");
	packs_write(copy, "knowledge/voice2.yaml", "voice:\n  noise: Eh?\n");
	packs_load(&loaded, copy->folder);
	assert_non_null(loaded.engine);
	assert_string_equal(answer_voice(loaded.engine, "noise", 0, NULL, NULL), "Eh?");
	packs_unload(&loaded);
	packs_write(copy, "knowledge/voice2.yaml", "voice:\n  noise: Eh?\n  too-fast: Whoa.\n");
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(
		strstr(loaded.printed, "/voice2.yaml:3:3: error: the line `too-fast` is also in "));
	packs_unload(&loaded);
}

/* Of two packs the first one's voice is used; that the other's is not is said. */
static void answer_engine_lint__names__a_voice_that_is_not_used(void **state)
{
	const struct pack_copy *copy = *state;
	char *folder = packs_path("library");
	const char *const both[] = {folder, copy->folder};
	const struct answer_options options = {.packs = both, .pack_count = 2};
	struct loaded loaded = {.problems = problems_new()};
	char line[128];

	packs_drop(copy, "knowledge/answers.yaml");
	packs_drop(copy, "patterns/library.yaml");
	packs_drop(copy, "patterns/words.yaml");
	packs_write(copy, "patterns/elsewhere.yaml", "foreign: |\n  who let the dogs out\n");
	loaded.engine = answer_engine_load(&options, loaded.problems);
	print_lint(&loaded);
	snprintf(line, sizeof(line), "%s/knowledge/voice.yaml:1:1: warning: this voice is not used",
		copy->folder);
	assert_non_null(strstr(loaded.printed, line));
	packs_unload(&loaded);
	free(folder);
}

static void answer_engine_load__goes_on__without_a_dictionary(void **state)
{
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder};
	const struct answer_options options = {
		.packs = packs, .pack_count = 1, .dictionary = "no/such/folder"};
	struct problems *problems;
	struct answer_engine *engine = load(&options, &problems);

	assert_string_equal(first_answer(engine, "what is a reader card"), "card.reader");
	answer_engine_free(&engine);
	assert_null(engine);
	answer_engine_free(&engine);
	problems_free(&problems);
}

/* A reply has an end, and its last character is whole. */
static void answer_voice__cuts__a_line_without_end(void **state)
{
	static char line[3 * BUF_REPLY];
	const struct pack_copy *copy = *state;
	const char *const packs[] = {copy->folder}, *said;
	const struct answer_options options = {.packs = packs, .pack_count = 1};
	struct problems *problems;
	struct answer_engine *engine;

	for (size_t i = 0; i + 3 < sizeof(line); i += 3)
		memcpy(line + i, "€", 4);
	packs_edit(copy, "knowledge/voice.yaml", "Slowly, please.", line);
	engine = load(&options, &problems);
	said = answer_voice(engine, "too-fast", 0, NULL, NULL);
	assert_int_equal(strlen(said), BUF_REPLY / 3 * 3);
	assert_true(utf8_valid(said, strlen(said)));
	answer_engine_free(&engine);
	problems_free(&problems);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(answer_engine_load__borrows__what_a_pack_lacks),
		TEST(answer_engine_load__borrows__nothing_that_a_pack_has),
		TEST(answer_engine_load__borrows__manners),
		TEST(answer_engine_load__gives__the_same_beliefs_again),
		TEST(answer_ask__asks_back__where_two_readings_are_about_as_likely),
		TEST(answer_engine_lint__warns__of_what_will_disappoint),
		TEST(answer_engine_lint__names__what_nobody_comes_to),
		TEST(answer_engine_lint__names__files_that_are_not_read),
		TEST(answer_engine_lint__names__a_voice_that_is_not_used),
		TEST(answer_engine_load__takes__a_voice_in_two_files),
		TEST(answer_engine_load__goes_on__without_a_dictionary),
		TEST(answer_voice__cuts__a_line_without_end),
	};

	return cmocka_run_group_tests_name("loading", tests, NULL, NULL);
}

#include "packs.h"

#include "utf8.h"

#define WORDS "patterns/words.yaml"
#define LIBRARY "patterns/library.yaml"
#define ELSEWHERE "patterns/elsewhere.yaml"
#define ANSWERS "knowledge/answers.yaml"
#define VOICE "knowledge/voice.yaml"

/* One way to spoil the pack: `old` in the file becomes `new`. Then `message` must be said of the
 * file, with the caret under the first character of `under`; of the file as a whole where that is
 * NULL. */
struct mistake {
	const char *file, *old, *new, *under, *message;
	bool alone; /* ends its file, or hides others: not fit for a pack with all mistakes at once
		     */
};

static const struct mistake mistakes[] = {
	/* YAML itself */
	{VOICE, "[I did not get that., Pardon?]", "[I did not get that., Pardon?", "[I did not",
		"no ] closes this [", true},
	{LIBRARY, "  harbour: [", "\tharbour: [", "\tharbour", "a tab; put blanks in its place",
		true},
	{ELSEWHERE, "nice",
		"n\xff"
		"ce",
		"\xff"
		"ce",
		"byte 0xff is no UTF-8", true},
	{ANSWERS, "    section: Page 2\n", "    section: Page 2\n    title: Again\n",
		"title: Again", "`title` stands here a second time", false},
	{WORDS, "spellings:", "spelling:\n  a: b\n\nspellings:\n  b: c\n\nspellings:",
		"spellings:\n", "`spellings` stands here a second time", true},

	/* what people write without thinking of YAML */
	{ANSWERS, "text: Ten cents for each day that", "text: Note: ten cents for each day that",
		": ten",
		"a colon and a blank within a text; put the text in quotes, or write `text: |`",
		true},
	{ANSWERS, "short: A reader card is for one.", "short:\n      - Note: for one.",
		"Note: for one", "a sentence was meant, but its `: ` makes it a mapping; write `",
		false},
	{ANSWERS, "short: A family card is for all.", "short: Family card #1 is for all.",
		"Family card #1",
		"what stands after ` #` is taken for a comment; to keep it, write "
		"`short: |`",
		false},
	{ANSWERS, "title: Opening hours\n", "title: *hours\n", "*hours",
		"a sentence was meant, but its * makes it an alias; write `title: |`", false},
	{ANSWERS, "text: The harbour branch is open from 9 to 17, but not on Sundays.",
		"text: {from: 9}", "{from", "a sentence was meant", true},
	{ANSWERS, "source: the leaflet of 2024", "source: [a, b]", "[a, b]",
		"one sentence was meant, and this is a list", false},
	{ANSWERS, "ask: What is a reader card?", "ask:", "ask:", "nothing stands here", false},
	{ANSWERS, "short:\n      - Ten cents for each day.", "short:\n      -", "-\n",
		"nothing stands here", true},

	/* names that lead nowhere, or twice somewhere */
	{LIBRARY, "all: [<open>, <harbour>]", "all: [<opne>, <harbour>]", "<opne>",
		"there is no concept <opne>; did you mean <open>?", false},
	{LIBRARY, "sure: true\n    all: [<late>]",
		"sure: true\n    answer: fee.latest\n    all: [<late>]", "id: fee.late",
		"there is no answer fee.latest in knowledge/", false},
	{LIBRARY, "nearest: [fee.late]", "nearest: [fee.late, fee.later]", "fee.later",
		"`nearest` names fee.later, and there is no such answer", false},
	{LIBRARY, "after: [card.*]", "after: [card.*, cart.*]", "cart.*",
		"`after` names cart.*, and there is no such intent", false},
	{ANSWERS, "related: [hours.harbour]", "related: [hours.habour]", "hours.habour",
		"`related` of hours.overview names hours.habour, and there is no such answer",
		false},
	{LIBRARY, "id: hours.hill", "id: hours.harbour", "hours.harbour",
		"the intent hours.harbour is also in ", false},
	{LIBRARY, "  hill: [", "  open: [door]\n  hill: [", "open: [door]",
		"`open` stands here a second time", false},
	{WORDS, "endings:\n", "endings:\n  ing: going\n", "ing: going",
		"`ing` is no ending: one has an apostrophe in it", false},
	{WORDS, "roles:", "concepts:\n  late: [tardy]\n\nroles:", "late: [tardy]",
		"the concept <late> is also in ", false},
	{LIBRARY, "reader-card: [reader card,", "reader-card: [<reader-card> card,",
		"reader-card: [", "reader-card comes round to itself", false},

	/* patterns */
	{LIBRARY, "\\bfor each day\\b", "\\bfor (each day\\b", "\n",
		"this regex is wrong here: missing "
		"closing parenthesis",
		false},
	{LIBRARY, "(hello|hi|hey)", "(hello|hi|hey", "(hello|hi", "a ( without its )", false},
	{LIBRARY, "parking: [parking, park]", "parking: [parking, park ) here]", ") here",
		"a closing bracket without its opening one", false},

	/* sentences */
	{LIBRARY, "- when is the library open?", "- when is the library open\n      when is it",
		"when is it", "a test begins with `+ ` (must come here) or `- ` (must not)", false},
	{LIBRARY, "+ is there a fine when i am late?", "+ cost of overdue books",
		"+ cost of overdue books", "this test sentence also teaches, in ", false},
	{LIBRARY, "say: |\n      (hello|hi|hey)",
		"say: |\n      good day\n    tests: |\n      + good day", "+ good day",
		"this test sentence also teaches, in ", true},
	{ELSEWHERE, "who won the match yesterday", "parking fees", "parking fees",
		"this sentence also stands in ", false},

	/* keys */
	{LIBRARY, "keys: [<fee>, <late>]", "key: [<fee>]", "key: [", "`key` means nothing here",
		false},
	{ANSWERS, "title: The family card", "titel: The family card", "titel",
		"`titel` means nothing here", false},
	{ANSWERS, "    title: Hello\n", "", "bot.greeting",
		"the answer bot.greeting has no `title`", false},
	{WORDS, "  refers:", "  refer:", "refer:", "there is no role `refer`", false},
	{LIBRARY, "after: [card.*]", "unless: nobody\n    after: [card.*]", "nobody",
		"`unless` is a single value; a list was expected", true},
	{LIBRARY, "  harbour: [", "  haven: []\n  harbour: [", "haven",
		"the concept <haven> is empty", false},
	{LIBRARY, "parking: [parking,", "parking: [par*ing, parking,", "*ing",
		"a * stands at the end of a word", false},
	{ELSEWHERE, "foreign: |", "voice:\n  noise: Eh?\nforeign: |",
		"voice:", "`voice` stands in a file below knowledge/", false},
	{VOICE, "  noise: Hm?\n", "  noise: Hm?\n  nose: Hm?\n", "nose",
		"the bot never says `nose`; did you mean `noise`?", false},
	{ANSWERS, "answers:\n", "voice:\n  quiet: Psst\nanswers:\n", "quiet",
		"the bot never says `quiet`", true},
	{VOICE, "too-fast: ", "too-fast: []\n  oops: ", "too-fast", "nothing stands here", true},
	{LIBRARY, "- id: card.reader", "- ident: card.reader", "ident: card.reader",
		"this intent has no `id`", false},
	{LIBRARY, "    uncovered: The", "    answer: fee.late\n    uncovered: The", "fee.late\n",
		"fee.parking has both `answer` and `uncovered`", false},
	{LIBRARY, "sure: true\n    say:", "sure: yes\n    say:", "yes",
		"`sure` is either true or false", false},
	{VOICE, "  noise: Hm?\n", "", NULL, "the voice has no `noise`", false},
};

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

/* The problem that is printed of this file with this message: its place, or false. */
static bool find_problem(const struct pack_copy *copy, const char *printed, const char *file,
	const char *message, struct place *at, const char **shown)
{
	char head[128];

	snprintf(head, sizeof(head), "%s/%s:", copy->folder, file);
	for (const char *p = printed; (p = strstr(p, head)); p++) {
		const char *says = strstr(p, ": error: ");
		unsigned line = 0, col = 0;

		/* Other messages name places too. */
		if (!says || (p > printed && p[-1] != '\n') ||
			strncmp(says + 9, message, strlen(message)))
			continue;
		(void)sscanf(p + strlen(head), "%u:%u", &line, &col);
		*at = (struct place){file, line, col};
		*shown = strchr(says, '\n') + 1;
		return true;
	}
	return false;
}

/* Below the message come the line as it stands in the file, and the caret under its column. */
static void assert_shown(const struct pack_copy *copy, struct place at, const char *shown)
{
	char *line = packs_line(copy, at.path, at.line);
	const char *caret = strchr(shown, '\n') + 1;
	char number[16];

	snprintf(number, sizeof(number), "%5u | ", at.line);
	assert_memory_equal(shown, number, strlen(number));
	if (!strpbrk(line, "\t\xff")) /* those are shown as something else */
		assert_memory_equal(shown + strlen(number), line, strlen(line));
	assert_memory_equal(caret, "      | ", 8);
	assert_int_equal(strspn(caret + 8, " "), at.col - 1);
	assert_int_equal(caret[8 + at.col - 1], '^');
	free(line);
}

static void assert_named(const struct pack_copy *copy, const char *printed, const struct mistake *m)
{
	struct place at;
	const char *shown = NULL;
	char *line;
	size_t from;

	if (!find_problem(copy, printed, m->file, m->message, &at, &shown))
		fail_msg("nothing is said of `%s`: %s", m->new, printed);
	if (!at.line) {
		assert_null(m->under);
		return;
	}
	assert_shown(copy, at, shown);
	if (!m->under)
		return;
	line = packs_line(copy, m->file, at.line);
	from = utf8_offset(line, strlen(line), at.col - 1);
	if (strncmp(line + from, m->under, strcspn(m->under, "\n")) ||
		(m->under[0] == '\n' && line[from]))
		fail_msg("the caret is under `%s`, not `%s`", line + from, m->under);
	free(line);
}

static void answer_engine_load__takes__the_pack_unspoilt(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_load(&loaded, copy->folder);
	assert_string_equal(loaded.printed, "");
	assert_non_null(loaded.engine);
	assert_int_equal(answer_engine_test(loaded.engine, loaded.problems), 2);
	assert_int_equal(problems_count(loaded.problems, PROBLEM_ERROR), 0);
	packs_unload(&loaded);
}

static void answer_engine_load__names__each_mistake_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		const struct mistake *m = &mistakes[i];
		struct pack_copy copy;
		struct loaded loaded;

		packs_copy(&copy, "library");
		packs_edit(&copy, m->file, m->old, m->new);
		packs_load(&loaded, copy.folder);
		assert_null(loaded.engine);
		assert_named(&copy, loaded.printed, m);
		packs_unload(&loaded);
		packs_remove(&copy);
	}
}

static void answer_engine_load__names__all_mistakes_in_one_run(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;
	size_t made = 0;

	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++)
		if (!mistakes[i].alone) {
			packs_edit(copy, mistakes[i].file, mistakes[i].old, mistakes[i].new);
			made++;
		}
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++)
		if (!mistakes[i].alone)
			assert_named(copy, loaded.printed, &mistakes[i]);
	assert_true(problems_count(loaded.problems, PROBLEM_ERROR) >= made);
	packs_unload(&loaded);
}

/* A syntax error ends its own file; what is wrong in the others is said all the same. */
static void answer_engine_load__goes_on__behind_a_broken_file(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_edit(copy, ELSEWHERE, "foreign: |", "foreign: [");
	packs_edit(copy, LIBRARY, "nearest: [fee.late]", "nearest: [fee.later]");
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(strstr(loaded.printed, "no ] closes this ["));
	assert_non_null(strstr(loaded.printed, "`nearest` names fee.later"));
	packs_unload(&loaded);
}

static void answer_engine_load__says__that_nothing_leads_to_an_intent(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_edit(copy, LIBRARY,
		"    say: |\n      (hello|hi|hey)\n    like: |\n      hello there\n      hi "
		"library\n"
		"      hey you\n",
		"");
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(strstr(loaded.printed, "nothing leads to bot.greeting; give it `like`"));
	packs_unload(&loaded);
}

static void answer_engine_load__wants__sentences_in_a_block(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_edit(copy, LIBRARY,
		"like: |\n      what does parking cost\n      can i park at the library\n"
		"      parking fees\n",
		"like: what does parking cost\n");
	packs_edit(copy, ELSEWHERE,
		"near: |\n  how many books are in the library\n  who is the head of the "
		"library\n  does the library lend out films\n",
		"near: [a b, c d]\n");
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(strstr(loaded.printed, "sentences stand in a block: write `like: |`"));
	assert_non_null(strstr(loaded.printed, "`near` is a list; write `near: |`"));
	packs_unload(&loaded);
}

static void answer_engine_load__names__a_missing_folder(void **state)
{
	static const char *const nowhere = "no/such/pack";
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_drop(copy, WORDS);
	packs_drop(copy, LIBRARY);
	packs_drop(copy, ELSEWHERE);
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(
		strstr(loaded.printed, "/patterns: error: no .yaml file is in this folder"));
	packs_unload(&loaded);
	packs_drop(copy, "patterns");
	packs_load(&loaded, copy->folder);
	assert_null(loaded.engine);
	assert_non_null(strstr(loaded.printed,
		"/patterns: error: there is no such folder; a pack is a folder with knowledge/ "
		"and patterns/ in it"));
	packs_unload(&loaded);
	packs_load(&loaded, nowhere);
	assert_null(loaded.engine);
	assert_int_equal(problems_count(loaded.problems, PROBLEM_ERROR), 1);
	assert_non_null(strstr(loaded.printed, "no/such/pack: error: there is no such folder"));
	packs_unload(&loaded);
	packs_drop(copy, ANSWERS);
	packs_drop(copy, VOICE);
	packs_drop(copy, "knowledge");
	packs_load(&loaded, copy->folder);
	assert_int_equal(problems_count(loaded.problems, PROBLEM_ERROR), 1);
	assert_non_null(strstr(loaded.printed, ": error: this is no pack"));
	packs_unload(&loaded);
}

/* Two packs: concepts are each pack's own, ids are shared, and a doubled one names both places. */
static void answer_engine_load__names__ids_of_two_packs(void **state)
{
	const struct pack_copy *copy = *state;
	char *folder = packs_path("library");
	const char *const both[] = {folder, copy->folder};
	const struct answer_options options = {.packs = both, .pack_count = 2};
	struct problems *problems = problems_new();
	struct answer_engine *engine = answer_engine_load(&options, problems);
	char *printed = NULL;
	size_t size;
	FILE *out = open_memstream(&printed, &size);

	problems_print(problems, out);
	fclose(out);
	assert_null(engine);
	assert_non_null(strstr(printed, "the answer hours.hill is also in "));
	assert_non_null(strstr(printed, "the intent hours.hill is also in "));
	assert_null(strstr(printed, "the concept"));
	free(printed);
	problems_free(&problems);
	free(folder);
}

static void answer_engine_test__names__each_test_that_fails(void **state)
{
	const struct pack_copy *copy = *state;
	struct loaded loaded;

	packs_edit(copy, LIBRARY, "- when is the library open?", "- is a fine for late books due?");
	packs_edit(
		copy, LIBRARY, "+ is there a fine when i am late?", "+ does the hill branch open?");
	packs_load(&loaded, copy->folder);
	assert_non_null(loaded.engine);
	assert_int_equal(answer_engine_test(loaded.engine, loaded.problems), 2);
	assert_int_equal(problems_count(loaded.problems, PROBLEM_ERROR), 2);
	assert_non_null(strstr(problems_first(loaded.problems), "this does not come to fee.late"));
	packs_unload(&loaded);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(answer_engine_load__takes__the_pack_unspoilt),
		cmocka_unit_test(answer_engine_load__names__each_mistake_at_its_place),
		TEST(answer_engine_load__names__all_mistakes_in_one_run),
		TEST(answer_engine_load__goes_on__behind_a_broken_file),
		TEST(answer_engine_load__says__that_nothing_leads_to_an_intent),
		TEST(answer_engine_load__wants__sentences_in_a_block),
		TEST(answer_engine_load__names__a_missing_folder),
		TEST(answer_engine_load__names__ids_of_two_packs),
		TEST(answer_engine_test__names__each_test_that_fails),
	};

	return cmocka_run_group_tests_name("mistakes", tests, NULL, NULL);
}

#include "workshop.h"

#include "dictionary.h"
#include "stem.h"

static void words_add__counts__each_word_once(void **state)
{
	struct workshop *w = *state;
	uint32_t pay = words_add(w->words, "pay", 3), paid = words_add(w->words, "payment", 7);

	assert_int_equal(pay, 0);
	assert_int_equal(paid, 1);
	assert_int_equal(words_add(w->words, "pay check", 3), pay);
	assert_int_equal(words_count(w->words), 2);
	assert_int_equal(words_find(w->words, "payment", 7), paid);
	assert_int_equal(words_find(w->words, "paymen", 6), WORD_NONE);
	assert_string_equal(words_text(w->words, pay), "pay");
	assert_int_equal(words_len(w->words, paid), 7);
}

static void words_uses__counts__sentences_and_marks_what_is_meant(void **state)
{
	struct workshop *w = *state;
	uint32_t pay = words_add(w->words, "pay", 3);

	assert_int_equal(words_uses(w->words, pay), 0);
	assert_false(words_is_meant(w->words, pay));
	words_used(w->words, pay);
	words_used(w->words, pay);
	words_mark_meant(w->words, pay);
	assert_int_equal(words_uses(w->words, pay), 2);
	assert_true(words_is_meant(w->words, pay));
}

static void stem_english__brings_together__forms_of_a_word(void **state)
{
	static const char *const families[][5] = {
		{"salary", "salaries"},
		{"engineer", "engineers"},
		{"learn", "learns", "learning", "learned"},
		{"require", "requires", "requiring", "required"},
		{"run", "runs", "running"},
		{"study", "studies"},
		{"class", "classes"},
		{"box", "boxes"},
		{"coach", "coaches", "coaching", "coached"},
		{"wish", "wishes"},
		{"call", "calls", "calling", "called"},
		{"pass", "passes", "passing", "passed"},
		{"quick", "quickly"},
		{"company", "companies"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		char first[32], other[32];

		stem_english(families[i][0], strlen(families[i][0]), first);
		for (size_t k = 1; families[i][k]; k++) {
			size_t len = stem_english(families[i][k], strlen(families[i][k]), other);

			assert_int_equal(len, strlen(other));
			if (strcmp(first, other))
				fail_msg("%s: %s, but %s: %s", families[i][0], first,
					families[i][k], other);
		}
	}
}

static void stem_english__leaves__what_is_no_form(void **state)
{
	static const char *const words[] = {"pay", "us", "gas", "bus", "class", "thing", "bring",
		"red", "bed", "c++", "7.4", "1300", "analysis", "status", "café", "给料", "", "a",
		"fly"};
	char stem[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		stem_english(words[i], strlen(words[i]), stem);
		assert_string_equal(stem, words[i]);
	}
}

static void dictionary_knows__takes__real_words_and_names(void **state)
{
	static const struct {
		const char *word;
		bool known;
	} cases[] = {
		{"engineer", true},
		{"enginer", false},
		{"india", true}, /* known as India */
		{"nasa", true},  /* … as NASA */
		{"mary", true},
		{"colour", true},
		{"favourite", true},
		{"organise", true},
		{"organisation", true},
		{"visualise", true},
		{"analyse", true},
		{"optimise", true},
		{"specialised", true},
		{"salery", false},
		{"definately", false},
		{"pyhton", false},
		{"", true}, /* nothing to mend */
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
	};
	struct dictionary *dictionary = dictionary_new("en_US", NULL);

	(void)state;
	if (!dictionary_open(dictionary)) {
		dictionary_free(&dictionary);
		skip();
	}
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (dictionary_knows(dictionary, cases[i].word, strlen(cases[i].word)) !=
			cases[i].known)
			fail_msg("%s", cases[i].word);
	dictionary_free(&dictionary);
}

static void dictionary_knows__takes__every_word_without_a_dictionary(void **state)
{
	struct dictionary *dictionary = dictionary_new("xx_XX", "no/such/folder");

	(void)state;
	assert_false(dictionary_open(dictionary));
	assert_true(dictionary_knows(dictionary, "enginer", 7));
	assert_string_equal(dictionary_path(dictionary), "no/such/folder/xx_XX.dic");
	dictionary_free(&dictionary);
	assert_null(dictionary);
	dictionary_free(&dictionary);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)
	const struct CMUnitTest tests[] = {
		TEST(words_add__counts__each_word_once),
		TEST(words_uses__counts__sentences_and_marks_what_is_meant),
		cmocka_unit_test(stem_english__brings_together__forms_of_a_word),
		cmocka_unit_test(stem_english__leaves__what_is_no_form),
		cmocka_unit_test(dictionary_knows__takes__real_words_and_names),
		cmocka_unit_test(dictionary_knows__takes__every_word_without_a_dictionary),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}

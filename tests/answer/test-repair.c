#include "workshop.h"

#include "buf.h"
#include "dictionary.h"
#include "repair.h"

struct desk {
	struct workshop *w;
	struct dictionary *dictionary;
	struct repair *repair;
};

static struct desk desk;

static void learn(const char *word, unsigned uses)
{
	uint32_t number = words_add(desk.w->words, word, strlen(word));

	while (uses--)
		words_used(desk.w->words, number);
}

static void learn_all(const char *words, unsigned uses)
{
	while (*words) {
		size_t len = strcspn(words, " ");
		char word[40];

		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		learn(word, uses);
		words += len + (words[len] == ' ');
	}
}

static int setup_with(void **state, const char *folder)
{
	workshop_setup(state);
	desk = (struct desk){.w = *state};
	learn_all(
		"machine learning engineer engineers salary salaries python statistics "
		"programming certificate certificates requirements responsibilities india data "
		"scientist science tensorflow become much make what where need earn job math a an",
		10);
	learn_all("does how the from is so", 40);
	learn_all("algorithm pool", 80);
	learn_all("algoritm poor kubeflow", 3);
	learn("hello", 12);
	learn("help", 24);
	learn("haskellian", 2); /* too seldom to be meant */
	spelling_add(desk.w->spelling, "engg", "engineering");
	desk.dictionary = dictionary_new("en_US", folder);
	desk.repair = repair_new(desk.w->words, desk.w->spelling, desk.dictionary);
	return 0;
}

static int setup(void **state)
{
	return setup_with(state, NULL);
}

static int setup_without_dictionary(void **state)
{
	return setup_with(state, "no/such/folder");
}

static int teardown(void **state)
{
	repair_free(&desk.repair);
	dictionary_free(&desk.dictionary);
	return workshop_teardown(state);
}

static const char *mend(const char *said)
{
	struct utterance u;

	normalise(desk.w->spelling, desk.w->pool, said, strlen(said), &u);
	repair_utterance(desk.repair, desk.w->pool, &u);
	return u.text;
}

struct example {
	const char *said, *text;
};

static void assert_all(const struct example *examples, size_t count)
{
	if (!dictionary_open(desk.dictionary))
		skip();
	for (size_t i = 0; i < count; i++)
		if (strcmp(mend(examples[i].said), examples[i].text))
			fail_msg("`%s` became `%s`, not `%s`", examples[i].said,
				mend(examples[i].said), examples[i].text);
}

static void repair_utterance__mends__each_kind_of_slip(void **state)
{
	static const struct example examples[] = {
		{"pyhton", "python"}, /* transposed */
		{"slaary", "salary"},
		{"enginer", "engineer"}, /* dropped */
		{"machne learnng", "machine learning"},
		{"engineeer", "engineer"}, /* doubled */
		{"salarry", "salary"},
		{"saoary", "salary"}, /* a neighbouring key */
		{"pythom", "python"},
		{"engimeer", "engineer"},
		{"prgramming", "programming"},
		{"ngineer", "engineer"}, /* the first letter dropped */
		{"asalary", "salary"},   /* … or one before it */
		{"statistcis", "statistics"},
		{"tensorflwo", "tensorflow"},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__believes__two_slips_from_eight_letters_on(void **state)
{
	static const struct example examples[] = {
		{"statsitcs", "statistics"}, {"certifcte", "certificate"},
		{"responsiblites", "responsibilities"}, {"porgrammnig", "programming"},
		{"pxthxn", "pxthxn"},                         /* six letters: one slip only */
		{"slryy", "slryy"}, {"certfcte", "certfcte"}, /* three */
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__doubts__what_few_sentences_of_the_pack_say(void **state)
{
	static const struct example examples[] = {
		{"algoritm", "algorithm"}, /* their writers' slip */
		{"poor", "poor"},          /* as rare beside as frequent a word, but real */
		{"kubeflow", "kubeflow"},  /* nothing else can be meant */
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__prefers__the_letter_that_was_not_doubled(void **state)
{
	static const struct example examples[] = {{"helo", "hello"}};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__leaves__short_words_and_first_letters(void **state)
{
	static const struct example examples[] = {
		{"jbo", "jbo"}, /* under four letters */
		{"mth", "mth"},
		{"qython", "qython"}, /* the first letter alone */
		{"xalary", "xalary"},
		{"tndia", "tndia"},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__harms__no_real_word_and_no_name(void **state)
{
	static const struct example examples[] = {
		{"celery", "celery"}, /* not salary */
		{"maker", "maker"},   /* not make */
		{"date", "date"},     /* not data */
		{"engineered", "engineered"},
		{"pythons", "pythons"},
		{"bath", "bath"}, /* not math */
		{"fears", "fears"},
		{"indian", "indian"}, /* not india */
		{"maria", "maria"},
		{"nasa", "nasa"},
		{"organise", "organise"},
		{"colour", "colour"},
		{"sciences", "sciences"},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

/* The order of questions: the vocabulary comes first, and what it has is never touched. */
static void repair_utterance__asks__the_vocabulary_first(void **state)
{
	static const struct example examples[] = {
		{"kubeflow", "kubeflow"},     /* in no dictionary */
		{"kubeflw", "kubeflow"},      /* … and meant by a slip */
		{"haskellian", "haskellian"}, /* known, if seldom */
		{"haskellia", "haskellia"},   /* too seldom to be meant */
		{"engg", "engineering"},      /* a rule of spelling is no slip */
		{"python", "python"},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__swaps__a_real_word_for_a_far_more_frequent_one(void **state)
{
	static const struct example examples[] = {
		{"how much dose the job make", "how much does the job make"},
		{"form", "from"},
		{"hwo", "how"},
		{"teh", "the"},
		{"dates", "dates"},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__joins_and_splits__words(void **state)
{
	static const struct example examples[] = {
		{"engi neer", "engineer"}, {"pyth on", "python"}, {"sta tistics", "statistics"},
		{"sta, tistics", "sta tistics"}, /* a pause is not torn */
		{"machinelearning", "machine learning"}, {"datascience", "data science"},
		{"machinelearning engineer", "machine learning engineer"},
		{"soo", "so"}, /* undoubled */
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__keeps__what_was_typed_and_the_marks(void **state)
{
	struct utterance u;

	(void)state;
	if (!dictionary_open(desk.dictionary))
		skip();
	u = workshop_hear(desk.w, "india? pyhton, machinelearning");
	repair_utterance(desk.repair, desk.w->pool, &u);
	assert_string_equal(u.text, "india\npython machine learning");
	assert_int_equal(u.len, strlen(u.text));
	assert_null(u.tokens[0].typed);
	assert_string_equal(u.tokens[1].typed, "pyhton");
	assert_int_equal(u.tokens[1].before, MARK_QUESTION);
	assert_string_equal(u.tokens[2].typed, "machinelearning");
	assert_int_equal(u.tokens[2].before, MARK_COMMA);
	assert_int_equal(u.tokens[3].before, MARK_NONE);
	for (size_t i = 0; i < u.count; i++) {
		assert_int_not_equal(u.tokens[i].word, WORD_NONE);
		assert_memory_equal(u.text + u.tokens[i].start, u.tokens[i].text, u.tokens[i].len);
	}
}

static void repair_utterance__leaves__what_is_no_plain_word(void **state)
{
	static const struct example examples[] = {
		{"pyth0n", "pyth0n"},
		{"пайтон", "пайтон"},
		{"pythön", "pythön"},
		{"c++", "c++"},
		{"7.4", "7.4"},
		{"", ""},
	};

	(void)state;
	assert_all(examples, ARRAY_LEN(examples));
}

static void repair_utterance__mends__nothing_without_a_dictionary(void **state)
{
	static const char *const said[] = {"pyhton", "enginer", "machinelearning", "celery"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		assert_string_equal(mend(said[i]), said[i]);
}

static void repair_utterance__survives__words_of_any_length(void **state)
{
	char word[80];

	(void)state;
	for (size_t len = 1; len < sizeof(word) - 1; len++) {
		for (size_t i = 0; i < len; i++)
			word[i] = "engi"[i % 4];
		word[len] = '\0';
		assert_true(strlen(mend(word)) > 0);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(repair_utterance__mends__each_kind_of_slip),
		TEST(repair_utterance__believes__two_slips_from_eight_letters_on),
		TEST(repair_utterance__doubts__what_few_sentences_of_the_pack_say),
		TEST(repair_utterance__prefers__the_letter_that_was_not_doubled),
		TEST(repair_utterance__leaves__short_words_and_first_letters),
		TEST(repair_utterance__harms__no_real_word_and_no_name),
		TEST(repair_utterance__asks__the_vocabulary_first),
		TEST(repair_utterance__swaps__a_real_word_for_a_far_more_frequent_one),
		TEST(repair_utterance__joins_and_splits__words),
		TEST(repair_utterance__keeps__what_was_typed_and_the_marks),
		TEST(repair_utterance__leaves__what_is_no_plain_word),
		cmocka_unit_test_setup_teardown(
			repair_utterance__mends__nothing_without_a_dictionary,
			setup_without_dictionary, teardown),
		TEST(repair_utterance__survives__words_of_any_length),
	};

	return cmocka_run_group_tests_name("repair", tests, NULL, NULL);
}

#include "workshop.h"

#include "utf8.h"

/* A few rules of the kind that a pack has. */
static int setup(void **state)
{
	struct workshop *w;

	workshop_setup(state);
	w = *state;
	spelling_add(w->spelling, "u", "you");
	spelling_add(w->spelling, "whats", "what is");
	spelling_add(w->spelling, "dont", "do not");
	spelling_add(w->spelling, "ca not", "can not");
	spelling_add(w->spelling, "sea plus plus", "c++");
	spelling_add_ending(w->spelling, "n't", "not");
	spelling_add_ending(w->spelling, "'s", "is");
	spelling_add_ending(w->spelling, "'re", "are");
	spelling_add_case(w->spelling, "US", "usa");
	spelling_add_case(w->spelling, "IT", "information technology");
	return 0;
}

struct example {
	const char *said, *text;
};

static void assert_all(struct workshop *w, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct utterance u = workshop_hear(w, examples[i].said);

		if (strcmp(u.text, examples[i].text))
			fail_msg("`%s` became `%s`, not `%s`", examples[i].said, u.text,
				examples[i].text);
		assert_int_equal(u.len, strlen(u.text));
	}
}

static void normalise__folds__unicode(void **state)
{
	static const struct example examples[] = {
		{"Salary", "salary"},
		{"ＭＡＣＨＩＮＥ　learning", "machine learning"}, /* full width */
		{"ﬁnance", "finance"},                            /* a ligature */
		{"Ångström Å", "ångström å"}, /* composed, and the ångström sign */
		{"Cafe\xcc\x81", "café"},     /* a combining accent */
		{"\xc4\xb0\xcc\x81", "í"},    /* one that joins in lower case only */
		{"ΣΊΣΥΦΟΣ", "σίσυφοσ"}, {"ЗАРПЛАТА", "зарплата"}, {"日本 の 給料", "日本 の 給料"},
		{"sa\xc2\xadla\xe2\x80\x8bry", "salary"}, /* soft hyphen, zero width space */
		{"①②", "12"},
		{"a\xc2\xa0"
		 "b",
			"a b"}, /* a space that doesn't break */
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__spells_out__contractions(void **state)
{
	static const struct example examples[] = {
		{"What's that", "what is that"},
		{"what’s that", "what is that"},
		{"what`s that", "what is that"},
		{"WHAT'S", "what is"},
		{"whats that", "what is that"},
		{"don't", "do not"},
		{"dont", "do not"},
		{"can't", "can not"}, /* by way of ca not */
		{"they're", "they are"},
		{"don't's", "do not is"}, /* two endings */
		{"don't'", "do not"},
		{"it''s", "it is"},
		{"'s", "s"}, /* an ending alone is no ending */
		{"the students' pay", "the students pay"},
		{"'quoted'", "quoted"},
		{"o'reilly", "o'reilly"},
		{"rock 'n' roll", "rock n roll"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__shortens__letters_held_down(void **state)
{
	static const struct example examples[] = {
		{"sooooo", "soo"},
		{"sooo goooood", "soo good"},
		{"good", "good"},
		{"noooo!!!!", "noo"},
		{"10000", "10000"},
		{"www", "ww"},
		{"AAAAAaaaa", "aa"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__keeps__languages_and_numbers_as_words(void **state)
{
	static const struct example examples[] = {
		{"C++ or C#?", "c++ or c#"},
		{"c++, c#, f#.", "c++ c# f#"},
		{"(C++)", "c++"},
		{"sea plus plus", "c++"},
		{"1 + 1", "1 1"},
		{"maths + Python", "maths and python"},
		{"maths +Python", "maths python"},
		{"engineer+", "engineer"},
		{"Ⱥ#", "ⱥ"}, /* a byte longer in lower case */
		{"#python", "python"},
		{"$148,485", "$ 148485"},
		{"100%", "100 %"},
		{"7.4 lakhs", "7.4 lakhs"},
		{"about 1,300.", "about 1300"},
		{"1,300,000", "1300000"},
		{"3, 4 and 5", "3 4 and 5"},
		{"$100k", "$ 100k"},
		{"₹22.7L", "₹ 22.7l"},
		{"2nd", "2nd"},
		{"R&D", "r and d"},
		{"AI/ML", "ai ml"},
		{"self-driving", "self driving"},
		{"123456789012345678901234567890.4", "123456789012345678901234567890 4"},
		{"1234567890123456789012345678901234567890",
			"1234567890123456789012345678901 234567890"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__takes__telling_capitals_and_letters_with_stops(void **state)
{
	static const struct example examples[] = {
		{"pay in the US", "pay in the usa"},
		{"tell us", "tell us"},
		{"Us", "us"},
		{"IT jobs", "information technology jobs"},
		{"is it hard", "is it hard"},
		{"in the U.S.", "in the usa"},
		{"in the u.s.", "in the usa"},
		{"U.S.A. now", "usa now"},
		{"the U.S", "the usa"},
		{"e.g. python", "eg python"},
		{"TELL US ABOUT IT PLEASE", "tell us about it please"}, /* shouting */
		{"PAY IN THE U.S. PLEASE", "pay in the usa please"},
		{"US?", "usa"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__takes__emoji_and_noise_for_no_word(void **state)
{
	static const struct example examples[] = {
		{"", ""},
		{"   \t ", ""},
		{"🙂", ""},
		{"👩‍💻 pay 💸💸", "pay"},
		{"?!?!", ""},
		{"...", ""},
		{"***bold*** _it_ ~x~", "bold it x"},
		{"\x01\x02pay\x7f", "pay"},
		{"<b>pay</b>", "b pay b"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

/* Marks by token, as one letter each: - none, c comma, s stop, q question; then the last. */
static void normalise__notes__the_marks_between_words(void **state)
{
	static const struct {
		const char *said, *marks;
		bool asks;
	} cases[] = {
		{"a b", "---", false},
		{"a, b", "-c-", false},
		{"a - b", "---", false},
		{"a — b", "-c-", false},
		{"a 🙂 b", "-c-", false},
		{"a. b", "-s-", false},
		{"a\nb", "-s-", false},
		{"a? b", "-q-", true},
		{"a?! b", "-q-", true},
		{"a... b", "-s-", false},
		{"a b?", "--q", true},
		{"a, b.", "-cs", false},
		{"?a", "--", true},
		{"？a b？", "--q", true},
		{"(a) b", "-c-", false},
		{"what's up", "----", false},
		{"7.4 b", "---", false},
	};
	static const char letters[] = {
		[MARK_NONE] = '-', [MARK_COMMA] = 'c', [MARK_STOP] = 's', [MARK_QUESTION] = 'q'};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct utterance u = workshop_hear(*state, cases[i].said);
		char marks[8] = "";

		assert_true(u.count + 1 < sizeof(marks));
		for (size_t k = 0; k < u.count; k++)
			marks[k] = letters[u.tokens[k].before];
		marks[u.count] = letters[u.last];
		if (strcmp(marks, cases[i].marks) || u.asks_by_mark != cases[i].asks)
			fail_msg("`%s`: %s, %d", cases[i].said, marks, u.asks_by_mark);
	}
}

static void normalise__joins__sentences_with_a_newline(void **state)
{
	struct utterance u = workshop_hear(*state, "One, two. Three? Four");

	assert_string_equal(u.text, "one two\nthree\nfour");
	for (size_t i = 0; i < u.count; i++)
		assert_memory_equal(u.text + u.tokens[i].start, u.tokens[i].text, u.tokens[i].len);
}

static void normalise__cuts__at_a_word(void **state)
{
	struct workshop *w = *state;
	struct utterance u;
	static char text[64 * 1024 + 1];

	for (size_t i = 0; i + 7 < sizeof(text); i += 7)
		memcpy(text + i, "salary ", 8);
	u = workshop_hear(w, text);
	assert_in_range(u.count, NORMALISE_MAX / 7 - 1, NORMALISE_MAX / 7);
	for (size_t i = 0; i < u.count; i++)
		assert_string_equal(u.tokens[i].text, "salary");
}

static void normalise__survives__64_kib_of_anything(void **state)
{
	static const char *const pieces[] = {"a", "€", "\xff", "👩‍💻", "'", "c+", "1,", ".",
		"e\xcc\x81", "\xf0\x9f", "a.", "u ", "\xef\xb7\xba" /* expands eighteenfold */};
	struct workshop *w = *state;
	static char text[64 * 1024 + 1];

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		size_t len = strlen(pieces[i]), used = 0;
		struct utterance u;

		for (; used + len < sizeof(text); used += len)
			memcpy(text + used, pieces[i], len);
		text[used] = '\0';
		u = workshop_hear(w, text);
		assert_true(utf8_valid(u.text, u.len));
		pool_clear(w->pool);
	}
}

static void normalise__reads__bad_utf8_as_a_gap(void **state)
{
	static const struct example examples[] = {
		{"pay\xffin india", "pay in india"},
		{"\xc3", ""},
		{"pay \xed\xa0\x80 now", "pay now"},
		{"pa\xf4\x90\x80\x80y", "pa y"},
	};

	assert_all(*state, examples, ARRAY_LEN(examples));
}

static void normalise__leaves__its_own_output_alone(void **state)
{
	static const char *const said[] = {
		"What's the avg. pay for C++ devs in the U.S.?! Sooooo curious 🙂",
		"₹22.7L, or $148,485 (100%)?\nTELL US",
		"O'Reilly don't — can't; won't",
		"ＭＡＣＨＩＮＥ ΣΊΣΥΦΟΣ café",
		"IT in the US",
		"sea plus plus",
	};
	struct workshop *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		struct utterance once = workshop_hear(w, said[i]);
		struct utterance twice = workshop_hear(w, once.text);

		assert_string_equal(once.text, twice.text);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, workshop_teardown)
	const struct CMUnitTest tests[] = {
		TEST(normalise__folds__unicode),
		TEST(normalise__spells_out__contractions),
		TEST(normalise__shortens__letters_held_down),
		TEST(normalise__keeps__languages_and_numbers_as_words),
		TEST(normalise__takes__telling_capitals_and_letters_with_stops),
		TEST(normalise__takes__emoji_and_noise_for_no_word),
		TEST(normalise__notes__the_marks_between_words),
		TEST(normalise__joins__sentences_with_a_newline),
		TEST(normalise__cuts__at_a_word),
		TEST(normalise__survives__64_kib_of_anything),
		TEST(normalise__reads__bad_utf8_as_a_gap),
		TEST(normalise__leaves__its_own_output_alone),
	};

	return cmocka_run_group_tests_name("normalise", tests, NULL, NULL);
}

#include "testing.h"

#include "wish.h"

static void wish_of__knows__only_whole_wishes(void **state)
{
	static const struct {
		const char *text;
		enum wish wish;
	} cases[] = {
		{"please be quiet", WISH_QUIET},
		{"Please be quiet!", WISH_QUIET},
		{"Could you please be quiet for a while?", WISH_QUIET},
		{"be quiet for an hour, please.", WISH_QUIET},
		{"SHUT UP", WISH_QUIET},
		{"stop it now", WISH_QUIET},
		{"don't be quiet", WISH_NONE},
		{"why are you so quiet", WISH_NONE},
		{"how do I stop being afraid of maths?", WISH_NONE},
		{"you can speak again", WISH_WAKE},
		{"wake up, bot", WISH_WAKE},
		{"what do you store about me?", WISH_STORED},
		{"What is stored of me", WISH_STORED},
		{"privacy", WISH_STORED},
		{"is privacy a skill?", WISH_NONE},
		{"forget me, please", WISH_FORGET},
		{"Erase it.", WISH_FORGET},
		{"please delete my data", WISH_FORGET},
		{"forget what you said about pay", WISH_NONE},
		{"never mind, thanks", WISH_NEVER_MIND},
		{"nvm", WISH_NEVER_MIND},
		{"", WISH_NONE},
		{"please", WISH_NONE},
		{"?!", WISH_NONE},
		{"тихо", WISH_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (wish_of(cases[i].text) != cases[i].wish)
			fail_msg("\"%s\" is taken for %d", cases[i].text, wish_of(cases[i].text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wish_of__knows__only_whole_wishes),
	};

	return cmocka_run_group_tests_name("wish", tests, NULL, NULL);
}

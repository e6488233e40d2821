#include "testing.h"

#include "closest.h"

static void closest_word__finds__what_was_meant(void **state)
{
	static const char *const words[] = {"password_file", "host", "port", "tls", "rooms"};
	static const struct {
		const char *written, *meant;
	} cases[] = {
		{"pasword_file", "password_file"},
		{"password-file", "password_file"},
		{"Password file", "password_file"},
		{"prot", "port"},
		{"room", "rooms"},
		{"tsl", "tls"},
		{"hots", "host"},
		{"colour", NULL},
		{"x", NULL},
		{"", NULL},
		{"a_name_that_is_very_much_longer_than_any_that_there_is", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *found = closest_word(cases[i].written, words, ARRAY_LEN(words));

		if (!cases[i].meant)
			assert_null(found);
		else if (!found || strcmp(found, cases[i].meant))
			fail_msg("%s: %s", cases[i].written, found ? found : "nothing");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closest_word__finds__what_was_meant),
	};

	return cmocka_run_group_tests_name("closest", tests, NULL, NULL);
}

#include "testing.h"

#include "address.h"
#include "body.h"
#include "buf.h"
#include "occupants.h"

static struct occupants people;

static int setup(void **state)
{
	static const char *const nicks[] = {
		"careerbot", "Alice", "will", "Dr. Who", "a@b/c", "Jörg", "x,y: z"};

	(void)state;
	occupants_init(&people);
	for (size_t i = 0; i < ARRAY_LEN(nicks); i++)
		occupants_enter(&people, nicks[i], NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	occupants_release(&people);
	return 0;
}

struct sample {
	const char *text;
	enum { NOBODY, US, OTHER } to;
	const char *said; /* NULL: as the text */
};

static void check(const struct sample *samples, size_t count, const char *nick)
{
	struct buf said;

	buf_init(&said, BUF_QUESTION);
	for (size_t i = 0; i < count; i++) {
		const struct sample *s = &samples[i];
		struct address address;

		buf_clear(&said);
		address = address_read(s->text, nick, &people, &said);
		body_trim(&said);
		if (address.us != (s->to == US) || address.other != (s->to == OTHER))
			fail_msg("\"%s\": us %d, other %d", s->text, address.us, address.other);
		assert_string_equal(said.data, s->said ? s->said : s->text);
	}
	buf_release(&said);
}

static void address_read__knows__the_forms_of_clients(void **state)
{
	static const struct sample samples[] = {
		{"careerbot: how much?", US, "how much?"}, /* Profanity, Conversations */
		{"careerbot, how much?", US, "how much?"}, /* Gajim, Dino, poezio */
		{"careerbot how much?", US, "how much?"},  /* typed */
		{"@careerbot how much?", US, "how much?"},
		{"@careerbot: how much?", US, "how much?"},
		{"CareerBot; how much?", US, "how much?"},
		{"careerbot! how much?", US, "how much?"},
		{"careerbot? you there", US, "you there"},
		{"careerbot. tell me", US, "tell me"},
		{"careerbot - how much?", US, "how much?"},
		{"careerbot:how much?", US, "how much?"},
		{"careerbot，how much?", US, "how much?"}, /* a wide comma */
		{"  careerbot: how much?", US, "how much?"},
		{"careerbot", US, ""},
		{"careerbot:", US, ""},
		{"Alice, careerbot: how much?", US, "how much?"},
		{"careerbot, Alice: how much?", US, "how much?"},
		{"Alice: look\ncareerbot: how much?", US, "how much?"},
		{"how is @careerbot doing?", US, "how is  doing?"},
		{"tell me, @careerbot", US, "tell me,"},
	};

	(void)state;
	check(samples, ARRAY_LEN(samples), "careerbot");
}

static void address_read__knows__greetings_before_the_name(void **state)
{
	static const struct sample samples[] = {
		{"hi careerbot, how much?", US, "how much?"},
		{"Hello, careerbot! how much?", US, "how much?"},
		{"good morning careerbot", US, "good morning"},
		{"thanks careerbot", US, "thanks"},
		{"hey Alice, how are you", OTHER, NULL},
		{"thanks for nothing", NOBODY, NULL},
	};

	(void)state;
	check(samples, ARRAY_LEN(samples), "careerbot");
}

static void address_read__passes_over__talk_about_us(void **state)
{
	static const struct sample samples[] = {
		{"how much?", NOBODY, NULL},
		{"I like careerbot", NOBODY, NULL},
		{"ask careerbot, it knows", NOBODY, NULL},
		{"careerbots are nice", NOBODY, NULL},
		{"careerbot's answer", NOBODY, NULL},
		{"careerbot.example.org is down", NOBODY, NULL},
		{"careerbot-like things", NOBODY, NULL},
		{"mail me@careerbot", NOBODY, NULL},
		{"first line\ncareerbot is nice", NOBODY, NULL},
		{"", NOBODY, NULL},
	};

	(void)state;
	check(samples, ARRAY_LEN(samples), "careerbot");
}

static void address_read__knows__what_is_for_others(void **state)
{
	static const struct sample samples[] = {
		{"Alice: how much?", OTHER, NULL}, {"alice, how much?", OTHER, NULL},
		{"@Alice how much?", OTHER, NULL}, {"Dr. Who: how much?", OTHER, NULL},
		{"a@b/c: how much?", OTHER, NULL}, {"JÖRG: how much?", OTHER, NULL},
		{"x,y: z, how much?", OTHER, NULL},
		{"will I need maths?", NOBODY, NULL}, /* a nick that is a word */
		{"Zed: how much?", NOBODY, NULL},     /* not here */
	};

	(void)state;
	check(samples, ARRAY_LEN(samples), "careerbot");
}

static void address_read__knows__odd_nicks_of_ours(void **state)
{
	static const struct sample with_spaces[] = {
		{"Dr. Who: how much?", US, "how much?"},
		{"dr. who how much?", US, "how much?"},
		{"Dr. Whoever: how much?", NOBODY, NULL},
	};
	static const struct sample not_ascii[] = {
		{"Jörg, how much?", US, "how much?"},
		{"JO\xCC\x88RG: how much?", US, "how much?"},
		{"Jorg: how much?", NOBODY, NULL},
	};

	(void)state;
	check(with_spaces, ARRAY_LEN(with_spaces), "dr. who");
	check(not_ascii, ARRAY_LEN(not_ascii), "jörg");
}

static void address_read__stays__quick_with_long_text(void **state)
{
	static char text[64 * 1024];
	struct buf said;

	(void)state;
	/* Whoever can cost us a pass over all occupants per character would see this hang. */
	memset(text, '@', sizeof(text) - 1);
	buf_init(&said, BUF_QUESTION);
	assert_false(address_read(text, "careerbot", &people, &said).us);
	memset(text, ',', sizeof(text) - 1);
	assert_false(address_read(text, "careerbot", &people, &said).us);
	buf_release(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_read__knows__the_forms_of_clients),
		cmocka_unit_test(address_read__knows__greetings_before_the_name),
		cmocka_unit_test(address_read__passes_over__talk_about_us),
		cmocka_unit_test(address_read__knows__what_is_for_others),
		cmocka_unit_test(address_read__knows__odd_nicks_of_ours),
		cmocka_unit_test(address_read__stays__quick_with_long_text),
	};

	return cmocka_run_group_tests_name("address", tests, setup, teardown);
}

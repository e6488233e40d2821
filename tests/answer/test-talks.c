#include "testing.h"

#include "clock.h"
#include "talks.h"

enum { MAX = 3, AGE = 10 * 60 * 1000 };

struct scene {
	struct clock_hand hand;
	struct clock clock;
	struct answer_talks *talks;
};

static int setup(void **state)
{
	static struct scene scene;

	scene.hand = (struct clock_hand){.mono = 1000};
	scene.clock = clock_by_hand(&scene.hand);
	scene.talks = answer_talks_new(MAX, AGE, &scene.clock);
	*state = &scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	answer_talks_free(&scene->talks);
	assert_null(scene->talks);
	answer_talks_free(&scene->talks);
	return 0;
}

static void begin(struct scene *s, const char *key)
{
	struct talk *talk = talks_get(s->talks, key);

	talks_put(talk->answered, sizeof(talk->answered), key);
	s->hand.mono++;
}

static bool is_known(struct scene *s, const char *key)
{
	return !strcmp(talks_get(s->talks, key)->answered, key);
}

static void talks_get__keeps__each_talk_for_itself(void **state)
{
	struct scene *s = *state;

	begin(s, "anna");
	begin(s, "boris");
	assert_true(is_known(s, "anna"));
	assert_true(is_known(s, "boris"));
	assert_false(is_known(s, "anna in the other room"));
}

static void talks_go_on__takes_over__what_was_said_later(void **state)
{
	struct scene *s = *state;

	begin(s, "anna alone");
	begin(s, "anna in the room");
	assert_string_equal(talks_go_on(s->talks, "anna alone", "anna in the room")->answered,
		"anna in the room");
	begin(s, "anna alone");
	assert_string_equal(
		talks_go_on(s->talks, "anna alone", "anna in the room")->answered, "anna alone");
	assert_string_equal(talks_get(s->talks, "anna in the room")->answered, "anna in the room");
	assert_string_equal(talks_go_on(s->talks, "boris", "boris in the room")->answered, "");
}

static void talks_go_on__forgets__after_a_silence(void **state)
{
	struct scene *s = *state;

	begin(s, "anna in the room");
	s->hand.mono += AGE + 1;
	assert_string_equal(talks_go_on(s->talks, "anna alone", "anna in the room")->answered, "");
}

/* The elder one is the oldest, and makes way for its own successor. */
static void talks_go_on__takes_over__where_all_places_are_taken(void **state)
{
	struct scene *s = *state;

	begin(s, "anna in the room");
	begin(s, "boris");
	begin(s, "carl");
	assert_string_equal(talks_go_on(s->talks, "anna alone", "anna in the room")->answered,
		"anna in the room");
}

static void talks_get__forgets__after_a_silence(void **state)
{
	struct scene *s = *state;

	begin(s, "anna");
	s->hand.mono += AGE - 1;
	assert_true(is_known(s, "anna"));
	/* Each turn begins the silence anew. */
	s->hand.mono += AGE;
	assert_true(is_known(s, "anna"));
	s->hand.mono += AGE + 1;
	assert_false(is_known(s, "anna"));
}

static void talks_get__makes_way__for_the_one_longest_silent(void **state)
{
	struct scene *s = *state;

	begin(s, "anna");
	begin(s, "boris");
	begin(s, "chen");
	begin(s, "anna");
	begin(s, "dora");
	assert_true(is_known(s, "anna"));
	assert_true(is_known(s, "chen"));
	assert_true(is_known(s, "dora"));
	assert_false(is_known(s, "boris"));
}

static void answer_talks_forget__forgets__one(void **state)
{
	struct scene *s = *state;

	begin(s, "anna");
	begin(s, "boris");
	answer_talks_forget(s->talks, "anna");
	answer_talks_forget(s->talks, "nobody");
	assert_false(is_known(s, "anna"));
	assert_true(is_known(s, "boris"));
}

static void talks_put__cuts__at_a_code_point(void **state)
{
	static const struct {
		const char *text;
		size_t size;
		const char *kept;
	} cases[] = {
		{"salary.us", 16, "salary.us"},
		{"salary.us", 10, "salary.us"},
		{"salary.us", 9, "salary.u"},
		{"żółć", 8, "żół"},
		{"żółć", 3, "ż"},
		{"żółć", 2, ""},
		{"", 4, ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char field[16];

		talks_put(field, cases[i].size, cases[i].text);
		assert_string_equal(field, cases[i].kept);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(talks_get__keeps__each_talk_for_itself),
		TEST(talks_go_on__takes_over__what_was_said_later),
		TEST(talks_go_on__forgets__after_a_silence),
		TEST(talks_go_on__takes_over__where_all_places_are_taken),
		TEST(talks_get__forgets__after_a_silence),
		TEST(talks_get__makes_way__for_the_one_longest_silent),
		TEST(answer_talks_forget__forgets__one),
		cmocka_unit_test(talks_put__cuts__at_a_code_point),
	};

	return cmocka_run_group_tests_name("talks", tests, NULL, NULL);
}

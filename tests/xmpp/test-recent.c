#include "testing.h"

#include "mem.h"
#include "recent.h"

static int released;

static void count_release(void *value)
{
	(void)value;
	released++;
}

static void put(struct recent *recent, int key)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", key);
	*(int *)recent_put(recent, text) = key;
}

static bool has(struct recent *recent, int key)
{
	char text[16];
	const int *value;

	snprintf(text, sizeof(text), "%d", key);
	value = recent_get(recent, text);
	return value && *value == key;
}

static void recent_get__finds__at_least_the_last_ones(void **state)
{
	struct recent *recent = recent_new(10, sizeof(int), NULL);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		put(recent, i);
		for (int back = 0; back < 10 && back <= i; back++)
			assert_true(has(recent, i - back));
	}
	assert_false(has(recent, 900));
	recent_free(&recent);
	assert_null(recent);
}

static void recent_get__keeps__what_is_used(void **state)
{
	struct recent *recent = recent_new(4, sizeof(int), NULL);

	(void)state;
	put(recent, 7);
	for (int i = 100; i < 200; i++) {
		put(recent, i);
		assert_true(has(recent, 7));
	}
	recent_free(&recent);
}

static void recent_put__releases__each_value_once(void **state)
{
	struct recent *recent = recent_new(3, sizeof(int), count_release);

	(void)state;
	released = 0;
	for (int i = 0; i < 50; i++) {
		put(recent, i);
		if (i)
			assert_true(has(recent, i - 1)); /* now and then this moves it */
	}
	recent_free(&recent);
	assert_int_equal(released, 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recent_get__finds__at_least_the_last_ones),
		cmocka_unit_test(recent_get__keeps__what_is_used),
		cmocka_unit_test(recent_put__releases__each_value_once),
	};

	return cmocka_run_group_tests_name("recent", tests, NULL, NULL);
}

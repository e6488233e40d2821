#include "testing.h"

#include "lately.h"

static struct journal_key key_of(uint32_t n)
{
	struct journal_key key = {{0}};

	memcpy(key.bytes, &n, sizeof(n));
	return key;
}

static void put(struct lately *lately, uint32_t n, int value)
{
	struct journal_key key = key_of(n);

	*(int *)lately_put(lately, &key) = value;
}

static int get(struct lately *lately, uint32_t n)
{
	struct journal_key key = key_of(n);
	int *value = lately_get(lately, &key);

	return value ? *value : -1;
}

static void lately_put__drops__what_was_longest_untouched(void **state)
{
	struct lately *lately = lately_new(3, sizeof(int));

	(void)state;
	put(lately, 1, 10);
	put(lately, 2, 20);
	put(lately, 3, 30);
	assert_int_equal(get(lately, 1), 10);
	put(lately, 4, 40);
	assert_int_equal(get(lately, 2), -1);
	assert_int_equal(get(lately, 1), 10);
	assert_int_equal(get(lately, 3), 30);
	assert_int_equal(get(lately, 4), 40);
	lately_free(&lately);
	assert_null(lately);
}

static void lately_put__zeroes__a_place_used_again(void **state)
{
	struct lately *lately = lately_new(1, sizeof(int));
	struct journal_key key = key_of(2);

	(void)state;
	put(lately, 1, 77);
	assert_int_equal(*(int *)lately_put(lately, &key), 0);
	lately_free(&lately);
}

static void lately_drop__forgets__one_of_a_chain(void **state)
{
	struct lately *lately = lately_new(64, sizeof(int));
	struct journal_key key = key_of(64 + 5);

	(void)state;
	put(lately, 5, 1); /* all three in one bucket */
	put(lately, 64 + 5, 2);
	put(lately, 128 + 5, 3);
	lately_drop(lately, &key);
	lately_drop(lately, &key);
	assert_int_equal(get(lately, 5), 1);
	assert_int_equal(get(lately, 64 + 5), -1);
	assert_int_equal(get(lately, 128 + 5), 3);
	lately_free(&lately);
}

static void lately__stays_bounded__through_many_strangers(void **state)
{
	struct lately *lately = lately_new(100, sizeof(int));

	(void)state;
	for (uint32_t n = 0; n < 10000; n++)
		put(lately, n, (int)n);
	for (uint32_t n = 0; n < 10000; n++)
		assert_int_equal(get(lately, n), n < 9900 ? -1 : (int)n);
	lately_free(&lately);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lately_put__drops__what_was_longest_untouched),
		cmocka_unit_test(lately_put__zeroes__a_place_used_again),
		cmocka_unit_test(lately_drop__forgets__one_of_a_chain),
		cmocka_unit_test(lately__stays_bounded__through_many_strangers),
	};

	return cmocka_run_group_tests_name("lately", tests, NULL, NULL);
}

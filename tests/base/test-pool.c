#include "testing.h"

#include "pool.h"

enum { BLOCK = 128 };

static int setup(void **state)
{
	*state = pool_new(BLOCK);
	return 0;
}

static int teardown(void **state)
{
	pool_free((struct pool **)state);
	return 0;
}

static void pool_alloc__gives__zeroed_aligned_memory(void **state)
{
	static const size_t sizes[] = {1, 3, 8, 24, BLOCK, 10 * BLOCK, 1};

	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			unsigned char *p = pool_alloc(*state, 1, sizes[i]);

			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < sizes[i]; k++)
				assert_int_equal(p[k], 0);
			/* What is left behind must not show in the next round. */
			memset(p, 0xAA, sizes[i]);
		}
		pool_clear(*state);
	}
}

static void pool_alloc__keeps__neighbours_apart(void **state)
{
	char *texts[100];

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		texts[i] = pool_printf(*state, "text number %zu", i);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		char want[32];

		snprintf(want, sizeof(want), "text number %zu", i);
		assert_string_equal(texts[i], want);
	}
}

static void pool_clear__keeps__one_block(void **state)
{
	size_t before = pool_size(*state);

	for (int i = 0; i < 50; i++)
		memset(pool_alloc(*state, 1, BLOCK / 2), 1, BLOCK / 2);
	memset(pool_alloc(*state, 1, 100 * BLOCK), 1, 100 * BLOCK);
	assert_true(pool_size(*state) > 100 * BLOCK);
	pool_clear(*state);
	assert_int_equal(pool_size(*state), before);
}

static void pool_clear__asks__for_nothing_in_steady_use(void **state)
{
	char *first, *again;

	first = pool_strdup(*state, "one");
	pool_clear(*state);
	again = pool_strdup(*state, "two");
	assert_ptr_equal(first, again);
	assert_string_equal(again, "two");
}

static void pool_strndup__takes__just_so_many_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *want;
	} cases[] = {
		{"machine", 7, "machine"},
		{"machine", 3, "mac"},
		{"machine", 0, ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(
			pool_strndup(*state, cases[i].text, cases[i].len), cases[i].want);
}

static void pool_free__takes__null(void **state)
{
	struct pool *none = NULL;

	(void)state;
	pool_free(&none);
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			pool_alloc__gives__zeroed_aligned_memory, setup, teardown),
		cmocka_unit_test_setup_teardown(
			pool_alloc__keeps__neighbours_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(pool_clear__keeps__one_block, setup, teardown),
		cmocka_unit_test_setup_teardown(
			pool_clear__asks__for_nothing_in_steady_use, setup, teardown),
		cmocka_unit_test_setup_teardown(
			pool_strndup__takes__just_so_many_bytes, setup, teardown),
		cmocka_unit_test(pool_free__takes__null),
	};

	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}

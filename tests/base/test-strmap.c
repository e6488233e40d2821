#include "testing.h"

#include "pool.h"
#include "strmap.h"

static void strmap_get__finds__nothing_in_an_empty_map(void **state)
{
	struct strmap map;

	(void)state;
	strmap_init(&map);
	assert_null(strmap_get(&map, "pay"));
	assert_null(strmap_get_len(&map, "", 0));
	strmap_release(&map);
}

static void strmap_put__gives__the_same_place_again(void **state)
{
	struct strmap map;
	int value = 7;

	(void)state;
	strmap_init(&map);
	*strmap_put(&map, "pay") = &value;
	assert_ptr_equal(*strmap_put(&map, "pay"), &value);
	assert_int_equal(map.count, 1);
	assert_null(*strmap_put(&map, "play"));
	assert_int_equal(map.count, 2);
	strmap_release(&map);
}

static void strmap_get_len__tells_apart__keys_that_begin_alike(void **state)
{
	static const char keys[] = "engineering";
	struct strmap map;
	int values[sizeof(keys)];

	(void)state;
	strmap_init(&map);
	for (size_t len = 0; len < sizeof(keys); len++)
		*strmap_put_len(&map, keys, len) = &values[len];
	for (size_t len = 0; len < sizeof(keys); len++)
		assert_ptr_equal(strmap_get_len(&map, keys, len), &values[len]);
	strmap_release(&map);
}

static void strmap_put__keeps__all_of_many(void **state)
{
	enum { MANY = 5000 };
	struct pool *pool = pool_new(4096);
	struct strmap map;

	(void)state;
	strmap_init(&map);
	for (size_t i = 0; i < MANY; i++)
		*strmap_put(&map, pool_printf(pool, "key %zu", i)) = (void *)(i + 1);
	assert_int_equal(map.count, MANY);
	assert_true(map.size > MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(
			(uintptr_t)strmap_get(&map, pool_printf(pool, "key %zu", i)), i + 1);
	assert_null(strmap_get(&map, "key 5000"));
	strmap_release(&map);
	pool_free(&pool);
}

static void strmap_hash__is__fnv_1a(void **state)
{
	/* The published test values of the hash. */
	static const struct {
		const char *key;
		uint32_t hash;
	} cases[] = {
		{"", 0x811C9DC5u},
		{"a", 0xE40C292Cu},
		{"foobar", 0xBF9CF968u},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(strmap_hash(cases[i].key, strlen(cases[i].key)), cases[i].hash);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strmap_get__finds__nothing_in_an_empty_map),
		cmocka_unit_test(strmap_put__gives__the_same_place_again),
		cmocka_unit_test(strmap_get_len__tells_apart__keys_that_begin_alike),
		cmocka_unit_test(strmap_put__keeps__all_of_many),
		cmocka_unit_test(strmap_hash__is__fnv_1a),
	};

	return cmocka_run_group_tests_name("strmap", tests, NULL, NULL);
}

#include "testing.h"

#include "bucket.h"

static unsigned taken(struct bucket *bucket, const struct bucket_size *size, int64_t now)
{
	unsigned count = 0;

	while (count < 1000 && bucket_allows(bucket, size, now)) {
		bucket_take(bucket, size, now);
		count++;
	}
	return count;
}

static void bucket_take__gives__some_at_once_then_one_each(void **state)
{
	static const struct bucket_size size = {6, 5000};
	static const struct {
		int64_t now;
		unsigned gives;
	} cases[] = {
		{1000, 6},
		{1000, 0},
		{5999, 0},
		{6000, 1},
		{6001, 0},
		{10999, 0},
		{16000, 2},
		{46000, 6}, /* full again, and not more than full */
		{1000000, 6},
	};
	struct bucket bucket = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(taken(&bucket, &size, cases[i].now), cases[i].gives);
}

static void bucket_take__gives__one_by_one_without_a_burst(void **state)
{
	static const struct bucket_size size = {1, 1000};
	struct bucket bucket = {0};

	(void)state;
	assert_int_equal(taken(&bucket, &size, 0), 1);
	assert_int_equal(taken(&bucket, &size, 999), 0);
	assert_int_equal(taken(&bucket, &size, 1000), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bucket_take__gives__some_at_once_then_one_each),
		cmocka_unit_test(bucket_take__gives__one_by_one_without_a_burst),
	};

	return cmocka_run_group_tests_name("bucket", tests, NULL, NULL);
}

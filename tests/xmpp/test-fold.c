#include "testing.h"

#include "fold.h"
#include "pool.h"

static void fold_prefix__finds__a_name_however_it_is_written(void **state)
{
	static const struct {
		const char *text, *name;
		size_t len;
	} cases[] = {
		{"careerbot: hi", "careerbot", 9},
		{"CareerBot: hi", "careerbot", 9},
		{"careerbo", "careerbot", 0},
		{"care erbot", "careerbot", 0},
		{"Żółw, hej", "żółw", sizeof("Żółw") - 1},
		{"z\xCC\x87o\xCC\x81\xC5\x82w!", "żółw", 9}, /* decomposed */
		{"STRASSE 7", "strasse", 7},
		{"Straße 7", "straße", 0}, /* a folded name has no ß */
		{"", "careerbot", 0},
		{"careerbot", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(fold_prefix(cases[i].text, strlen(cases[i].text), cases[i].name),
			cases[i].len);
}

static void fold_text__makes__one_of_all_spellings(void **state)
{
	struct pool *pool = pool_new(512);

	(void)state;
	assert_string_equal(fold_text(pool, "CareerBot", 9), "careerbot");
	assert_string_equal(fold_text(pool, "Z\xCC\x87", 3), "ż");
	assert_string_equal(fold_text(pool, "Straße", 7), "strasse");
	assert_string_equal(fold_text(pool, "bad\xFF", 4), "bad\xFF");
	pool_free(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fold_prefix__finds__a_name_however_it_is_written),
		cmocka_unit_test(fold_text__makes__one_of_all_spellings),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}

#include "testing.h"

#include "json.h"

static char *line_of(json_t *object, int *result, struct err *err)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	*result = json_put_line(out, object, err);
	fclose(out);
	return text;
}

static void json_put_line__keeps__order_and_one_line(void **state)
{
	json_t *object = json_object();
	struct err err = {0};
	char *line;
	int result;

	(void)state;
	json_object_set_new(object, "question", json_text("a\nb\t\"c\"", 7));
	json_object_set_new(object, "answers", json_array());
	json_object_set_new(object, "confidence", json_real(0.93));
	line = line_of(object, &result, &err);
	assert_int_equal(result, 0);
	assert_string_equal(
		line, "{\"question\":\"a\\nb\\t\\\"c\\\"\",\"answers\":[],\"confidence\":0.93}\n");
	free(line);
}

static void json_text__replaces__what_is_no_utf8(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *want;
	} cases[] = {
		{"plain", 5, "plain"},
		{"", 0, ""},
		{"na\xc3\xafve", 6, "na\xc3\xafve"},
		{"\xff", 1, "\xef\xbf\xbd"},
		{"a\xc3", 2, "a\xef\xbf\xbd"},
		{"\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xff\xff\xff\xff", 4, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		json_t *string = json_text(cases[i].text, cases[i].len);

		assert_string_equal(json_string_value(string), cases[i].want);
		json_decref(string);
	}
}

static void json_text__keeps__a_nul_byte(void **state)
{
	json_t *string = json_text("a\0b", 3);

	(void)state;
	assert_int_equal(json_string_length(string), 3);
	assert_memory_equal(json_string_value(string), "a\0b", 3);
	json_decref(string);
}

static void json_put_line__says__what_cannot_be_written(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct err err = {0};

	(void)state;
	if (!full)
		skip();
	assert_int_equal(json_put_line(full, json_object(), &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.text, "No space left"));
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_put_line__keeps__order_and_one_line),
		cmocka_unit_test(json_text__replaces__what_is_no_utf8),
		cmocka_unit_test(json_text__keeps__a_nul_byte),
		cmocka_unit_test(json_put_line__says__what_cannot_be_written),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}

#include "testing.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "err.h"
#include "file.h"
#include "utf8.h"

static void err_set__returns__minus_one_and_says_it_whole(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(err_set(&err, ERR_INPUT, "line %d is %s", 3, "odd"), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(err.text, "line 3 is odd");
}

static void err_set__takes__null(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, ERR_INPUT, "lost"), -1);
	assert_int_equal(err_set_errno(NULL, ENOENT, "lost"), -1);
	assert_int_equal(err_prefix(NULL, "lost"), -1);
}

static void err_set_errno__adds__the_system_s_words(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(err_set_errno(&err, ENOENT, "cannot open %s", "x"), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_string_equal(err.text, "cannot open x: No such file or directory");
}

static void err_prefix__keeps__code_and_message(void **state)
{
	struct err err = {0};

	(void)state;
	err_set(&err, ERR_REFUSED, "wrong password");
	assert_int_equal(err_prefix(&err, "%s", "bot@example.org"), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	assert_string_equal(err.text, "bot@example.org: wrong password");
}

static void err_set__stays__utf8_when_cut(void **state)
{
	struct err err = {0};
	char text[2 * sizeof(err.text)];

	(void)state;
	/* Each start puts the cut at another byte of a three-byte character. */
	for (size_t lead = 0; lead < 3; lead++) {
		memset(text, 'x', lead);
		for (size_t i = lead; i + 4 < sizeof(text); i += 3)
			memcpy(text + i, "€", 4);
		err_set(&err, ERR_INPUT, "%s", text);
		assert_true(utf8_valid(err.text, strlen(err.text)));
		assert_true(strlen(err.text) > sizeof(err.text) - 5);
		err_prefix(&err, "%s", text);
		assert_true(utf8_valid(err.text, strlen(err.text)));
	}
}

static void file_read__reports__what_cannot_be_read(void **state)
{
	const char *path = "test-err.file";
	struct err err = {0};
	struct buf buf;
	FILE *file;

	(void)state;
	buf_init(&buf, 8);
	assert_int_equal(file_read(&buf, "no/such/file", &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(file_read(&buf, ".", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("12345678", file);
	fflush(file);
	assert_int_equal(file_read(&buf, path, &err), 0);
	assert_string_equal(buf.data, "12345678");
	fputs("9", file);
	fclose(file);
	buf_clear(&buf);
	assert_int_equal(file_read(&buf, path, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	buf_release(&buf);
	remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(err_set__returns__minus_one_and_says_it_whole),
		cmocka_unit_test(err_set__takes__null),
		cmocka_unit_test(err_set_errno__adds__the_system_s_words),
		cmocka_unit_test(err_prefix__keeps__code_and_message),
		cmocka_unit_test(err_set__stays__utf8_when_cut),
		cmocka_unit_test(file_read__reports__what_cannot_be_read),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}

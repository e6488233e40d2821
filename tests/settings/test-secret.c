#include "scene.h"

#include <sys/stat.h>

#include "buf.h"
#include "secret.h"

static void secret_read__gives__the_first_line(void **state)
{
	static const char *const files[] = {
		"hunter2", "hunter2\n", "hunter2\r\n", "hunter2\nwhat else stands there\n"};
	struct scene *scene = *state;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct err err = {0};
		struct buf out;

		buf_init(&out, BUF_LINE);
		scene_write(scene, "password", files[i], 0600);
		if (secret_read(&out, scene_path(scene, "password"), &err) < 0)
			fail_msg("%s", err.text);
		assert_string_equal(out.data, "hunter2");
		secret_release(&out);
	}
}

static void secret_read__keeps__blanks(void **state)
{
	struct scene *scene = *state;
	struct err err = {0};
	struct buf out;

	buf_init(&out, BUF_LINE);
	scene_write(scene, "password", " two words \n", 0600);
	assert_int_equal(secret_read(&out, scene_path(scene, "password"), &err), 0);
	assert_string_equal(out.data, " two words ");
	secret_release(&out);
}

static void secret_read__refuses__files_that_will_not_do(void **state)
{
	static const struct {
		const char *text;
		int mode;
		const char *says;
	} cases[] = {
		{"hunter2\n", 0644, "can be read by everybody on this machine: chmod 600"},
		{"hunter2\n", 0602, "can be changed by everybody on this machine: chmod 600"},
		{"", 0600, "is empty"},
		{"\nhunter2\n", 0600, "empty first line"},
		{"hunter\xFF\n", 0600, "UTF-8"},
	};
	struct scene *scene = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		struct buf out;

		buf_init(&out, BUF_LINE);
		scene_write(scene, "password", cases[i].text, cases[i].mode);
		assert_int_equal(secret_read(&out, scene_path(scene, "password"), &err), -1);
		assert_int_equal(out.len, 0);
		if (!strstr(err.text, cases[i].says) || strstr(err.text, "hunter"))
			fail_msg("case %zu: %s", i, err.text);
		secret_release(&out);
	}
}

static void secret_read__refuses__a_line_without_end(void **state)
{
	char text[SECRET_MAX + 2];
	struct scene *scene = *state;
	struct err err = {0};
	struct buf out;

	buf_init(&out, BUF_LINE);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	scene_write(scene, "password", text, 0600);
	assert_int_equal(secret_read(&out, scene_path(scene, "password"), &err), -1);
	assert_non_null(strstr(err.text, "over 1023 bytes"));
	text[SECRET_MAX] = '\0';
	scene_write(scene, "password", text, 0600);
	assert_int_equal(secret_read(&out, scene_path(scene, "password"), &err), 0);
	assert_int_equal(out.len, SECRET_MAX);
	secret_release(&out);
}

static void secret_check__refuses__what_is_no_file(void **state)
{
	struct scene *scene = *state;
	struct err err = {0};

	assert_int_equal(secret_check(scene_path(scene, "nothing"), &err), -1);
	assert_non_null(strstr(err.text, "is not there"));
	assert_int_equal(secret_check(scene->folder, &err), -1);
	assert_non_null(strstr(err.text, "no plain file"));
	assert_int_equal(mkfifo(scene_path(scene, "pipe"), 0600), 0);
	assert_int_equal(secret_check(scene_path(scene, "pipe"), &err), -1);
	assert_non_null(strstr(err.text, "no plain file"));
}

int main(void)
{
#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
	const struct CMUnitTest tests[] = {
		SCENE_TEST(secret_read__gives__the_first_line),
		SCENE_TEST(secret_read__keeps__blanks),
		SCENE_TEST(secret_read__refuses__files_that_will_not_do),
		SCENE_TEST(secret_read__refuses__a_line_without_end),
		SCENE_TEST(secret_check__refuses__what_is_no_file),
	};

	return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}

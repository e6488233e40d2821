#include "scene.h"

#include "buf.h"
#include "picture.h"

#define SIGNATURE "\x89PNG\r\n\x1a\n"

static void write_bytes(struct scene *scene, const char *bytes, size_t len)
{
	FILE *file = fopen(scene_path(scene, "picture.png"), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void picture_read__knows__a_picture_that_will_do(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *wrong; /* NULL: it is 8 by 9 */
	} cases[] = {
#define CASE(text, wrong) {text, sizeof(text) - 1, wrong}
		CASE(SIGNATURE "\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x09rest", NULL),
		CASE("", "no PNG"),
		CASE(SIGNATURE "\0\0\0\x0dIHDR\0\0\0\x08\0\0\0", "no PNG"),
		CASE("GIF89a, and much more than a head behind it", "no PNG"),
		CASE(SIGNATURE "\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x09rest", "bearable size"),
		CASE(SIGNATURE "\0\0\0\x0dIHDR\xff\0\0\x08\0\0\0\x09rest", "bearable size"),
#undef CASE
	};
	struct scene *scene = *state;
	struct picture picture;
	struct buf bytes;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *path;
		int result;

		write_bytes(scene, cases[i].bytes, cases[i].len);
		path = scene_path(scene, "picture.png");
		buf_init(&bytes, PICTURE_MAX);
		result = picture_read(&picture, &bytes, path, &err);
		assert_int_equal(result, cases[i].wrong ? -1 : 0);
		if (cases[i].wrong) {
			assert_non_null(strstr(err.text, cases[i].wrong));
		} else {
			assert_int_equal(picture.width, 8);
			assert_int_equal(picture.height, 9);
			assert_int_equal(bytes.len, cases[i].len);
		}
		buf_release(&bytes);
	}
}

static void picture_read__refuses__what_is_too_large_or_not_there(void **state)
{
	struct scene *scene = *state;
	struct picture picture;
	struct buf bytes;
	struct err err;
	char *large = calloc(1, PICTURE_MAX + 1);

	assert_non_null(large);
	write_bytes(scene, large, PICTURE_MAX + 1);
	free(large);
	buf_init(&bytes, PICTURE_MAX);
	assert_int_equal(
		picture_read(&picture, &bytes, scene_path(scene, "picture.png"), &err), -1);
	assert_string_equal(err.text, "has over 32 KiB");
	buf_clear(&bytes);
	assert_int_equal(picture_read(&picture, &bytes, scene_path(scene, "none.png"), &err), -1);
	buf_release(&bytes);
}

static void settings_load__names__a_picture_or_contact_that_will_not_do(void **state)
{
	struct scene *scene = *state;

	scene_write(scene, "no.png", "GIF89a", 0644);
	scene_load_with_account(scene, "profile: {picture: no.png}\n"
				       "contact: [you@example.org, xmpp:me@example.org]\n");
	assert_non_null(strstr(scene->printed, "no.png is no PNG picture"));
	assert_non_null(strstr(scene->printed, "a contact begins with what it is"));
	assert_null(scene->settings);
}

static void settings_load__takes__off_for_the_profile(void **state)
{
	struct scene *scene = *state;

	scene_load_with_account(scene, "profile: off\ncontact: xmpp:me@example.org\n");
	assert_non_null(scene->settings);
	assert_false(scene->settings->profile.on);
	assert_int_equal(scene->settings->contact_count, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
	const struct CMUnitTest tests[] = {
		TEST(picture_read__knows__a_picture_that_will_do),
		TEST(picture_read__refuses__what_is_too_large_or_not_there),
		TEST(settings_load__names__a_picture_or_contact_that_will_not_do),
		TEST(settings_load__takes__off_for_the_profile),
	};

	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}

/* The manual and the sample are held against the tables of settings that there are. */
#include "scene.h"

#include <ctype.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "file.h"
#include "sections.h"

static const struct section *const sections[] = {&section_settings, &section_account, &section_room,
	&section_profile, &section_rate, &section_bucket, &section_journal};

static void read_dist(struct buf *text, const char *name)
{
	struct err err = {0};
	char path[4096];

	buf_init(text, BUF_FILE);
	snprintf(path, sizeof(path), "%s/bot/dist/%s", getenv("TEST_DATA"), name);
	if (file_read(text, path, &err) < 0)
		fail_msg("%s", err.text);
}

/* A setting that is switched off: `#name: value`, or an item of a list that is. */
static bool is_switched_off(const char *hash, const char *eol)
{
	const char *p = hash + 1;

	while (p < eol && *p == ' ')
		p++;
	if (p + 1 < eol && p[0] == '-' && p[1] == ' ')
		return true;
	if (p == hash + 2) /* one blank: prose */
		return false;
	while (p < eol && (islower((unsigned char)*p) || *p == '_'))
		p++;
	return p < eol && p > hash + 1 && *p == ':';
}

/* Switches on all that the sample shows. */
static void switch_on(struct buf *out, const char *text)
{
	while (*text) {
		const char *eol = strchr(text, '\n');
		const char *hash = text + strspn(text, " ");

		assert_non_null(eol);
		buf_add(out, text, (size_t)(hash - text));
		if (*hash == '#' && is_switched_off(hash, eol))
			hash++;
		buf_add(out, hash, (size_t)(eol + 1 - hash));
		text = eol + 1;
	}
}

/* One as the sample names it. */
static void copy_picture(struct scene *scene)
{
	const char *to = scene_path(scene, "picture.png");
	char from[4096];

	snprintf(from, sizeof(from), "%s/bot/dist/picture.png", getenv("TEST_DATA"));
	assert_int_equal(symlink(from, to), 0);
}

static void sample__loads__as_it_is(void **state)
{
	struct scene *scene = *state;
	struct buf sample;

	read_dist(&sample, "settings.yaml");
	scene_load(scene, sample.data);
	assert_string_equal(scene->printed, "");
	assert_non_null(scene->settings);
	assert_int_equal(scene->settings->room_count, 1);
	buf_release(&sample);
}

static void sample__loads__with_all_switched_on(void **state)
{
	struct scene *scene = *state;
	struct buf sample, on;

	read_dist(&sample, "settings.yaml");
	buf_init(&on, BUF_FILE);
	switch_on(&on, sample.data);
	scene_write(scene, "ca.pem", "", 0644);
	copy_picture(scene);
	assert_int_equal(mkdir(scene_path(scene, "my-pack"), 0755), 0);
	scene_load(scene, on.data);
	assert_string_equal(scene->printed, "");
	assert_non_null(scene->settings);
	assert_int_equal(scene->settings->room_count, 2);
	assert_int_equal(scene->settings->pack_count, 1);
	assert_int_equal(scene->settings->invite_count, 3);
	assert_int_equal(scene->settings->contact_count, 2);
	buf_release(&on);
	buf_release(&sample);
}

/* What the sample shows as switched off is what holds without it. */
static void sample__shows__what_holds_without_it(void **state)
{
	struct scene *scene = *state;
	struct settings_rate rate;
	struct buf sample, on;
	int64_t hold_ms;

	read_dist(&sample, "settings.yaml");
	scene_load(scene, sample.data);
	rate = scene->settings->rate;
	hold_ms = scene->settings->rooms[0].hold_ms;
	buf_init(&on, BUF_FILE);
	switch_on(&on, sample.data);
	scene_write(scene, "ca.pem", "", 0644);
	copy_picture(scene);
	assert_int_equal(mkdir(scene_path(scene, "my-pack"), 0755), 0);
	scene_load(scene, on.data);
	assert_int_equal(scene->settings->rate.asker.burst, rate.asker.burst);
	assert_int_equal(scene->settings->rate.asker.every_ms, rate.asker.every_ms);
	assert_int_equal(scene->settings->rate.room.burst, rate.room.burst);
	assert_int_equal(scene->settings->rate.room.every_ms, rate.room.every_ms);
	assert_int_equal(scene->settings->rooms[0].hold_ms, hold_ms);
	assert_int_equal(scene->settings->rooms[0].manner, SETTINGS_ADDRESSED);
	assert_int_equal(scene->settings->account.tls, SETTINGS_ANY_TLS);
	assert_int_equal(scene->settings->journal.keep_days, 90);
	assert_int_equal(scene->settings->log_level, LOG_INFO);
	buf_release(&on);
	buf_release(&sample);
}

static void every_setting__stands__in_sample_and_manual(void **state)
{
	struct buf sample, manual;

	(void)state;
	read_dist(&sample, "settings.yaml");
	read_dist(&manual, "careerbot-settings.5");
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		for (size_t k = 0; k < sections[i]->count; k++) {
			const struct field *field = &sections[i]->fields[k];
			char in_sample[64], in_manual[64];

			if (field->unlisted)
				continue;
			snprintf(in_sample, sizeof(in_sample), "%s:", field->name);
			snprintf(in_manual, sizeof(in_manual), "%s %s\n",
				sections[i] == &section_settings ? ".Ss" : ".It Ic", field->name);
			if (!strstr(sample.data, in_sample))
				fail_msg("the sample lacks `%s`", field->name);
			if (!strstr(manual.data, in_manual))
				fail_msg("careerbot-settings(5) lacks `%s`", field->name);
		}
	buf_release(&manual);
	buf_release(&sample);
}

int main(void)
{
#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
	const struct CMUnitTest tests[] = {
		SCENE_TEST(sample__loads__as_it_is),
		SCENE_TEST(sample__loads__with_all_switched_on),
		SCENE_TEST(sample__shows__what_holds_without_it),
		cmocka_unit_test(every_setting__stands__in_sample_and_manual),
	};

	return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}

#include "scene.h"

#include <sys/stat.h>
#include <unistd.h>

static const char whole[] = "account:\n"
			    "  jid: Bot@Example.org/Desk\n"
			    "  password_file: password\n"
			    "  host: xmpp.example.org\n"
			    "  port: 5223\n"
			    "  tls: direct\n"
			    "  ca_file: password\n"
			    "rooms:\n"
			    "  - careers@rooms.example.org\n"
			    "  - jid: Juniors@rooms.example.org\n"
			    "    nick: Career Bot\n"
			    "    password: open sesame\n"
			    "    speak: when it can help\n"
			    "    wait: 20 s\n"
			    "packs:\n"
			    "  - .\n"
			    "admins: alice@example.org\n"
			    "invites_from: [example.org, bob@example.net]\n"
			    "rate:\n"
			    "  asker:\n"
			    "    at_once: 3\n"
			    "    then_one_each: 2 s\n"
			    "journal:\n"
			    "  file: talks.sqlite\n"
			    "  keep: 30 days\n"
			    "log_level: debug\n";

static void settings_load__reads__every_field(void **state)
{
	struct scene *scene = *state;
	char folder[4096], path[4200];
	const struct settings *s;

	scene_load(scene, whole);
	assert_string_equal(scene->printed, "");
	s = scene->settings;
	assert_non_null(s);
	assert_non_null(realpath(scene->folder, folder));

	assert_string_equal(s->account.jid, "bot@example.org/Desk");
	snprintf(path, sizeof(path), "%s/password", folder);
	assert_string_equal(s->account.password_file, path);
	assert_string_equal(s->account.ca_file, path);
	assert_string_equal(s->account.host, "xmpp.example.org");
	assert_int_equal(s->account.port, 5223);
	assert_int_equal(s->account.tls, SETTINGS_DIRECT_TLS);

	assert_int_equal(s->room_count, 2);
	assert_string_equal(s->rooms[0].jid, "careers@rooms.example.org");
	assert_string_equal(s->rooms[0].nick, "bot");
	assert_null(s->rooms[0].password);
	assert_int_equal(s->rooms[0].manner, SETTINGS_ADDRESSED);
	assert_string_equal(s->rooms[1].jid, "juniors@rooms.example.org");
	assert_string_equal(s->rooms[1].nick, "Career Bot");
	assert_string_equal(s->rooms[1].password, "open sesame");
	assert_int_equal(s->rooms[1].manner, SETTINGS_HELPFUL);
	assert_int_equal(s->rooms[1].hold_ms, 20000);

	assert_int_equal(s->pack_count, 1);
	snprintf(path, sizeof(path), "%s/.", folder);
	assert_string_equal(s->packs[0], path);
	assert_int_equal(s->admin_count, 1);
	assert_string_equal(s->admins[0], "alice@example.org");
	assert_int_equal(s->invite_count, 2);
	assert_string_equal(s->invites_from[0], "example.org");
	assert_string_equal(s->invites_from[1], "bob@example.net");

	assert_true(s->rate.on);
	assert_int_equal(s->rate.asker.burst, 3);
	assert_int_equal(s->rate.asker.every_ms, 2000);
	assert_int_equal(s->rate.room.burst, 20);
	assert_int_equal(s->rate.room.every_ms, 1000);
	assert_true(s->journal.on);
	snprintf(path, sizeof(path), "%s/talks.sqlite", folder);
	assert_string_equal(s->journal.file, path);
	assert_int_equal(s->journal.keep_days, 30);
	assert_int_equal(s->log_level, LOG_DEBUG);
}

static void settings_load__is_content__with_an_account(void **state)
{
	struct scene *scene = *state;
	const struct settings *s;

	scene_load_with_account(scene, "");
	assert_string_equal(scene->printed, "");
	s = scene->settings;
	assert_non_null(s);
	assert_int_equal(s->account.port, 0);
	assert_int_equal(s->account.tls, SETTINGS_ANY_TLS);
	assert_int_equal(s->room_count + s->pack_count + s->admin_count + s->invite_count, 0);
	assert_true(s->rate.on);
	assert_int_equal(s->rate.asker.burst, 6);
	assert_int_equal(s->rate.asker.every_ms, 5000);
	assert_true(s->journal.on);
	assert_int_equal(s->journal.keep_days, 90);
	assert_non_null(strstr(s->journal.file, "/journal.sqlite"));
	assert_int_equal(s->log_level, LOG_INFO);
}

static void settings_load__takes__off_and_commented_out_lists(void **state)
{
	struct scene *scene = *state;

	scene_load_with_account(scene, "rooms:\n#  - a@b.example\nrate: off\njournal: off\n");
	assert_string_equal(scene->printed, "");
	assert_non_null(scene->settings);
	assert_int_equal(scene->settings->room_count, 0);
	assert_false(scene->settings->rate.on);
	assert_false(scene->settings->journal.on);
}

/* The account stands in lines 1 to 3 of these. */
static const struct {
	const char *text;
	const char *place; /* line:col */
	const char *says;
} mistakes[] = {
	{"romms: []\n", ":4:1:", "no setting `romms` in the settings file; did you mean `rooms`?"},
	{"colour: red\n", ":4:1:", "there are `account`, `rooms`, `packs`"},
	{"rooms: {jid: a@b.example, nik: x}\n", ":4:27:", "`nik` in a room; did you mean `nick`?"},
	{"rooms: 5 rooms\n", ":4:8:", "no address"},
	{"rooms:\n  - careers @rooms.example\n", ":5:12:", "a blank"},
	{"rooms:\n  - nick: x\n", ":5:5:", "a room lacks `jid`"},
	{"rooms:\n  - jid:\n", ":5:5:", "`jid` has no value"},
	{"rooms:\n  - jid: a@b.example\n  - A@B.example\n",
		":6:5:", "second time; the first is in line 5"},
	{"rooms:\n  - jid: a@b.example/nick\n", ":5:21:", "leave out what begins with `/`"},
	{"rooms:\n  - {jid: a@b.example, speak: always}\n",
		":5:31:", "`when addressed` or `when it can help`, not `always`"},
	{"rooms:\n  - {jid: a@b.example, wait: 5}\n", ":5:30:", "`5` of what?"},
	{"rooms:\n  - {jid: a@b.example, wait: 1 h}\n", ":5:30:", "from 0 s to 10 min"},
	{"rooms:\n  - jid: a@b.example\n    nick: [a, b]\n", ":6:11:", "`nick` is a list"},
	{"rooms:\n  - jid: a@b.example\n    nick: |\n      a\n      b\n", ":7:7:", "several lines"},
	{"rooms:\n  - jid: a@b.example\n    nick: *star\n", ":6:11:", "put it in quotes"},
	{"rooms: [a@b.example, '']\n", ":4:23:", "an empty item"},
	{"rooms: ['a@b@c.example']\n", ":4:13:", "second `@`"},
	{"admins: [alice]\n", ":4:10:", "`alice` is no address"},
	{"invites_from: [exam_ple.org]\n", ":4:20:", "`_` cannot stand"},
	{"packs: [nowhere]\n", ":4:9:", "/nowhere is not there"},
	{"packs: [settings.yaml]\n", ":4:9:", "/settings.yaml is no folder"},
	{"packs: ~/pack\n", ":4:8:", "`~` is not understood"},
	{"rate: of\n", ":4:7:", "`off` or `on`, not `of`"},
	{"rate: {asker: 5}\n", ":4:15:", "lines of `name: value` were expected"},
	{"rate: {asker: {at_once: 0}}\n", ":4:25:", "a number from 1 to 1000"},
	{"rate: {asker: {at_once: 5x}}\n", ":4:26:", "a whole number, not `5x`"},
	{"rate: {asker: {at_once: 99999999999999999999}}\n", ":4:25:", "a number from 1 to 1000"},
	{"rate: {asker: {then_one_each: 5 sekunden}}\n", ":4:31:", "`sekunden` is no unit"},
	{"journal: {file: nowhere/x}\n", ":4:17:", "there is no folder"},
	{"journal: {file: .}\n", ":4:17:", "is a folder"},
	{"journal: {keep: 90}\n", ":4:17:", "`90` of what?"},
	{"log_level: loud\n", ":4:12:", "`error`, `warning`, `info` or `debug`, not `loud`"},
	{"rooms: []\nrooms: []\n", ":5:1:", "a second time"},
	{"\trate: off\n", ":4:1:", "a tab"},
};

static void settings_load__names__each_mistake_and_its_place(void **state)
{
	struct scene *scene = *state;

	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		char start[128];

		scene_load_with_account(scene, mistakes[i].text);
		assert_null(scene->settings);
		snprintf(start, sizeof(start), "%s/settings.yaml%s error: ", scene->folder,
			mistakes[i].place);
		if (problems_count(scene->problems, PROBLEM_ERROR) != 1 ||
			strncmp(scene->printed, start, strlen(start)) ||
			!strstr(scene->printed, mistakes[i].says))
			fail_msg("%s\nshould say %s %s, but says\n%s", mistakes[i].text,
				mistakes[i].place, mistakes[i].says, scene->printed);
		if (!strstr(scene->printed, "^\n"))
			fail_msg("no caret in\n%s", scene->printed);
	}
}

static const struct {
	const char *text, *place, *says;
} account_mistakes[] = {
	{"", ":", "lacks `account`"},
	{"account:\n", ":1:", "`account` is empty"},
	{"- account\n", ":1:1:", "is a list"},
	{"account: {jid: a@b.example}\n", ":1:1:", "`account` lacks `password_file`"},
	{"account: {password_file: password}\n", ":1:1:", "`account` lacks `jid`"},
	{"account: {jid: b.example, password_file: password}\n", ":1:16:", "no address"},
	{"account: {jid: a@b.example, password_file: none}\n", ":1:44:", "/none is not there"},
	{"account: {jid: a@b.example, password_file: open}\n", ":1:44:", "chmod 600"},
	{"account: {jid: a@b.example, password_file: password, port: 5222}\n",
		":1:54:", "together with `host`"},
	{"account: {jid: a@b.example, password_file: password, host: b, port: 70000}\n",
		":1:69:", "1 to 65535"},
	{"account: {jid: a@b.example, password_file: password, host: 'b.example:5222'}\n",
		":1:70:", "written in `port`"},
	{"account: {jid: a@b.example, password_file: password, host: 'https://b'}\n",
		":1:67:", "alone"},
	{"account: {jid: a@b.example, password_file: password, tls: no}\n",
		":1:59:", "`starttls` or `direct`"},
	{"account: {jid: a@b.example, password_file: password, ca_file: none}\n",
		":1:63:", "is not there"},
	{"account: {jid: a@b.example, password_file: password, password: x}\n",
		":1:54:", "does not stand in this file"},
};

static void settings_load__wants__an_account_that_can_log_in(void **state)
{
	struct scene *scene = *state;

	scene_write(scene, "open", "hunter2\n", 0644);
	for (size_t i = 0; i < ARRAY_LEN(account_mistakes); i++) {
		char start[128];

		scene_load(scene, account_mistakes[i].text);
		assert_null(scene->settings);
		snprintf(start, sizeof(start), "%s/settings.yaml%s", scene->folder,
			account_mistakes[i].place);
		if (problems_count(scene->problems, PROBLEM_ERROR) != 1 ||
			strncmp(scene->printed, start, strlen(start)) ||
			!strstr(scene->printed, account_mistakes[i].says))
			fail_msg("%s\nshould say %s %s, but says\n%s", account_mistakes[i].text,
				account_mistakes[i].place, account_mistakes[i].says,
				scene->printed);
	}
}

static void settings_load__names__all_mistakes_in_one_run(void **state)
{
	struct scene *scene = *state;

	scene_load(scene, "account: {jid: bot, host: b, port: x}\n"
			  "rooms: [a, b]\n"
			  "rate: fast\n"
			  "jurnal: off\n"
			  "log_level: loud\n");
	assert_null(scene->settings);
	assert_int_equal(problems_count(scene->problems, PROBLEM_ERROR), 8);
}

static void settings_load__never_shows__a_password(void **state)
{
	static const char *const files[] = {
		"rooms: [{jid: a b, password: hunter2}]\n",
		"rooms:\n  - jid: a@b.example\n    password: [hunter2]\n",
		"rooms:\n  - jid: a@b.example\n    pasword: hunter2\n",
		"rooms:\n  - jid: a@b.example\n    Passwort: hunter2\n",
		"rooms:\n  - jid: a@b.example\n    password: \"hunter2\n",
		"rooms:\n  - jid: a@b.example\n    password: %hunter2\n",
		"rooms:\n  - jid: a@b.example\n    password: hunter2: x\n",
		"secret: hunter2\n",
	};
	struct scene *scene = *state;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		scene_load_with_account(scene, files[i]);
		assert_null(scene->settings);
		assert_non_null(strstr(scene->printed, "not shown"));
		if (strstr(scene->printed, "hunter"))
			fail_msg("%s", scene->printed);
	}
}

static void settings_load__warns__of_an_open_file_with_a_password(void **state)
{
	struct scene *scene = *state;
	const char *text = "rooms: [{jid: a@b.example, password: hunter2}]\n";

	scene_load_with_account(scene, text);
	assert_non_null(scene->settings);
	assert_string_equal(scene->printed, "");
	assert_int_equal(chmod(scene_path(scene, "settings.yaml"), 0644), 0);
	settings_free(&scene->settings);
	scene->settings = settings_load(scene_path(scene, "settings.yaml"), scene->problems);
	assert_non_null(scene->settings);
	assert_int_equal(problems_count(scene->problems, PROBLEM_WARNING), 1);
}

static void settings_load__warns__of_a_password_cut_by_a_comment(void **state)
{
	struct scene *scene = *state;

	scene_load_with_account(scene, "rooms:\n  - jid: a@b.example\n    password: open #1\n");
	assert_non_null(scene->settings);
	assert_non_null(strstr(scene->printed, "warning: what stands behind the ` #`"));
}

static void settings_load__finds__what_systemd_hands_over(void **state)
{
	const char *text = "account:\n"
			   "  jid: bot@example.org\n"
			   "  password_file: $CREDENTIALS_DIRECTORY/password\n";
	struct scene *scene = *state;
	char folder[4096], path[4200];

	assert_non_null(realpath(scene->folder, folder));
	scene_load(scene, text);
	assert_non_null(scene->settings);
	assert_string_equal(
		scene->settings->account.password_file, "$CREDENTIALS_DIRECTORY/password");
	assert_non_null(strstr(scene->printed, ":3:18: warning:"));

	setenv("CREDENTIALS_DIRECTORY", folder, 1);
	setenv("STATE_DIRECTORY", "/var/lib/one:/var/lib/two", 1);
	scene_load(scene, text);
	assert_string_equal(scene->printed, "");
	assert_non_null(scene->settings);
	snprintf(path, sizeof(path), "%s/password", folder);
	assert_string_equal(scene->settings->account.password_file, path);
	assert_string_equal(scene->settings->journal.file, "/var/lib/one/journal.sqlite");
}

static void settings_load__says__that_there_is_no_file(void **state)
{
	struct scene *scene = *state;

	assert_null(settings_load(scene_path(scene, "none.yaml"), scene->problems));
	assert_int_equal(problems_count(scene->problems, PROBLEM_ERROR), 1);
	assert_non_null(strstr(problems_first(scene->problems), "No such file"));
}

int main(void)
{
#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
	const struct CMUnitTest tests[] = {
		SCENE_TEST(settings_load__reads__every_field),
		SCENE_TEST(settings_load__is_content__with_an_account),
		SCENE_TEST(settings_load__takes__off_and_commented_out_lists),
		SCENE_TEST(settings_load__names__each_mistake_and_its_place),
		SCENE_TEST(settings_load__wants__an_account_that_can_log_in),
		SCENE_TEST(settings_load__names__all_mistakes_in_one_run),
		SCENE_TEST(settings_load__never_shows__a_password),
		SCENE_TEST(settings_load__warns__of_an_open_file_with_a_password),
		SCENE_TEST(settings_load__warns__of_a_password_cut_by_a_comment),
		SCENE_TEST(settings_load__finds__what_systemd_hands_over),
		SCENE_TEST(settings_load__says__that_there_is_no_file),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}

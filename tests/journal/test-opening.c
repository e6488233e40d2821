#include "world.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct journal_message message_of(struct world *world, const char *id)
{
	struct journal_message message = {.key_count = 1, .archive = "", .archive_id = id};

	message.keys[0] = journal_key(world->journal, "seen", id, NULL, NULL);
	message.at_ms = world->hand.wall;
	return message;
}

static int see(struct world *world, const char *id)
{
	struct journal_message message = message_of(world, id);

	return journal_see(world->journal, &message, &world->err);
}

static bool has_seen(struct world *world, const char *id)
{
	struct journal_message message = message_of(world, id);

	return journal_has_seen(world->journal, &message);
}

static void overwrite(const char *path, const char *text, size_t times)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	while (times--)
		fputs(text, out);
	fclose(out);
}

static int mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void journal_open__makes__files_for_us_alone(void **state)
{
	struct world *world = *state;
	static const char *const suffixes[] = {"", "-wal", "-shm", ".key"};
	mode_t old = umask(0);

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_int_equal(see(world, "m1"), 0);
	umask(old);
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		char path[400];

		snprintf(path, sizeof(path), "%s%s", world->file, suffixes[i]);
		assert_int_equal(mode_of(path), 0600);
	}
}

static void journal_open__numbers__its_migrations(void **state)
{
	struct world *world = *state;

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_string_equal(world_look(world, "SELECT max(number) FROM migration"), "2");
	assert_string_equal(world_look(world, "PRAGMA journal_mode"), "wal");
	assert_int_equal(journal_born_ms(world->journal), world->hand.wall);
	world->hand.wall += 1000;
	world_restart(world);
	assert_int_equal(journal_born_ms(world->journal), world->hand.wall - 1000);
}

static void journal_open__renews__the_journal_of_an_older_version(void **state)
{
	const struct journal_room room = {.jid = "den@muc"};
	struct world *world = *state;

	world_ask(world, "q1", "a question", "a1");
	world_do(world, "DROP TABLE joined_room; DELETE FROM migration WHERE number > 1");
	world_restart(world);
	assert_int_equal(journal_keep_room(world->journal, &room, &world->err), 0);
	assert_string_equal(world_look(world, "SELECT text FROM question"), "a question");
}

static void journal_open__refuses__what_is_not_ours(void **state)
{
	struct world *world = *state;

	world_do(world, "CREATE TABLE recipe (name TEXT)");
	assert_int_equal(journal_open(world->journal, &world->err), -1);
	assert_non_null(strstr(world->err.text, "no journal of careerbot"));
	assert_string_equal(
		world_look(world, "SELECT group_concat(name) FROM sqlite_master"), "recipe");
	assert_null(journal_note(world->journal));
}

static void journal_open__refuses__a_newer_shape(void **state)
{
	struct world *world = *state;

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	journal_free(&world->journal);
	world_do(world, "INSERT INTO migration VALUES (99, 0)");
	world->journal = journal_new(&world->settings, &world->clock, &world->chance);
	assert_int_equal(journal_open(world->journal, &world->err), -1);
	assert_non_null(strstr(world->err.text, "newer careerbot"));
}

static void journal_open__refuses__a_key_cut_short(void **state)
{
	struct world *world = *state;
	char path[400];

	snprintf(path, sizeof(path), "%s.key", world->file);
	overwrite(path, "short", 1);
	assert_int_equal(journal_open(world->journal, &world->err), -1);
	assert_non_null(strstr(world->err.text, "is no key of 32 bytes"));
}

static void journal_has_seen__remembers__across_a_restart(void **state)
{
	struct world *world = *state;
	const char *id;
	int64_t at_ms;

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_false(has_seen(world, "m1"));
	assert_int_equal(see(world, "m1"), 0);
	assert_true(has_seen(world, "m1"));
	world_restart(world);
	assert_true(has_seen(world, "m1"));
	assert_false(has_seen(world, "m2"));
	assert_int_equal(
		journal_archive(world->journal, "", world->pool, &id, &at_ms, &world->err), 1);
	assert_string_equal(id, "m1");
	assert_int_equal(at_ms, world->hand.wall);
	assert_int_equal(journal_archive(world->journal, "room@conference.example", world->pool,
				 &id, &at_ms, &world->err),
		0);
}

static void journal_see__keeps__the_last_ten_thousand(void **state)
{
	struct world *world = *state;

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	for (int i = 0; i < JOURNAL_SEEN_MAX + 5; i++) {
		char id[20];

		snprintf(id, sizeof(id), "m%d", i);
		assert_int_equal(see(world, id), 0);
	}
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	assert_string_equal(world_look(world, "SELECT count(*) FROM seen"), "10000");
	world_restart(world);
	assert_false(has_seen(world, "m4"));
	assert_true(has_seen(world, "m5"));
	assert_true(has_seen(world, "m10004"));
}

static void journal_open__moves_aside__what_is_no_database(void **state)
{
	struct world *world = *state;
	char old[400];

	overwrite(world->file, "this is no database, this is a letter\n", 200);
	assert_int_equal(journal_open(world->journal, &world->err), 0);
	snprintf(old, sizeof(old), "%s.damaged-1700000000", world->file);
	assert_int_equal(access(old, F_OK), 0);
	assert_non_null(strstr(journal_note(world->journal), ".damaged-1700000000"));
	assert_null(journal_note(world->journal));
	assert_int_equal(see(world, "m1"), 0);
}

static void spoil(const char *path, off_t from)
{
	char rubbish[4096];
	int fd = open(path, O_WRONLY);

	memset(rubbish, 0x5A, sizeof(rubbish));
	assert_true(fd >= 0);
	for (int page = 0; page < 20; page++)
		assert_int_equal(pwrite(fd, rubbish, sizeof(rubbish), from + page * 4096), 4096);
	close(fd);
}

static void journal_open__moves_aside__a_file_with_spoilt_pages(void **state)
{
	struct world *world = *state;

	world_ask(world, "m1", "pay?", "r1");
	journal_free(&world->journal);
	spoil(world->file, 4096);
	world->journal = journal_new(&world->settings, &world->clock, &world->chance);
	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_non_null(journal_note(world->journal));
	world_ask(world, "m1", "pay?", "r1");
}

static void journal__begins_anew__when_spoilt_while_open(void **state)
{
	struct world *world = *state;
	sqlite3 *other = NULL;

	world_ask(world, "m1", "pay?", "r1");
	assert_int_equal(journal_prune(world->journal, &world->err), 0);
	/* What another connection writes makes ours forget the pages it holds in memory. */
	assert_int_equal(sqlite3_open(world->file, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "SELECT * FROM mark", NULL, NULL, NULL), SQLITE_OK);
	spoil(world->file, 4096);
	(void)!sqlite3_exec(other, "PRAGMA user_version = 5", NULL, NULL, NULL);
	sqlite3_close(other);

	assert_int_equal(see(world, "m2"), -1);
	assert_non_null(strstr(world->err.text, "malformed"));
	assert_true(has_seen(world, "m2"));
	assert_null(journal_note(world->journal));
	assert_int_equal(see(world, "m3"), 0);
	assert_non_null(strstr(journal_note(world->journal), "was damaged"));
	assert_string_equal(world_look(world, "SELECT count(*) FROM seen"), "1");
}

static void journal__begins_anew__when_its_file_was_removed(void **state)
{
	struct world *world = *state;

	assert_int_equal(see(world, "m1"), 0);
	unlink(world->file);
	world->hand.mono += 2000;
	assert_int_equal(see(world, "m2"), 0);
	assert_non_null(strstr(journal_note(world->journal), "was removed"));
	assert_true(has_seen(world, "m2"));
	assert_string_equal(world_look(world, "SELECT count(*) FROM seen"), "1");
}

static void journal__goes_on__when_another_locks_the_file(void **state)
{
	struct world *world = *state;
	sqlite3 *other = NULL;

	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_int_equal(sqlite3_open(world->file, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(see(world, "m1"), -1);
	assert_non_null(strstr(world->err.text, "locked"));
	assert_true(has_seen(world, "m1"));

	/* It rests: nobody waits for the lock again. */
	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(other);
	assert_int_equal(see(world, "m2"), -1);
	world->hand.mono += 5000;
	assert_int_equal(see(world, "m3"), 0);
	assert_string_equal(world_look(world, "SELECT count(*) FROM seen"), "1");
}

static void journal__goes_on__when_nothing_more_can_be_written(void **state)
{
	struct world *world = *state;
	struct rlimit old, tight;
	static char text[4000];

	memset(text, 'x', sizeof(text) - 1);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(journal_open(world->journal, &world->err), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	tight = (struct rlimit){.rlim_cur = 200000, .rlim_max = old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	world->err.code = ERR_NONE;
	for (int i = 0; i < 200 && !world->err.code; i++) {
		struct journal_question question = world_question(world, "m", text);

		(void)!world_owe(world, &question, NULL);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(world->err.code, ERR_SYSTEM);
	world->hand.mono += 5000;
	assert_int_equal(see(world, "m2"), 0);
	assert_string_equal(world_look(world, "PRAGMA integrity_check"), "ok");
}

static void journal__goes_on__where_there_is_no_folder(void **state)
{
	struct world *world = *state;

	journal_free(&world->journal);
	world->settings.file = "/nowhere/at/all/journal.sqlite";
	world->journal = journal_new(&world->settings, &world->clock, &world->chance);
	assert_int_equal(see(world, "m1"), -1);
	assert_non_null(strstr(world->err.text, "No such file"));
	assert_true(has_seen(world, "m1"));
	assert_false(has_seen(world, "m2"));
}

static void journal_open__reads__the_journal_of_a_running_bot(void **state)
{
	struct world *world = *state;
	struct journal_settings settings = world->settings;
	struct journal *reader;
	struct journal_row *list;
	size_t count;

	world_ask(world, "m1", "pay?", "r1");
	settings.read_only = true;
	reader = journal_new(&settings, &world->clock, &world->chance);
	assert_int_equal(
		journal_list(reader, JOURNAL_ALL, 5, world->pool, &list, &count, &world->err), 0);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].text, "pay?");
	assert_int_equal(journal_prune(reader, &world->err), -1);
	journal_free(&reader);
	world_ask(world, "m2", "skills?", "r2");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(journal_open__makes__files_for_us_alone),
		TEST(journal_open__numbers__its_migrations),
		TEST(journal_open__renews__the_journal_of_an_older_version),
		TEST(journal_open__refuses__what_is_not_ours),
		TEST(journal_open__refuses__a_newer_shape),
		TEST(journal_open__refuses__a_key_cut_short),
		TEST(journal_has_seen__remembers__across_a_restart),
		TEST(journal_see__keeps__the_last_ten_thousand),
		TEST(journal_open__moves_aside__what_is_no_database),
		TEST(journal_open__moves_aside__a_file_with_spoilt_pages),
		TEST(journal__begins_anew__when_spoilt_while_open),
		TEST(journal__begins_anew__when_its_file_was_removed),
		TEST(journal__goes_on__when_another_locks_the_file),
		TEST(journal__goes_on__when_nothing_more_can_be_written),
		TEST(journal__goes_on__where_there_is_no_folder),
		TEST(journal_open__reads__the_journal_of_a_running_bot),
	};

	return cmocka_run_group_tests_name("opening", tests, NULL, NULL);
}

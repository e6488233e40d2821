#include "base.h"

#include "world.h"

#include <dirent.h>
#include <sqlite3.h>
#include <unistd.h>

#include "buf.h"
#include "file.h"
#include "mem.h"

static void each_file(
	struct world *world, void (*visit)(const char *path, void *userdata), void *userdata)
{
	DIR *dir = opendir(world->folder);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char path[600];

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", world->folder, entry->d_name);
		visit(path, userdata);
	}
	closedir(dir);
}

int world_setup(void **state)
{
	const char *build = getenv("TEST_BUILD");
	struct world *world = mem_alloc(1, sizeof(*world));

	snprintf(world->folder, sizeof(world->folder), "%s/journal-XXXXXX", build ? build : ".");
	assert_non_null(mkdtemp(world->folder));
	snprintf(world->file, sizeof(world->file), "%s/journal.sqlite", world->folder);
	world->hand = (struct clock_hand){.mono = 1000, .wall = 1700000000000};
	world->clock = clock_by_hand(&world->hand);
	world->seed = 7;
	world->chance = chance_from_seed(&world->seed);
	world->pool = pool_new(4096);
	world->settings = (struct journal_settings){.file = world->file, .keep_days = 90};
	world->journal = journal_new(&world->settings, &world->clock, &world->chance);
	*state = world;
	return 0;
}

static void remove_file(const char *path, void *userdata)
{
	(void)userdata;
	unlink(path);
}

int world_teardown(void **state)
{
	struct world *world = *state;

	journal_free(&world->journal);
	pool_free(&world->pool);
	each_file(world, remove_file, NULL);
	rmdir(world->folder);
	mem_free(world);
	return 0;
}

void world_restart(struct world *world)
{
	journal_free(&world->journal);
	world->journal = journal_new(&world->settings, &world->clock, &world->chance);
	assert_int_equal(journal_open(world->journal, &world->err), 0);
}

void world_restart_in_memory(struct world *world)
{
	world->settings.file = NULL;
	world_restart(world);
}

struct journal_question world_question(struct world *world, const char *id, const char *text)
{
	return (struct journal_question){
		.place = JOURNAL_ROOM,
		.room = "room@conference.example",
		.asker = "alice@example",
		.id = id,
		.text = text,
		.outcome = "answer",
		.answers = "salary.india",
		.confidence = 0.9,
		.asked_ms = world->hand.wall,
	};
}

struct journal_delivery world_delivery(const char *reply)
{
	return (struct journal_delivery){
		.id = reply,
		.recipient = "room@conference.example",
		.body = "Alice: the pay is good",
		.reply_to = "stanza-1",
		.reply_jid = "room@conference.example/Alice",
	};
}

int world_owe(struct world *world, const struct journal_question *question,
	const struct journal_delivery *delivery)
{
	struct journal_message message = {.key_count = 1};

	message.keys[0] = journal_key(world->journal, "seen", question->asker, question->id, NULL);
	return journal_owe(world->journal, &message, question, delivery, &world->err);
}

void world_ask(struct world *world, const char *id, const char *text, const char *reply)
{
	struct journal_question question = world_question(world, id, text);
	struct journal_delivery delivery = world_delivery(reply);

	assert_int_equal(world_owe(world, &question, &delivery), 0);
}

const char *world_look(struct world *world, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	char *found;

	if (world->journal && !world->keeps_news) {
		world->hand.mono += 200;
		assert_int_equal(journal_flush(world->journal, &world->err), 0);
	}
	assert_int_equal(sqlite3_open(world->file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	found = sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0)
			? pool_strdup(world->pool, (const char *)sqlite3_column_text(stmt, 0))
			: pool_strdup(world->pool, "");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return found;
}

void world_do(struct world *world, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(world->file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

struct search {
	const char *text;
	bool found;
};

static void search_file(const char *path, void *userdata)
{
	struct search *search = userdata;
	struct buf content;

	buf_init(&content, BUF_FILE);
	assert_int_equal(file_read(&content, path, NULL), 0);
	if (memmem(content.data, content.len, search->text, strlen(search->text)))
		search->found = true;
	buf_release(&content);
}

bool world_holds(struct world *world, const char *text)
{
	struct search search = {.text = text};

	each_file(world, search_file, &search);
	return search.found;
}

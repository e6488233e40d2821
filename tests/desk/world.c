#include "world.h"

#include <dirent.h>
#include <sqlite3.h>
#include <unistd.h>

#include "buf.h"
#include "log.h"
#include "mem.h"

static void keep(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text ? text : "");
}
#define KEEP(out, text) keep(out, sizeof(out), text)

static const char *look(struct world *world, const char *sql)
{
	static char found[1000];
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;

	assert_int_equal(sqlite3_open(world->file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	found[0] = 0;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		KEEP(found, (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return found;
}

static int pretend_send(void *userdata, const struct chat_reply *reply, struct err *err)
{
	struct world *world = userdata;
	struct sent *sent = &world->sent[world->sent_count];

	if (world->wire_is_cut)
		return err_set(err, ERR_CLOSED, "offline");
	if (world->wire_has_no_room && reply->place == CHAT_ROOM)
		return err_set(err, ERR_CLOSED, "not in the room");
	if (world->wire_is_mute && reply->place == CHAT_ROOM)
		return err_set(err, ERR_REFUSED, "no voice");
	assert_true(world->sent_count < SENT_MAX);
	if (world->looks_when_sending)
		KEEP(world->seen_when_sending, look(world, world->looks_when_sending));
	world->sent_count++;
	sent->place = reply->place;
	KEEP(sent->to, reply->to);
	KEEP(sent->id, reply->id);
	KEEP(sent->body, reply->body);
	KEEP(sent->reply_to, reply->reply_to);
	KEEP(sent->reply_jid, reply->reply_jid);
	KEEP(sent->thread, reply->thread);
	KEEP(sent->replaces, reply->replaces);
	KEEP(sent->retracts, reply->retracts);
	KEEP(sent->retracts_in_room, reply->retracts_in_room);
	KEEP(sent->quote, reply->quote);
	sent->throw_away = reply->throw_away;
	return 0;
}

/* --- what admins may have done --- */

static int pretend_join(
	void *userdata, const char *room, const char *nick, const char *password, struct err *err)
{
	struct world *world = userdata;

	if (!strchr(room, '@'))
		return err_set(err, ERR_INPUT, "%s is no room", room);
	snprintf(world->done, sizeof(world->done), "join %s %s %s", room, nick ? nick : "-",
		password ? password : "-");
	return 0;
}

static enum desk_left pretend_leave(void *userdata, const char *room)
{
	struct world *world = userdata;

	if (!strcmp(room, "far@chat"))
		return DESK_NOT_THERE;
	snprintf(world->done, sizeof(world->done), "leave %s", room);
	return world->left_lasts ? DESK_LEFT : DESK_LEFT_FOR_NOW;
}

static size_t pretend_seats(void *userdata, struct pool *pool, const struct chat_seat **seats)
{
	static const struct chat_seat all[] = {
		{"room@chat", "careerbot", .inside = true},
		{"help@chat", "cb", .inside = true, .mute = true},
		{"late@chat", "careerbot", .added = true},
	};
	struct world *world = userdata;

	(void)pool;
	*seats = all;
	return world->has_no_seats ? 0 : ARRAY_LEN(all);
}

static void pretend_reload(void *userdata)
{
	struct world *world = userdata;

	snprintf(world->done, sizeof(world->done), "reload");
}

static bool pretend_block(void *userdata, const char *jid, bool blocked)
{
	struct world *world = userdata;

	snprintf(world->done, sizeof(world->done), "%s %s", blocked ? "block" : "unblock", jid);
	return world->server_blocks;
}

static bool pretend_report(void *userdata, const char *jid)
{
	struct world *world = userdata;

	if (world->server_takes_reports)
		snprintf(world->done, sizeof(world->done), "report %s", jid);
	return world->server_takes_reports;
}

/* Of those in a room@chat, none shows their address. */
static bool pretend_who(
	void *userdata, const char *jid, struct pool *pool, struct chat_message *who)
{
	const char *slash = strchr(jid, '/');

	(void)userdata;
	*who = (struct chat_message){.from = jid};
	if (!strchr(jid, '@'))
		return false;
	if (!strncmp(jid, "room@chat", 9)) {
		who->place = CHAT_PRIVATE;
		who->asker = pool_printf(pool, "room@chat#%s", slash ? slash + 1 : "");
		return slash;
	}
	who->asker = who->real_jid = slash ? pool_strndup(pool, jid, (size_t)(slash - jid)) : jid;
	return true;
}

static void take_log(void *userdata, enum log_level level, const char *line)
{
	struct world *world = userdata;
	size_t len = strlen(world->log);

	snprintf(world->log + len, sizeof(world->log) - len, "%s: %s\n", log_level_name(level),
		line);
}

static void begin(struct world *world, const char *file)
{
	const struct journal_settings journal = {.file = file, .keep_days = 90};
	const struct desk_wire wire = {pretend_send, world};
	const struct desk_powers powers = {pretend_join, pretend_leave, pretend_seats,
		pretend_reload, pretend_block, pretend_report, pretend_who, world};

	world->journal = journal_new(&journal, &world->clock, &world->chance);
	world->desk = desk_new(&world->settings, fake_engine(), NULL, world->journal, &wire,
		&world->clock, &world->chance);
	desk_empower(world->desk, &powers);
	desk_online(world->desk);
}

int world_setup(void **state)
{
	static const struct desk_room rooms[] = {
		{.jid = "room@chat"}, {.jid = "help@chat", .helpful = true, .hold_ms = 5000}};
	static const char *const admins[] = {"admin@example"};
	const char *build = getenv("TEST_BUILD");
	struct world *world = mem_alloc(1, sizeof(*world));

	snprintf(world->folder, sizeof(world->folder), "%s/desk-XXXXXX", build ? build : ".");
	assert_non_null(mkdtemp(world->folder));
	snprintf(world->file, sizeof(world->file), "%s/journal.sqlite", world->folder);
	world->hand = (struct clock_hand){.mono = 1000000, .wall = 1700000000000};
	world->clock = clock_by_hand(&world->hand);
	world->seed = 7;
	world->chance = chance_from_seed(&world->seed);
	world->settings = (struct desk_settings){
		.rooms = rooms,
		.room_count = ARRAY_LEN(rooms),
		.admins = admins,
		.admin_count = ARRAY_LEN(admins),
		.rate = {.on = true, .asker = {6, 5000}, .room = {20, 1000}},
	};
	log_init(LOG_INFO, take_log, world);
	begin(world, world->file);
	*state = world;
	return 0;
}

static void end(struct world *world)
{
	desk_free(&world->desk);
	journal_free(&world->journal);
}

int world_teardown(void **state)
{
	struct world *world = *state;
	DIR *dir;
	struct dirent *entry;

	end(world);
	dir = opendir(world->folder);
	while (dir && (entry = readdir(dir)))
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	rmdir(world->folder);
	log_init(LOG_INFO, NULL, NULL);
	mem_free(world);
	return 0;
}

void world_restart(struct world *world)
{
	end(world);
	begin(world, world->file);
}

void world_restart_in_memory(struct world *world)
{
	end(world);
	begin(world, NULL);
}

/* Texts of the few messages that a test has at hand at once. */
static const char *join(
	struct world *world, const char *before, const char *word, const char *after)
{
	static char texts[64][200];
	char *text = texts[world->ids++ % ARRAY_LEN(texts)];

	snprintf(text, sizeof(texts[0]), "%s%s%s", before, word, after);
	return text;
}

static const char *new_id(struct world *world, const char *prefix)
{
	static char ids[64][40];
	char *id = ids[world->ids++ % ARRAY_LEN(ids)];

	snprintf(id, sizeof(ids[0]), "%s-%u", prefix, world->ids);
	return id;
}

struct chat_message world_direct(struct world *world, const char *who, const char *text)
{
	return (struct chat_message){
		.place = CHAT_DIRECT,
		.from = join(world, "", who, "@example/phone"),
		.asker = join(world, "", who, "@example"),
		.real_jid = join(world, "", who, "@example"),
		.body = text,
		.text = text,
		.id = new_id(world, "m"),
		.stanza_id = new_id(world, "st"),
		.addressed = true,
	};
}

struct chat_message world_in_room(struct world *world, const char *nick, const char *text)
{
	return (struct chat_message){
		.place = CHAT_ROOM,
		.from = join(world, "room@chat/", nick, ""),
		.room = "room@chat",
		.nick = nick,
		.asker = join(world, "room@chat#", nick, ""),
		.body = join(world, "careerbot: ", text, ""),
		.text = text,
		.id = new_id(world, "m"),
		.stanza_id = new_id(world, "st"),
		.addressed = true,
	};
}

struct chat_message world_overheard(struct world *world, const char *nick, const char *text)
{
	struct chat_message message = world_in_room(world, nick, text);

	message.room = "help@chat";
	message.own_nick = "careerbot";
	message.from = join(world, "help@chat/", nick, "");
	message.asker = join(world, "help@chat#", nick, "");
	message.body = text;
	message.addressed = false;
	return message;
}

struct chat_message world_private(struct world *world, const char *nick, const char *text)
{
	struct chat_message message = world_in_room(world, nick, text);

	message.place = CHAT_PRIVATE;
	message.body = text;
	return message;
}

const struct sent *world_say(struct world *world, const struct chat_message *message)
{
	size_t before = world->sent_count;

	desk_message(world->desk, message);
	return world->sent_count > before ? world_last(world) : NULL;
}

const struct sent *world_say_direct(struct world *world, const char *who, const char *text)
{
	struct chat_message message = world_direct(world, who, text);

	return world_say(world, &message);
}

const struct sent *world_say_in_room(struct world *world, const char *nick, const char *text)
{
	struct chat_message message = world_in_room(world, nick, text);

	return world_say(world, &message);
}

size_t world_wait(struct world *world, int64_t ms)
{
	size_t before = world->sent_count;

	desk_tick(world->desk);
	for (int64_t step; ms > 0; ms -= step) {
		step = ms < 1000 ? ms : ms > 100000 ? ms - 100000 : 1000;
		world->hand.mono += step;
		world->hand.wall += step;
		desk_tick(world->desk);
	}
	return world->sent_count - before;
}

const struct sent *world_last(struct world *world)
{
	return world->sent_count ? &world->sent[world->sent_count - 1] : NULL;
}

const char *world_look(struct world *world, const char *sql)
{
	struct err err;

	world->hand.mono += 200;
	assert_int_equal(journal_flush(world->journal, &err), 0);
	return look(world, sql);
}

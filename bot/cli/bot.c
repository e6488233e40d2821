#include "bot.h"

#include "jid.h"
#include "log.h"
#include "mem.h"
#include "pool.h"

enum {
	TALKS_MAX = 1024,             /* askers in places; a thousand bytes each */
	TALK_AGE_MS = 30 * 60 * 1000, /* after a silence of half an hour, "and in India?" is new */
};

struct bot {
	struct setup setup;
	struct journal *journal;
	struct answer_talks *talks;
	struct desk *desk;
	struct session *session;
	int64_t patience_ms; /* of the desk, until it wants to be called again */
	bool wants_change;
};

/* --- from the session to the desk --- */

static void on_message(void *userdata, const struct chat_message *message)
{
	struct bot *bot = userdata;

	desk_message(bot->desk, message);
}

static void on_confirmed(void *userdata, const char *id, const char *stanza_id)
{
	struct bot *bot = userdata;

	desk_confirmed(bot->desk, id, stanza_id);
}

static void on_undelivered(void *userdata, const char *id, const char *reason)
{
	struct bot *bot = userdata;

	desk_undelivered(bot->desk, id, reason);
}

static void on_online(void *userdata)
{
	struct bot *bot = userdata;

	desk_online(bot->desk);
}

static struct chat_mark on_came_back(void *userdata, const char *room)
{
	struct bot *bot = userdata;

	return desk_catch_up(bot->desk, room);
}

static void on_caught_up(void *userdata, const char *room, enum chat_archive how)
{
	struct bot *bot = userdata;

	desk_caught_up(bot->desk, room, how);
}

static void on_has_voice(void *userdata, const char *room)
{
	struct bot *bot = userdata;

	desk_has_voice(bot->desk, room);
}

static void on_offline(void *userdata)
{
	struct bot *bot = userdata;

	desk_offline(bot->desk);
}

/* --- rooms besides those of the settings --- */

static void on_joined(void *userdata, const struct session_room *room)
{
	const struct journal_room kept = {room->jid, room->nick, room->password};
	struct bot *bot = userdata;
	struct err err;

	if (journal_keep_room(bot->journal, &kept, &err) < 0)
		log_warn("room %s will be forgotten with this run: %s", room->jid, err.text);
}

static void on_left(void *userdata, const char *jid)
{
	struct bot *bot = userdata;
	struct err err;

	if (journal_drop_room(bot->journal, jid, &err) < 0)
		log_warn("room %s cannot be forgotten: %s", jid, err.text);
}

static bool is_in_settings(const struct bot *bot, const char *jid)
{
	const struct settings *settings = bot->setup.settings;

	for (size_t i = 0; i < settings->room_count; i++)
		if (!strcmp(settings->rooms[i].jid, jid))
			return true;
	return false;
}

/* Those of the last run. What stands in the settings by now is theirs. */
static void join_kept_rooms(struct bot *bot)
{
	struct pool *pool = pool_new(1024);
	struct journal_room *rooms = NULL;
	size_t count = 0;
	struct err err;

	if (journal_rooms(bot->journal, pool, &rooms, &count, &err) < 0)
		log_warn("the rooms joined by invitation are not known: %s", err.text);
	for (size_t i = 0; i < count; i++) {
		const struct session_room room = {rooms[i].jid, rooms[i].nick, rooms[i].password};

		if (is_in_settings(bot, room.jid))
			on_left(bot, room.jid);
		else if (session_join(bot->session, &room, &err) < 0)
			log_warn("%s", err.text);
	}
	pool_free(&pool);
}

static void on_report(void *userdata, enum log_level level, const char *line)
{
	(void)userdata;
	switch (level) {
	case LOG_ERROR:
		log_error("%s", line);
		break;
	case LOG_WARN:
		log_warn("%s", line);
		break;
	case LOG_INFO:
		log_info("%s", line);
		break;
	case LOG_DEBUG:
		log_debug("%s", line);
		break;
	}
}

static size_t on_list(void *userdata, const struct chat_message *who, struct pool *pool,
	const struct adhoc_command **commands)
{
	struct bot *bot = userdata;

	return desk_commands(bot->desk, who, pool, commands);
}

static enum adhoc_access on_access(void *userdata, const struct chat_message *who, const char *node)
{
	struct bot *bot = userdata;

	return desk_command_access(bot->desk, who, node);
}

static void on_run(void *userdata, const struct adhoc_call *call, struct pool *pool,
	struct adhoc_answer *answer)
{
	struct bot *bot = userdata;

	desk_command_run(bot->desk, call, pool, answer);
}

/* --- from the desk to the session --- */

static int send_reply(void *userdata, const struct chat_reply *reply, struct err *err)
{
	struct bot *bot = userdata;

	return session_send(bot->session, reply, err);
}

/* --- what admins may have done --- */

static int do_join(void *userdata, const char *address, const char *nick, const char *password,
	struct err *err)
{
	struct bot *bot = userdata;
	struct pool *pool = pool_new(512);
	const char *account = bot->setup.settings->account.jid, *jid = jid_normal(pool, address);
	const struct session_room room = {
		.jid = jid ? jid : address,
		.nick = nick ? nick : pool_strndup(pool, account, strcspn(account, "@")),
		.password = password,
	};
	int result = session_join(bot->session, &room, err);

	if (result == 0 && !is_in_settings(bot, room.jid))
		on_joined(bot, &room);
	pool_free(&pool);
	return result;
}

static enum desk_left do_leave(void *userdata, const char *address)
{
	struct bot *bot = userdata;
	struct pool *pool = pool_new(512);
	const char *jid = jid_normal(pool, address);
	enum desk_left left = DESK_NOT_THERE;

	if (jid && session_leave(bot->session, jid)) {
		left = is_in_settings(bot, jid) ? DESK_LEFT_FOR_NOW : DESK_LEFT;
		on_left(bot, jid);
	}
	pool_free(&pool);
	return left;
}

static size_t tell_seats(void *userdata, struct pool *pool, const struct chat_seat **seats)
{
	struct bot *bot = userdata;

	return session_seats(bot->session, pool, seats);
}

static void do_reload(void *userdata)
{
	struct bot *bot = userdata;

	bot->wants_change = true;
}

static bool do_block(void *userdata, const char *jid, bool blocked)
{
	struct bot *bot = userdata;

	return session_block(bot->session, jid, blocked);
}

static bool do_report(void *userdata, const char *jid)
{
	struct bot *bot = userdata;

	return session_report(bot->session, jid);
}

static bool find_who(void *userdata, const char *jid, struct pool *pool, struct chat_message *who)
{
	struct bot *bot = userdata;

	return session_who(bot->session, jid, pool, who);
}

bool bot_wants_change(struct bot *bot)
{
	bool wants = bot->wants_change;

	bot->wants_change = false;
	return wants;
}

void bot_tell_changed(struct bot *bot, const char *problem)
{
	desk_reloaded(bot->desk, problem);
}

/* --- life --- */

static void open_desk(struct bot *bot, const struct clock *clock, const struct chance *chance)
{
	const struct journal_settings journal = setup_journal(&bot->setup);
	const struct desk_settings desk = setup_desk(&bot->setup);
	const struct desk_wire wire = {.send = send_reply, .userdata = bot};
	const struct desk_powers powers = {
		do_join, do_leave, tell_seats, do_reload, do_block, do_report, find_who, bot};

	bot->journal = journal_new(&journal, clock, chance);
	bot->talks = answer_talks_new(TALKS_MAX, TALK_AGE_MS, clock);
	bot->desk =
		desk_new(&desk, bot->setup.engine, bot->talks, bot->journal, &wire, clock, chance);
	desk_empower(bot->desk, &powers);
}

int bot_new(struct bot **bot, struct setup *setup, const char *password, const struct clock *clock,
	const struct chance *chance, struct err *err)
{
	const struct session_settings settings = setup_session(setup, password);
	struct bot *made = mem_alloc(1, sizeof(*made));
	const struct session_events events = {
		.message = on_message,
		.confirmed = on_confirmed,
		.undelivered = on_undelivered,
		.online = on_online,
		.offline = on_offline,
		.joined = on_joined,
		.left = on_left,
		.came_back = on_came_back,
		.caught_up = on_caught_up,
		.has_voice = on_has_voice,
		.report = on_report,
		.commands = {on_list, on_access, on_run, made},
		.userdata = made,
	};

	if (session_new(&made->session, &settings, &events, clock, chance, err) < 0) {
		mem_free(made);
		return -1;
	}
	made->setup = *setup;
	*setup = (struct setup){0};
	open_desk(made, clock, chance);
	join_kept_rooms(made);
	*bot = made;
	return 0;
}

void bot_free(struct bot **bot)
{
	struct bot *b = *bot;

	if (!b)
		return;
	session_free(&b->session);
	desk_free(&b->desk);
	answer_talks_free(&b->talks);
	journal_free(&b->journal);
	setup_release(&b->setup);
	mem_free(b);
	*bot = NULL;
}

enum session_end bot_turn(struct bot *bot, int wake_fd)
{
	enum session_end end = session_poll(bot->session, wake_fd, bot->patience_ms);

	bot->patience_ms = desk_tick(bot->desk);
	return end;
}

void bot_stop(struct bot *bot)
{
	session_stop(bot->session);
}

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

bool bot_change(struct bot *bot, struct setup *setup, const char *password)
{
	const struct session_settings session = setup_session(setup, password);
	const struct desk_settings desk = setup_desk(setup);
	const struct journal_settings before = setup_journal(&bot->setup);
	const struct journal_settings after = setup_journal(setup);
	bool wants_restart = session_reload(bot->session, &session) != 0;

	wants_restart |= !same_text(before.file, after.file) || before.keep_days != after.keep_days;
	desk_set(bot->desk, &desk);
	desk_swap_engine(bot->desk, setup->engine);
	setup_release(&bot->setup);
	bot->setup = *setup;
	*setup = (struct setup){0};
	return wants_restart;
}

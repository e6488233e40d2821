/* Orders that only admins may give. Whether it is one who gives them was looked at before. */
#include "order.h"

#include "desk_inner.h"
#include "jidform.h"
#include "log.h"
#include "mem.h"

/* Until somebody takes it back. */
#define BLOCK_MS (20 * 365 * DESK_DAY_MS)

static void say_of(
	struct desk *desk, struct buf *reply, const char *name, const char *word, const char *value)
{
	const struct wording_fill fill = {word, value};

	order_say(desk, reply, name, &fill, 1);
}

static bool say_why_not(struct desk *desk, struct buf *reply, const struct err *err)
{
	say_of(desk, reply, "failed", "reason", err->text);
	return false;
}

static bool is_address(
	struct desk *desk, const struct order *order, enum jidform form, struct buf *reply)
{
	struct err err;
	size_t where;

	return jidform_check(order->address, form, &where, &err) == 0 ||
	       say_why_not(desk, reply, &err);
}

/* --- rooms --- */

static bool join(struct desk *desk, const struct order *order, struct buf *reply)
{
	const struct desk_powers *powers = &desk->powers;
	struct err err;

	if (!is_address(desk, order, JIDFORM_BARE, reply))
		return false;
	if (powers->join(powers->userdata, order->address, order->nick, order->password, &err) < 0)
		return say_why_not(desk, reply, &err);
	say_of(desk, reply, journal_keeps_text(desk->journal) ? "joining" : "joining-for-now",
		"room", order->address);
	return true;
}

static bool leave(struct desk *desk, const struct order *order, struct buf *reply)
{
	static const char *const names[] = {
		[DESK_NOT_THERE] = "not-in-room",
		[DESK_LEFT] = "left",
		[DESK_LEFT_FOR_NOW] = "left-for-now",
	};
	enum desk_left left = desk->powers.leave(desk->powers.userdata, order->address);

	say_of(desk, reply, names[left], "room", order->address);
	return left != DESK_NOT_THERE;
}

static void list_rooms(struct desk *desk, struct buf *reply)
{
	const struct chat_seat *seats;
	size_t count = desk->powers.seats(desk->powers.userdata, desk->pool, &seats);
	const char *added = NULL;

	if (!count)
		order_say(desk, reply, "rooms-none", NULL, 0);
	for (size_t i = 0; i < count; i++) {
		const struct wording_fill fills[] = {
			{"room", seats[i].jid}, {"nick", seats[i].nick}};
		const char *name = !seats[i].inside ? "room-outside"
				   : seats[i].mute  ? "room-mute"
						    : "room-inside";

		order_say(desk, reply, name, fills, ARRAY_LEN(fills));
		if (seats[i].added)
			added = pool_printf(desk->pool, "%s%s%s", added ? added : "",
				added ? ", " : "", seats[i].jid);
	}
	if (added)
		say_of(desk, reply, "rooms-added", "rooms", added);
}

static bool say_in_room(struct desk *desk, const struct order *order, struct buf *reply)
{
	char id[POST_ID_SIZE], *room = pool_strdup(desk->pool, order->address);
	struct chat_reply words = {.place = CHAT_ROOM, .to = room, .id = id, .body = order->text};
	struct err err;

	jidform_fold(room);
	post_new_id(desk, id);
	if (desk->wire.send(desk->wire.userdata, &words, &err) < 0)
		return say_why_not(desk, reply, &err);
	guard_said(desk->guard, order->text);
	say_of(desk, reply, "said", "room", order->address);
	return true;
}

/* --- people --- */

static bool is_admins(const struct desk *desk, const char *bare_jid)
{
	for (size_t i = 0; bare_jid && i < desk->settings.admin_count; i++)
		if (!strcmp(desk->settings.admins[i], bare_jid))
			return true;
	return false;
}

/* The server can tell an account from others; the nick of somebody whose address a room hides may
 * be another's tomorrow. Returns the line that says what has been done. */
static const char *ask_server(struct desk *desk, const char *real_jid, enum order_kind kind)
{
	const struct desk_powers *powers = &desk->powers;
	bool blocks = kind != ORDER_UNBLOCK;

	if (real_jid && kind == ORDER_REPORT && powers->report(powers->userdata, real_jid))
		return "reported";
	if (real_jid && powers->block(powers->userdata, real_jid, blocks) && blocks)
		return "blocked";
	return blocks ? "ignored" : "unblocked";
}

static bool block(struct desk *desk, const struct order *order, struct buf *reply)
{
	bool blocks = order->kind != ORDER_UNBLOCK;
	int64_t for_ms = blocks ? BLOCK_MS : 0;
	struct chat_message who;
	struct err err;

	if (!is_address(desk, order, JIDFORM_ACCOUNT, reply))
		return false;
	if (!desk->powers.who(desk->powers.userdata, order->address, desk->pool, &who)) {
		err_set(&err, ERR_INPUT, "%s is nobody who could talk to me", order->address);
		return say_why_not(desk, reply, &err);
	}
	if (blocks && is_admins(desk, who.real_jid)) {
		say_of(desk, reply, "block-admin", "address", who.real_jid);
		return false;
	}
	desk_ignore(desk, who.asker, for_ms);
	if (who.real_jid && strcmp(who.real_jid, who.asker) != 0)
		desk_ignore(desk, who.real_jid, for_ms);
	say_of(desk, reply, ask_server(desk, who.real_jid, order->kind), "address",
		who.real_jid ? who.real_jid : order->address);
	return true;
}

/* --- the bot --- */

static void tell_status(struct desk *desk, struct buf *reply)
{
	const struct chat_seat *seats;
	size_t rooms = desk->powers.seats(desk->powers.userdata, desk->pool, &seats), inside = 0;
	int64_t minutes = (clock_mono_ms(&desk->clock) - desk->started_at) / DESK_MINUTE_MS;
	struct pool *pool = desk->pool;
	struct wording_fill fills[] = {
		{"version", PACKAGE_VERSION},
		{"days", pool_printf(pool, "%lld", (long long)(minutes / (24 * 60)))},
		{"hours", pool_printf(pool, "%lld", (long long)(minutes / 60 % 24))},
		{"minutes", pool_printf(pool, "%lld", (long long)(minutes % 60))},
		{"answers", pool_printf(pool, "%zu", answer_engine_counts(desk->engine).answers)},
		{"rooms", pool_printf(pool, "%zu", rooms)},
		{"asked", pool_printf(pool, "%zu", desk->asked)},
		{"answered", pool_printf(pool, "%zu", desk->answered)},
		{"inside", NULL},
	};

	for (size_t i = 0; i < rooms; i++)
		inside += seats[i].inside;
	fills[ARRAY_LEN(fills) - 1].value = pool_printf(pool, "%zu", inside);
	order_say(desk, reply, "status", fills, ARRAY_LEN(fills));
	if (desk->trouble.there)
		order_say(desk, reply, "status-trouble", NULL, 0);
}

static void reload(struct desk *desk, const struct turn *turn, struct buf *reply)
{
	mem_free(desk->reloader);
	desk->reloader = mem_strdup(turn->message->from);
	desk->powers.reload(desk->powers.userdata);
	order_say(desk, reply, "reloading", NULL, 0);
}

void desk_reloaded(struct desk *desk, const char *problem)
{
	struct chat_reply reply = {.place = CHAT_DIRECT, .throw_away = true};
	char id[POST_ID_SIZE];
	struct buf body;
	struct err err;

	if (!desk->reloader)
		return;
	pool_clear(desk->pool);
	buf_init(&body, BUF_REPLY);
	if (problem) {
		say_of(desk, &body, "reload-failed", "reason", problem);
	} else {
		const struct wording_fill fills[] = {
			{"answers", pool_printf(desk->pool, "%zu",
					    answer_engine_counts(desk->engine).answers)},
			{"rooms", pool_printf(desk->pool, "%zu", desk->settings.room_count)},
		};

		order_say(desk, &body, "reloaded", fills, ARRAY_LEN(fills));
	}
	post_new_id(desk, id);
	reply.to = desk->reloader;
	reply.id = id;
	reply.body = body.data;
	if (desk->wire.send(desk->wire.userdata, &reply, &err) < 0)
		log_debug("not said: %s", err.text);
	buf_release(&body);
	mem_free(desk->reloader);
	desk->reloader = NULL;
}

/* What changes something is written into the log, with who wanted it. */
static void log_order(const struct turn *turn, const struct order *order)
{
	static const char *const words[] = {
		[ORDER_JOIN] = "join",
		[ORDER_LEAVE] = "leave",
		[ORDER_SAY] = "say something in",
		[ORDER_BLOCK] = "block",
		[ORDER_REPORT] = "report",
		[ORDER_UNBLOCK] = "unblock",
		[ORDER_RELOAD] = "reload",
	};

	if (words[order->kind])
		log_info("told by %s: %s%s%s", turn->message->real_jid, words[order->kind],
			order->address ? " " : "", order->address ? order->address : "");
}

bool order_obey_admin(
	struct desk *desk, const struct turn *turn, const struct order *order, struct buf *reply)
{
	log_order(turn, order);
	switch (order->kind) {
	case ORDER_JOIN:
		return join(desk, order, reply);
	case ORDER_LEAVE:
		return leave(desk, order, reply);
	case ORDER_ROOMS:
		list_rooms(desk, reply);
		return true;
	case ORDER_SAY:
		return say_in_room(desk, order, reply);
	case ORDER_BLOCK:
	case ORDER_REPORT:
	case ORDER_UNBLOCK:
		return block(desk, order, reply);
	case ORDER_STATUS:
		tell_status(desk, reply);
		return true;
	case ORDER_RELOAD:
		reload(desk, turn, reply);
		return true;
	default:
		order_say(desk, reply, "admin-help", NULL, 0);
		return true;
	}
}

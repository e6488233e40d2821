/* Plain words that steer us: quiet in a room, what is stored of me, an admin's commands. */
#include "desk_inner.h"

#include "order.h"
#include "wish.h"

bool desk_is_quiet(struct desk *desk, const char *room)
{
	return marks_hold(desk->marks, "quiet", room);
}

static bool may_have_aside(struct desk *desk, const struct turn *turn)
{
	return turn_ask_rate(desk, turn) == RATE_WELL;
}

/* Obeyed whatever the buckets say; only the word about it is theirs. */
static void be_quiet(struct desk *desk, struct turn *turn)
{
	bool was_quiet = desk_is_quiet(desk, turn->message->room);

	if (!was_quiet && may_have_aside(desk, turn))
		post_aside(desk, turn, "quiet-obeyed", NULL, 0);
	marks_set(desk->marks, "quiet", turn->message->room, DESK_HOUR_MS);
	hold_drop_room(desk->hold, turn->message->room);
}

static void wake(struct desk *desk, struct turn *turn)
{
	marks_clear(desk->marks, "quiet", turn->message->room);
	if (may_have_aside(desk, turn))
		post_aside(desk, turn, "awake-again", NULL, 0);
}

bool steer_room(struct desk *desk, struct turn *turn)
{
	enum wish wish;

	if (turn->message->place != CHAT_ROOM)
		return false;
	wish = turn->overheard ? WISH_NONE : wish_of(turn->text);
	if (wish == WISH_QUIET) {
		be_quiet(desk, turn);
	} else if (desk_is_quiet(desk, turn->message->room)) {
		if (wish == WISH_WAKE)
			wake(desk, turn);
	} else {
		return false;
	}
	turn_see(desk, turn);
	return true;
}

/* --- orders --- */

bool desk_is_admin(const struct desk *desk, const struct chat_message *message)
{
	if (message->place != CHAT_DIRECT || !message->real_jid)
		return false;
	for (size_t i = 0; i < desk->settings.admin_count; i++)
		if (!strcmp(desk->settings.admins[i], message->real_jid))
			return true;
	return false;
}

/* An admin's order of yesterday, or one found in the archive, would surprise. */
static bool has_powers(const struct desk *desk, const struct turn *turn)
{
	return desk->powers.join && !turn->message->archived &&
	       turn->late_ms < DESK_WORTH_ROOM_MS && desk_is_admin(desk, turn->message);
}

/* Said before everybody, only what is for two alone is taken for an order, and not obeyed. */
static bool steer_room_order(struct desk *desk, const struct turn *turn, const struct order *order)
{
	if (order->kind != ORDER_PRIVACY && order->kind != ORDER_FORGET)
		return false;
	post_aside(desk, turn, "private-only-short", NULL, 0);
	return true;
}

static bool steer_order(struct desk *desk, const struct turn *turn)
{
	struct order order = order_read(turn->text, has_powers(desk, turn), desk->pool);
	struct buf reply;

	if (order.kind == ORDER_NONE || turn->overheard)
		return false;
	if (turn->message->place == CHAT_ROOM)
		return steer_room_order(desk, turn, &order);
	buf_init(&reply, BUF_REPLY);
	(void)order_obey(desk, turn, &order, &reply);
	post_text(desk, turn, reply.data);
	buf_release(&reply);
	return true;
}

bool steer_self(struct desk *desk, struct turn *turn)
{
	if (!steer_order(desk, turn))
		return false;
	turn_see(desk, turn);
	return true;
}

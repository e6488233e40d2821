/* Plain words that steer us: quiet in a room, what is stored of me, an admin's commands. */
#include "desk-inner.h"

#include "wish.h"

bool desk_is_quiet(struct desk *desk, const char *room)
{
	return marks_hold(desk->marks, "quiet", room);
}

static bool may_have_aside(struct desk *desk, const struct turn *turn)
{
	return rate_ask(desk->rate, &turn->asker, turn_room(turn), turn->now) == RATE_WELL;
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

/* --- privacy --- */

static void tell_stored(struct desk *desk, struct turn *turn)
{
	char count[24], days[24];
	const struct wording_fill fills[] = {{"count", count}, {"days", days}};
	size_t stored = 0;
	struct err err;

	if (trouble_after(&desk->trouble,
		    journal_count(desk->journal, turn->message->asker, &stored, &err), &err) < 0) {
		post_aside(desk, turn, "error-busy", NULL, 0);
		return;
	}
	snprintf(count, sizeof(count), "%zu", stored);
	snprintf(days, sizeof(days), "%u", journal_keep_days(desk->journal));
	post_aside(
		desk, turn, stored ? "privacy-stored" : "privacy-nothing", fills, ARRAY_LEN(fills));
}

static void forget(struct desk *desk, struct turn *turn)
{
	char count[24];
	const struct wording_fill fill = {"count", count};
	const char *elder = turn_elder_talk(desk, turn);
	size_t erased = 0;
	struct err err;

	answer_talks_forget(desk->talks, turn_talk(desk, turn));
	if (elder)
		answer_talks_forget(desk->talks, elder);
	if (trouble_after(&desk->trouble,
		    journal_erase(desk->journal, turn->message->asker, &erased, &err), &err) < 0) {
		post_aside(desk, turn, "error-busy", NULL, 0);
		return;
	}
	snprintf(count, sizeof(count), "%zu", erased);
	post_aside(desk, turn, erased ? "privacy-erased" : "privacy-nothing", &fill, 1);
}

static bool steer_privacy(struct desk *desk, struct turn *turn)
{
	enum wish wish = turn->overheard ? WISH_NONE : wish_of(turn->text);

	if (wish != WISH_STORED && wish != WISH_FORGET)
		return false;
	if (turn->message->place == CHAT_ROOM)
		post_aside(desk, turn, "private-only-short", NULL, 0);
	else if (wish == WISH_STORED)
		tell_stored(desk, turn);
	else
		forget(desk, turn);
	return true;
}

/* --- admins --- */

static bool is_admin(const struct desk *desk, const struct chat_message *message)
{
	if (message->place != CHAT_DIRECT || !message->real_jid)
		return false;
	for (size_t i = 0; i < desk->settings.admin_count; i++)
		if (!strcmp(desk->settings.admins[i], message->real_jid))
			return true;
	return false;
}

static bool steer_command(struct desk *desk, struct turn *turn)
{
	struct buf reply;
	bool is_command;

	/* A command of yesterday, found in the archive, would surprise. */
	if (!desk->wire.command || turn->message->archived || !is_admin(desk, turn->message))
		return false;
	buf_init(&reply, BUF_REPLY);
	is_command = desk->wire.command(desk->wire.userdata, turn->message, &reply);
	if (is_command && reply.len)
		post_text(desk, turn, reply.data);
	buf_release(&reply);
	return is_command;
}

bool steer_self(struct desk *desk, struct turn *turn)
{
	if (!steer_command(desk, turn) && !steer_privacy(desk, turn))
		return false;
	turn_see(desk, turn);
	return true;
}

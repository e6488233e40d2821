/* What became of answers: confirmed, come back, owed again. */
#include "desk_inner.h"

#include "log.h"

enum {
	RELEASED_MAX = 100,    /* looked at … */
	RELEASED_AT_ONCE = 10, /* a gap must not end in a flood … */
	RELEASE_EVERY_MS = 1000,
	TRIES_MAX = 5,
	VOICELESS_MS = 10 * DESK_MINUTE_MS
};

enum chat_place delivery_place(enum journal_place place)
{
	static const enum chat_place places[] = {
		[JOURNAL_DIRECT] = CHAT_DIRECT,
		[JOURNAL_ROOM] = CHAT_ROOM,
		[JOURNAL_PRIVATE] = CHAT_PRIVATE,
	};

	return places[place];
}

void delivery_finish(struct desk *desk, const char *id, enum journal_state state)
{
	struct err err;

	trouble_after(&desk->trouble, journal_finish(desk->journal, id, state, &err), &err);
}

bool delivery_is_worth_it(struct desk *desk, const struct journal_delivery *delivery)
{
	int64_t age = clock_wall_ms(&desk->clock) - delivery->asked_ms;

	return age < (delivery->place == JOURNAL_ROOM ? DESK_WORTH_ROOM_MS : DESK_WORTH_DIRECT_MS);
}

static int send_again(struct desk *desk, const struct journal_delivery *owed)
{
	const struct chat_reply reply = {
		.place = delivery_place(owed->place),
		.to = owed->recipient,
		.id = owed->id,
		.body = owed->body,
		.reply_to = owed->reply_to,
		.reply_jid = owed->reply_to ? owed->reply_jid : NULL,
		.thread = owed->thread,
		.replaces = owed->replaces,
		.quote = post_quote(desk, owed->text, clock_wall_ms(&desk->clock) - owed->asked_ms),
	};
	struct err err;

	if (owed->tries >= TRIES_MAX || !delivery_is_worth_it(desk, owed)) {
		delivery_finish(desk, owed->id, JOURNAL_GIVEN_UP);
		return -1;
	}
	/* What cannot be written down as sent might be sent for ever. */
	if (trouble_after(&desk->trouble, journal_sent(desk->journal, owed->id, &err), &err) < 0)
		return -1;
	return post_send(desk, &reply);
}

void delivery_send_released(struct desk *desk)
{
	struct journal_delivery *list = NULL;
	int64_t now = clock_mono_ms(&desk->clock);
	size_t count = 0, sent = 0;
	struct err err;

	if (!desk->is_online || !desk->has_released || now < desk->release_at)
		return;
	desk->release_at = now + RELEASE_EVERY_MS;
	if (trouble_after(&desk->trouble,
		    journal_due(desk->journal, JOURNAL_RELEASED, NULL, RELEASED_MAX, desk->pool,
			    &list, &count, &err),
		    &err) < 0)
		return;
	desk->has_released = false;
	/* One that cannot be sent yet, as to a room not yet joined, keeps no other waiting. */
	for (size_t i = 0; i < count && sent < RELEASED_AT_ONCE; i++)
		sent += send_again(desk, &list[i]) == 0;
	desk->has_released |= sent == RELEASED_AT_ONCE;
}

void desk_confirmed(struct desk *desk, const char *id, const char *stanza_id)
{
	struct err err;

	trouble_after(&desk->trouble, journal_confirm(desk->journal, id, stanza_id, &err), &err);
	if (stanza_id)
		change_confirmed(desk, id, stanza_id);
}

/* The same answer, to the asker alone. */
static void redirect(struct desk *desk, const struct journal_delivery *owed)
{
	const char *slash = owed->reply_jid ? strchr(owed->reply_jid, '/') : NULL;
	char id[POST_ID_SIZE];
	struct err err;

	if (!slash) {
		delivery_finish(desk, owed->id, JOURNAL_GIVEN_UP);
		return;
	}
	post_new_id(desk, id);
	if (trouble_after(&desk->trouble,
		    journal_redirect(desk->journal, owed->id, id, owed->reply_jid,
			    wording_without_nick(owed->body, slash + 1), &err),
		    &err) > 0)
		desk->has_released = true;
}

static bool find_delivery(struct desk *desk, const char *id, struct journal_delivery *owed)
{
	struct err err;

	return trouble_after(&desk->trouble,
		       journal_delivery(desk->journal, id, desk->pool, owed, &err), &err) > 0;
}

void delivery_without_voice(struct desk *desk, const char *id)
{
	struct journal_delivery owed;

	if (!find_delivery(desk, id, &owed))
		return;
	marks_set(desk->marks, "voiceless", owed.room, VOICELESS_MS);
	redirect(desk, &owed);
}

void desk_has_voice(struct desk *desk, const char *room)
{
	if (marks_hold(desk->marks, "voiceless", room))
		marks_clear(desk->marks, "voiceless", room);
}

/* We are not in the room, and don't know it yet, or its service comes down: on our return it is
 * looked for, and said if it is not there. */
static bool awaits_return(const struct journal_delivery *owed, const char *reason)
{
	static const char *const reasons[] = {"not-acceptable", "service-unavailable",
		"item-not-found", "remote-server-not-found", "remote-server-timeout",
		"internal-server-error"};

	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (owed->place == JOURNAL_ROOM && reason && !strcmp(reason, reasons[i]))
			return true;
	return false;
}

void desk_undelivered(struct desk *desk, const char *id, const char *reason)
{
	struct journal_delivery owed;
	struct err err;

	pool_clear(desk->pool);
	if (!find_delivery(desk, id, &owed))
		return;
	log_debug("an answer came back: %s", reason ? reason : "no reason given");
	if (owed.place == JOURNAL_ROOM && reason && !strcmp(reason, "forbidden"))
		delivery_without_voice(desk, id);
	else if (awaits_return(&owed, reason))
		trouble_after(
			&desk->trouble, journal_owe_again(desk->journal, id, false, &err), &err);
	else
		delivery_finish(desk, id, JOURNAL_GIVEN_UP);
}

#include "room_inner.h"

enum {
	PATIENCE_MS = 30 * SECOND, /* for a join to be answered, and for the subject */
	SILENCE_MS = 15 * MINUTE,  /* XEP-0410 section 3 */
	PING_AGAIN_MS = 2 * MINUTE
};
/* People of a small room may all be offline for a night, or over a holiday. */
#define ALONE_MAX_MS (7 * 24 * 60 * INT64_C(60000))

static void become_live(struct room *room)
{
	room_enter_state(room, ROOM_LIVE);
	room->failures = 0;
	room->ping_at = room_now_ms(room) + SILENCE_MS;
	room->ask_at = room_now_ms(room) + PATIENCE_MS;
	wire_report(room->wire, LOG_INFO, "in room %s as %s", room->jid, room->nick);
}

void room_subject(struct room *room)
{
	if (room->state == ROOM_ENTERED)
		become_live(room);
}

void room_features_asked(struct room *room)
{
	room->ask_at = room_now_ms(room) + PATIENCE_MS;
}

void room_features(struct room *room, unsigned features)
{
	room->features = features | ROOM_KNOWN;
}

void room_heard(struct room *room)
{
	room->doubted = false;
	if (room->state == ROOM_LIVE)
		room->ping_at = room_now_ms(room) + SILENCE_MS;
}

void room_archive_begun(struct room *room)
{
	room->caught_up = true;
}

void room_ping_sent(struct room *room)
{
	room->ping_at = NEVER; /* until the answer */
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

void room_ping_answer(struct room *room, const char *condition)
{
	static const char *const still_in[] = {"service-unavailable", "feature-not-implemented"};
	static const char *const cannot_say[] = {
		"", "remote-server-not-found", "remote-server-timeout"};

	if (room->state != ROOM_LIVE)
		return;
	if (!condition || is_one_of(condition, still_in, ARRAY_LEN(still_in))) {
		room_heard(room);
	} else if (is_one_of(condition, cannot_say, ARRAY_LEN(cannot_say))) {
		room->ping_at = room_now_ms(room) + PING_AGAIN_MS;
	} else if (!strcmp(condition, "item-not-found") && !room->doubted) {
		/* A change of nick may have crossed it: once is no proof. */
		room->doubted = true;
		room->ping_at = room_now_ms(room) + SOON_MS;
	} else {
		room_be_forgotten(room);
	}
}

void room_refused_message(struct room *room, const char *condition)
{
	if (!strcmp(condition, "forbidden")) {
		if (!room->mute)
			wire_report(
				room->wire, LOG_WARN, "room %s does not let us speak", room->jid);
		room->mute = true;
	} else if (!strcmp(condition, "not-acceptable") && room->state == ROOM_LIVE) {
		room_be_forgotten(room);
	}
}

static enum room_due due_when_live(const struct room *room, int64_t now)
{
	bool knows = room_has(room, ROOM_KNOWN);

	if (room->added && room->alone_since && now - room->alone_since >= ALONE_MAX_MS)
		return ROOM_DUE_LEAVE;
	if (room->nick_due || room->show_due)
		return ROOM_DUE_SHOW;
	if (knows && !room->caught_up)
		return ROOM_DUE_ARCHIVE;
	if (!knows && now >= room->ask_at)
		return ROOM_DUE_FEATURES;
	return now >= room->ping_at ? ROOM_DUE_PING : ROOM_DUE_NOTHING;
}

enum room_due room_tick(struct room *room)
{
	int64_t now = room_now_ms(room);

	switch (room->state) {
	case ROOM_OUT:
		return now >= room->retry_at ? ROOM_DUE_JOIN : ROOM_DUE_NOTHING;
	case ROOM_JOINING:
		if (now - room->since >= PATIENCE_MS) {
			wire_report(room->wire, LOG_WARN, "room %s does not answer", room->jid);
			room_try_later(room, RETRY_MIN_MS);
		}
		return ROOM_DUE_NOTHING;
	case ROOM_ENTERED:
		/* Services older than 2012 may leave an empty subject out. */
		if (now - room->since >= PATIENCE_MS)
			become_live(room);
		return ROOM_DUE_NOTHING;
	case ROOM_LIVE:
		return due_when_live(room, now);
	}
	BUG("a room in no state");
}

static int64_t next_when_live(const struct room *room)
{
	bool knows = room_has(room, ROOM_KNOWN);

	if (room->nick_due || room->show_due || (knows && !room->caught_up))
		return room_now_ms(room);
	return !knows && room->ask_at < room->ping_at ? room->ask_at : room->ping_at;
}

int64_t room_next_ms(const struct room *room)
{
	switch (room->state) {
	case ROOM_OUT:
		return room->retry_at;
	case ROOM_JOINING:
	case ROOM_ENTERED:
		return room->since + PATIENCE_MS;
	case ROOM_LIVE:
		return next_when_live(room);
	}
	BUG("a room in no state");
}

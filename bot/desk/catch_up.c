/* After a gap: what was lost on its way, what was said meanwhile. */
#include "desk_inner.h"

enum {
	UNCERTAIN_MAX = 200,
	OVERLAP_MS = 5 * DESK_MINUTE_MS /* clocks differ; what is read twice is known again */
};

static const char *archive_name(const char *room)
{
	return room ? room : "";
}

static int64_t worth_ms(const char *room)
{
	return room ? DESK_WORTH_ROOM_MS : DESK_WORTH_DIRECT_MS;
}

void desk_online(struct desk *desk)
{
	journal_next_stream(desk->journal);
	desk->login++;
	desk->is_online = true;
}

void desk_offline(struct desk *desk)
{
	desk->is_online = false;
}

/* We may have been out of the room for long before we knew. */
static void doubt(struct desk *desk, const char *room)
{
	struct journal_key key = journal_key(desk->journal, "archive", room, NULL, NULL);
	struct err err;

	trouble_after(&desk->trouble, journal_doubt(desk->journal, room, &err), &err);
	lately_drop(desk->caught_up, &key);
}

struct chat_mark desk_catch_up(struct desk *desk, const char *room)
{
	const char *archive = archive_name(room), *id = NULL;
	int64_t read_ms = 0, uncertain_ms = 0;
	int64_t earliest = clock_wall_ms(&desk->clock) - worth_ms(room);
	struct chat_mark from = {.since_ms = earliest};
	struct err err;

	pool_clear(desk->pool);
	if (room)
		doubt(desk, room);
	/* With trouble we read what is worth it, and the ids seen keep us from doing it twice. */
	trouble_after(&desk->trouble,
		journal_archive(desk->journal, archive, desk->pool, &id, &read_ms, &err), &err);
	trouble_after(&desk->trouble,
		journal_uncertain_since(desk->journal, archive, &uncertain_ms, &err), &err);
	if (read_ms > earliest) {
		from.since_ms = read_ms;
		from.after_id = id;
	}
	if (uncertain_ms && uncertain_ms < from.since_ms) {
		from.since_ms = uncertain_ms > earliest ? uncertain_ms : earliest;
		from.after_id = NULL;
	}
	from.since_ms -= OVERLAP_MS;
	return from;
}

/* One that did not turn up. To an occupant alone nothing is said twice: the nick may be another's.
 */
static int settle(struct desk *desk, const struct journal_delivery *delivery, enum chat_archive how)
{
	struct err err;
	int result;

	if (delivery->state == JOURNAL_SENT && how == CHAT_ARCHIVE_NONE) {
		result = journal_finish(desk->journal, delivery->id, JOURNAL_FINAL, &err);
	} else if (delivery->place != JOURNAL_PRIVATE && delivery_is_worth_it(desk, delivery)) {
		result = journal_owe_again(desk->journal, delivery->id, true, &err);
		desk->has_released = true;
	} else {
		result = journal_finish(desk->journal, delivery->id, JOURNAL_GIVEN_UP, &err);
	}
	return trouble_after(&desk->trouble, result, &err);
}

static void settle_all(struct desk *desk, const char *archive, enum chat_archive how)
{
	struct journal_delivery *list;
	size_t count = UNCERTAIN_MAX;
	struct err err;

	while (count == UNCERTAIN_MAX) {
		pool_clear(desk->pool);
		if (trouble_after(&desk->trouble,
			    journal_due(desk->journal, JOURNAL_UNCERTAIN, archive, UNCERTAIN_MAX,
				    desk->pool, &list, &count, &err),
			    &err) < 0)
			return;
		for (size_t i = 0; i < count; i++)
			if (settle(desk, &list[i], how) < 0)
				return;
	}
}

void desk_caught_up(struct desk *desk, const char *room, enum chat_archive how)
{
	const char *archive = archive_name(room);
	struct journal_key key;

	if (how == CHAT_ARCHIVE_FAILED)
		return;
	key = journal_key(desk->journal, "archive", archive, NULL, NULL);
	*(int64_t *)lately_put(desk->caught_up, &key) = desk->login;
	settle_all(desk, archive, how);
}

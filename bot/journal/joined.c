/* The rooms that we are in besides those of the settings. */
#include "journal_inner.h"

#include "mem.h"

enum { ROOM_CAP = 3 * 1024 }; /* of an address, a nick or a password: none can be longer */

int journal_keep_room(struct journal *journal, const struct journal_room *room, struct err *err)
{
	struct query query;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"INSERT INTO joined_room (jid, nick, password, since_ms) VALUES (?, ?, ?, ?) "
		"ON CONFLICT (jid) DO UPDATE "
		"SET nick = excluded.nick, password = excluded.password");
	query_text(&query, room->jid, ROOM_CAP);
	query_text(&query, room->nick, ROOM_CAP);
	query_text(&query, room->password, ROOM_CAP);
	query_int(&query, clock_wall_ms(&journal->clock));
	query_run(&query);
	return journal_result(journal, err);
}

int journal_drop_room(struct journal *journal, const char *jid, struct err *err)
{
	struct query query;
	int dropped;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store, "DELETE FROM joined_room WHERE jid = ?");
	query_text(&query, jid, ROOM_CAP);
	dropped = journal_changed(journal, &query, err);
	if (dropped <= 0)
		return dropped;
	/* So that its password is gone from there too. */
	journal_empty_log(journal);
	return journal_result(journal, err) < 0 ? -1 : 1;
}

int journal_rooms(struct journal *journal, struct pool *pool, struct journal_room **list,
	size_t *count, struct err *err)
{
	struct journal_room *rooms = NULL;
	size_t found = 0, cap = 0;
	struct query query;
	int ret;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"SELECT jid, nick, password FROM joined_room ORDER BY since_ms, jid");
	while (query_step(&query)) {
		MEM_GROW(&rooms, &cap, found + 1);
		rooms[found++] = (struct journal_room){
			.jid = journal_text(pool, &query, 0),
			.nick = journal_text(pool, &query, 1),
			.password = journal_text(pool, &query, 2),
		};
	}
	query_end(&query);
	ret = journal_result(journal, err);
	if (ret == 0) {
		*list = pool_alloc(pool, found, sizeof(**list));
		if (found)
			memcpy(*list, rooms, found * sizeof(*rooms));
		*count = found;
	}
	mem_free(rooms);
	return ret;
}

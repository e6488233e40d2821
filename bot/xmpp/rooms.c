#include "rooms_inner.h"

#include "jid.h"
#include "mem.h"

enum {
	ADDED_MAX = 50, /* rooms besides those of the settings */
	PACE_MS = 300   /* between two joins; all at once can cost the stream */
};

struct rooms *rooms_new(const struct wire *wire, const struct identity *identity,
	struct queries *queries, const struct clock *clock, const struct chance *chance)
{
	struct rooms *rooms = mem_alloc(1, sizeof(*rooms));

	*rooms = (struct rooms){.wire = wire,
		.identity = identity,
		.queries = queries,
		.clock = clock,
		.chance = chance};
	return rooms;
}

void rooms_read_archives(struct rooms *rooms, struct archives *archives)
{
	rooms->archives = archives;
}

void rooms_free(struct rooms **rooms)
{
	if (!*rooms)
		return;
	for (size_t i = 0; i < (*rooms)->count; i++)
		room_free(&(*rooms)->list[i]);
	mem_free((*rooms)->list);
	mem_free(*rooms);
	*rooms = NULL;
}

size_t rooms_count(const struct rooms *rooms)
{
	return rooms->count;
}

const struct room *rooms_at(const struct rooms *rooms, size_t i)
{
	return rooms->list[i];
}

struct room *rooms_find(const struct rooms *rooms, const char *jid)
{
	for (size_t i = 0; i < rooms->count; i++)
		if (jid_same_bare(room_jid(rooms->list[i]), jid))
			return rooms->list[i];
	return NULL;
}

/* --- the set of rooms --- */

static bool is_wanted(const struct room *room, const struct session_room *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(room_jid(room), wanted[i].jid))
			return true;
	return false;
}

static void forget(struct rooms *rooms, struct room *room)
{
	if (rooms->archives)
		archives_forget(rooms->archives, room_jid(room));
	room_free(&room);
}

static void drop_unwanted(struct rooms *rooms, const struct session_room *wanted, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < rooms->count; i++) {
		struct room *room = rooms->list[i];

		if (room_is_added(room) || is_wanted(room, wanted, count)) {
			rooms->list[kept++] = room;
		} else {
			rooms_seat_leave(rooms, room);
			forget(rooms, room);
		}
	}
	rooms->count = kept;
}

void rooms_show(const struct rooms *rooms)
{
	for (size_t i = 0; i < rooms->count; i++)
		room_show(rooms->list[i]);
}

static struct room *append(struct rooms *rooms, const struct session_room *wanted)
{
	struct room *room = room_new(wanted, rooms->wire, rooms->clock, rooms->chance);

	if (rooms->online)
		room_online(room);
	MEM_GROW(&rooms->list, &rooms->cap, rooms->count + 1);
	rooms->list[rooms->count++] = room;
	return room;
}

void rooms_set(struct rooms *rooms, const struct session_room *wanted, size_t count)
{
	drop_unwanted(rooms, wanted, count);
	for (size_t i = 0; i < count; i++) {
		struct room *room = rooms_find(rooms, wanted[i].jid);

		if (!room) {
			append(rooms, &wanted[i]);
			continue;
		}
		room_set_added(room, false);
		room_rearm(room, &wanted[i]);
	}
}

/* --- one more, one less --- */

bool rooms_add(struct rooms *rooms, const struct session_room *wanted)
{
	struct room *room = rooms_find(rooms, wanted->jid);
	struct session_room anew = *wanted;
	size_t added = 0;

	if (room) {
		anew.nick = room_wanted_nick(room);
		if (!anew.password)
			anew.password = room_password(room);
		room_rearm(room, &anew);
		return true;
	}
	for (size_t i = 0; i < rooms->count; i++)
		added += room_is_added(rooms->list[i]);
	if (added == ADDED_MAX)
		return false;
	room_set_added(append(rooms, wanted), true);
	return true;
}

static void remove_at(struct rooms *rooms, size_t i)
{
	forget(rooms, rooms->list[i]);
	rooms->count--;
	memmove(rooms->list + i, rooms->list + i + 1, (rooms->count - i) * sizeof(*rooms->list));
}

bool rooms_drop(struct rooms *rooms, const char *jid)
{
	for (size_t i = 0; i < rooms->count; i++)
		if (jid_same_bare(room_jid(rooms->list[i]), jid)) {
			rooms_seat_leave(rooms, rooms->list[i]);
			remove_at(rooms, i);
			return true;
		}
	return false;
}

void rooms_tell_lost(
	struct rooms *rooms, void (*lost)(void *userdata, const char *jid), void *userdata)
{
	rooms->lost = lost;
	rooms->userdata = userdata;
}

static void drop_lost(struct rooms *rooms)
{
	/* Downwards, so that removing moves none that is still to be looked at. */
	for (size_t i = rooms->count; i-- > 0;) {
		struct room *room = rooms->list[i];

		if (!room_is_added(room) || !room_has_given_up(room))
			continue;
		if (rooms->lost)
			rooms->lost(rooms->userdata, room_jid(room));
		remove_at(rooms, i);
	}
}

/* --- the stream comes and goes --- */

void rooms_online(struct rooms *rooms)
{
	rooms->online = true;
	for (size_t i = 0; i < rooms->count; i++)
		room_online(rooms->list[i]);
}

void rooms_offline(struct rooms *rooms)
{
	rooms->online = false;
	for (size_t i = 0; i < rooms->count; i++)
		room_offline(rooms->list[i]);
}

void rooms_leave(struct rooms *rooms)
{
	for (size_t i = 0; i < rooms->count; i++) {
		rooms_seat_leave(rooms, rooms->list[i]);
		room_offline(rooms->list[i]);
	}
}

bool rooms_presence(struct rooms *rooms, const struct presence *presence)
{
	struct room *room = rooms_find(rooms, presence->from);

	if (!room)
		return false;
	if (room_is_mistaken(room, presence))
		rooms_seat_vacate(rooms, room);
	else if (room_presence(room, presence))
		rooms_seat_accept(rooms, room);
	return true;
}

/* --- what is due --- */

static void catch_up(struct rooms *rooms, struct room *room)
{
	room_archive_begun(room);
	if (!rooms->archives)
		return;
	if (room_has(room, ROOM_ARCHIVE))
		archives_read(rooms->archives, room_jid(room));
	else
		archives_none(rooms->archives, room_jid(room));
}

void rooms_tick(struct rooms *rooms)
{
	int64_t now = clock_mono_ms(rooms->clock);

	drop_lost(rooms);
	for (size_t i = 0; i < rooms->count; i++) {
		struct room *room = rooms->list[i];

		switch (room_tick(room)) {
		case ROOM_DUE_NOTHING:
			break;
		case ROOM_DUE_JOIN:
			if (now < rooms->next_join_at)
				break;
			rooms->next_join_at = now + PACE_MS;
			rooms_seat_take(rooms, room);
			break;
		case ROOM_DUE_FEATURES:
			rooms_reconfigured(rooms, room);
			break;
		case ROOM_DUE_ARCHIVE:
			catch_up(rooms, room);
			break;
		case ROOM_DUE_SHOW:
			room_shown(room);
			rooms_seat_show(rooms, room);
			break;
		case ROOM_DUE_LEAVE:
			rooms_seat_leave(rooms, room);
			room_abandoned(room);
			break;
		case ROOM_DUE_PING:
			rooms_seat_ping(rooms, room);
			break;
		}
	}
}

int64_t rooms_next_ms(const struct rooms *rooms)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < rooms->count; i++) {
		const struct room *room = rooms->list[i];
		int64_t at = room_next_ms(room);

		if (room_state(room) == ROOM_OUT && at < rooms->next_join_at)
			at = rooms->next_join_at;
		if (at < next)
			next = at;
	}
	return next;
}

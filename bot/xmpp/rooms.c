#include "rooms.h"

#include "caps.h"
#include "jid.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"

enum {
	ADDED_MAX = 50, /* rooms besides those of the settings */
	PACE_MS = 300,  /* between two joins; all at once can cost the stream */
	PATIENCE_MS = 30000
};

struct rooms {
	const struct wire *wire;
	const struct identity *identity;
	struct queries *queries;
	struct archives *archives; /* NULL: none are read */
	const struct clock *clock;
	const struct chance *chance;
	struct room **list;
	size_t count, cap;
	int64_t next_join_at;
	bool online;
	void (*lost)(void *userdata, const char *jid);
	void *userdata;
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

static xmpp_stanza_t *presence_to(
	const struct rooms *rooms, const struct room *room, const char *nick)
{
	struct pool *pool = pool_new(512);
	xmpp_stanza_t *presence = stanza_new(rooms->wire->ctx, "presence", NULL);

	stanza_set(presence, "to", jid_with_resource(pool, room_jid(room), nick));
	pool_free(&pool);
	return presence;
}

/* --- leaving --- */

static void leave(struct rooms *rooms, const struct room *room)
{
	xmpp_stanza_t *presence;

	if (room_state(room) == ROOM_OUT)
		return;
	presence = presence_to(rooms, room, room_nick(room));
	stanza_set(presence, "type", "unavailable");
	wire_send(rooms->wire, presence);
}

void rooms_leave(struct rooms *rooms)
{
	for (size_t i = 0; i < rooms->count; i++) {
		leave(rooms, rooms->list[i]);
		room_offline(rooms->list[i]);
	}
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
			leave(rooms, room);
			forget(rooms, room);
		}
	}
	rooms->count = kept;
}

static void show(const struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *presence = presence_to(rooms, room, room_nick_to_show(room));

	identity_add_to(rooms->identity, presence);
	wire_send(rooms->wire, presence);
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
			leave(rooms, rooms->list[i]);
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

/* --- what a room can do --- */

static bool is_missing(xmpp_stanza_t *answer)
{
	struct pool *pool = pool_new(64);
	bool missing = stanza_has_type(answer, "error") &&
		       !strcmp(stanza_condition(pool, answer), "item-not-found");

	pool_free(&pool);
	return missing;
}

static void features_told(void *userdata, const char *jid, xmpp_stanza_t *answer)
{
	static const struct {
		const char *ns;
		enum room_feature feature;
	} known[] = {
		{NS_SID, ROOM_STANZA_IDS},
		{NS_OCCUPANT_ID, ROOM_OCCUPANT_IDS},
		{NS_MAM, ROOM_ARCHIVE},
		{"muc_nonanonymous", ROOM_OPEN_JIDS},
	};
	struct room *room = rooms_find(userdata, jid);
	xmpp_stanza_t *query = answer ? stanza_child(answer, "query", NS_DISCO_INFO) : NULL;
	unsigned features = 0;

	/* Silent, or not there yet: room_tick() has it asked again. */
	if (!room || !answer || is_missing(answer))
		return;
	for (size_t i = 0; i < ARRAY_LEN(known) && query; i++)
		if (caps_has_feature(query, known[i].ns))
			features |= known[i].feature;
	room_features(room, features);
}

void rooms_reconfigured(struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *query;
	xmpp_stanza_t *iq =
		queries_ask(rooms->queries, "get", room_jid(room), "query", NS_DISCO_INFO, &query);

	room_features_asked(room);
	queries_send(rooms->queries, iq, PATIENCE_MS, room_jid(room), features_told, rooms);
}

/* --- joining --- */

static void join(struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *presence = presence_to(rooms, room, room_nick(room));
	xmpp_stanza_t *muc;

	if (rooms->archives)
		archives_expect(rooms->archives, room_jid(room));
	/* Asked before the join, so that the answer is here before anybody is heard. */
	rooms_reconfigured(rooms, room);
	muc = stanza_add(presence, "x", NS_MUC);
	stanza_set(stanza_add(muc, "history", NULL), "maxstanzas", "0");
	if (room_password(room))
		stanza_add_text(muc, "password", NULL, room_password(room));
	identity_add_to(rooms->identity, presence);
	wire_send(rooms->wire, presence);
	room_join_sent(room);
}

static void configured(void *userdata, const char *jid, xmpp_stanza_t *answer)
{
	const struct rooms *rooms = userdata;

	if (!answer || !stanza_has_type(answer, "result"))
		wire_report(rooms->wire, LOG_WARN,
			"room %s is new and could not be opened to others", jid);
}

/* A room that our coming has made stays locked until its maker is content with it
 * (XEP-0045 section 10.1.2). */
static void accept_configuration(struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *query, *form;
	xmpp_stanza_t *iq =
		queries_ask(rooms->queries, "set", room_jid(room), "query", NS_MUC_OWNER, &query);

	form = stanza_add(query, "x", NS_DATA_FORM);
	stanza_set(form, "type", "submit");
	queries_send(rooms->queries, iq, PATIENCE_MS, room_jid(room), configured, rooms);
	wire_report(
		rooms->wire, LOG_WARN, "room %s did not exist and has been made", room_jid(room));
	rooms_reconfigured(rooms, room);
}

bool rooms_presence(struct rooms *rooms, const struct presence *presence)
{
	struct room *room = rooms_find(rooms, presence->from);

	if (!room)
		return false;
	if (room_presence(room, presence))
		accept_configuration(rooms, room);
	return true;
}

/* --- staying in --- */

static void ping_answered(void *userdata, const char *jid, xmpp_stanza_t *answer)
{
	struct room *room = rooms_find(userdata, jid);
	struct pool *pool;

	if (!room)
		return;
	pool = pool_new(256);
	if (!answer)
		room_ping_answer(room, "");
	else if (stanza_has_type(answer, "error"))
		room_ping_answer(room, stanza_condition(pool, answer));
	else
		room_ping_answer(room, NULL);
	pool_free(&pool);
}

static void ping_self(struct rooms *rooms, struct room *room)
{
	struct pool *pool = pool_new(512);
	const char *seat = jid_with_resource(pool, room_jid(room), room_nick(room));
	xmpp_stanza_t *ping;
	xmpp_stanza_t *iq = queries_ask(rooms->queries, "get", seat, "ping", NS_PING, &ping);

	room_ping_sent(room);
	queries_send(rooms->queries, iq, PATIENCE_MS, room_jid(room), ping_answered, rooms);
	pool_free(&pool);
}

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
			join(rooms, room);
			break;
		case ROOM_DUE_FEATURES:
			rooms_reconfigured(rooms, room);
			break;
		case ROOM_DUE_ARCHIVE:
			catch_up(rooms, room);
			break;
		case ROOM_DUE_SHOW:
			room_shown(room);
			show(rooms, room);
			break;
		case ROOM_DUE_LEAVE:
			leave(rooms, room);
			room_abandoned(room);
			break;
		case ROOM_DUE_PING:
			ping_self(rooms, room);
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

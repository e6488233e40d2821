#include "room_inner.h"

#include "fold.h"
#include "mem.h"
#include "pool.h"

enum {
	ECHO_MS = 30 * SECOND, /* what we say should have come back by then */
	OURS_MAX = 256
};

void room_set_nick(struct room *room, const char *nick)
{
	struct pool *pool = pool_new(256);
	char *copy = mem_strdup(nick); /* nick may be the old one */

	mem_free(room->nick);
	mem_free(room->nick_folded);
	room->nick = copy;
	room->nick_folded = mem_strdup(fold_text(pool, copy, strlen(copy)));
	pool_free(&pool);
}

struct room *room_new(const struct session_room *settings, const struct wire *wire,
	const struct clock *clock, const struct chance *chance)
{
	struct room *room = mem_alloc(1, sizeof(*room));

	*room = (struct room){
		.jid = mem_strdup(settings->jid),
		.wanted_nick = mem_strdup(settings->nick),
		.password = mem_strdup(settings->password),
		.wire = wire,
		.clock = clock,
		.chance = chance,
		.retry_at = NEVER,
		.ours = recent_new(OURS_MAX, 1, NULL),
	};
	occupants_init(&room->occupants);
	room_set_nick(room, settings->nick);
	return room;
}

void room_free(struct room **room)
{
	struct room *r = *room;

	if (!r)
		return;
	mem_free(r->jid);
	mem_free(r->wanted_nick);
	mem_free(r->password);
	mem_free(r->nick);
	mem_free(r->nick_folded);
	occupants_release(&r->occupants);
	recent_free(&r->ours);
	mem_free(r);
	*room = NULL;
}

const char *room_jid(const struct room *room)
{
	return room->jid;
}

const char *room_password(const struct room *room)
{
	return room->password;
}

const char *room_wanted_nick(const struct room *room)
{
	return room->wanted_nick;
}

const char *room_nick(const struct room *room)
{
	return room->nick;
}

const char *room_nick_folded(const struct room *room)
{
	return room->nick_folded;
}

enum room_state room_state(const struct room *room)
{
	return room->state;
}

const struct occupants *room_occupants(const struct room *room)
{
	return &room->occupants;
}

bool room_is_mute(const struct room *room)
{
	return room->mute;
}

bool room_has(const struct room *room, enum room_feature feature)
{
	return room->features & feature;
}

void room_enter_state(struct room *room, enum room_state state)
{
	room->state = state;
	room->since = room_now_ms(room);
}

void room_set_added(struct room *room, bool added)
{
	room->added = added;
}

bool room_is_added(const struct room *room)
{
	return room->added;
}

bool room_has_given_up(const struct room *room)
{
	return room->given_up;
}

bool room_awaits_invitation(const struct room *room)
{
	return room->for_members;
}

const char *room_nick_to_show(struct room *room)
{
	return room->asks_nick ? room->wanted_nick : room->nick;
}

void room_show(struct room *room)
{
	/* While we are being let in, it would be taken for another attempt. */
	room->show_due = room->state != ROOM_OUT;
}

void room_shown(struct room *room)
{
	room->asks_nick |= room->nick_due;
	room->nick_due = room->show_due = false;
}

/* --- the stream comes and goes --- */

void room_online(struct room *room)
{
	room->online = true;
	room->failures = 0;
	room->nicks_tried = 0;
	room_set_nick(room, room->wanted_nick);
	room_be_out(room, room_now_ms(room));
}

void room_offline(struct room *room)
{
	room->online = false;
	room_be_out(room, NEVER);
}

void room_rearm(struct room *room, const struct session_room *settings)
{
	char *nick = mem_strdup(settings->nick), *password = mem_strdup(settings->password);

	mem_free(room->wanted_nick);
	mem_free(room->password);
	room->wanted_nick = nick;
	room->password = password;
	room->given_up = false;
	room->for_members = false;
	room->kicked_before = false;
	room->nick_due = room->state != ROOM_OUT && strcmp(room->nick, room->wanted_nick) != 0;
	if (room->state == ROOM_OUT && room->online)
		room_online(room);
}

/* --- coming in --- */

void room_join_sent(struct room *room)
{
	room_enter_state(room, ROOM_JOINING);
}

/* --- presence --- */

bool room_is_self(const struct room *room, const struct presence *presence)
{
	/* Not every service sends code 110 each time: ejabberd leaves it out of a destruction. */
	return presence->codes & PRESENCE_SELF ||
	       (presence->nick && !strcmp(presence->nick, room->nick));
}

static void rename_occupant(struct room *room, const struct presence *presence)
{
	occupants_rename(&room->occupants, presence->nick, presence->new_nick, presence->real_jid,
		presence->occupant_id);
	if (!room_is_self(room, presence))
		return;
	room->asks_nick = false;
	room_set_nick(room, presence->new_nick);
	wire_report(room->wire, LOG_INFO, "in room %s our nick is %s now", room->jid, room->nick);
}

static bool arrive(struct room *room, const struct presence *presence)
{
	bool created = false;

	if (room_is_self(room, presence)) {
		if (strcmp(room->nick, presence->nick))
			room_set_nick(room, presence->nick);
		room->mute = presence->mute;
		if (room->state == ROOM_JOINING) {
			room_enter_state(room, ROOM_ENTERED);
			created = presence->codes & PRESENCE_CREATED;
		}
	}
	occupants_enter(
		&room->occupants, presence->nick, presence->real_jid, presence->occupant_id);
	return created;
}

static void depart(struct room *room, const struct presence *presence)
{
	if (presence->codes & PRESENCE_NICK_CHANGE && presence->new_nick)
		rename_occupant(room, presence);
	else if (room_is_self(room, presence))
		room_be_removed(room, presence);
	else
		occupants_leave(&room->occupants, presence->nick);
}

static void look_for_company(struct room *room)
{
	/* We are one of them. */
	if (room->occupants.count > 1)
		room->alone_since = 0;
	else if (!room->alone_since)
		room->alone_since = room_now_ms(room);
}

bool room_presence(struct room *room, const struct presence *presence)
{
	bool created = false;

	if (room->state == ROOM_OUT)
		return false;
	room_heard(room);
	if (presence->kind == PRESENCE_ERROR) {
		if (room->state == ROOM_JOINING)
			room_be_refused(room, presence->condition);
		else if (!strcmp(presence->condition, "item-not-found"))
			room_be_forgotten(room); /* what we showed was not of an occupant */
		room->asks_nick = false;
	} else if (!presence->nick) {
		/* From the room itself: ejabberd sends its caps so. */
		if (presence->destroyed)
			room_be_removed(room, presence);
	} else if (presence->kind == PRESENCE_AVAILABLE) {
		created = arrive(room, presence);
	} else if (presence->kind == PRESENCE_UNAVAILABLE) {
		depart(room, presence);
	}
	look_for_company(room);
	return created;
}

bool room_is_mistaken(const struct room *room, const struct presence *presence)
{
	return room->state == ROOM_OUT && room->online && presence->kind == PRESENCE_AVAILABLE &&
	       presence->codes & PRESENCE_SELF;
}

/* --- our own messages --- */

void room_sent(struct room *room, const char *id)
{
	int64_t echo_by = room_now_ms(room) + ECHO_MS;

	recent_put(room->ours, id);
	if (echo_by < room->ping_at && room->ping_at != NEVER)
		room->ping_at = echo_by;
}

bool room_reflected(struct room *room, const char *id, const char *stanza_id)
{
	if (!id || !recent_get(room->ours, id))
		return false;
	if (stanza_id)
		recent_put(room->ours, stanza_id);
	return true;
}

void room_recalled(struct room *room, const char *id, const char *stanza_id)
{
	recent_put(room->ours, id);
	recent_put(room->ours, stanza_id);
}

bool room_is_ours(const struct room *room, const char *id)
{
	return recent_get(room->ours, id);
}

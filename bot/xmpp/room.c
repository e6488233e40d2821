#include "room.h"

#include "fold.h"
#include "mem.h"
#include "pool.h"
#include "recent.h"

#define NEVER INT64_MAX

enum {
	SECOND = 1000,
	MINUTE = 60 * SECOND,
	PATIENCE_MS = 30 * SECOND,  /* for a join to be answered, and for the subject */
	RETRY_MIN_MS = 30 * SECOND, /* XEP-0045 gives no figures; these spare a busy service */
	RETRY_MAX_MS = 10 * MINUTE,
	SOON_MS = 5 * SECOND,
	KICK_PAUSE_MS = 10 * MINUTE,
	SILENCE_MS = 15 * MINUTE, /* XEP-0410 section 3 */
	ECHO_MS = 30 * SECOND,    /* what we say should have come back by then */
	PING_AGAIN_MS = 2 * MINUTE,
	DAY_MS = 24 * 60 * MINUTE,
	NICKS_MAX = 9, /* nick, nick_2 … nick_9 */
	OURS_MAX = 256
};

struct room {
	char *jid, *wanted_nick, *password;
	char *nick, *nick_folded;
	const struct wire *wire;
	const struct clock *clock;
	const struct chance *chance;
	enum room_state state;
	int64_t since;    /* of the state */
	int64_t retry_at; /* out: when to try again */
	int64_t ping_at;  /* live: when to ask whether we still are */
	int64_t kicked_at;
	bool kicked_before;
	bool given_up; /* until the owner does something */
	bool online;
	bool mute;
	bool doubted; /* the last self-ping was answered as if we were out */
	unsigned failures;
	unsigned nicks_tried;
	unsigned features;
	struct occupants occupants;
	struct recent *ours; /* ids of our messages */
};

static void set_nick(struct room *room, const char *nick)
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
	set_nick(room, settings->nick);
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

static int64_t now_ms(const struct room *room)
{
	return clock_mono_ms(room->clock);
}

static void enter_state(struct room *room, enum room_state state)
{
	room->state = state;
	room->since = now_ms(room);
}

/* --- being out --- */

static void be_out(struct room *room, int64_t retry_at)
{
	enter_state(room, ROOM_OUT);
	occupants_clear(&room->occupants);
	room->features = 0;
	room->mute = false;
	room->doubted = false;
	room->retry_at = room->online && !room->given_up ? retry_at : NEVER;
}

/* Tries again later, each time later: between `least` and ten minutes. */
static void try_later(struct room *room, int64_t least)
{
	int64_t most = least << (room->failures < 8 ? room->failures : 8);

	if (most > RETRY_MAX_MS)
		most = RETRY_MAX_MS;
	room->failures++;
	be_out(room,
		now_ms(room) + least + chance_below(room->chance, (uint32_t)(most - least + 1)));
}

static void give_up(struct room *room)
{
	room->given_up = true;
	be_out(room, NEVER);
}

void room_online(struct room *room)
{
	room->online = true;
	room->failures = 0;
	room->nicks_tried = 0;
	set_nick(room, room->wanted_nick);
	be_out(room, now_ms(room));
}

void room_offline(struct room *room)
{
	room->online = false;
	be_out(room, NEVER);
}

void room_rearm(struct room *room, const struct session_room *settings)
{
	mem_free(room->wanted_nick);
	mem_free(room->password);
	room->wanted_nick = mem_strdup(settings->nick);
	room->password = mem_strdup(settings->password);
	room->given_up = false;
	room->kicked_before = false;
	if (room->state == ROOM_OUT && room->online)
		room_online(room);
}

/* --- coming in --- */

void room_join_sent(struct room *room)
{
	enter_state(room, ROOM_JOINING);
}

static void become_live(struct room *room)
{
	enter_state(room, ROOM_LIVE);
	room->failures = 0;
	room->ping_at = now_ms(room) + SILENCE_MS;
	wire_report(room->wire, LOG_INFO, "in room %s as %s", room->jid, room->nick);
}

void room_subject(struct room *room)
{
	if (room->state == ROOM_ENTERED)
		become_live(room);
}

static void try_next_nick(struct room *room)
{
	struct pool *pool = pool_new(256);

	if (++room->nicks_tried < NICKS_MAX) {
		set_nick(
			room, pool_printf(pool, "%s_%u", room->wanted_nick, room->nicks_tried + 1));
		be_out(room, now_ms(room));
	} else {
		wire_report(room->wire, LOG_WARN,
			"room %s: the nick %s is taken, and so are %s_2 to %s_%d", room->jid,
			room->wanted_nick, room->wanted_nick, room->wanted_nick, NICKS_MAX);
		room->nicks_tried = 0;
		set_nick(room, room->wanted_nick);
		try_later(room, RETRY_MIN_MS);
	}
	pool_free(&pool);
}

enum remedy { ANOTHER_NICK, LATER, OWNER };

static const struct refusal {
	const char *condition;
	enum remedy remedy;
	const char *meaning;
} refusals[] = {
	{"conflict", ANOTHER_NICK, "the nick is taken"},
	{"forbidden", OWNER, "we are banned"},
	{"gone", OWNER, "it has moved or been closed"},
	{"item-not-found", LATER, "it is locked or does not exist"},
	{"jid-malformed", OWNER, "its address or our nick is malformed"},
	{"not-acceptable", OWNER, "it wants us to use the nick that is registered for us"},
	{"not-allowed", LATER, "it does not exist and we may not create it"},
	{"not-authorized", OWNER, "it wants a password, or another one"},
	{"registration-required", OWNER, "it is for members only"},
	{"service-unavailable", LATER, "it is full"},
};

static struct refusal refusal_of(const char *condition)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
		if (!strcmp(refusals[i].condition, condition))
			return refusals[i];
	return (struct refusal){condition, LATER, condition};
}

static void be_refused(struct room *room, const char *condition)
{
	struct refusal refusal = refusal_of(condition);

	switch (refusal.remedy) {
	case ANOTHER_NICK:
		try_next_nick(room);
		break;
	case LATER:
		wire_report(room->wire, LOG_WARN,
			"room %s did not let us in: %s; trying again later", room->jid,
			refusal.meaning);
		try_later(room, RETRY_MIN_MS);
		break;
	case OWNER:
		wire_report(room->wire, LOG_ERROR,
			"room %s did not let us in: %s; not tried again until the settings are "
			"reloaded",
			room->jid, refusal.meaning);
		give_up(room);
		break;
	}
}

/* --- going out --- */

static void be_kicked(struct room *room, const char *why)
{
	int64_t now = now_ms(room);

	if (room->kicked_before && now - room->kicked_at < DAY_MS) {
		wire_report(room->wire, LOG_ERROR,
			"kicked from room %s again (%s); staying away until the settings are "
			"reloaded",
			room->jid, why);
		give_up(room);
	} else {
		wire_report(room->wire, LOG_WARN, "kicked from room %s (%s); back in ten minutes",
			room->jid, why);
		be_out(room, now + KICK_PAUSE_MS);
	}
	room->kicked_before = true;
	room->kicked_at = now;
}

static void be_removed(struct room *room, const struct presence *presence)
{
	const char *why =
		presence->reason && *presence->reason ? presence->reason : "no reason given";
	unsigned codes = presence->codes;

	if (presence->destroyed) {
		wire_report(room->wire, LOG_ERROR, "room %s was closed (%s)%s%s", room->jid, why,
			presence->moved_to ? "; people meet now in " : "",
			presence->moved_to ? presence->moved_to : "");
		give_up(room);
	} else if (codes & PRESENCE_BANNED) {
		wire_report(room->wire, LOG_ERROR,
			"banned from room %s (%s); staying away until the settings are reloaded",
			room->jid, why);
		give_up(room);
	} else if (codes & PRESENCE_TECHNICAL) {
		/* Before the kick: a service may send both codes. */
		wire_report(room->wire, LOG_WARN, "thrown out of room %s by a technical fault",
			room->jid);
		try_later(room, SOON_MS);
	} else if (codes & PRESENCE_KICKED) {
		be_kicked(room, why);
	} else if (codes & (PRESENCE_DEMOTED | PRESENCE_MEMBERS)) {
		wire_report(room->wire, LOG_ERROR,
			"room %s is for members only now; staying away until the settings are "
			"reloaded",
			room->jid);
		give_up(room);
	} else {
		wire_report(room->wire, LOG_WARN, "out of room %s%s", room->jid,
			codes & PRESENCE_SHUTDOWN ? ": its service shuts down" : "");
		try_later(room, RETRY_MIN_MS);
	}
}

/* --- presence --- */

static bool is_self(const struct room *room, const struct presence *presence)
{
	/* Not every service sends code 110 each time: ejabberd leaves it out of a destruction. */
	return presence->codes & PRESENCE_SELF || !strcmp(presence->nick, room->nick);
}

static void rename_occupant(struct room *room, const struct presence *presence)
{
	occupants_leave(&room->occupants, presence->nick);
	occupants_enter(
		&room->occupants, presence->new_nick, presence->real_jid, presence->occupant_id);
	if (!is_self(room, presence))
		return;
	set_nick(room, presence->new_nick);
	wire_report(room->wire, LOG_INFO, "in room %s our nick is %s now", room->jid, room->nick);
}

static bool arrive(struct room *room, const struct presence *presence)
{
	bool created = false;

	if (is_self(room, presence)) {
		if (strcmp(room->nick, presence->nick))
			set_nick(room, presence->nick);
		room->mute = presence->mute;
		if (room->state == ROOM_JOINING) {
			enter_state(room, ROOM_ENTERED);
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
	else if (is_self(room, presence))
		be_removed(room, presence);
	else
		occupants_leave(&room->occupants, presence->nick);
}

bool room_presence(struct room *room, const struct presence *presence)
{
	if (room->state == ROOM_OUT)
		return false;
	room_heard(room);
	if (presence->kind == PRESENCE_ERROR) {
		if (room->state == ROOM_JOINING)
			be_refused(room, presence->condition);
	} else if (!presence->nick) {
		/* From the room itself: ejabberd sends its caps so. */
		if (presence->destroyed)
			be_removed(room, presence);
	} else if (presence->kind == PRESENCE_AVAILABLE) {
		return arrive(room, presence);
	} else if (presence->kind == PRESENCE_UNAVAILABLE) {
		depart(room, presence);
	}
	return false;
}

void room_features(struct room *room, unsigned features)
{
	room->features = features | ROOM_KNOWN;
}

/* --- staying in --- */

void room_heard(struct room *room)
{
	room->doubted = false;
	if (room->state == ROOM_LIVE)
		room->ping_at = now_ms(room) + SILENCE_MS;
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
		room->ping_at = now_ms(room) + PING_AGAIN_MS;
	} else if (!strcmp(condition, "item-not-found") && !room->doubted) {
		/* A change of nick may have crossed it: once is no proof. */
		room->doubted = true;
		room->ping_at = now_ms(room) + SOON_MS;
	} else {
		wire_report(room->wire, LOG_WARN, "room %s has forgotten us; going in again",
			room->jid);
		try_later(room, SOON_MS);
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
		wire_report(room->wire, LOG_WARN, "room %s has forgotten us; going in again",
			room->jid);
		try_later(room, SOON_MS);
	}
}

enum room_due room_tick(struct room *room)
{
	int64_t now = now_ms(room);

	switch (room->state) {
	case ROOM_OUT:
		return now >= room->retry_at ? ROOM_DUE_JOIN : ROOM_DUE_NOTHING;
	case ROOM_JOINING:
		if (now - room->since >= PATIENCE_MS) {
			wire_report(room->wire, LOG_WARN, "room %s does not answer", room->jid);
			try_later(room, RETRY_MIN_MS);
		}
		return ROOM_DUE_NOTHING;
	case ROOM_ENTERED:
		/* Services older than 2012 may leave an empty subject out. */
		if (now - room->since >= PATIENCE_MS)
			become_live(room);
		return ROOM_DUE_NOTHING;
	case ROOM_LIVE:
		return now >= room->ping_at ? ROOM_DUE_PING : ROOM_DUE_NOTHING;
	}
	BUG("a room in no state");
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
		return room->ping_at;
	}
	BUG("a room in no state");
}

/* --- our own messages --- */

void room_sent(struct room *room, const char *id)
{
	int64_t echo_by = now_ms(room) + ECHO_MS;

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

bool room_is_ours(const struct room *room, const char *id)
{
	return recent_get(room->ours, id);
}

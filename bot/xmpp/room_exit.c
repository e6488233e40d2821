#include "room_inner.h"

#include "pool.h"

enum {
	KICK_PAUSE_MS = 10 * MINUTE,
	DAY_MS = 24 * 60 * MINUTE,
	NICKS_MAX = 9 /* nick, nick_2 … nick_9 */
};

void room_be_out(struct room *room, int64_t retry_at)
{
	room_enter_state(room, ROOM_OUT);
	occupants_clear(&room->occupants);
	room->features = 0;
	room->mute = false;
	room->caught_up = false;
	room->alone_since = 0;
	room->nick_due = room->asks_nick = room->show_due = false;
	room->doubted = false;
	room->retry_at = room->online && !room->given_up ? retry_at : NEVER;
}

/* Tries again later, each time later: between `least` and ten minutes. */
void room_try_later(struct room *room, int64_t least)
{
	int64_t most = least << (room->failures < 8 ? room->failures : 8);

	if (most > RETRY_MAX_MS)
		most = RETRY_MAX_MS;
	room->failures++;
	room_be_out(room, room_now_ms(room) + least +
				  chance_below(room->chance, (uint32_t)(most - least + 1)));
}

/* What is to come after giving up, for the operator. */
static const char *what_then(const struct room *room)
{
	if (room->added)
		return "forgotten";
	if (room->for_members)
		return "staying away until somebody in it invites us";
	return "staying away until the settings are reloaded";
}

static void give_up(struct room *room)
{
	room->given_up = true;
	room_be_out(room, NEVER);
}

void room_abandoned(struct room *room)
{
	wire_report(room->wire, LOG_INFO, "nobody else has been in room %s for a week; %s",
		room->jid, what_then(room));
	give_up(room);
}

void room_be_forgotten(struct room *room)
{
	wire_report(room->wire, LOG_WARN, "room %s has forgotten us; going in again", room->jid);
	room_try_later(room, SOON_MS);
}

/* --- not let in --- */

static void try_next_nick(struct room *room)
{
	struct pool *pool = pool_new(256);

	if (++room->nicks_tried < NICKS_MAX) {
		room_set_nick(
			room, pool_printf(pool, "%s_%u", room->wanted_nick, room->nicks_tried + 1));
		room_be_out(room, room_now_ms(room));
	} else {
		wire_report(room->wire, LOG_WARN,
			"room %s: the nick %s is taken, and so are %s_2 to %s_%d", room->jid,
			room->wanted_nick, room->wanted_nick, room->wanted_nick, NICKS_MAX);
		room->nicks_tried = 0;
		room_set_nick(room, room->wanted_nick);
		room_try_later(room, RETRY_MIN_MS);
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

void room_be_refused(struct room *room, const char *condition)
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
		room_try_later(room, RETRY_MIN_MS);
		break;
	case OWNER:
		room->for_members = !strcmp(condition, "registration-required");
		wire_report(room->wire, LOG_ERROR, "room %s did not let us in: %s; %s", room->jid,
			refusal.meaning, what_then(room));
		give_up(room);
		break;
	}
}

/* --- taken out --- */

static void be_kicked(struct room *room, const char *why)
{
	int64_t now = room_now_ms(room);

	/* Where somebody has asked us in, a kick takes that back. */
	if (room->added || (room->kicked_before && now - room->kicked_at < DAY_MS)) {
		wire_report(room->wire, LOG_ERROR, "kicked from room %s%s (%s); %s", room->jid,
			room->added ? "" : " again", why, what_then(room));
		give_up(room);
	} else {
		wire_report(room->wire, LOG_WARN, "kicked from room %s (%s); back in ten minutes",
			room->jid, why);
		room_be_out(room, now + KICK_PAUSE_MS);
	}
	room->kicked_before = true;
	room->kicked_at = now;
}

void room_be_removed(struct room *room, const struct presence *presence)
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
		wire_report(room->wire, LOG_ERROR, "banned from room %s (%s); %s", room->jid, why,
			what_then(room));
		give_up(room);
	} else if (codes & PRESENCE_TECHNICAL) {
		/* Before the kick: a service may send both codes. */
		wire_report(room->wire, LOG_WARN, "thrown out of room %s by a technical fault",
			room->jid);
		room_try_later(room, SOON_MS);
	} else if (codes & PRESENCE_KICKED) {
		be_kicked(room, why);
	} else if (codes & (PRESENCE_DEMOTED | PRESENCE_MEMBERS)) {
		room->for_members = true;
		wire_report(room->wire, LOG_ERROR, "room %s is for members only now; %s", room->jid,
			what_then(room));
		give_up(room);
	} else {
		wire_report(room->wire, LOG_WARN, "out of room %s%s", room->jid,
			codes & PRESENCE_SHUTDOWN ? ": its service shuts down" : "");
		room_try_later(room, RETRY_MIN_MS);
	}
}

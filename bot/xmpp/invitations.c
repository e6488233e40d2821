#include "invitations.h"

#include "jid.h"
#include "log.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"
#include "recent.h"

enum {
	REFUSED_MAX = 256,      /* rooms of which a word was said */
	REFUSE_EVERY_MS = 10000 /* a word about any room at all */
};

/* What keeps floods from being answered, or from filling the log. */
struct brake {
	struct recent *rooms;
	int64_t open_at;
};

struct invitations {
	const struct wire *wire;
	struct rooms *rooms;
	const struct session_events *events;
	const struct clock *clock;
	struct pool *pool;
	const char *nick;
	struct invitation_trust trust;
	struct brake direct, passed_on;
};

struct invitations *invitations_new(const struct wire *wire, struct rooms *rooms,
	const struct session_events *events, const char *own_jid, const struct clock *clock)
{
	struct invitations *invitations = mem_alloc(1, sizeof(*invitations));

	*invitations = (struct invitations){
		.wire = wire,
		.rooms = rooms,
		.events = events,
		.clock = clock,
		.trust = {.own_jid = own_jid},
		.direct = {recent_new(REFUSED_MAX, 1, NULL), clock_mono_ms(clock)},
		.passed_on = {recent_new(REFUSED_MAX, 1, NULL), clock_mono_ms(clock)},
	};
	return invitations;
}

void invitations_free(struct invitations **invitations)
{
	if (!*invitations)
		return;
	pool_free(&(*invitations)->pool);
	recent_free(&(*invitations)->direct.rooms);
	recent_free(&(*invitations)->passed_on.rooms);
	mem_free(*invitations);
	*invitations = NULL;
}

void invitations_set(struct invitations *invitations, const char *const *list, size_t count)
{
	struct pool *pool = pool_new(512);
	const char **copy = pool_alloc(pool, count, sizeof(*copy));

	for (size_t i = 0; i < count; i++)
		copy[i] = pool_strdup(pool, list[i]);
	pool_free(&invitations->pool);
	invitations->pool = pool;
	invitations->trust.list = copy;
	invitations->trust.count = count;
}

static bool brake_opens(struct brake *brake, const char *room, int64_t now)
{
	if (now < brake->open_at || recent_get(brake->rooms, room))
		return false;
	brake->open_at = now + REFUSE_EVERY_MS;
	recent_put(brake->rooms, room);
	return true;
}

static void decline(struct invitations *invitations, const struct invitation *invitation)
{
	xmpp_stanza_t *message = stanza_new(invitations->wire->ctx, "message", NULL);
	xmpp_stanza_t *x = stanza_add(message, "x", NS_MUC_USER);

	stanza_set(message, "to", invitation->room);
	stanza_set(stanza_add(x, "decline", NULL), "to", invitation->inviter);
	wire_send(invitations->wire, message);
}

static const char *who_invites(const struct invitation *invitation)
{
	return invitation->inviter && *invitation->inviter ? invitation->inviter : invitation->from;
}

/* To say no to a person directly, there is nothing (XEP-0249 section 2). */
static void refuse(
	struct invitations *invitations, const struct invitation *invitation, const char *why)
{
	struct brake *brake = invitation->inviter ? &invitations->passed_on : &invitations->direct;

	if (!brake_opens(brake, invitation->room, clock_mono_ms(invitations->clock))) {
		log_debug("passed over an invitation into room %s", invitation->room);
		return;
	}
	wire_report(invitations->wire, LOG_INFO,
		"not following the invitation of %s into room %s: %s", who_invites(invitation),
		invitation->room, why);
	if (invitation->inviter && *invitation->inviter)
		decline(invitations, invitation);
}

static void follow(struct invitations *invitations, const struct invitation *invitation)
{
	const struct session_events *events = invitations->events;
	struct pool *pool = pool_new(256);
	struct jid own;
	struct session_room room = {.jid = invitation->room, .password = invitation->password};
	const struct room *joined;

	if (!jid_read(&own, invitations->trust.own_jid))
		BUG("a session without an address");
	room.nick = pool_strndup(pool, own.local, own.local_len);
	joined = rooms_find(invitations->rooms, room.jid);
	if (joined && room_state(joined) == ROOM_LIVE) {
		log_debug("invited into room %s, where we are", room.jid);
	} else if (!rooms_add(invitations->rooms, &room)) {
		refuse(invitations, invitation, "we are in very many already");
	} else {
		wire_report(invitations->wire, LOG_INFO, "invited into room %s by %s",
			invitation->room, who_invites(invitation));
		joined = rooms_find(invitations->rooms, room.jid);
		if (room_is_added(joined))
			events->joined(events->userdata, &room);
	}
	pool_free(&pool);
}

static const char *why_not(const struct invitation *invitation)
{
	const char *inviter = invitation->inviter;

	if (inviter && (!*inviter || jid_same_bare(inviter, invitation->room)))
		return "the room does not tell who that is, and its server is not in "
		       "`invites_from`";
	return "it is from nobody in `invites_from`";
}

/* Into a room that we want to be in, and that cannot let us in without. */
static bool is_awaited(const struct invitations *invitations, const struct invitation *invitation)
{
	const struct room *room = rooms_find(invitations->rooms, invitation->room);

	return room && invitation->inviter && room_awaits_invitation(room);
}

void invitations_take(struct invitations *invitations, const struct invitation *invitation)
{
	if (is_awaited(invitations, invitation) ||
		invitation_counts(invitation, &invitations->trust))
		follow(invitations, invitation);
	else
		refuse(invitations, invitation, why_not(invitation));
}

void invitations_moved(struct invitations *invitations, const char *old_room, const char *new_room)
{
	struct pool *pool = pool_new(256);
	const char *room = jid_normal(pool, new_room);
	struct jid jid;

	/* Not refused where it doesn't count: nobody waits for a word. */
	if (room && jid_read(&jid, room) && jid.local_len && jid_is_bare(room)) {
		const struct invitation invitation = {.room = room, .from = old_room};

		if (invitation_counts(&invitation, &invitations->trust))
			follow(invitations, &invitation);
	}
	pool_free(&pool);
}

#include "rooms_inner.h"

#include "caps.h"
#include "jid.h"
#include "ns.h"
#include "pool.h"

static xmpp_stanza_t *presence_to(
	const struct rooms *rooms, const struct room *room, const char *nick)
{
	struct pool *pool = pool_new(512);
	xmpp_stanza_t *presence = stanza_new(rooms->wire->ctx, "presence", NULL);

	stanza_set(presence, "to", jid_with_resource(pool, room_jid(room), nick));
	pool_free(&pool);
	return presence;
}

/* --- what it can do --- */

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
	xmpp_stanza_t *query = caps_answered(answer);
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
	queries_send(rooms->queries, iq, QUERIES_PATIENCE_MS, room_jid(room), features_told, rooms);
}

/* --- coming in --- */

void rooms_seat_take(struct rooms *rooms, struct room *room)
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
void rooms_seat_accept(struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *query, *form;
	xmpp_stanza_t *iq =
		queries_ask(rooms->queries, "set", room_jid(room), "query", NS_MUC_OWNER, &query);

	form = stanza_add(query, "x", NS_DATA_FORM);
	stanza_set(form, "type", "submit");
	queries_send(rooms->queries, iq, QUERIES_PATIENCE_MS, room_jid(room), configured, rooms);
	wire_report(
		rooms->wire, LOG_WARN, "room %s did not exist and has been made", room_jid(room));
	rooms_reconfigured(rooms, room);
}

/* --- staying in --- */

void rooms_seat_show(const struct rooms *rooms, struct room *room)
{
	xmpp_stanza_t *presence = presence_to(rooms, room, room_nick_to_show(room));

	identity_add_to(rooms->identity, presence);
	wire_send(rooms->wire, presence);
}

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

void rooms_seat_ping(struct rooms *rooms, struct room *room)
{
	struct pool *pool = pool_new(512);
	const char *seat = jid_with_resource(pool, room_jid(room), room_nick(room));
	xmpp_stanza_t *ping;
	xmpp_stanza_t *iq = queries_ask(rooms->queries, "get", seat, "ping", NS_PING, &ping);

	room_ping_sent(room);
	queries_send(rooms->queries, iq, QUERIES_PATIENCE_MS, room_jid(room), ping_answered, rooms);
	pool_free(&pool);
}

/* --- leaving --- */

void rooms_seat_vacate(const struct rooms *rooms, const struct room *room)
{
	xmpp_stanza_t *presence = presence_to(rooms, room, room_nick(room));

	stanza_set(presence, "type", "unavailable");
	wire_send(rooms->wire, presence);
}

void rooms_seat_leave(const struct rooms *rooms, const struct room *room)
{
	if (room_state(room) != ROOM_OUT)
		rooms_seat_vacate(rooms, room);
}

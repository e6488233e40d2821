#include "session_inner.h"

#include "jid.h"
#include "mem.h"
#include "message.h"
#include "pool.h"
#include "reply.h"

enum {
	QUEUE_MAX = 500, /* libstrophe's own queue knows no end */
	STANZA_POOL = 16 * 1024
};

/* --- the wire, as the modules see it --- */

static void send_on_stream(void *userdata, xmpp_stanza_t *stanza)
{
	struct session *session = userdata;

	/* A flood of questions by IQ must not fill our memory with answers. */
	if (stream_queued(session->stream) < QUEUE_MAX)
		stream_send(session->stream, stanza);
}

static void report(void *userdata, enum log_level level, const char *line)
{
	const struct session *session = userdata;

	session->events.report(session->events.userdata, level, line);
}

/* --- life --- */

static struct chat_mark came_back(void *userdata, const char *room)
{
	const struct inbox *inbox = userdata;

	return inbox->events->came_back(inbox->events->userdata, room);
}

static void make_modules(struct session *session)
{
	struct inbox *inbox = &session->inbox;
	const struct archives_events archives = {came_back, inbox_found, inbox_caught_up, inbox};
	struct services *services = &session->services;
	const struct wire *wire = &session->wire;

	session->identity = identity_new(wire->ctx);
	inbox->wire = wire;
	inbox->events = &session->events;
	inbox->own_jid = session->account.bare;
	inbox->own_folded = session->account.folded;
	inbox->pool = pool_new(STANZA_POOL);
	inbox->queries = queries_new(wire, inbox->own_jid, session->clock, session->chance);
	inbox->peers = peers_new(inbox->queries);
	inbox->roster = roster_new(wire, inbox->queries);
	session->mam_prefs =
		(struct mam_prefs){inbox->queries, inbox->own_jid, session_archive_told, session};
	inbox->archives = archives_new(
		wire, inbox->queries, inbox->own_jid, &archives, session->clock, session->chance);
	inbox->rooms =
		rooms_new(wire, session->identity, inbox->queries, session->clock, session->chance);
	rooms_read_archives(inbox->rooms, inbox->archives);
	session->profile =
		profile_new(wire, inbox->queries, session->identity, session_show, session);
	rooms_tell_lost(inbox->rooms, session->events.left, session->events.userdata);
	inbox->invitations = invitations_new(
		wire, inbox->rooms, &session->events, inbox->own_jid, session->clock);
	inbox->services = services;
	session->blocking = (struct blocking){.wire = wire, .queries = inbox->queries};
	*services = (struct services){.identity = session->identity,
		.clock = session->clock,
		.version = session->account.version,
		.own_jid = inbox->own_jid,
		.roster = inbox->roster,
		.commands = commands_new(&session->events.commands, inbox->rooms, inbox->own_jid,
			session->clock, session->chance)};
}

/* What can change at any time, besides the rooms. true: presence is to be sent anew. */
static bool take_over(struct session *session, const struct session_settings *settings)
{
	invitations_set(session->inbox.invitations, settings->invites_from, settings->invite_count);
	profile_set(session->profile, settings->profile);
	return identity_set_contacts(
		session->identity, settings->contacts, settings->contact_count);
}

int session_new(struct session **session, const struct session_settings *settings,
	const struct session_events *events, const struct clock *clock, const struct chance *chance,
	struct err *err)
{
	struct session *s = mem_alloc(1, sizeof(*s));
	struct stream_events stream_events = session_stream_events(s);
	struct pool *pool = pool_new(1024);
	const struct session_room *rooms = account_rooms(pool, settings, err);
	int result = -1;

	if (!rooms || account_init(&s->account, settings, err))
		goto out;
	s->events = *events;
	s->clock = clock;
	s->chance = chance;
	s->stream = stream_new(&s->account.stream, &stream_events, clock, chance);
	s->wire = (struct wire){stream_ctx(s->stream), send_on_stream, report, s};
	make_modules(s);
	backoff_init(&s->backoff, clock, chance);
	rooms_set(s->inbox.rooms, rooms, settings->room_count);
	(void)take_over(s, settings);
	s->retry_at = clock_mono_ms(clock);
	*session = s;
	s = NULL;
	result = 0;
out:
	session_free(&s);
	pool_free(&pool);
	return result;
}

void session_free(struct session **session)
{
	struct session *s = *session;

	if (!s)
		return;
	invitations_free(&s->inbox.invitations);
	commands_free(&s->services.commands);
	rooms_free(&s->inbox.rooms);
	roster_free(&s->inbox.roster);
	peers_free(&s->inbox.peers);
	archives_free(&s->inbox.archives);
	profile_free(&s->profile);
	queries_free(&s->inbox.queries);
	identity_free(&s->identity);
	stream_free(&s->stream);
	pool_free(&s->inbox.pool);
	account_release(&s->account);
	mem_free(s->next_host);
	mem_free(s);
	*session = NULL;
}

int session_reload(struct session *session, const struct session_settings *settings)
{
	bool same = account_is_same(&session->account, settings);
	struct pool *pool = pool_new(1024);
	const struct session_room *rooms;
	struct err err;

	if (same)
		account_set_password(&session->account, settings->password);
	rooms = account_rooms(pool, settings, &err);
	if (rooms)
		rooms_set(session->inbox.rooms, rooms, settings->room_count);
	else
		wire_report(&session->wire, LOG_ERROR, "%s; the rooms stay as they are", err.text);
	if (take_over(session, settings))
		session_show(session);
	if (session_is_online(session))
		profile_online(session->profile);
	pool_free(&pool);
	return same ? 0 : 1;
}

int session_join(struct session *session, const struct session_room *room, struct err *err)
{
	struct pool *pool = pool_new(512);
	struct session_room checked;
	int result = account_room(&checked, pool, room, err);

	if (result == 0 && !rooms_add(session->inbox.rooms, &checked))
		result = err_set(err, ERR_LIMIT, "we are in very many rooms already");
	pool_free(&pool);
	return result;
}

bool session_leave(struct session *session, const char *jid)
{
	struct pool *pool = pool_new(512);
	const char *normal = jid_normal(pool, jid);
	bool left = normal && rooms_drop(session->inbox.rooms, normal);

	pool_free(&pool);
	return left;
}

/* --- what the operator wants to know, and to have done --- */

size_t session_seats(
	const struct session *session, struct pool *pool, const struct chat_seat **seats)
{
	const struct rooms *rooms = session->inbox.rooms;
	size_t count = rooms_count(rooms);
	struct chat_seat *list = pool_alloc(pool, count, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		const struct room *room = rooms_at(rooms, i);

		list[i] = (struct chat_seat){
			.jid = pool_strdup(pool, room_jid(room)),
			.nick = pool_strdup(pool, room_nick(room)),
			.inside = room_state(room) == ROOM_LIVE,
			.mute = room_is_mute(room),
			.added = room_is_added(room),
		};
	}
	*seats = list;
	return count;
}

bool session_who(
	const struct session *session, const char *jid, struct pool *pool, struct chat_message *who)
{
	const char *normal = jid_normal(pool, jid);
	const struct message_view view = {
		.own_jid = session->account.bare,
		.room = normal ? rooms_find(session->inbox.rooms, normal) : NULL,
	};

	return message_sender(who, &view, pool, normal);
}

bool session_block(struct session *session, const char *jid, bool blocked)
{
	return session_is_online(session) && blocking_set(&session->blocking, jid, blocked);
}

bool session_report(struct session *session, const char *jid)
{
	return session_is_online(session) && blocking_report(&session->blocking, jid);
}

/* --- saying something --- */

static int check_room(
	const struct session *session, const struct chat_reply *reply, struct err *err)
{
	const struct room *room = rooms_find(session->inbox.rooms, reply->to);

	if (!room || room_state(room) != ROOM_LIVE)
		return err_set(err, ERR_CLOSED, "not in the room of %s", reply->to);
	if (reply->place == CHAT_ROOM && room_is_mute(room))
		return err_set(err, ERR_REFUSED, "room %s does not let us speak", reply->to);
	return 0;
}

int session_send(struct session *session, const struct chat_reply *reply, struct err *err)
{
	struct room *room;
	bool states;

	if (!session_is_online(session))
		return err_set(err, ERR_CLOSED, "not connected");
	if (stream_queued(session->stream) >= QUEUE_MAX)
		return err_set(err, ERR_LIMIT, "the server takes our messages too slowly");
	if (reply->place != CHAT_DIRECT && check_room(session, reply, err))
		return -1;
	states = reply->place != CHAT_ROOM && peers_uses_states(session->inbox.peers, reply->to);
	wire_send(&session->wire, reply_stanza(session->wire.ctx, reply, states));
	if (reply->retracts_in_room)
		wire_send(&session->wire, reply_older_retraction(session->wire.ctx, reply));
	room = reply->place == CHAT_ROOM ? rooms_find(session->inbox.rooms, reply->to) : NULL;
	if (room)
		room_sent(room, reply->id);
	return 0;
}

bool session_is_online(const struct session *session)
{
	return stream_state(session->stream) == STREAM_UP;
}

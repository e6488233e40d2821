#include "session.h"

#include "account.h"
#include "backoff.h"
#include "blocking.h"
#include "caps.h"
#include "inbox.h"
#include "jid.h"
#include "stream.h"
#include "mam_prefs.h"
#include "mem.h"
#include "message.h"
#include "ns.h"
#include "pool.h"
#include "profile.h"
#include "pulse.h"
#include "reply.h"
#include "watchdog.h"

enum {
	IDLE_POLL_MS = 1000,
	DRAIN_MS = 5 * 1000, /* for what is queued, when stopping */
	PATIENCE_MS = 30 * 1000,
	QUEUE_MAX = 500, /* libstrophe's own queue knows no end */
	STANZA_POOL = 16 * 1024
};

enum stage {
	STAGE_RUNNING,
	STAGE_DRAINING, /* stopping: what is queued goes out */
	STAGE_LEAVING,  /* stopping: the stream is being closed */
	STAGE_OVER
};

struct session {
	struct account account;
	struct session_events events;
	const struct clock *clock;
	const struct chance *chance;
	struct wire wire;
	struct stream *stream;
	struct identity *identity;
	struct profile *profile;
	struct services services;
	struct inbox inbox;
	struct blocking blocking;
	struct mam_prefs mam_prefs;
	struct backoff backoff;
	struct pulse pulse;
	enum stage stage;
	enum session_end end;
	int64_t retry_at;
	int64_t drain_until;
	char *next_host; /* where to connect to instead, once; NULL: as the settings have it */
	uint16_t next_port;
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

/* --- the stream comes and goes --- */

static void account_told(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct session *session = userdata;
	struct inbox *inbox = &session->inbox;
	xmpp_stanza_t *query = answer ? stanza_child(answer, "query", NS_DISCO_INFO) : NULL;

	(void)subject;
	inbox->account_ids = query && caps_has_feature(query, NS_SID);
	/* A server that keeps silent may yet have one: if there is, that will tell. */
	if (!answer || (query && caps_has_feature(query, NS_MAM)))
		mam_prefs_settle(&session->mam_prefs);
	else
		archives_none(inbox->archives, NULL);
}

/* One that has not kept our answers cannot say which of them were lost. */
static void archive_told(void *userdata, bool kept)
{
	struct session *session = userdata;

	if (kept)
		archives_read(session->inbox.archives, NULL);
	else
		archives_none(session->inbox.archives, NULL);
}

static void ask_account(struct session *session)
{
	struct inbox *inbox = &session->inbox;
	xmpp_stanza_t *query;
	xmpp_stanza_t *iq =
		queries_ask(inbox->queries, "get", inbox->own_jid, "query", NS_DISCO_INFO, &query);

	queries_send(inbox->queries, iq, PATIENCE_MS, NULL, account_told, session);
}

static void send_presence(struct session *session)
{
	xmpp_stanza_t *presence = stanza_new(session->wire.ctx, "presence", NULL);

	identity_add_to(session->identity, presence);
	wire_send(&session->wire, presence);
}

static void show_again(void *userdata)
{
	struct session *session = userdata;

	if (!session_is_online(session) || session->stage != STAGE_RUNNING)
		return;
	send_presence(session);
	rooms_show(session->inbox.rooms);
}

static void on_up(void *userdata)
{
	struct session *session = userdata;

	backoff_up(&session->backoff);
	pulse_init(&session->pulse, session->clock);
	session->services.active_ms = clock_mono_ms(session->clock);
	wire_report(&session->wire, LOG_INFO, "online as %s at %s", stream_jid(session->stream),
		stream_server(session->stream));
	session->events.online(session->events.userdata, true);
	archives_expect(session->inbox.archives, NULL);
	/* What is asked first is known before presence lets messages in. */
	ask_account(session);
	blocking_online(&session->blocking, session->account.bare);
	roster_fetch(session->inbox.roster);
	send_presence(session);
	profile_online(session->profile);
	rooms_online(session->inbox.rooms);
}

static void on_stanza(void *userdata, xmpp_stanza_t *stanza)
{
	struct session *session = userdata;

	pulse_heard(&session->pulse);
	inbox_stanza(&session->inbox, stanza);
}

static void forget_stream(struct session *session)
{
	struct inbox *inbox = &session->inbox;

	archives_offline(inbox->archives);
	rooms_offline(inbox->rooms);
	queries_drop(inbox->queries);
	peers_forget(inbox->peers);
	commands_forget(session->services.commands);
	blocking_offline(&session->blocking);
	inbox->account_ids = false;
}

static void plan_retry(struct session *session, enum cause cause, const char *words)
{
	int64_t pause = backoff_down(&session->backoff, cause);
	bool passes = cause == CAUSE_NETWORK || cause == CAUSE_RESTART || cause == CAUSE_ELSEWHERE;

	if (pause < 0) {
		wire_report(&session->wire, LOG_ERROR, "%s", words);
		session->stage = STAGE_OVER;
		session->end = SESSION_REFUSED;
		return;
	}
	if (pause) {
		/* Sent round in circles: begin where the settings say. */
		mem_free(session->next_host);
		session->next_host = NULL;
	}
	session->retry_at = clock_mono_ms(session->clock) + pause;
	wire_report(&session->wire, passes ? LOG_WARN : LOG_ERROR, "%s; next attempt in %lld s",
		words, (long long)(pause + 999) / 1000);
}

static void on_passed_over(void *userdata, const char *words)
{
	struct session *session = userdata;

	wire_report(&session->wire, LOG_WARN, "%s; trying another server", words);
}

static void on_down(
	void *userdata, enum cause cause, const char *words, const char *host, uint16_t port)
{
	struct session *session = userdata;
	bool was_up = session->backoff.up;

	forget_stream(session);
	session->next_host = mem_strdup(host);
	session->next_port = port;
	if (session->stage == STAGE_RUNNING) {
		plan_retry(session, cause, words);
	} else {
		session->stage = STAGE_OVER;
		session->end = SESSION_STOPPED;
	}
	if (was_up)
		session->events.offline(session->events.userdata);
}

/* --- life --- */

static struct session_mark came_back(void *userdata, const char *room)
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
		(struct mam_prefs){inbox->queries, inbox->own_jid, archive_told, session};
	inbox->archives = archives_new(
		wire, inbox->queries, inbox->own_jid, &archives, session->clock, session->chance);
	inbox->rooms =
		rooms_new(wire, session->identity, inbox->queries, session->clock, session->chance);
	rooms_read_archives(inbox->rooms, inbox->archives);
	session->profile =
		profile_new(wire, inbox->queries, session->identity, show_again, session);
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
	struct stream_events stream_events = {.up = on_up,
		.stanza = on_stanza,
		.passed_over = on_passed_over,
		.down = on_down,
		.userdata = s};
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
		show_again(session);
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
	const struct session *session, struct pool *pool, const struct session_seat **seats)
{
	const struct rooms *rooms = session->inbox.rooms;
	size_t count = rooms_count(rooms);
	struct session_seat *list = pool_alloc(pool, count, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		const struct room *room = rooms_at(rooms, i);

		list[i] = (struct session_seat){
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

/* --- one turn --- */

static void ping_answered(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	/* Anything that comes has been heard already. */
	(void)userdata, (void)subject, (void)answer;
}

static void keep_alive(struct session *session)
{
	struct queries *queries = session->inbox.queries;
	xmpp_stanza_t *ping;

	switch (pulse_tick(&session->pulse)) {
	case PULSE_FINE:
		break;
	case PULSE_PING:
		queries_send(queries, queries_ask(queries, "get", NULL, "ping", NS_PING, &ping),
			PATIENCE_MS, NULL, ping_answered, NULL);
		break;
	case PULSE_DEAD:
		stream_cut(session->stream, "the server has fallen silent");
		break;
	}
}

static void do_what_is_due(struct session *session)
{
	int64_t now = clock_mono_ms(session->clock);
	char *host = session->next_host;

	switch (stream_state(session->stream)) {
	case STREAM_DOWN:
		if (session->stage != STAGE_RUNNING || now < session->retry_at)
			break;
		session->next_host = NULL;
		stream_connect(session->stream, host, session->next_port);
		mem_free(host);
		break;
	case STREAM_UP:
		queries_tick(session->inbox.queries);
		rooms_tick(session->inbox.rooms);
		commands_tick(session->services.commands);
		archives_tick(session->inbox.archives);
		keep_alive(session);
		if (session->stage != STAGE_DRAINING)
			break;
		if (stream_queued(session->stream) && now < session->drain_until)
			break;
		session->stage = STAGE_LEAVING;
		stream_close(session->stream);
		break;
	case STREAM_CONNECTING:
	case STREAM_CLOSING:
		break;
	}
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How long there is nothing to do but wait. */
static int64_t patience(const struct session *session, int64_t max_ms)
{
	int64_t until = INT64_MAX, left;

	if (stream_state(session->stream) == STREAM_DOWN)
		until = session->retry_at;
	else if (stream_state(session->stream) == STREAM_UP)
		until = sooner(rooms_next_ms(session->inbox.rooms),
			archives_next_ms(session->inbox.archives));
	left = until - clock_mono_ms(session->clock);
	left = sooner(left, sooner(max_ms, IDLE_POLL_MS));
	return left > 0 ? left : 0;
}

enum session_end session_poll(struct session *session, int wake_fd, int64_t max_ms)
{
	if (session->stage == STAGE_OVER)
		return session->end;
	do_what_is_due(session);
	stream_poll(session->stream, wake_fd, patience(session, max_ms));
	return session->stage == STAGE_OVER ? session->end : SESSION_ONGOING;
}

void session_stop(struct session *session)
{
	xmpp_stanza_t *presence;

	if (session->stage != STAGE_RUNNING)
		return;
	/* What was asked before, and lies unread in the socket, is answered yet. */
	if (stream_state(session->stream) == STREAM_UP)
		stream_poll(session->stream, -1, 0);
	session->stage = STAGE_DRAINING;
	session->drain_until = clock_mono_ms(session->clock) + DRAIN_MS;
	switch (stream_state(session->stream)) {
	case STREAM_UP:
		rooms_leave(session->inbox.rooms);
		presence = stanza_new(session->wire.ctx, "presence", NULL);
		stanza_set(presence, "type", "unavailable");
		wire_send(&session->wire, presence);
		break;
	case STREAM_CONNECTING:
		stream_cut(session->stream, "stopped");
		break;
	case STREAM_DOWN:
	case STREAM_CLOSING:
		session->stage = STAGE_OVER;
		session->end = SESSION_STOPPED;
		break;
	}
}

void session_interrupt(void)
{
	watchdog_cut();
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
	room = reply->place == CHAT_ROOM ? rooms_find(session->inbox.rooms, reply->to) : NULL;
	if (room)
		room_sent(room, reply->id);
	return 0;
}

bool session_is_online(const struct session *session)
{
	return stream_state(session->stream) == STREAM_UP;
}

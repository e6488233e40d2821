#include "session_inner.h"

#include "mem.h"
#include "ns.h"
#include "watchdog.h"

enum {
	IDLE_POLL_MS = 1000,
	DRAIN_MS = 5 * 1000 /* for what is queued, when stopping */
};

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
			QUERIES_PATIENCE_MS, NULL, ping_answered, NULL);
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

/* How long there is nothing to do but wait. */
static int64_t patience(const struct session *session, int64_t max_ms)
{
	int64_t until = INT64_MAX, left;

	if (stream_state(session->stream) == STREAM_DOWN)
		until = session->retry_at;
	else if (stream_state(session->stream) == STREAM_UP)
		until = clock_sooner(rooms_next_ms(session->inbox.rooms),
			archives_next_ms(session->inbox.archives));
	left = until - clock_mono_ms(session->clock);
	left = clock_sooner(left, clock_sooner(max_ms, IDLE_POLL_MS));
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

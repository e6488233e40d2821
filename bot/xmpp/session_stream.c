#include "session_inner.h"

#include "caps.h"
#include "mem.h"
#include "ns.h"

static void account_told(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct session *session = userdata;
	struct inbox *inbox = &session->inbox;
	xmpp_stanza_t *query = caps_answered(answer);

	(void)subject;
	inbox->account_ids = query && caps_has_feature(query, NS_SID);
	/* A server that keeps silent may yet have one: if there is, that will tell. */
	if (!answer || (query && caps_has_feature(query, NS_MAM)))
		mam_prefs_settle(&session->mam_prefs);
	else
		archives_none(inbox->archives, NULL);
}

/* One that has not kept our answers cannot say which of them were lost. */
void session_archive_told(void *userdata, bool kept)
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

	queries_send(inbox->queries, iq, QUERIES_PATIENCE_MS, NULL, account_told, session);
}

static void send_presence(struct session *session)
{
	xmpp_stanza_t *presence = stanza_new(session->wire.ctx, "presence", NULL);

	identity_add_to(session->identity, presence);
	wire_send(&session->wire, presence);
}

void session_show(void *userdata)
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
	session->events.online(session->events.userdata);
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

struct stream_events session_stream_events(struct session *session)
{
	return (struct stream_events){.up = on_up,
		.stanza = on_stanza,
		.passed_over = on_passed_over,
		.down = on_down,
		.userdata = session};
}

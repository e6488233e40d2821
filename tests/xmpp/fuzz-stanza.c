/* fuzz-stanza.c - whatever a server may hand over: read, sorted, answered.
 *
 * The first byte says, by its bits, whether we are in the room that most samples come from, and
 * whether the stanza comes by itself or was found in our archive or the room's.
 */
#include "inbox.h"

#include "buf.h"
#include "mam.h"
#include "mem.h"
#include "pool.h"

#define ROOM "den@conference.localhost"

enum { IN_ROOM = 1, IN_OUR_ARCHIVE = 2, IN_ROOM_ARCHIVE = 4 };

static struct clock_hand hand = {1000, 1000};
static uint64_t seed = 1;

static void drop(void *userdata, xmpp_stanza_t *stanza)
{
	(void)userdata, (void)stanza;
}

static void drop_report(void *userdata, enum log_level level, const char *line)
{
	(void)userdata, (void)level, (void)line;
}

/* Reads all that is promised to be there. */
static void on_message(void *userdata, const struct chat_message *m)
{
	const char *const texts[] = {
		m->from, m->asker, m->body, m->text, m->target, m->id, m->nick};

	(void)userdata;
	if (!m->from || (m->kind == CHAT_MODERATES) != !m->asker)
		abort();
	if (m->kind == CHAT_SAYS && (!m->body || !m->text || !*m->body))
		abort();
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (texts[i] && strlen(texts[i]) > BUF_QUESTION)
			abort();
}

static void on_confirmed(void *userdata, const char *id, const char *stanza_id)
{
	(void)userdata, (void)id, (void)stanza_id;
}

static void on_undelivered(void *userdata, const char *id, const char *reason)
{
	(void)userdata, (void)id;
	if (!*reason)
		abort();
}

static void on_joined(void *userdata, const struct session_room *room)
{
	(void)userdata;
	if (!strchr(room->jid, '@') || strchr(room->jid, '/') || !*room->nick)
		abort();
}

static void on_left(void *userdata, const char *jid)
{
	(void)userdata, (void)jid;
}

static struct chat_mark came_back(void *userdata, const char *room)
{
	(void)userdata, (void)room;
	return (struct chat_mark){.since_ms = 1};
}

static void on_caught_up(void *userdata, const char *room, enum chat_archive how)
{
	(void)userdata, (void)room, (void)how;
}

static void take(struct inbox *inbox, unsigned how, const char *text)
{
	xmpp_stanza_t *stanza = xmpp_stanza_new_from_string(inbox->wire->ctx, text);
	struct mam_result result = {.archive_id = "a-1", .sent_ms = 1, .message = stanza};

	if (!stanza)
		return;
	if (how & (IN_OUR_ARCHIVE | IN_ROOM_ARCHIVE))
		inbox_found(inbox, how & IN_ROOM_ARCHIVE ? ROOM : NULL, &result);
	else
		inbox_stanza(inbox, stanza);
	xmpp_stanza_release(stanza);
}

static enum adhoc_access may_run(void *userdata, const struct chat_message *who, const char *node)
{
	(void)userdata, (void)who;
	return *node ? ADHOC_ALLOWED : ADHOC_UNKNOWN;
}

/* A form of one line, and that line as the result. */
static void run(void *userdata, const struct adhoc_call *call, struct pool *pool,
	struct adhoc_answer *answer)
{
	struct form_field *field = pool_alloc(pool, 1, sizeof(*field));

	(void)userdata;
	*field = (struct form_field){
		.kind = FORM_LINE, .name = "line", .value = form_value(&call->values, "line")};
	answer->form = (struct form){.fields = field, .field_count = 1};
	answer->outcome = call->completes ? ADHOC_DONE : ADHOC_ASKS;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct session_room room = {ROOM, "careerbot", NULL};
	static const char *const inviters[] = {"localhost", "a@b"};
	const struct session_events events = {.message = on_message,
		.confirmed = on_confirmed,
		.undelivered = on_undelivered,
		.caught_up = on_caught_up,
		.has_voice = on_left,
		.joined = on_joined,
		.left = on_left};
	const struct adhoc_provider provider = {.access = may_run, .run = run};
	const struct clock clock = clock_by_hand(&hand);
	const struct chance chance = chance_from_seed(&seed);
	struct wire wire = {xmpp_ctx_new(NULL, NULL), drop, drop_report, NULL};
	struct identity *identity = identity_new(wire.ctx);
	struct queries *queries = queries_new(&wire, "bot@localhost", &clock, &chance);
	struct services services = {.identity = identity,
		.clock = &clock,
		.version = "0",
		.own_jid = "bot@localhost",
		.roster = roster_new(&wire, queries)};
	struct inbox inbox = {.wire = &wire,
		.events = &events,
		.queries = queries,
		.peers = peers_new(queries),
		.roster = services.roster,
		.rooms = rooms_new(&wire, identity, queries, &clock, &chance),
		.services = &services,
		.pool = pool_new(1024),
		.own_jid = "bot@localhost",
		.own_folded = "bot",
		.account_ids = true};
	const struct archives_events archives = {came_back, inbox_found, inbox_caught_up, &inbox};
	char *text;

	inbox.archives = archives_new(&wire, queries, inbox.own_jid, &archives, &clock, &chance);
	rooms_read_archives(inbox.rooms, inbox.archives);
	inbox.invitations = invitations_new(&wire, inbox.rooms, &events, inbox.own_jid, &clock);
	invitations_set(inbox.invitations, inviters, ARRAY_LEN(inviters));
	services.commands = commands_new(&provider, inbox.rooms, "bot@localhost", &clock, &chance);
	if (size) {
		rooms_set(inbox.rooms, &room, 1);
		rooms_online(inbox.rooms);
		rooms_tick(inbox.rooms);
		if (*data & IN_ROOM) {
			take(&inbox, 0,
				"<presence xmlns='jabber:client' from='" ROOM "/careerbot'/>");
			take(&inbox, 0,
				"<message xmlns='jabber:client' type='groupchat' from='" ROOM
				"'><subject/></message>");
		}
		text = mem_strndup((const char *)data + 1, size - 1);
		take(&inbox, *data & (IN_OUR_ARCHIVE | IN_ROOM_ARCHIVE), text);
		mem_free(text);
	}
	archives_free(&inbox.archives);
	queries_drop(queries);
	invitations_free(&inbox.invitations);
	commands_free(&services.commands);
	rooms_free(&inbox.rooms);
	roster_free(&services.roster);
	peers_free(&inbox.peers);
	queries_free(&queries);
	pool_free(&inbox.pool);
	identity_free(&identity);
	xmpp_ctx_free(wire.ctx);
	return 0;
}

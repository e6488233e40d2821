/* parrot.c - a session that repeats what it is told: for trying the wire by
 * hand and from scripts, without desk and engine.
 *
 *   parrot JID PASSWORD HOST:PORT CA-FILE [ROOM NICK [ROOM-PASSWORD]]
 *
 * PORT with a '+' before it: direct TLS. SIGTERM stops it, SIGHUP tries again the
 * rooms it was kept out of. Exit status: 0 stopped, 77 the account was refused.
 */
#include "session.h"

#include <signal.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"

static const char *const places[] = {"direct", "room", "private"};
static const char *const kinds[] = {"says", "corrects", "retracts", "reacts", "encrypted"};

static struct session *session;

static void repeat(const struct chat_message *message)
{
	char id[33];
	struct buf body;
	struct err err;
	struct chat_reply reply = {
		.place = message->place,
		.to = message->place == CHAT_ROOM ? message->room : message->from,
		.id = id,
		.thread = message->thread,
		.reply_to = message->place == CHAT_ROOM ? message->stanza_id
			    : message->replies_known    ? message->id
							: NULL,
		.reply_jid = message->from,
	};

	chance_id(&chance_system, id);
	buf_init(&body, BUF_REPLY);
	if (message->place == CHAT_ROOM)
		buf_addf(&body, "%s: ", message->nick);
	buf_add_str(&body, message->text);
	reply.body = body.data;
	if (session_send(session, &reply, &err))
		log_warn("not sent: %s", err.text);
	buf_release(&body);
}

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static void on_message(void *userdata, const struct chat_message *m)
{
	(void)userdata;
	log_info("%s %s from=%s asker=%s real=%s id=%s sid=%s target=%s addressed=%d other=%d "
		 "replies=%d archived=%d body=%s text=%s",
		places[m->place], kinds[m->kind], m->from, m->asker, or_dash(m->real_jid),
		or_dash(m->id), or_dash(m->stanza_id), or_dash(m->target), m->addressed,
		m->to_other, m->replies_known, m->archived, or_dash(m->body), or_dash(m->text));
	if (m->addressed && m->kind == CHAT_SAYS && !m->archived)
		repeat(m);
}

static void on_confirmed(void *userdata, const char *id, const char *stanza_id)
{
	(void)userdata;
	log_info("confirmed %s as %s", id, or_dash(stanza_id));
}

/* It remembers nothing: whatever was said within a day is said again. */
static struct chat_mark on_came_back(void *userdata, const char *room)
{
	(void)userdata;
	log_info("back in %s", room ? room : "general");
	return (struct chat_mark){.since_ms = clock_wall_ms(&clock_system) - INT64_C(86400) * 1000};
}

static void on_caught_up(void *userdata, const char *room, enum chat_archive how)
{
	static const char *const hows[] = {"read", "none", "failed"};

	(void)userdata;
	log_info("archive of %s: %s", room ? room : "ours", hows[how]);
}

static void on_has_voice(void *userdata, const char *room)
{
	(void)userdata;
	log_info("voice in %s", room);
}

static void on_undelivered(void *userdata, const char *id, const char *reason)
{
	(void)userdata;
	log_info("undelivered %s: %s", id, reason);
}

static void on_online(void *userdata)
{
	(void)userdata;
	log_info("up");
}

static void on_offline(void *userdata)
{
	(void)userdata;
	log_info("down");
}

static void on_joined(void *userdata, const struct session_room *room)
{
	(void)userdata;
	log_info("joined %s", room->jid);
}

static void on_left(void *userdata, const char *jid)
{
	(void)userdata;
	log_info("left %s", jid);
}

static void on_report(void *userdata, enum log_level level, const char *line)
{
	(void)userdata;
	if (level <= LOG_WARN)
		log_warn("%s: %s", log_level_name(level), line);
	else
		log_info("%s", line);
}

static const struct session_events events = {.message = on_message,
	.confirmed = on_confirmed,
	.undelivered = on_undelivered,
	.online = on_online,
	.came_back = on_came_back,
	.caught_up = on_caught_up,
	.has_voice = on_has_voice,
	.offline = on_offline,
	.joined = on_joined,
	.left = on_left,
	.report = on_report};

/* While it connects the loop may be blocked: the handler gets it out. */
static volatile sig_atomic_t wants_stop, wants_reload;

static void on_signal(int number)
{
	if (number == SIGHUP) {
		wants_reload = 1;
		return;
	}
	wants_stop = 1;
	session_interrupt();
}

int main(int argc, char **argv)
{
	struct session_room room = {0};
	struct session_settings settings = {.version = "0", .rooms = &room};
	enum session_end end = SESSION_ONGOING;
	struct err err;
	char *host, *port;

	if (argc < 5) {
		fprintf(stderr, "usage: parrot JID PASSWORD HOST:PORT CA [ROOM NICK [PASSWORD]]\n");
		return 2;
	}
	host = mem_strdup(argv[3]);
	port = strchr(host, ':');
	*port++ = '\0';
	settings.tls = *port == '+' ? DIALER_DIRECT_TLS : DIALER_STARTTLS;
	settings.jid = argv[1];
	settings.password = argv[2];
	settings.host = host;
	settings.port = (uint16_t)strtoul(port + (*port == '+'), NULL, 10);
	settings.ca_file = argv[4];
	if (argc > 6) {
		room = (struct session_room){argv[5], argv[6], argc > 7 ? argv[7] : NULL};
		settings.room_count = 1;
	}
	log_init(getenv("PARROT_DEBUG") ? LOG_DEBUG : LOG_INFO, NULL, NULL);
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	signal(SIGHUP, on_signal);
	if (session_new(&session, &settings, &events, &clock_system, &chance_system, &err)) {
		fprintf(stderr, "parrot: %s\n", err.text);
		mem_free(host);
		return 2;
	}
	while (end == SESSION_ONGOING) {
		end = session_poll(session, -1, INT64_MAX);
		if (wants_stop)
			session_stop(session);
		if (wants_reload) {
			wants_reload = 0;
			(void)session_reload(session, &settings);
		}
	}
	session_free(&session);
	mem_free(host);
	return end == SESSION_REFUSED ? 77 : 0;
}

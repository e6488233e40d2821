/* What the session decides without a server; with one: tests/wire. */
#include "testing.h"

#include "buf.h"
#include "session.h"

struct bench {
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	struct session_events events;
	struct buf reported;
	struct err err;
};

static void on_report(void *userdata, enum log_level level, const char *line)
{
	struct bench *b = userdata;

	buf_addf(&b->reported, "%s: %s\n", log_level_name(level), line);
}

/* Port 1 of loopback: refused at once. */
static const struct session_settings plain = {.jid = "Bot@LOCALHOST",
	.password = "secret",
	.host = "127.0.0.1",
	.port = 1,
	.version = "0"};

static struct session *make(struct bench *b, const struct session_settings *settings)
{
	struct session *session = NULL;

	*b = (struct bench){.seed = 3, .hand = {1000, 1000}};
	b->clock = clock_by_hand(&b->hand);
	b->chance = chance_from_seed(&b->seed);
	b->events = (struct session_events){.report = on_report, .userdata = b};
	buf_init(&b->reported, BUF_LINE);
	if (session_new(&session, settings, &b->events, &b->clock, &b->chance, &b->err))
		return NULL;
	return session;
}

static void done(struct bench *b, struct session *session)
{
	session_free(&session);
	buf_release(&b->reported);
}

static void session_new__refuses__what_is_no_address(void **state)
{
	static const struct {
		const char *jid, *room, *nick, *words;
	} cases[] = {
		{"bot@", "den@muc", "cb", "bot@ is not the address of an account"},
		{"localhost", "den@muc", "cb", "localhost is not the address of an account"},
		{"bot@localhost", "muc", "cb", "muc is not the address of a room"},
		{"bot@localhost", "den@muc/nick", "cb",
			"den@muc/nick is not the address of a room"},
		{"bot@localhost", "den@muc", "", "cannot be a nick"},
	};
	struct bench b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct session_room room = {cases[i].room, cases[i].nick, NULL};
		struct session_settings settings = plain;

		settings.jid = cases[i].jid;
		settings.rooms = &room;
		settings.room_count = 1;
		assert_null(make(&b, &settings));
		assert_non_null(strstr(b.err.text, cases[i].words));
		done(&b, NULL);
	}
}

static void poll_until_reported(struct bench *b, struct session *session)
{
	buf_clear(&b->reported);
	for (int i = 0; i < 200 && !b->reported.len; i++)
		assert_int_equal(session_poll(session, -1, INT64_MAX), SESSION_ONGOING);
	assert_true(b->reported.len);
}

static void session_poll__tries__again_after_a_pause(void **state)
{
	struct bench b;
	struct session *session = make(&b, &plain);

	(void)state;
	poll_until_reported(&b, session);
	assert_non_null(strstr(b.reported.data, "Connection refused; next attempt in 1 s"));
	assert_false(session_is_online(session));
	b.hand.mono += 1000;
	poll_until_reported(&b, session);
	assert_non_null(strstr(b.reported.data, "Connection refused"));
	done(&b, session);
}

static void session_stop__is__quick_without_a_stream(void **state)
{
	struct bench b;
	struct session *session = make(&b, &plain);

	(void)state;
	session_stop(session);
	session_stop(session);
	assert_int_equal(session_poll(session, -1, INT64_MAX), SESSION_STOPPED);
	assert_int_equal(session_poll(session, -1, INT64_MAX), SESSION_STOPPED);
	done(&b, session);
}

static void session_stop__ends__an_attempt_to_connect(void **state)
{
	struct session_settings settings = plain;
	enum session_end end = SESSION_ONGOING;
	struct session *session;
	struct bench b;

	(void)state;
	/* An address that does not answer, or is not routed at all. */
	settings.host = "192.0.2.1";
	session = make(&b, &settings);
	assert_int_equal(session_poll(session, -1, INT64_MAX), SESSION_ONGOING);
	session_stop(session);
	for (int i = 0; i < 10 && end == SESSION_ONGOING; i++)
		end = session_poll(session, -1, INT64_MAX);
	assert_int_equal(end, SESSION_STOPPED);
	done(&b, session);
}

static void session_send__refuses__when_offline(void **state)
{
	struct chat_reply reply = {.place = CHAT_DIRECT, .to = "a@b/c", .id = "i", .body = "x"};
	struct bench b;
	struct session *session = make(&b, &plain);

	(void)state;
	assert_int_equal(session_send(session, &reply, &b.err), -1);
	assert_int_equal(b.err.code, ERR_CLOSED);
	done(&b, session);
}

static void session_reload__tells__what_needs_a_restart(void **state)
{
	struct session_settings host = plain, port = plain, jid = plain, ca = plain, tls = plain,
				password = plain, same = plain, rooms = plain;
	struct session_room bad = {"nowhere", "cb", NULL};
	struct bench b;
	struct session *session = make(&b, &plain);

	(void)state;
	host.host = "127.0.0.2";
	port.port = 2;
	jid.jid = "other@localhost";
	ca.ca_file = "/ca";
	tls.tls = DIALER_DIRECT_TLS;
	password.password = "another";
	same.jid = "bot@localhost";
	rooms.rooms = &bad;
	rooms.room_count = 1;
	assert_int_equal(session_reload(session, &host), 1);
	assert_int_equal(session_reload(session, &port), 1);
	assert_int_equal(session_reload(session, &jid), 1);
	assert_int_equal(session_reload(session, &ca), 1);
	assert_int_equal(session_reload(session, &tls), 1);
	assert_int_equal(session_reload(session, &password), 0);
	assert_int_equal(session_reload(session, &same), 0);
	assert_string_equal(b.reported.data, "");
	assert_int_equal(session_reload(session, &rooms), 0);
	assert_non_null(strstr(b.reported.data, "nowhere is not the address of a room"));
	done(&b, session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(session_new__refuses__what_is_no_address),
		cmocka_unit_test(session_poll__tries__again_after_a_pause),
		cmocka_unit_test(session_stop__is__quick_without_a_stream),
		cmocka_unit_test(session_stop__ends__an_attempt_to_connect),
		cmocka_unit_test(session_send__refuses__when_offline),
		cmocka_unit_test(session_reload__tells__what_needs_a_restart),
	};

	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}

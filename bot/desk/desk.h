/* desk.h - the one place where chat, answers and journal meet: who asked, may
 * they, answer, write down, send.
 *
 * Layer: desk, on answer, journal and xmpp's plain structs. Sends through a
 * table of functions, so that it can be tried without a server.
 * Ownership: engine, talks, journal, clock and wire are the caller's and outlive
 *   the desk; settings are copied.
 * One thread. Call desk_tick() after each turn of the loop.
 */
#ifndef BOT_DESK_H
#define BOT_DESK_H

#include "adhoc.h"
#include "chance.h"
#include "chat.h"
#include "clock.h"
#include "err.h"
#include "rate.h"

struct answer_engine;
struct answer_talks;
struct journal;
struct pool;

struct desk_room {
	const char *jid;
	bool helpful;    /* unaddressed questions are answered too */
	int64_t hold_ms; /* … when nobody else has for so long */
};

struct desk_settings {
	const struct desk_room *rooms;
	size_t room_count;
	const char *const *admins; /* bare JIDs */
	size_t admin_count;
	struct rate_settings rate;
};

/* The way out. */
struct desk_wire {
	/* 0: it is on its way; -1: not, as when offline. */
	int (*send)(void *userdata, const struct chat_reply *reply, struct err *err);
	void *userdata;
};

enum desk_left {
	DESK_NOT_THERE,
	DESK_LEFT,
	DESK_LEFT_FOR_NOW /* it stands in the settings */
};

/* What the words of an admin can set going. All of them NULL: nothing. */
struct desk_powers {
	/* Goes into a room, over restarts too; nick and password may be NULL. */
	int (*join)(void *userdata, const char *room, const char *nick, const char *password,
		struct err *err);
	enum desk_left (*leave)(void *userdata, const char *room);
	size_t (*seats)(void *userdata, struct pool *pool, const struct chat_seat **seats);
	/* Settings and packs, once this turn is over; desk_reloaded() tells how it went. */
	void (*reload)(void *userdata);
	/* Has an account kept away from us by the server, or no longer. false: it doesn't do that.
	 */
	bool (*block)(void *userdata, const char *bare_jid, bool blocked);
	/* Likewise, and those who run the server are told that it abused us. false: they take no
	 * reports. */
	bool (*report)(void *userdata, const char *bare_jid);
	/* Who has this address: place, from, room, nick, asker and real_jid. false: nobody. */
	bool (*who)(void *userdata, const char *jid, struct pool *pool, struct chat_message *who);
	void *userdata;
};

struct desk;

struct desk *desk_new(const struct desk_settings *settings, struct answer_engine *engine,
	struct answer_talks *talks, struct journal *journal, const struct desk_wire *wire,
	const struct clock *clock, const struct chance *chance);
void desk_free(struct desk **desk);
/* Between two messages: other settings, another engine (the old one is the caller's to free). */
void desk_set(struct desk *desk, const struct desk_settings *settings);
void desk_swap_engine(struct desk *desk, struct answer_engine *engine);
void desk_empower(struct desk *desk, const struct desk_powers *powers);
/* Tells the admin who has asked for it; problem: why all stays as it was, NULL: it does not. */
void desk_reloaded(struct desk *desk, const char *problem);

/* --- what comes in --- */

void desk_message(struct desk *desk, const struct chat_message *message);
/* Our message id came back, from its room or in an archive; stanza_id is what the room calls it,
 * NULL where that is not known. */
void desk_confirmed(struct desk *desk, const char *id, const char *stanza_id);
/* … or came back as an error; reason is the condition's name. */
void desk_undelivered(struct desk *desk, const char *id, const char *reason);

/* What is due by time. Returns in how many milliseconds it wants to be called again, at the
 * latest. */
int64_t desk_tick(struct desk *desk);

/* What people run by forms of their client: see struct adhoc_provider. */
size_t desk_commands(struct desk *desk, const struct chat_message *who, struct pool *pool,
	const struct adhoc_command **commands);
enum adhoc_access desk_command_access(
	struct desk *desk, const struct chat_message *who, const char *node);
void desk_command_run(struct desk *desk, const struct adhoc_call *call, struct pool *pool,
	struct adhoc_answer *answer);

/* --- gaps --- */

/* Logged in anew: whatever was sent before and is not confirmed may be lost. */
void desk_online(struct desk *desk);
void desk_offline(struct desk *desk);

/* Before we go into a room, or (NULL) after we logged in: from where to read its archive, or our
 * own. Borrowed until the next call. Messages that come from now on do not count as read until it
 * has been read, and what was said in the room before may be lost. */
struct chat_mark desk_catch_up(struct desk *desk, const char *room);

/* It ended so, all that was found in it was handed over before, our own messages as confirmed; for
 * a room: and we are in it. What is still worth sending is sent. */
void desk_caught_up(struct desk *desk, const char *room, enum chat_archive how);

/* The room lets us speak. */
void desk_has_voice(struct desk *desk, const char *room);

/* --- people --- */

/* Nothing from this bare JID (or this asker of a room) is heard for so long; 0: it is again. */
void desk_ignore(struct desk *desk, const char *asker, int64_t for_ms);

#endif

/* room_inner.h - a room from within, for room.c, which follows who is in it,
 * room_stay.c, which says what is due there, and room_exit.c, on the ways out of it.
 *
 * Layer: xmpp.
 */
#ifndef BOT_ROOM_INNER_H
#define BOT_ROOM_INNER_H

#include "recent.h"
#include "room.h"

#define NEVER INT64_MAX

enum {
	SECOND = 1000,
	MINUTE = 60 * SECOND,
	RETRY_MIN_MS = 30 * SECOND, /* XEP-0045 gives no figures; these spare a busy service */
	RETRY_MAX_MS = 10 * MINUTE,
	SOON_MS = 5 * SECOND
};

struct room {
	char *jid, *wanted_nick, *password;
	char *nick, *nick_folded;
	const struct wire *wire;
	const struct clock *clock;
	const struct chance *chance;
	enum room_state state;
	int64_t since;       /* of the state */
	int64_t retry_at;    /* out: when to try again */
	int64_t ping_at;     /* live: when to ask whether we still are */
	int64_t ask_at;      /* live: when to ask what it can do, where it has not said */
	int64_t alone_since; /* live: 0 in company */
	int64_t kicked_at;
	bool kicked_before;
	bool added;       /* named in no settings */
	bool for_members; /* and we are none */
	bool given_up;    /* until the owner does something */
	bool online;
	bool mute;
	bool caught_up; /* its archive is being read, or was */
	bool nick_due;  /* wanted_nick is to be asked for … */
	bool asks_nick; /* … and this is */
	bool show_due;  /* presence has changed */
	bool doubted;   /* the last self-ping was answered as if we were out */
	unsigned failures;
	unsigned nicks_tried;
	unsigned features;
	struct occupants occupants;
	struct recent *ours; /* ids of our messages */
};

static inline int64_t room_now_ms(const struct room *room)
{
	return clock_mono_ms(room->clock);
}

void room_set_nick(struct room *room, const char *nick);
void room_enter_state(struct room *room, enum room_state state);

/* Out, and what then: */
void room_be_out(struct room *room, int64_t retry_at);
/* … tried again, each time later: between `least` and ten minutes; */
void room_try_later(struct room *room, int64_t least);
/* … tried again, or another nick, or nothing, as the condition of the error demands; */
void room_be_refused(struct room *room, const char *condition);
/* … likewise, as the presence says that took us out; */
void room_be_removed(struct room *room, const struct presence *presence);
/* … tried again soon, where we are told that we have not been in. */
void room_be_forgotten(struct room *room);

#endif

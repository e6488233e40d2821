/* room.h - one room and our seat in it, as a state machine.
 *
 * Layer: xmpp. Sends nothing itself: room_tick() says what is due, rooms.h does
 * it. All that a room can do to us is here: another nick, history, being
 * kicked, banned, moved or forgotten.
 * Source: XEP-0045 sections 7.2 and 9, XEP-0410.
 */
#ifndef BOT_ROOM_H
#define BOT_ROOM_H

#include "chance.h"
#include "clock.h"
#include "occupants.h"
#include "presence.h"
#include "session.h"
#include "wire.h"

enum room_state {
	ROOM_OUT,     /* not in it; room_tick() says when to try */
	ROOM_JOINING, /* asked to be let in */
	ROOM_ENTERED, /* in it; what is said now is history until the subject comes */
	ROOM_LIVE
};

enum room_due {
	ROOM_DUE_NOTHING,
	ROOM_DUE_JOIN,
	ROOM_DUE_SHOW, /* to send our presence anew. It may ask for another nick: the room says yes
			* by a change of it, no by an error */
	ROOM_DUE_FEATURES, /* to ask it once more what it can do */
	ROOM_DUE_ARCHIVE,  /* to read what was said before we came */
	ROOM_DUE_PING,
	ROOM_DUE_LEAVE /* nobody else has been there for long, and nobody's settings want us there
			*/
};

/* What a room says it can do, as bits. */
enum room_feature {
	ROOM_KNOWN = 1 << 0,        /* it has told */
	ROOM_STANZA_IDS = 1 << 1,   /* its stanza-ids can be trusted (XEP-0359) */
	ROOM_OCCUPANT_IDS = 1 << 2, /* likewise its occupant-ids (XEP-0421) */
	ROOM_ARCHIVE = 1 << 3,      /* XEP-0313 */
	ROOM_OPEN_JIDS = 1 << 4     /* it shows everybody's real address */
};

struct room;

/* settings are copied; their JID is in normal form. Nothing is due until room_online(). */
struct room *room_new(const struct session_room *settings, const struct wire *wire,
	const struct clock *clock, const struct chance *chance);
void room_free(struct room **room);

const char *room_jid(const struct room *room);
const char *room_password(const struct room *room); /* NULL: none */
/* The nick that the owner wants us to have. */
const char *room_wanted_nick(const struct room *room);
/* The nick we have, or are asking for. */
const char *room_nick(const struct room *room);
/* The same, folded. */
const char *room_nick_folded(const struct room *room);
/* The nick to send presence to. That is another while we ask for it: to the old one, it would be
 * asked back. */
const char *room_nick_to_show(struct room *room);
enum room_state room_state(const struct room *room);
const struct occupants *room_occupants(const struct room *room);
/* We may not speak in it. */
bool room_is_mute(const struct room *room);
bool room_has(const struct room *room, enum room_feature feature);

/* A new stream: not in any room. */
void room_online(struct room *room);
void room_offline(struct room *room);
/* The owner has changed something, or somebody let us in: what was given up is tried again. */
void room_rearm(struct room *room, const struct session_room *settings);

/* A room that the settings don't name: what would make us wait for the owner ends it. */
void room_set_added(struct room *room, bool added);
bool room_is_added(const struct room *room);
/* Nothing more is tried until room_rearm(). */
bool room_has_given_up(const struct room *room);

/* Our presence has changed since the room was given it. */
void room_show(struct room *room);

/* What is to be done now; say so with the next ones when it is done. */
enum room_due room_tick(struct room *room);
void room_join_sent(struct room *room);
void room_shown(struct room *room);
void room_features_asked(struct room *room);
void room_archive_begun(struct room *room);
void room_ping_sent(struct room *room);
void room_abandoned(struct room *room);
/* When room_tick() should be asked again; INT64_MAX: when something has happened. */
int64_t room_next_ms(const struct room *room);

/* What has come from it. */
/* true: the room was made by our coming, and wants its configuration accepted. */
bool room_presence(struct room *room, const struct presence *presence);
/* It is about us. */
bool room_is_self(const struct room *room, const struct presence *presence);
/* true: the room takes us for one of its occupants, though we are out. Presence without a join,
 * which was enough before XEP-0045, may have crossed a kick. */
bool room_is_mistaken(const struct room *room, const struct presence *presence);
void room_subject(struct room *room);
/* It lets only members in, and we are none: whoever may invite there makes us one. */
bool room_awaits_invitation(const struct room *room);
void room_heard(struct room *room);
void room_features(struct room *room, unsigned features);
/* condition: of the error that came for our self-ping; NULL: a result; "": nothing came. */
void room_ping_answer(struct room *room, const char *condition);
/* A message of ours was returned with this condition. */
void room_refused_message(struct room *room, const char *condition);

/* Our own messages, so that they are known when they come back or are replied to. */
void room_sent(struct room *room, const char *id);
/* true: it is one of ours. stanza_id: given to it by the room, or NULL. */
bool room_reflected(struct room *room, const char *id, const char *stanza_id);
/* One of an earlier run, out of the room's archive. */
void room_recalled(struct room *room, const char *id, const char *stanza_id);
bool room_is_ours(const struct room *room, const char *id);

#endif

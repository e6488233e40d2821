/* desk_inner.h - what the files of the desk share among themselves.
 *
 * Layer: desk; not for others.
 */
#ifndef BOT_DESK_INNER_H
#define BOT_DESK_INNER_H

#include "answer.h"
#include "buf.h"
#include "desk.h"
#include "doomed.h"
#include "fresh.h"
#include "guard.h"
#include "hold.h"
#include "journal.h"
#include "marks.h"
#include "pool.h"
#include "rate.h"
#include "rivals.h"
#include "trouble.h"
#include "wording.h"

enum { DESK_SECOND_MS = 1000, DESK_MINUTE_MS = 60 * 1000 };
#define DESK_HOUR_MS (60 * INT64_C(60000))
#define DESK_DAY_MS (24 * DESK_HOUR_MS)
/* How old a question may be, and still be worth an answer. */
#define DESK_WORTH_DIRECT_MS DESK_DAY_MS
#define DESK_WORTH_ROOM_MS (10 * INT64_C(60000))
#define DESK_WORTH_PRIVATE_MS INT64_C(60000)

struct desk {
	struct desk_settings settings;
	struct pool *settings_pool;
	struct answer_engine *engine;
	struct answer_talks *talks;
	struct journal *journal;
	struct desk_wire wire;
	struct desk_powers powers;
	struct clock clock;
	struct chance chance;
	struct rate *rate, *late_rate; /* the latter for what is found in archives */
	struct guard *guard;
	struct fresh *fresh;
	struct marks *marks;
	struct hold *hold;
	struct rivals *rivals;
	struct trouble trouble;
	struct pool *pool;   /* of what is being done; emptied before the next thing */
	unsigned aside_turn; /* which variant of an aside comes next */
	bool is_online;
	bool has_released;        /* answers owed wait to be sent … */
	int64_t release_at;       /* … not before this (mono) */
	int64_t login;            /* counts them */
	struct doomed *doomed;    /* of ours, to be taken back when the room's id is known */
	struct lately *elders;    /* by asker: struct turn_elder, the last talk in a room */
	struct lately *caught_up; /* archives: int64_t, the login under which each was read */
	int64_t prune_at;         /* mono */
	int64_t started_at;       /* mono */
	size_t asked, answered;   /* questions since then */
	char *reloader;           /* who waits to hear how it went; NULL: nobody */
};

/* One message and what is known of it so far. */
struct turn {
	const struct chat_message *message;
	const char *text;
	struct journal_message seen;
	struct journal_key asker;
	struct journal_key room;
	bool overheard;       /* said to nobody in particular */
	int64_t now;          /* mono */
	int64_t asked_ms;     /* wall */
	int64_t late_ms;      /* how long it had to wait */
	int64_t corrects;     /* the journal's row of its first version */
	const char *replaces; /* our message that the answer corrects */
	struct buf *reply;    /* where what is said goes, rather than over the wire; or NULL */
};

/* A talk by its key; longer ones are not remembered. */
struct turn_elder {
	char talk[256];
};

struct turn turn_of(struct desk *desk, const struct chat_message *message);
bool turn_is_new(struct desk *desk, const struct turn *turn);
bool turn_is_worth_it(struct desk *desk, const struct turn *turn);
/* Dealt with, and no question. */
void turn_see(struct desk *desk, const struct turn *turn);
/* Whether its asker may have one more answer, and that he got one. */
enum rate_verdict turn_ask_rate(struct desk *desk, const struct turn *turn);
void turn_take_rate(struct desk *desk, const struct turn *turn);
/* Where an answer to it is read: by all in the room, or by the asker alone. In the desk's pool. */
const char *turn_place(struct desk *desk, const struct turn *turn);
/* The key of its talk, in the desk's pool. */
const char *turn_talk(struct desk *desk, const struct turn *turn);
/* The key of what the asker, now alone with us, said in a room; NULL: none that we know of. */
const char *turn_elder_talk(struct desk *desk, const struct turn *turn);
/* So that it will be known. */
void turn_remember_talk(struct desk *desk, const struct turn *turn);

/* Answers it, if it may be. */
void question_answer(struct desk *desk, struct turn *turn);
/* Answers what comes by a form, not by a message. */
void question_consult(struct desk *desk, const struct turn *turn);
/* Said in a room, not to us. */
void question_overhear(struct desk *desk, const struct chat_message *message);
/* Said in a room by a bot: never answered, but it may be an answer itself. */
void question_hear_bot(struct desk *desk, const struct chat_message *message);
/* Held questions whose time has come. */
void question_release(struct desk *desk);

/* What steers us; true if the message was that, and is dealt with. */
bool steer_room(struct desk *desk, struct turn *turn);
bool steer_self(struct desk *desk, struct turn *turn);

void change_correct(struct desk *desk, const struct chat_message *message);
void change_retract(struct desk *desk, const struct chat_message *message);
void change_moderate(struct desk *desk, const struct chat_message *message);
/* Takes back what answered the question whose first version is this row. */
void change_take_back(struct desk *desk, const struct chat_message *message, int64_t first);
/* Our message came back from the room, where it is called stanza_id: what was to be taken back
 * before that was known is. */
void change_confirmed(struct desk *desk, const char *id, const char *stanza_id);
void change_react(struct desk *desk, const struct chat_message *message);

/* A line of the voice: no answer, sent once and never again. */
void post_aside(struct desk *desk, const struct turn *turn, const char *name,
	const struct wording_fill *fills, size_t fill_count);
void post_text(struct desk *desk, const struct turn *turn, const char *text);
/* Takes back a message of ours, by the id that we gave it: to is its room, which calls it
 * stanza_id; elsewhere whom it went to, and stanza_id NULL. */
void post_retraction(struct desk *desk, enum chat_place place, const char *to, const char *id,
	const char *stanza_id);
/* An answer: written down, then sent. reply->text "": only written down. */
void post_answer(struct desk *desk, const struct turn *turn, const struct answer_reply *reply);
/* What a late answer quotes, since others have been talking meanwhile; NULL: it is not so late. In
 * the desk's pool. */
const char *post_quote(struct desk *desk, const char *question, int64_t late_ms);
/* Sends one that is owed; -1: not now, it stays so. */
int post_send(struct desk *desk, const struct chat_reply *reply);
/* An id for a message of ours. */
enum { POST_ID_SIZE = 8 + 32 + 1 };
void post_new_id(struct desk *desk, char out[POST_ID_SIZE]);

enum chat_place delivery_place(enum journal_place place);
/* Sends what is owed and released. */
void delivery_send_released(struct desk *desk);
void delivery_finish(struct desk *desk, const char *id, enum journal_state state);
bool delivery_is_worth_it(struct desk *desk, const struct journal_delivery *delivery);
/* The room lets us not speak: the asker gets the answer alone, and the next ones too, for a while.
 */
void delivery_without_voice(struct desk *desk, const char *id);

bool desk_is_quiet(struct desk *desk, const char *room);
bool desk_ignores(struct desk *desk, const struct chat_message *message);
/* By the address that the server vouches for, never by what a room says. */
bool desk_is_admin(const struct desk *desk, const struct chat_message *message);

#endif

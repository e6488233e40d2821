/* journal.h - what was asked, and what is owed, sent and confirmed.
 *
 * Layer: journal, on base, SQLite and libcrypto. The only one that opens the
 * database.
 *
 * A question is OWED before its answer is sent, SENT as soon as we begin to send
 * it, under a message id of our own, CONFIRMED when that id came back: from the
 * room, or in an archive. FINAL: sent, and no more can be learned of it, or nothing
 * was to be said. GIVEN_UP: not worth sending any more. Address and text of a reply stand beside it
 * only while it is owed or sent. Who asked is written down as a keyed hash alone.
 *
 * Trouble with the file (full, locked, damaged, gone) is an error of the call
 * that met it, and nothing else: the ids seen are also kept in memory, the journal
 * rests for some seconds and then tries again by itself. A damaged file is moved
 * aside and a new one begun.
 * Without a file the journal is in memory, bounded, and keeps no text of questions.
 * Ownership: text handed out is in the pool given. Times are wall clock.
 */
#ifndef BOT_JOURNAL_H
#define BOT_JOURNAL_H

#include "chance.h"
#include "clock.h"
#include "err.h"
#include "lately.h"
#include "pool.h"

enum journal_place { JOURNAL_DIRECT, JOURNAL_ROOM, JOURNAL_PRIVATE };
enum journal_state {
	JOURNAL_OWED,
	JOURNAL_SENT,
	JOURNAL_CONFIRMED,
	JOURNAL_FINAL,
	JOURNAL_GIVEN_UP
};

struct journal_settings {
	const char *file;   /* absolute; the key stands beside it in FILE.key; NULL: in memory */
	unsigned keep_days; /* how long questions are kept */
	bool read_only;     /* to look into the journal of a bot that runs */
};

struct journal;

/* settings are copied. Nothing is opened yet. */
struct journal *journal_new(const struct journal_settings *settings, const struct clock *clock,
	const struct chance *chance);
void journal_free(struct journal **journal);
/* Opens now what the first call would open, to learn of trouble at start. */
int journal_open(struct journal *journal, struct err *err) BOT_MUST_USE;
/* What the operator should know (a damaged file was moved aside), once; NULL: nothing. Borrowed
 * until the next call. */
const char *journal_note(struct journal *journal);
/* When it was begun: a message older than that may have been answered by a journal now gone. */
int64_t journal_born_ms(const struct journal *journal);

/* A keyed hash of what (a word for the use) and up to three texts, each of which may be NULL. */
struct journal_key journal_key(const struct journal *journal, const char *what, const char *a,
	const char *b, const char *c);

/* --- messages seen --- */

enum { JOURNAL_SEEN_MAX = 10000, JOURNAL_KEYS_MAX = 2 };

/* One message: how it is known again, and how far it brings the archive it would be found in. */
struct journal_message {
	struct journal_key keys[JOURNAL_KEYS_MAX];
	size_t key_count;
	const char *archive; /* bare JID of a room, "" for our own; NULL: it moves no mark */
	const char *archive_id;
	int64_t at_ms;
};

bool journal_has_seen(struct journal *journal, const struct journal_message *message);
/* A message that leads to no question. */
int journal_see(struct journal *journal, const struct journal_message *message,
	struct err *err) BOT_MUST_USE;
/* How far an archive was read: 1 with *id (in pool, may be NULL) and *at_ms, 0 never. */
int journal_archive(struct journal *journal, const char *archive, struct pool *pool,
	const char **id, int64_t *at_ms, struct err *err) BOT_MUST_USE;

/* --- questions and their answers --- */

struct journal_question {
	enum journal_place place;
	const char *room;      /* bare JID, NULL when direct */
	const char *asker;     /* only its keyed hash is written */
	const char *id;        /* the message's, by its sender; may be NULL */
	const char *stanza_id; /* by room or server; may be NULL */
	const char *text;      /* cut at 4 KiB */
	const char *outcome;
	const char *answers; /* ids, separated by spaces */
	double confidence;
	int64_t asked_ms;
	int64_t corrects; /* the row of the first version; 0: this is the first */
};

/* An answer on its way. */
struct journal_delivery {
	int64_t row;
	enum journal_state state; /* JOURNAL_OWED or JOURNAL_SENT */
	enum journal_place place;
	const char *room;
	int64_t asked_ms;
	unsigned tries; /* how often it was sent */
	const char *id; /* our message's */
	const char *recipient, *body;
	const char *reply_to, *reply_jid, *thread, *replaces; /* may be NULL */
	const char *text; /* of the question, read only; "" where none is kept */
};

/* Writes down message and question, and what is owed for it, in one transaction: before anything
 * is sent. delivery NULL: nothing is said. Of delivery, state, id and what stands below are read;
 * JOURNAL_SENT is for what is sent at once: if a crash comes between, better no answer than two. */
int journal_owe(struct journal *journal, const struct journal_message *message,
	const struct journal_question *question, const struct journal_delivery *delivery,
	struct err *err) BOT_MUST_USE;

/* By the id of our message; 1 if it was on its way, 0 if it is not known or no longer so. */
int journal_sent(struct journal *journal, const char *id, struct err *err) BOT_MUST_USE;
/* … but it could not be sent after all: owed, and released to be sent. */
int journal_not_sent(struct journal *journal, const char *id, struct err *err) BOT_MUST_USE;
int journal_finish(struct journal *journal, const char *id, enum journal_state state,
	struct err *err) BOT_MUST_USE;
/* Written down a moment later: with the next question, by journal_flush(), or before whatever else
 * is asked of the journal. The id need not be known. */
int journal_confirm(struct journal *journal, const char *id, const char *stanza_id,
	struct err *err) BOT_MUST_USE;
/* Writes down what has waited for its moment (200 ms). */
int journal_flush(struct journal *journal, struct err *err) BOT_MUST_USE;
/* Owed again: released to be sent now, or held back until the next look-up. */
int journal_owe_again(
	struct journal *journal, const char *id, bool released, struct err *err) BOT_MUST_USE;
/* The same answer to somebody else, under a new id: a room let us not speak. */
int journal_redirect(struct journal *journal, const char *id, const char *new_id,
	const char *recipient, const char *body, struct err *err) BOT_MUST_USE;
/* One on its way; 1 found, 0 not. */
int journal_delivery(struct journal *journal, const char *id, struct pool *pool,
	struct journal_delivery *delivery, struct err *err) BOT_MUST_USE;

/* A new login: what was sent before it may be lost. */
void journal_next_stream(struct journal *journal);
/* Likewise what was said in this room (bare JID) under the present one. */
int journal_doubt(struct journal *journal, const char *room, struct err *err) BOT_MUST_USE;

enum journal_due {
	JOURNAL_UNCERTAIN, /* owed or sent under an earlier login */
	JOURNAL_RELEASED   /* owed, and released to be sent */
};
/* Up to limit deliveries, oldest first, in pool: those whose look-up is in the archive of room
 * (bare JID; "": our own, for what is direct or private; NULL: any). */
int journal_due(struct journal *journal, enum journal_due due, const char *room, size_t limit,
	struct pool *pool, struct journal_delivery **list, size_t *count,
	struct err *err) BOT_MUST_USE;
/* When the oldest uncertain one was asked: the archive must be read from there. 0: none. */
int journal_uncertain_since(
	struct journal *journal, const char *room, int64_t *since_ms, struct err *err) BOT_MUST_USE;

/* --- what was asked, looked at again --- */

struct journal_row {
	int64_t row;
	int64_t first; /* the row of the first version, its own if it is that */
	int64_t asked_ms;
	enum journal_state state;
	enum journal_place place;
	const char *room, *text, *outcome, *answers;
	double confidence;
	int liked; /* thumbs up less thumbs down */
};

/* The question that asker sent under this id (the sender's or the room's); 1 found, 0 not. asker
 * NULL: whoever sent it, and the id is the room's. */
int journal_find(struct journal *journal, const char *asker, const char *room, const char *id,
	struct pool *pool, struct journal_row *row, struct err *err) BOT_MUST_USE;
/* What answered it, a message of ours for each of its versions, oldest first. */
struct journal_answer {
	const char *id, *stanza_id; /* the latter may be NULL */
	enum journal_state state;
	enum journal_place place;
};
int journal_answers(struct journal *journal, int64_t first, struct pool *pool,
	struct journal_answer **list, size_t *count, struct err *err) BOT_MUST_USE;
/* Erases a question in all its versions. */
int journal_erase_question(struct journal *journal, int64_t first, struct err *err) BOT_MUST_USE;
/* The ids of the answers that our message with this id (ours or the room's) gave in its last
 * version, separated by spaces, in pool; 1 found, 0 not. Only what was said in that room (NULL:
 * directly) for all to see or, unless all are to see it again (openly), to asker alone. */
int journal_given(struct journal *journal, const char *asker, const char *room, bool openly,
	const char *id, struct pool *pool, const char **answers, struct err *err) BOT_MUST_USE;
/* What asker thinks of our message: 1, 0 or -1; withdrawn: nothing any more. 1 if it is known. It
 * counts for the last version of the question. */
int journal_feedback(struct journal *journal, const char *id, const char *asker, int liked,
	bool withdrawn, struct err *err) BOT_MUST_USE;

enum journal_list {
	JOURNAL_MISSED, /* not answered, or disliked */
	JOURNAL_ALL
};
/* Up to limit questions with a text, newest first, in their last version. */
int journal_list(struct journal *journal, enum journal_list which, size_t limit, struct pool *pool,
	struct journal_row **list, size_t *count, struct err *err) BOT_MUST_USE;

/* --- privacy --- */

/* How many questions of asker are kept, and since when: of the oldest, 0 for none. */
int journal_count(struct journal *journal, const char *asker, size_t *count, int64_t *since_ms,
	struct err *err) BOT_MUST_USE;
/* Erases all that asker said, and says how much it was. Ids seen stay, as keyed hashes. */
int journal_erase(
	struct journal *journal, const char *asker, size_t *count, struct err *err) BOT_MUST_USE;
unsigned journal_keep_days(const struct journal *journal);
bool journal_keeps_text(const struct journal *journal);

/* --- rooms joined besides those of the settings: by invitation, or at an admin's word --- */

struct journal_room {
	const char *jid;             /* bare */
	const char *nick, *password; /* may be NULL */
};

/* In a file they last over restarts. The password stands there as it is: without it nobody gets in
 * again. One that is there already is brought up to date. */
int journal_keep_room(
	struct journal *journal, const struct journal_room *room, struct err *err) BOT_MUST_USE;
/* 1 if it was there, 0 if not. */
int journal_drop_room(struct journal *journal, const char *jid, struct err *err) BOT_MUST_USE;
/* All of them, those joined first before others; list and texts in pool. */
int journal_rooms(struct journal *journal, struct pool *pool, struct journal_room **list,
	size_t *count, struct err *err) BOT_MUST_USE;

/* --- the rest --- */

/* What holds until a time: kind and who are of the caller's choosing. */
int journal_mark(struct journal *journal, const char *kind, const struct journal_key *who,
	int64_t until_ms, struct err *err) BOT_MUST_USE;
/* *until_ms: 0 where there is none. */
int journal_marked(struct journal *journal, const char *kind, const struct journal_key *who,
	int64_t *until_ms, struct err *err) BOT_MUST_USE;

/* Drops what is past its time, and gives up what is owed or unconfirmed for a day. For now and
 * then: at start and every hour. */
int journal_prune(struct journal *journal, struct err *err) BOT_MUST_USE;

#endif

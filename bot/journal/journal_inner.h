/* journal_inner.h - what the files of the journal share among themselves.
 *
 * Layer: journal; not for others.
 */
#ifndef BOT_JOURNAL_INNER_H
#define BOT_JOURNAL_INNER_H

#include "journal.h"

/* A hash that is set up once with its key, and then costs a tenth of one that is not, goes by the
 * names of libcrypto 1.1.1 in later ones too. */
#define OPENSSL_API_COMPAT 0x10101000L
#include <openssl/hmac.h>

#include "keyfile.h"
#include "news.h"
#include "store.h"

enum { JOURNAL_TEXT_CAP = 4096, JOURNAL_ID_CAP = 1024, JOURNAL_BODY_CAP = 8192 };
/* In memory, this many questions and no more. */
enum { JOURNAL_MEMORY_ROWS = 1000 };
#define JOURNAL_DAY_MS (24 * 3600 * INT64_C(1000))

struct journal {
	char *file, *key_file; /* NULL: in memory */
	unsigned keep_days;
	bool read_only;
	struct clock clock;
	struct chance chance;
	HMAC_CTX *hmac; /* set up with the secret, which is kept nowhere else */
	struct lately *seen;
	size_t untrimmed; /* ids written since the table was last cut to size */
	struct store store;
	bool has_secret;
	uint64_t inode;  /* of the file that is open */
	int64_t look_at; /* mono: when to see whether it is still there */
	bool is_damaged; /* to be moved aside */
	int64_t born_ms;
	int64_t stream;
	struct news news[NEWS_MAX];
	size_t news_count;
	int64_t news_since; /* mono: of the first of them */
	bool rests;         /* after trouble, until then (mono), for that reason */
	int64_t rests_until;
	struct err why;
	char *note;
	bool note_is_new;
};

/* Before each call's work: the store is open and well, or the error says why not … */
int journal_usable(struct journal *journal, struct err *err) BOT_MUST_USE;
/* … and it is up to date. */
int journal_ready(struct journal *journal, struct err *err) BOT_MUST_USE;
/* After it, instead of store_result() and store_commit(): learns from what went wrong. */
int journal_result(struct journal *journal, struct err *err) BOT_MUST_USE;
int journal_commit(struct journal *journal, struct err *err) BOT_MUST_USE;

/* For one statement that changes at most one row: runs it; 1 if there was one. */
int journal_changed(struct journal *journal, struct query *query, struct err *err) BOT_MUST_USE;
/* A column's text, in pool; NULL for none. */
const char *journal_text(struct pool *pool, struct query *query, int column);
/* What was deleted also stood in the log beside the database. */
void journal_empty_log(struct journal *journal);

void journal_set_secret(struct journal *journal, const unsigned char secret[KEYFILE_SIZE]);

const char *journal_state_name(enum journal_state state);
enum journal_state journal_state_from_name(const char *name);
const char *journal_place_name(enum journal_place place);
enum journal_place journal_place_from_name(const char *name);

struct journal_key journal_asker_key(const struct journal *journal, const char *asker);
/* A message by its sender's id … */
struct journal_key journal_said_key(
	const struct journal *journal, const char *asker, const char *room, const char *id);
/* … and by the id that room or server gave, which tells it from those of all other senders. */
struct journal_key journal_stanza_key(
	const struct journal *journal, const char *room, const char *stanza_id);

#endif

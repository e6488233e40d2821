/* Opening the journal, trouble with it, and what is done about that. */
#include "journal_inner.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "buf.h"
#include "mem.h"
#include "schema.h"

enum {
	REST_MS = 5000,       /* after trouble, before the file is tried again */
	LOOK_EVERY_MS = 1000, /* whether the file is still there */
	CHECKED_WHOLE_MAX =
		32 * 1024 * 1024 /* bytes; up to here a look at each page takes no time */
};

static void name_aside(struct buf *out, const struct journal *journal, int64_t wall_ms)
{
	buf_addf(out, "%s.damaged-%lld", journal->file, (long long)(wall_ms / 1000));
}

/* The log beside a database must never meet another database: where it cannot be moved, it goes. */
static void move_log(const char *file, const char *aside, const char *suffix)
{
	struct buf from, to;

	buf_init(&from, BUF_LINE);
	buf_init(&to, BUF_LINE);
	buf_addf(&from, "%s%s", file, suffix);
	buf_addf(&to, "%s%s", aside, suffix);
	if (rename(from.data, to.data) < 0)
		unlink(from.data);
	buf_release(&to);
	buf_release(&from);
}

static void take_note(struct journal *journal, const char *what, const char *which)
{
	struct buf note;

	buf_init(&note, BUF_LINE);
	buf_addf(&note, "%s %s%s", journal->file, what, which);
	mem_free(journal->note);
	journal->note = buf_take(&note);
	journal->note_is_new = true;
	buf_release(&note);
}

static int move_aside(struct journal *journal, struct err *err)
{
	struct buf aside;
	int ret = 0;

	store_close(&journal->store);
	buf_init(&aside, BUF_LINE);
	name_aside(&aside, journal, clock_wall_ms(&journal->clock));
	if (rename(journal->file, aside.data) < 0) {
		ret = err_set_errno(
			err, errno, "%s: damaged, and cannot be moved aside", journal->file);
		goto out;
	}
	move_log(journal->file, aside.data, "-wal");
	move_log(journal->file, aside.data, "-shm");
	take_note(journal, "was damaged; a new journal is begun, the old one is now ", aside.data);
	journal->is_damaged = false;
out:
	buf_release(&aside);
	return ret;
}

/* 0 where there is none. */
static uint64_t inode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (uint64_t)st.st_ino : 0;
}

static void check_whole(struct store *store)
{
	struct stat st;
	struct query query;
	const char *verdict;

	if (stat(store->path, &st) < 0 || st.st_size > CHECKED_WHOLE_MAX)
		return;
	query = query_begin(store, "PRAGMA quick_check(1)");
	if (query_step(&query)) {
		verdict = query_get_text(&query, 0);
		if (!verdict || strcmp(verdict, "ok") != 0)
			store_refuse(store, SQLITE_CORRUPT, "is damaged");
	}
	query_end(&query);
}

static void recall_seen(struct journal *journal)
{
	struct query query = query_begin(&journal->store, "SELECT key FROM seen ORDER BY number");
	struct journal_key key;

	while (query_step(&query))
		if (query_get_key(&query, 0, &key))
			lately_put(journal->seen, &key);
	query_end(&query);
}

static void recall_stream(struct journal *journal)
{
	struct query query = query_begin(&journal->store, "SELECT max(stream) FROM delivery");

	if (query_step(&query) && query_get_int(&query, 0) >= journal->stream)
		journal->stream = query_get_int(&query, 0) + 1;
	query_end(&query);
}

static int open_to_read(struct journal *journal, struct err *err)
{
	if (store_open(&journal->store, journal->file, STORE_READ, err) < 0)
		return -1;
	return schema_check(&journal->store, err);
}

static int open_to_write(struct journal *journal, struct err *err)
{
	unsigned char secret[KEYFILE_SIZE];
	struct store *store = &journal->store;
	bool in_file = journal->file != NULL;

	if (in_file && !journal->has_secret) {
		if (keyfile_load(secret, journal->key_file, &journal->chance, err) < 0)
			return -1;
		journal_set_secret(journal, secret);
		OPENSSL_cleanse(secret, sizeof(secret));
		journal->has_secret = true;
	}
	if (store_open(store, in_file ? journal->file : "the journal in memory",
		    in_file ? STORE_WRITE : STORE_MEMORY, err) < 0)
		return -1;
	if (in_file)
		check_whole(store);
	if (schema_bring_up(store, clock_wall_ms(&journal->clock), &journal->born_ms, err) < 0)
		return -1;
	recall_seen(journal);
	recall_stream(journal);
	journal->inode = in_file ? inode_of(journal->file) : 0;
	return store_result(store, err);
}

static int open_once(struct journal *journal, struct err *err)
{
	int ret;

	if (journal->is_damaged && move_aside(journal, err) < 0)
		return -1;
	ret = journal->read_only ? open_to_read(journal, err) : open_to_write(journal, err);
	if (ret < 0) {
		journal->is_damaged = !journal->read_only && store_is_damaged(&journal->store);
		store_close(&journal->store);
	}
	return ret;
}

static void rest(struct journal *journal, const struct err *why)
{
	journal->why = *why;
	journal->rests = true;
	journal->rests_until = clock_mono_ms(&journal->clock) + REST_MS;
}

/* SQLite goes on writing happily to a file that somebody has removed. */
static void look_for_file(struct journal *journal)
{
	int64_t now = clock_mono_ms(&journal->clock);

	if (!journal->store.db || !journal->inode || now < journal->look_at)
		return;
	journal->look_at = now + LOOK_EVERY_MS;
	if (inode_of(journal->file) == journal->inode)
		return;
	store_close(&journal->store);
	take_note(journal, "was removed while in use; a new journal is begun", "");
}

int journal_usable(struct journal *journal, struct err *err)
{
	struct err why = {0};

	if (journal->rests && clock_mono_ms(&journal->clock) < journal->rests_until) {
		if (err)
			*err = journal->why;
		return -1;
	}
	journal->rests = false;
	look_for_file(journal);
	journal->store.failed = 0;
	if (journal->store.db)
		return 0;
	if (open_once(journal, &why) == 0 || (journal->is_damaged && open_once(journal, &why) == 0))
		return 0;
	rest(journal, &why);
	if (err)
		*err = why;
	return -1;
}

int journal_ready(struct journal *journal, struct err *err)
{
	if (journal_usable(journal, err) < 0)
		return -1;
	return news_flush(journal, err);
}

int journal_open(struct journal *journal, struct err *err)
{
	return journal_usable(journal, err);
}

int journal_result(struct journal *journal, struct err *err)
{
	struct store *store = &journal->store;
	struct err why;

	if (store_result(store, &why) == 0)
		return 0;
	if (err)
		*err = why;
	switch (store->failed) {
	case SQLITE_CONSTRAINT:
	case SQLITE_TOOBIG:
		return -1; /* of this call alone */
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		journal->is_damaged = !journal->read_only && journal->file;
		store_close(store);
		return -1;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
		rest(journal, &why);
		return -1;
	default:
		rest(journal, &why);
		store_close(store);
		return -1;
	}
}

int journal_commit(struct journal *journal, struct err *err)
{
	if (store_commit(&journal->store, NULL) == 0)
		return 0;
	return journal_result(journal, err);
}

int journal_changed(struct journal *journal, struct query *query, struct err *err)
{
	query_run(query);
	if (journal_result(journal, err) < 0)
		return -1;
	return sqlite3_changes(journal->store.db) > 0;
}

const char *journal_text(struct pool *pool, struct query *query, int column)
{
	const char *text = query_get_text(query, column);

	return text ? pool_strdup(pool, text) : NULL;
}

void journal_empty_log(struct journal *journal)
{
	if (journal->file)
		store_exec(&journal->store, "PRAGMA wal_checkpoint(TRUNCATE)");
}

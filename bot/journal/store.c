#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "utf8.h"

/* How long another program may hold the file before we go on without it. */
enum { BUSY_MS = 50 };

static void fail(struct store *store, int code)
{
	int errnum = store->db ? sqlite3_system_errno(store->db) : 0;

	if (store->failed)
		return;
	store->failed = code & 0xFF;
	err_set(&store->why, ERR_SYSTEM, "%s: %s", store->path,
		store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
	if (errnum && (store->failed == SQLITE_CANTOPEN || store->failed == SQLITE_IOERR))
		err_set_errno(
			&store->why, errnum, "%s: %s", store->path, sqlite3_errmsg(store->db));
}

static void check(struct store *store, int code)
{
	if (code != SQLITE_OK)
		fail(store, code);
}

void store_refuse(struct store *store, int code, const char *why)
{
	if (store->failed)
		return;
	store->failed = code;
	err_set(&store->why, ERR_INPUT, "%s: %s", store->path, why);
}

/* SQLite gives the files beside the database the mode of the database. */
static int make_private(const char *path, struct err *err)
{
	int ret = 0;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat st;

	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	if (fstat(fd, &st) < 0 || ((st.st_mode & 077) && fchmod(fd, 0600) < 0))
		ret = err_set_errno(err, errno, "%s: cannot be kept from others", path);
	close(fd);
	return ret;
}

static void set_up(struct store *store, enum store_open how)
{
	check(store, sqlite3_busy_timeout(store->db, BUSY_MS));
	store_exec(store, "PRAGMA foreign_keys = ON");
	if (how != STORE_WRITE)
		return;
	/* Each write is a whole page or several; it matters before the first one. */
	store_exec(store, "PRAGMA page_size = 2048");
	/* What is wiped is overwritten. A crash of ours loses nothing; loss of power may lose the
	 * last moments, never the file. */
	store_exec(store, "PRAGMA secure_delete = ON");
	store_exec(store, "PRAGMA journal_mode = WAL");
	store_exec(store, "PRAGMA synchronous = NORMAL");
}

int store_open(struct store *store, const char *path, enum store_open how, struct err *err)
{
	static const int flags[] = {
		[STORE_READ] = SQLITE_OPEN_READONLY,
		[STORE_WRITE] = SQLITE_OPEN_READWRITE,
		[STORE_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};

	*store = (struct store){.path = path};
	if (how == STORE_WRITE && make_private(path, &store->why) < 0) {
		store->failed = SQLITE_CANTOPEN;
		goto out;
	}
	check(store, sqlite3_open_v2(how == STORE_MEMORY ? ":memory:" : path, &store->db,
			     flags[how] | SQLITE_OPEN_NOMUTEX, NULL));
	if (!store->failed)
		set_up(store, how);
out:
	if (!store->failed)
		return 0;
	if (err)
		*err = store->why;
	store_close(store);
	return -1;
}

void store_close(struct store *store)
{
	for (size_t i = 0; i < store->statement_count; i++)
		sqlite3_finalize(store->statements[i].stmt);
	store->statement_count = 0;
	sqlite3_close(store->db);
	store->db = NULL;
}

bool store_is_damaged(const struct store *store)
{
	return store->failed == SQLITE_CORRUPT || store->failed == SQLITE_NOTADB;
}

static sqlite3_stmt *statement(struct store *store, const char *sql)
{
	struct store_statement *new;

	for (size_t i = 0; i < store->statement_count; i++)
		if (store->statements[i].sql == sql)
			return store->statements[i].stmt;
	if (store->statement_count == STORE_STATEMENTS)
		BUG("more statements than STORE_STATEMENTS");
	new = &store->statements[store->statement_count];
	check(store, sqlite3_prepare_v3(
			     store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &new->stmt, NULL));
	if (store->failed)
		return NULL;
	new->sql = sql;
	store->statement_count++;
	return new->stmt;
}

void store_exec(struct store *store, const char *sql)
{
	if (!store->failed)
		check(store, sqlite3_exec(store->db, sql, NULL, NULL, NULL));
}

void store_begin(struct store *store)
{
	struct query query = query_begin(store, "BEGIN IMMEDIATE");

	query_run(&query);
}

int store_commit(struct store *store, struct err *err)
{
	struct query query = query_begin(store, "COMMIT");

	query_run(&query);
	if (store->failed && !sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return store_result(store, err);
}

int store_result(struct store *store, struct err *err)
{
	if (!store->failed)
		return 0;
	if (err)
		*err = store->why;
	return -1;
}

struct query query_begin(struct store *store, const char *sql)
{
	struct query query = {.store = store};

	if (!store->failed)
		query.stmt = statement(store, sql);
	return query;
}

void query_int(struct query *query, int64_t value)
{
	if (query->stmt)
		check(query->store, sqlite3_bind_int64(query->stmt, ++query->arguments, value));
}

void query_null(struct query *query)
{
	if (query->stmt)
		check(query->store, sqlite3_bind_null(query->stmt, ++query->arguments));
}

void query_real(struct query *query, double value)
{
	if (query->stmt)
		check(query->store, sqlite3_bind_double(query->stmt, ++query->arguments, value));
}

void query_text(struct query *query, const char *text, size_t cap)
{
	size_t len;

	if (!query->stmt)
		return;
	len = text ? strlen(text) : 0;
	check(query->store, sqlite3_bind_text(query->stmt, ++query->arguments, text,
				    text ? (int)utf8_floor(text, len, cap) : 0, SQLITE_TRANSIENT));
}

void query_key(struct query *query, const struct journal_key *key)
{
	if (query->stmt)
		check(query->store, sqlite3_bind_blob(query->stmt, ++query->arguments, key->bytes,
					    sizeof(key->bytes), SQLITE_TRANSIENT));
}

bool query_step(struct query *query)
{
	int code;

	if (!query->stmt || query->store->failed)
		return false;
	code = sqlite3_step(query->stmt);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		fail(query->store, code);
	return code == SQLITE_ROW;
}

int64_t query_get_int(struct query *query, int column)
{
	return sqlite3_column_int64(query->stmt, column);
}

double query_get_real(struct query *query, int column)
{
	return sqlite3_column_double(query->stmt, column);
}

const char *query_get_text(struct query *query, int column)
{
	return (const char *)sqlite3_column_text(query->stmt, column);
}

bool query_get_key(struct query *query, int column, struct journal_key *key)
{
	const void *bytes = sqlite3_column_blob(query->stmt, column);

	if (!bytes || sqlite3_column_bytes(query->stmt, column) != (int)sizeof(key->bytes))
		return false;
	memcpy(key->bytes, bytes, sizeof(key->bytes));
	return true;
}

void query_end(struct query *query)
{
	if (!query->stmt)
		return;
	sqlite3_reset(query->stmt);
	sqlite3_clear_bindings(query->stmt);
}

void query_run(struct query *query)
{
	while (query_step(query))
		;
	query_end(query);
}

/* store.h - SQLite behind prepared statements.
 *
 * Layer: journal, on base and SQLite. One connection. The first thing that
 * goes wrong is kept: what follows in the same transaction does nothing, and
 * store_commit() or store_result() hands the error over.
 * Ownership: SQL is static text; its address names the prepared statement,
 *   which is kept until the store is closed.
 */
#ifndef BOT_STORE_H
#define BOT_STORE_H

#include "err.h"
#include "lately.h"

#include <sqlite3.h>

enum { STORE_STATEMENTS = 64 };

struct store {
	sqlite3 *db; /* NULL: closed */
	const char *path;
	struct store_statement {
		const char *sql;
		sqlite3_stmt *stmt;
	} statements[STORE_STATEMENTS];
	size_t statement_count;
	int failed; /* SQLite's code for what went wrong first, 0 while all is well */
	struct err why;
};

enum store_open {
	STORE_READ,  /* what is there, without writing */
	STORE_WRITE, /* made, with mode 0600, where there is none */
	STORE_MEMORY /* in memory, gone when closed */
};

/* Opens and sets up the connection. path is borrowed, and only a name for STORE_MEMORY. On failure
 * the store is closed, and failed tells why. */
int store_open(
	struct store *store, const char *path, enum store_open how, struct err *err) BOT_MUST_USE;
void store_close(struct store *store);
/* The file is no database, or no longer a whole one. */
bool store_is_damaged(const struct store *store);

void store_begin(struct store *store);
/* Commits, or undoes everything if anything failed. */
int store_commit(struct store *store, struct err *err) BOT_MUST_USE;
/* For what needs no transaction: did all go well? */
int store_result(struct store *store, struct err *err) BOT_MUST_USE;
/* Statements without arguments. */
void store_exec(struct store *store, const char *sql);
/* Why not, in words of ours rather than SQLite's. */
void store_refuse(struct store *store, int code, const char *why);

/* One use of a statement: begin, arguments in their order, steps, end. */
struct query {
	struct store *store;
	sqlite3_stmt *stmt; /* NULL: something failed before */
	int arguments;
};

struct query query_begin(struct store *store, const char *sql);
void query_int(struct query *query, int64_t value);
void query_null(struct query *query);
void query_real(struct query *query, double value);
/* text may be NULL; what is longer than cap is cut at a code point. */
void query_text(struct query *query, const char *text, size_t cap);
void query_key(struct query *query, const struct journal_key *key);
/* Is there a row (another row)? */
bool query_step(struct query *query);
int64_t query_get_int(struct query *query, int column);
double query_get_real(struct query *query, int column);
/* Borrowed until the next step; NULL for none. */
const char *query_get_text(struct query *query, int column);
bool query_get_key(struct query *query, int column, struct journal_key *key);
void query_end(struct query *query);
/* Steps to the end of a statement that gives no rows, and ends it. */
void query_run(struct query *query);

#endif

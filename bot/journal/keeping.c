/* What is kept for a time, and its end. */
#include "journal_inner.h"

#include "seen.h"

int journal_mark(struct journal *journal, const char *kind, const struct journal_key *who,
	int64_t until_ms, struct err *err)
{
	struct query query;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"INSERT INTO mark (kind, who, until_ms) VALUES (?, ?, ?) "
		"ON CONFLICT (kind, who) DO UPDATE SET until_ms = excluded.until_ms");
	query_text(&query, kind, JOURNAL_ID_CAP);
	query_key(&query, who);
	query_int(&query, until_ms);
	query_run(&query);
	return journal_result(journal, err);
}

int journal_marked(struct journal *journal, const char *kind, const struct journal_key *who,
	int64_t *until_ms, struct err *err)
{
	int64_t until = 0;
	struct query query;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(
		&journal->store, "SELECT until_ms FROM mark WHERE kind = ? AND who = ?");
	query_text(&query, kind, JOURNAL_ID_CAP);
	query_key(&query, who);
	if (query_step(&query))
		until = query_get_int(&query, 0);
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*until_ms = until;
	return 0;
}

static void run_with_time(struct journal *journal, const char *sql, int64_t time_ms)
{
	struct query query = query_begin(&journal->store, sql);

	query_int(&query, time_ms);
	query_run(&query);
}

int journal_prune(struct journal *journal, struct err *err)
{
	int64_t now = clock_wall_ms(&journal->clock);
	int64_t yesterday = now - JOURNAL_DAY_MS;

	if (journal_ready(journal, err) < 0)
		return -1;
	store_begin(&journal->store);
	run_with_time(journal,
		"UPDATE question SET state = "
		"(SELECT iif(d.state = 'sent', 'final', 'given-up') FROM delivery d "
		" WHERE d.question = question.id) "
		"WHERE id IN (SELECT question FROM delivery) AND asked_ms <= ?",
		yesterday);
	run_with_time(journal,
		"DELETE FROM delivery WHERE question IN "
		"(SELECT q.id FROM question q WHERE q.asked_ms <= ?)",
		yesterday);
	run_with_time(journal, "DELETE FROM question WHERE asked_ms <= ?",
		now - journal->keep_days * JOURNAL_DAY_MS);
	seen_trim(journal);
	run_with_time(journal, "DELETE FROM mark WHERE until_ms <= ?", now);
	if (journal_commit(journal, err) < 0)
		return -1;
	/* So that what was wiped is gone from the log too. */
	if (journal->file)
		store_exec(&journal->store, "PRAGMA wal_checkpoint(TRUNCATE)");
	return journal_result(journal, err);
}

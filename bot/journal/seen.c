/* Messages seen: in memory first, so that trouble with the file makes nobody hear an answer twice,
 * and in the file for the next start. */
#include "journal_inner.h"

#include "seen.h"

enum { TRIM_EVERY = 500 };

bool journal_has_seen(struct journal *journal, const struct journal_message *message)
{
	for (size_t i = 0; i < message->key_count; i++)
		if (lately_get(journal->seen, &message->keys[i]))
			return true;
	return false;
}

void seen_remember(struct journal *journal, const struct journal_message *message)
{
	for (size_t i = 0; i < message->key_count; i++)
		lately_put(journal->seen, &message->keys[i]);
}

void seen_trim(struct journal *journal)
{
	struct query query = query_begin(&journal->store,
		"DELETE FROM seen WHERE number <= (SELECT max(number) FROM seen) - ?");

	query_int(&query, JOURNAL_SEEN_MAX);
	query_run(&query);
	journal->untrimmed = 0;
}

void seen_write(struct journal *journal, const struct journal_message *message)
{
	struct store *store = &journal->store;
	struct query query;

	for (size_t i = 0; i < message->key_count; i++) {
		query = query_begin(store, "INSERT INTO seen (key) VALUES (?)");
		query_key(&query, &message->keys[i]);
		query_run(&query);
	}
	journal->untrimmed += message->key_count;
	if (journal->untrimmed >= TRIM_EVERY)
		seen_trim(journal);
	if (!message->archive)
		return;
	query = query_begin(store,
		"INSERT INTO archive (name, last_id, last_ms) VALUES (?, ?, ?) "
		"ON CONFLICT (name) DO UPDATE SET last_id = coalesce(excluded.last_id, last_id), "
		"last_ms = max(last_ms, excluded.last_ms)");
	query_text(&query, message->archive, JOURNAL_ID_CAP);
	query_text(&query, message->archive_id, JOURNAL_ID_CAP);
	query_int(&query, message->at_ms);
	query_run(&query);
}

int journal_see(struct journal *journal, const struct journal_message *message, struct err *err)
{
	seen_remember(journal, message);
	if (journal_usable(journal, err) < 0)
		return -1;
	store_begin(&journal->store);
	seen_write(journal, message);
	return journal_commit(journal, err);
}

int journal_archive(struct journal *journal, const char *archive, struct pool *pool,
	const char **id, int64_t *at_ms, struct err *err)
{
	int found = 0;
	struct query query;

	if (journal_usable(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store, "SELECT last_id, last_ms FROM archive WHERE name = ?");
	query_text(&query, archive, JOURNAL_ID_CAP);
	if (query_step(&query)) {
		*id = journal_text(pool, &query, 0);
		*at_ms = query_get_int(&query, 1);
		found = 1;
	}
	query_end(&query);
	return journal_result(journal, err) < 0 ? -1 : found;
}

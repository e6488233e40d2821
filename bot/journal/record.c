/* What was asked, looked at again: for corrections, feedback, review, and for the asker. */
#include "journal_inner.h"

enum {
	REPLY_REACH = 5000, /* so many questions back: there is no index for what is rare */
	VERSIONS_MAX = 32   /* of one question that are looked at */
};

#define ROW_COLUMNS                                                                                \
	"id, iif(corrects, corrects, id), asked_ms, "                                              \
	"coalesce((SELECT state FROM delivery WHERE question = question.id), state), place, "      \
	"room, text, outcome, answers, "                                                           \
	"confidence, (SELECT coalesce(sum(liked), 0) FROM feedback WHERE question = question.id) "

static void read_row(struct query *query, struct pool *pool, struct journal_row *row)
{
	*row = (struct journal_row){
		.row = query_get_int(query, 0),
		.first = query_get_int(query, 1),
		.asked_ms = query_get_int(query, 2),
		.state = journal_state_from_name(query_get_text(query, 3)),
		.place = journal_place_from_name(query_get_text(query, 4)),
		.room = journal_text(pool, query, 5),
		.text = journal_text(pool, query, 6),
		.outcome = journal_text(pool, query, 7),
		.answers = journal_text(pool, query, 8),
		.confidence = query_get_real(query, 9),
		.liked = (int)query_get_int(query, 10),
	};
}

static struct query find_of_asker(
	struct journal *journal, const char *asker, const char *room, const char *id)
{
	struct journal_key who = journal_asker_key(journal, asker);
	struct journal_key said = journal_said_key(journal, asker, room, id);
	struct journal_key stanza = journal_stanza_key(journal, room, id);
	struct query query = query_begin(&journal->store,
		"SELECT " ROW_COLUMNS "FROM question WHERE asker = ? "
		"AND (said = ? OR said_stanza = ?) ORDER BY id DESC LIMIT 1");

	query_key(&query, &who);
	query_key(&query, &said);
	query_key(&query, &stanza);
	return query;
}

/* For what is rare enough to look through all of them. */
static struct query find_of_anybody(struct journal *journal, const char *room, const char *id)
{
	struct journal_key stanza = journal_stanza_key(journal, room, id);
	struct query query = query_begin(&journal->store,
		"SELECT " ROW_COLUMNS "FROM question WHERE said_stanza = ? "
		"ORDER BY id DESC LIMIT 1");

	query_key(&query, &stanza);
	return query;
}

int journal_find(struct journal *journal, const char *asker, const char *room, const char *id,
	struct pool *pool, struct journal_row *row, struct err *err)
{
	int found = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = asker ? find_of_asker(journal, asker, room, id)
		      : find_of_anybody(journal, room, id);
	if (query_step(&query)) {
		read_row(&query, pool, row);
		found = 1;
	}
	query_end(&query);
	return journal_result(journal, err) < 0 ? -1 : found;
}

int journal_answers(struct journal *journal, int64_t first, struct pool *pool,
	struct journal_answer **list, size_t *count, struct err *err)
{
	struct journal_answer *found;
	size_t n = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	found = pool_alloc(pool, VERSIONS_MAX, sizeof(*found));
	query = query_begin(&journal->store,
		"SELECT reply, reply_stanza, "
		"coalesce((SELECT state FROM delivery WHERE question = question.id), state), place "
		"FROM question WHERE (id = ?1 OR corrects = ?1) AND reply IS NOT NULL "
		"ORDER BY id LIMIT ?2");
	query_int(&query, first);
	query_int(&query, VERSIONS_MAX);
	while (query_step(&query)) {
		found[n++] = (struct journal_answer){
			.id = journal_text(pool, &query, 0),
			.stanza_id = journal_text(pool, &query, 1),
			.state = journal_state_from_name(query_get_text(&query, 2)),
			.place = journal_place_from_name(query_get_text(&query, 3)),
		};
	}
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*list = found;
	*count = n;
	return 0;
}

int journal_erase_question(struct journal *journal, int64_t first, struct err *err)
{
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store, "DELETE FROM question WHERE id = ?1 OR corrects = ?1");
	query_int(&query, first);
	query_run(&query);
	journal_empty_log(journal);
	return journal_result(journal, err);
}

static void write_feedback(
	struct journal *journal, int64_t row, const struct journal_key *asker, int liked)
{
	struct query query = query_begin(&journal->store,
		"INSERT INTO feedback (question, asker, liked) VALUES (?, ?, ?) "
		"ON CONFLICT (question, asker) DO UPDATE SET liked = excluded.liked");

	query_int(&query, row);
	query_key(&query, asker);
	query_int(&query, liked);
	query_run(&query);
}

static void withdraw_feedback(struct journal *journal, int64_t row, const struct journal_key *asker)
{
	struct query query = query_begin(
		&journal->store, "DELETE FROM feedback WHERE question = ? AND asker = ?");

	query_int(&query, row);
	query_key(&query, asker);
	query_run(&query);
}

/* The row of the last version of what our message answered; 0: none that we know of. */
static int64_t find_answered(struct journal *journal, const char *id)
{
	int64_t row = 0;
	struct query query = query_begin(&journal->store,
		"SELECT (SELECT max(v.id) FROM question v WHERE v.id = iif(q.corrects, q.corrects, "
		"q.id) OR v.corrects = iif(q.corrects, q.corrects, q.id)) FROM question q "
		"WHERE q.id > (SELECT max(id) FROM question) - ? AND ? IN (reply, reply_stanza)");

	query_int(&query, REPLY_REACH);
	query_text(&query, id, JOURNAL_ID_CAP);
	if (query_step(&query))
		row = query_get_int(&query, 0);
	query_end(&query);
	return row;
}

int journal_given(struct journal *journal, const char *asker, const char *room, bool openly,
	const char *id, struct pool *pool, const char **answers, struct err *err)
{
	struct journal_key key = journal_asker_key(journal, asker);
	const char *given = NULL;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"SELECT answers FROM question WHERE id = ? AND room IS ? "
		"AND (place = 'room' OR (? AND asker = ?))");
	query_int(&query, find_answered(journal, id));
	query_text(&query, room, JOURNAL_ID_CAP);
	query_int(&query, !openly);
	query_key(&query, &key);
	if (query_step(&query))
		given = journal_text(pool, &query, 0);
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	if (given)
		*answers = given;
	return given != NULL;
}

int journal_feedback(struct journal *journal, const char *id, const char *asker, int liked,
	bool withdrawn, struct err *err)
{
	struct journal_key key = journal_asker_key(journal, asker);
	int64_t row;

	if (journal_ready(journal, err) < 0)
		return -1;
	row = find_answered(journal, id);
	if (row && withdrawn)
		withdraw_feedback(journal, row, &key);
	else if (row)
		write_feedback(journal, row, &key, liked);
	return journal_result(journal, err) < 0 ? -1 : row != 0;
}

static const char *const list_sql[] = {
	[JOURNAL_MISSED] =
		"SELECT " ROW_COLUMNS "FROM question WHERE NOT corrected AND text != '' AND "
		"(outcome IN ('unknown', 'suggest', 'clarify', 'uncovered') OR "
		" (SELECT sum(liked) FROM feedback WHERE question = question.id) < 0) "
		"ORDER BY id DESC LIMIT ?",
	[JOURNAL_ALL] = "SELECT " ROW_COLUMNS
			"FROM question WHERE NOT corrected AND text != '' ORDER BY id DESC LIMIT ?",
};

int journal_list(struct journal *journal, enum journal_list which, size_t limit, struct pool *pool,
	struct journal_row **list, size_t *count, struct err *err)
{
	struct journal_row *found;
	size_t n = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	found = pool_alloc(pool, limit, sizeof(*found));
	query = query_begin(&journal->store, list_sql[which]);
	query_int(&query, (int64_t)limit);
	while (query_step(&query))
		read_row(&query, pool, &found[n++]);
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*list = found;
	*count = n;
	return 0;
}

int journal_count(struct journal *journal, const char *asker, size_t *count, int64_t *since_ms,
	struct err *err)
{
	struct journal_key key = journal_asker_key(journal, asker);
	int64_t since = 0;
	size_t n = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"SELECT count(*), coalesce(min(asked_ms), 0) FROM question "
		"WHERE asker = ? AND text != ''");
	query_key(&query, &key);
	if (query_step(&query)) {
		n = (size_t)query_get_int(&query, 0);
		since = query_get_int(&query, 1);
	}
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*count = n;
	*since_ms = since;
	return 0;
}

int journal_erase(struct journal *journal, const char *asker, size_t *count, struct err *err)
{
	struct journal_key key = journal_asker_key(journal, asker);
	int64_t since;
	size_t n = 0;
	struct query query;

	if (journal_count(journal, asker, &n, &since, err) < 0)
		return -1;
	store_begin(&journal->store);
	query = query_begin(&journal->store, "DELETE FROM question WHERE asker = ?");
	query_key(&query, &key);
	query_run(&query);
	query = query_begin(&journal->store, "DELETE FROM feedback WHERE asker = ?");
	query_key(&query, &key);
	query_run(&query);
	if (journal_commit(journal, err) < 0)
		return -1;
	journal_empty_log(journal);
	if (journal_result(journal, err) < 0)
		return -1;
	*count = n;
	return 0;
}

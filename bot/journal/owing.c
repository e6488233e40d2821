/* Questions, and answers on their way: owed, sent, confirmed. */
#include "journal_inner.h"

#include "seen.h"

/* The message under the ids that it has. */
static void bind_said(
	struct query *query, const struct journal *journal, const struct journal_question *question)
{
	struct journal_key said, stanza;

	if (question->id) {
		said = journal_said_key(journal, question->asker, question->room, question->id);
		query_key(query, &said);
	} else {
		query_null(query);
	}
	if (question->stanza_id) {
		stanza = journal_stanza_key(journal, question->room, question->stanza_id);
		query_key(query, &stanza);
	} else {
		query_null(query);
	}
}

static void write_question(struct journal *journal, const struct journal_question *question,
	const struct journal_delivery *delivery)
{
	struct journal_key key = journal_asker_key(journal, question->asker);
	struct query query = query_begin(&journal->store,
		"INSERT INTO question (asked_ms, place, room, asker, said, said_stanza, corrects, "
		"text, outcome, answers, confidence, state, reply) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	query_int(&query, question->asked_ms);
	query_text(&query, journal_place_name(question->place), JOURNAL_ID_CAP);
	query_text(&query, question->room, JOURNAL_ID_CAP);
	query_key(&query, &key);
	bind_said(&query, journal, question);
	query_int(&query, question->corrects);
	query_text(&query, journal_keeps_text(journal) ? question->text : "", JOURNAL_TEXT_CAP);
	query_text(&query, question->outcome, JOURNAL_ID_CAP);
	query_text(&query, question->answers, JOURNAL_ID_CAP);
	query_real(&query, question->confidence);
	query_text(&query, delivery ? "open" : "final", JOURNAL_ID_CAP);
	query_text(&query, delivery ? delivery->id : NULL, JOURNAL_ID_CAP);
	query_run(&query);
}

static void write_delivery(
	struct journal *journal, int64_t row, const struct journal_delivery *delivery)
{
	struct query query = query_begin(&journal->store,
		"INSERT INTO delivery (question, id, state, tries, stream, recipient, body, "
		"reply_to, reply_jid, thread, replaces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	query_int(&query, row);
	query_text(&query, delivery->id, JOURNAL_ID_CAP);
	query_text(&query, journal_state_name(delivery->state), JOURNAL_ID_CAP);
	query_int(&query, delivery->state == JOURNAL_SENT);
	query_int(&query, journal->stream);
	query_text(&query, delivery->recipient, JOURNAL_BODY_CAP);
	query_text(&query, delivery->body, JOURNAL_BODY_CAP);
	query_text(&query, delivery->reply_to, JOURNAL_ID_CAP);
	query_text(&query, delivery->reply_jid, JOURNAL_BODY_CAP);
	query_text(&query, delivery->thread, JOURNAL_ID_CAP);
	query_text(&query, delivery->replaces, JOURNAL_ID_CAP);
	query_run(&query);
}

static void mark_corrected(struct journal *journal, int64_t first, int64_t row)
{
	struct query query = query_begin(&journal->store,
		"UPDATE question SET corrected = 1 WHERE (id = ?1 OR corrects = ?1) AND id != ?2");

	query_int(&query, first);
	query_int(&query, row);
	query_run(&query);
}

static void bound_memory(struct journal *journal, int64_t row)
{
	struct query query = query_begin(&journal->store, "DELETE FROM question WHERE id <= ?");

	query_int(&query, row - JOURNAL_MEMORY_ROWS);
	query_run(&query);
}

int journal_owe(struct journal *journal, const struct journal_message *message,
	const struct journal_question *question, const struct journal_delivery *delivery,
	struct err *err)
{
	int64_t row;

	seen_remember(journal, message);
	if (journal_usable(journal, err) < 0)
		return -1;
	store_begin(&journal->store);
	news_write(journal);
	seen_write(journal, message);
	write_question(journal, question, delivery);
	row = sqlite3_last_insert_rowid(journal->store.db);
	if (delivery)
		write_delivery(journal, row, delivery);
	if (question->corrects)
		mark_corrected(journal, question->corrects, row);
	if (!journal->file)
		bound_memory(journal, row);
	if (journal_commit(journal, err) < 0)
		return -1;
	news_forget(journal);
	return 0;
}

/* A login that never was: the next look-up finds uncertain what stands under it. */
enum { NO_STREAM = -1 };

/* By a statement whose arguments are the login that it is under from now on, and its id. */
static int update_delivery(
	struct journal *journal, const char *sql, bool released, const char *id, struct err *err)
{
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store, sql);
	query_int(&query, released ? journal->stream : NO_STREAM);
	query_text(&query, id, JOURNAL_ID_CAP);
	return journal_changed(journal, &query, err);
}

int journal_sent(struct journal *journal, const char *id, struct err *err)
{
	return update_delivery(journal,
		"UPDATE delivery SET state = 'sent', stream = ?, tries = tries + 1 WHERE id = ?",
		true, id, err);
}

int journal_not_sent(struct journal *journal, const char *id, struct err *err)
{
	return update_delivery(journal,
		"UPDATE delivery SET state = 'owed', stream = ?, tries = tries - 1 WHERE id = ?",
		true, id, err);
}

int journal_owe_again(struct journal *journal, const char *id, bool released, struct err *err)
{
	return update_delivery(journal,
		"UPDATE delivery SET state = 'owed', stream = ? WHERE id = ?", released, id, err);
}

int journal_finish(
	struct journal *journal, const char *id, enum journal_state state, struct err *err)
{
	int64_t row;

	if (journal_ready(journal, err) < 0)
		return -1;
	row = news_question_of(journal, id);
	if (!row)
		return journal_result(journal, err);
	store_begin(&journal->store);
	news_close(journal, row, state, NULL);
	return journal_commit(journal, err) < 0 ? -1 : 1;
}

static void redirect_delivery(struct journal *journal, int64_t row, const char *new_id,
	const char *recipient, const char *body)
{
	struct query query = query_begin(&journal->store,
		"UPDATE delivery SET id = ?, state = 'owed', stream = ?, recipient = ?, body = ?, "
		"reply_to = NULL, reply_jid = NULL WHERE question = ?");

	query_text(&query, new_id, JOURNAL_ID_CAP);
	query_int(&query, journal->stream);
	query_text(&query, recipient, JOURNAL_BODY_CAP);
	query_text(&query, body, JOURNAL_BODY_CAP);
	query_int(&query, row);
	query_run(&query);
}

int journal_redirect(struct journal *journal, const char *id, const char *new_id,
	const char *recipient, const char *body, struct err *err)
{
	int64_t row;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	row = news_question_of(journal, id);
	if (!row)
		return journal_result(journal, err);
	store_begin(&journal->store);
	redirect_delivery(journal, row, new_id, recipient, body);
	query = query_begin(
		&journal->store, "UPDATE question SET place = 'private', reply = ? WHERE id = ?");
	query_text(&query, new_id, JOURNAL_ID_CAP);
	query_int(&query, row);
	query_run(&query);
	return journal_commit(journal, err) < 0 ? -1 : 1;
}

void journal_next_stream(struct journal *journal)
{
	journal->stream++;
}

int journal_doubt(struct journal *journal, const char *room, struct err *err)
{
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"UPDATE delivery SET stream = ? WHERE stream = ? AND question IN "
		"(SELECT id FROM question WHERE place = 'room' AND room = ?)");
	query_int(&query, NO_STREAM);
	query_int(&query, journal->stream);
	query_text(&query, room, JOURNAL_ID_CAP);
	return journal_changed(journal, &query, err);
}

/* --- on their way --- */

#define DELIVERY_COLUMNS                                                                           \
	"q.id, d.state, q.place, q.room, q.asked_ms, d.tries, d.id, d.recipient, d.body, "         \
	"d.reply_to, d.reply_jid, d.thread, d.replaces, q.text "

static void read_delivery(struct query *query, struct pool *pool, struct journal_delivery *delivery)
{
	*delivery = (struct journal_delivery){
		.row = query_get_int(query, 0),
		.state = journal_state_from_name(query_get_text(query, 1)),
		.place = journal_place_from_name(query_get_text(query, 2)),
		.room = journal_text(pool, query, 3),
		.asked_ms = query_get_int(query, 4),
		.tries = (unsigned)query_get_int(query, 5),
		.id = journal_text(pool, query, 6),
		.recipient = journal_text(pool, query, 7),
		.body = journal_text(pool, query, 8),
		.reply_to = journal_text(pool, query, 9),
		.reply_jid = journal_text(pool, query, 10),
		.thread = journal_text(pool, query, 11),
		.replaces = journal_text(pool, query, 12),
		.text = journal_text(pool, query, 13),
	};
}

int journal_delivery(struct journal *journal, const char *id, struct pool *pool,
	struct journal_delivery *delivery, struct err *err)
{
	int found = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"SELECT " DELIVERY_COLUMNS
		"FROM delivery d JOIN question q ON q.id = d.question WHERE d.id = ?");
	query_text(&query, id, JOURNAL_ID_CAP);
	if (query_step(&query)) {
		read_delivery(&query, pool, delivery);
		found = 1;
	}
	query_end(&query);
	return journal_result(journal, err) < 0 ? -1 : found;
}

/* The archive that would tell: a room's for what was said in it, else our own. */
#define ARCHIVE "CASE q.place WHEN 'room' THEN q.room ELSE '' END"

static const char *const due_sql[] = {
	[JOURNAL_UNCERTAIN] =
		"SELECT " DELIVERY_COLUMNS "FROM delivery d JOIN question q ON q.id = d.question "
		"WHERE d.stream < ? "
		"AND coalesce(?, " ARCHIVE ") = " ARCHIVE " ORDER BY q.id LIMIT ?",
	[JOURNAL_RELEASED] =
		"SELECT " DELIVERY_COLUMNS "FROM delivery d JOIN question q ON q.id = d.question "
		"WHERE d.stream = ? AND d.state = 'owed' "
		"AND coalesce(?, " ARCHIVE ") = " ARCHIVE " ORDER BY q.id LIMIT ?",
};

int journal_due(struct journal *journal, enum journal_due due, const char *room, size_t limit,
	struct pool *pool, struct journal_delivery **list, size_t *count, struct err *err)
{
	struct journal_delivery *found = NULL;
	size_t n = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	found = pool_alloc(pool, limit, sizeof(*found));
	query = query_begin(&journal->store, due_sql[due]);
	query_int(&query, journal->stream);
	query_text(&query, room, JOURNAL_ID_CAP);
	query_int(&query, (int64_t)limit);
	while (query_step(&query))
		read_delivery(&query, pool, &found[n++]);
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*list = found;
	*count = n;
	return 0;
}

int journal_uncertain_since(
	struct journal *journal, const char *room, int64_t *since_ms, struct err *err)
{
	int64_t since = 0;
	struct query query;

	if (journal_ready(journal, err) < 0)
		return -1;
	query = query_begin(&journal->store,
		"SELECT min(q.asked_ms) FROM delivery d JOIN question q ON q.id = d.question "
		"WHERE d.stream < ? AND " ARCHIVE " = ?");
	query_int(&query, journal->stream);
	query_text(&query, room, JOURNAL_ID_CAP);
	if (query_step(&query))
		since = query_get_int(&query, 0);
	query_end(&query);
	if (journal_result(journal, err) < 0)
		return -1;
	*since_ms = since;
	return 0;
}

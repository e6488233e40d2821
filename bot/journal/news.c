/* What became of answers on their way. That they were confirmed waits a moment to be written, with
 * the next question if there is one. */
#include "journal_inner.h"

#include "mem.h"

/* The row of an answer on its way, 0 for none. */
int64_t news_question_of(struct journal *journal, const char *id)
{
	struct query query =
		query_begin(&journal->store, "SELECT question FROM delivery WHERE id = ?");
	int64_t row;

	query_text(&query, id, JOURNAL_ID_CAP);
	row = query_step(&query) ? query_get_int(&query, 0) : 0;
	query_end(&query);
	return row;
}

static void wipe_delivery(struct journal *journal, int64_t row)
{
	struct query query =
		query_begin(&journal->store, "DELETE FROM delivery WHERE question = ?");

	query_int(&query, row);
	query_run(&query);
}

void news_close(
	struct journal *journal, int64_t row, enum journal_state state, const char *stanza_id)
{
	struct query query = query_begin(
		&journal->store, "UPDATE question SET state = ?, reply_stanza = ? WHERE id = ?");

	wipe_delivery(journal, row);
	query_text(&query, journal_state_name(state), JOURNAL_ID_CAP);
	query_text(&query, stanza_id, JOURNAL_ID_CAP);
	query_int(&query, row);
	query_run(&query);
}

void news_write(struct journal *journal)
{
	for (size_t i = 0; i < journal->news_count; i++) {
		const struct news *news = &journal->news[i];
		int64_t row = news_question_of(journal, news->id);

		if (row)
			news_close(journal, row, JOURNAL_CONFIRMED, news->stanza_id);
	}
}

static void forget(struct news *news)
{
	mem_free(news->id);
	mem_free(news->stanza_id);
	*news = (struct news){0};
}

void news_forget(struct journal *journal)
{
	for (size_t i = 0; i < journal->news_count; i++)
		forget(&journal->news[i]);
	journal->news_count = 0;
}

int news_flush(struct journal *journal, struct err *err)
{
	if (!journal->news_count)
		return 0;
	store_begin(&journal->store);
	news_write(journal);
	if (journal_commit(journal, err) < 0)
		return -1;
	news_forget(journal);
	return 0;
}

/* Lost news do no harm: the archive is asked for them. */
static void make_room(struct journal *journal)
{
	if (journal->news_count < NEWS_MAX)
		return;
	forget(&journal->news[0]);
	memmove(journal->news, journal->news + 1, (NEWS_MAX - 1) * sizeof(*journal->news));
	journal->news_count--;
}

int journal_confirm(struct journal *journal, const char *id, const char *stanza_id, struct err *err)
{
	make_room(journal);
	if (!journal->news_count)
		journal->news_since = clock_mono_ms(&journal->clock);
	journal->news[journal->news_count++] =
		(struct news){.id = mem_strdup(id), .stanza_id = mem_strdup(stanza_id)};
	return journal->news_count < NEWS_MAX ? 0 : journal_ready(journal, err);
}

int journal_flush(struct journal *journal, struct err *err)
{
	int64_t age = clock_mono_ms(&journal->clock) - journal->news_since;

	if (!journal->news_count || age < NEWS_WAIT_MS)
		return 0;
	return journal_ready(journal, err);
}

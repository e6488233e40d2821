/* What became of answers on their way: sent, confirmed, ended. Sent and confirmed wait a moment to
 * be written, with the next question if there is one. */
#include "journal-inner.h"

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

static void write_sent(struct journal *journal, const struct news *news)
{
	struct query query = query_begin(&journal->store,
		"UPDATE delivery SET state = 'sent', stream = ?, tries = tries + 1 WHERE id = ?");

	query_int(&query, news->stream);
	query_text(&query, news->id, JOURNAL_ID_CAP);
	query_run(&query);
}

void news_write(struct journal *journal)
{
	for (size_t i = 0; i < journal->news_count; i++) {
		const struct news *news = &journal->news[i];
		int64_t row;

		if (!news->confirmed) {
			write_sent(journal, news);
			continue;
		}
		row = news_question_of(journal, news->id);
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

/* The place of the news about this id, a new one if there is none yet. */
static struct news *place_of(struct journal *journal, const char *id)
{
	struct news *news = journal->news;

	for (size_t i = 0; i < journal->news_count; i++)
		if (!strcmp(news[i].id, id))
			return &news[i];
	/* Lost news do no harm: they are asked of the archive. */
	if (journal->news_count == NEWS_MAX) {
		forget(&news[0]);
		memmove(news, news + 1, (NEWS_MAX - 1) * sizeof(*news));
		journal->news_count--;
	}
	if (!journal->news_count)
		journal->news_since = clock_mono_ms(&journal->clock);
	news += journal->news_count++;
	*news = (struct news){.id = mem_strdup(id)};
	return news;
}

static int flush_when_full(struct journal *journal, struct err *err)
{
	if (journal->news_count < NEWS_MAX)
		return 0;
	return journal_ready(journal, err);
}

int journal_sent(struct journal *journal, const char *id, struct err *err)
{
	struct news *news = place_of(journal, id);

	news->stream = journal->stream;
	return flush_when_full(journal, err);
}

int journal_confirm(struct journal *journal, const char *id, const char *stanza_id, struct err *err)
{
	struct news *news = place_of(journal, id);

	mem_free(news->stanza_id);
	news->stanza_id = mem_strdup(stanza_id);
	news->confirmed = true;
	return flush_when_full(journal, err);
}

int journal_flush(struct journal *journal, struct err *err)
{
	int64_t age = clock_mono_ms(&journal->clock) - journal->news_since;

	if (!journal->news_count || age < NEWS_WAIT_MS)
		return 0;
	return journal_ready(journal, err);
}

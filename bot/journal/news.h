/* news.h - which answers were confirmed, on its way to the file.
 *
 * Layer: journal; not for others. A write of its own would cost as much as
 * all the rest of an answer, so news wait a moment, and go along with the next
 * question if there is one. Lost in a crash, they are asked of the archive.
 */
#ifndef BOT_NEWS_H
#define BOT_NEWS_H

#include "journal.h"

enum { NEWS_MAX = 64, NEWS_WAIT_MS = 200 };

struct news {
	char *id, *stanza_id; /* stanza_id may be NULL */
};

/* Within a transaction. Once that is committed, they are to be forgotten. */
void news_write(struct journal *journal);
void news_forget(struct journal *journal);
/* Both. */
int news_flush(struct journal *journal, struct err *err) BOT_MUST_USE;

/* The row of an answer on its way, 0 for none. */
int64_t news_question_of(struct journal *journal, const char *id);
/* Within a transaction: ends it, and wipes what it took to send it. */
void news_close(
	struct journal *journal, int64_t row, enum journal_state state, const char *stanza_id);

#endif

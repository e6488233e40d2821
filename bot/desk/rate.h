/* rate.h - how much an asker, and a room, may have of us.
 *
 * Layer: desk. Askers and rooms are known by their keyed hashes; of each the
 * few thousand seen last are remembered. Times are of the clock that never steps.
 */
#ifndef BOT_RATE_H
#define BOT_RATE_H

#include "bucket.h"
#include "lately.h"

struct rate_settings {
	bool on;
	struct bucket_size asker, room;
};

enum rate_verdict {
	RATE_WELL,
	RATE_SAY_SO, /* too much, and time for a word about it; told once a minute */
	RATE_SILENT  /* too much */
};

struct rate;

struct rate *rate_new(const struct rate_settings *settings);
void rate_free(struct rate **rate);
/* What was taken before stays taken. */
void rate_set(struct rate *rate, const struct rate_settings *settings);

/* May they have an answer? room is NULL where there is none. */
enum rate_verdict rate_ask(struct rate *rate, const struct journal_key *asker,
	const struct journal_key *room, int64_t now_ms);
/* They had one. */
void rate_take(struct rate *rate, const struct journal_key *asker, const struct journal_key *room,
	int64_t now_ms);

#endif

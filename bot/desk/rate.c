#include "rate.h"

#include "mem.h"

enum { ASKERS_MAX = 4096, ROOMS_MAX = 512, WORD_EVERY_MS = 60 * 1000 };

struct allowance {
	struct bucket bucket;
	int64_t next_word_ms; /* when we may speak of it again */
};

struct rate {
	struct rate_settings settings;
	struct lately *askers, *rooms; /* of struct allowance */
};

struct rate *rate_new(const struct rate_settings *settings)
{
	struct rate *rate = mem_alloc(1, sizeof(*rate));

	rate->settings = *settings;
	rate->askers = lately_new(ASKERS_MAX, sizeof(struct allowance));
	rate->rooms = lately_new(ROOMS_MAX, sizeof(struct allowance));
	return rate;
}

void rate_free(struct rate **rate)
{
	if (!*rate)
		return;
	lately_free(&(*rate)->askers);
	lately_free(&(*rate)->rooms);
	mem_free(*rate);
	*rate = NULL;
}

void rate_set(struct rate *rate, const struct rate_settings *settings)
{
	rate->settings = *settings;
}

enum rate_verdict rate_ask(struct rate *rate, const struct journal_key *asker,
	const struct journal_key *room, int64_t now_ms)
{
	const struct rate_settings *settings = &rate->settings;
	struct allowance *one, *all;

	if (!settings->on)
		return RATE_WELL;
	one = lately_put(rate->askers, asker);
	all = room ? lately_put(rate->rooms, room) : NULL;
	if (bucket_allows(&one->bucket, &settings->asker, now_ms) &&
		(!all || bucket_allows(&all->bucket, &settings->room, now_ms)))
		return RATE_WELL;
	if (now_ms < one->next_word_ms || (all && now_ms < all->next_word_ms))
		return RATE_SILENT;
	one->next_word_ms = now_ms + WORD_EVERY_MS;
	if (all)
		all->next_word_ms = now_ms + WORD_EVERY_MS;
	return RATE_SAY_SO;
}

/* A word about too much is said when there is nothing left to take. */
static void take(struct bucket *bucket, const struct bucket_size *size, int64_t now_ms)
{
	if (bucket_allows(bucket, size, now_ms))
		bucket_take(bucket, size, now_ms);
}

void rate_take(struct rate *rate, const struct journal_key *asker, const struct journal_key *room,
	int64_t now_ms)
{
	struct allowance *one = lately_put(rate->askers, asker);

	take(&one->bucket, &rate->settings.asker, now_ms);
	if (room) {
		struct allowance *all = lately_put(rate->rooms, room);

		take(&all->bucket, &rate->settings.room, now_ms);
	}
}

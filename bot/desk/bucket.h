/* bucket.h - a token bucket: some at once, then one each so often.
 *
 * Layer: desk. Pure: the caller brings the time, in milliseconds of one clock
 * that never steps.
 */
#ifndef BOT_BUCKET_H
#define BOT_BUCKET_H

#include "base.h"

struct bucket_size {
	unsigned burst;   /* 1 or more */
	int64_t every_ms; /* 1 or more */
};

/* Zeroed, it is full. */
struct bucket {
	int64_t full_at_ms;
};

bool bucket_allows(const struct bucket *bucket, const struct bucket_size *size, int64_t now_ms);
void bucket_take(struct bucket *bucket, const struct bucket_size *size, int64_t now_ms);

#endif

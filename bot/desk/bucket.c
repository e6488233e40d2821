#include "bucket.h"

bool bucket_allows(const struct bucket *bucket, const struct bucket_size *size, int64_t now_ms)
{
	/* One token is there as soon as all but one have yet to come. */
	return bucket->full_at_ms - now_ms <= ((int64_t)size->burst - 1) * size->every_ms;
}

void bucket_take(struct bucket *bucket, const struct bucket_size *size, int64_t now_ms)
{
	if (bucket->full_at_ms < now_ms)
		bucket->full_at_ms = now_ms;
	bucket->full_at_ms += size->every_ms;
}

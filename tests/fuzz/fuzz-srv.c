/* fuzz-srv.c - an answer of a name server: read, and put into order. */
#include "fuzz.h"

#include "srv.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	uint64_t seed = size;
	const struct chance chance = chance_from_seed(&seed);
	struct srv records[SRV_MAX];
	size_t count;
	enum srv_answer answer = srv_read(records, &count, data, size, false);

	HOLDS(count <= SRV_MAX);
	HOLDS((answer == SRV_SOME) == (count > 0));
	srv_order(records, count, &chance);
	for (size_t i = 0; i < count; i++) {
		HOLDS(records[i].port && srv_is_host(records[i].host));
		HOLDS(!i || records[i].priority >= records[i - 1].priority);
	}
	return 0;
}

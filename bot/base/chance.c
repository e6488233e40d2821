#include "chance.h"

#include <errno.h>
#include <sys/random.h>

static void system_fill(void *userdata, void *out, size_t len)
{
	unsigned char *bytes = out;

	(void)userdata;
	while (len) {
		ssize_t got = getrandom(bytes, len, 0);

		if (got < 0) {
			if (errno == EINTR)
				continue;
			BUG("the system has no randomness");
		}
		bytes += got;
		len -= (size_t)got;
	}
}

const struct chance chance_system = {system_fill, NULL};

uint32_t chance_below(const struct chance *chance, uint32_t bound)
{
	uint32_t value, fair;

	if (!bound)
		return 0;
	/* Values above the last whole multiple of bound would favour the small ones. */
	fair = UINT32_MAX - UINT32_MAX % bound;
	do
		chance->fill(chance->userdata, &value, sizeof(value));
	while (value >= fair);
	return value % bound;
}

void chance_id(const struct chance *chance, char out[33])
{
	unsigned char bytes[16];

	chance->fill(chance->userdata, bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* splitmix64: small, and good enough to shuffle a test. */
static void seeded_fill(void *userdata, void *out, size_t len)
{
	uint64_t *seed = userdata;
	unsigned char *bytes = out;

	while (len--) {
		uint64_t z = *seed += 0x9E3779B97F4A7C15u;

		z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
		z = (z ^ z >> 27) * 0x94D049BB133111EBu;
		*bytes++ = (unsigned char)(z ^ z >> 31);
	}
}

struct chance chance_from_seed(uint64_t *seed)
{
	return (struct chance){seeded_fill, seed};
}

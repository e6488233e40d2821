#include "talks.h"

#include "clock.h"
#include "mem.h"
#include "strmap.h"
#include "utf8.h"

struct slot {
	uint64_t key; /* of the talk's key; 0: free */
	int64_t last_ms;
	struct talk talk;
};

struct answer_talks {
	struct slot *slots;
	size_t max;
	int64_t max_age_ms;
	const struct clock *clock;
};

struct answer_talks *answer_talks_new(size_t max, int64_t max_age_ms, const struct clock *clock)
{
	struct answer_talks *talks = mem_alloc(1, sizeof(*talks));

	talks->slots = mem_alloc(max, sizeof(*talks->slots));
	talks->max = max;
	talks->max_age_ms = max_age_ms;
	talks->clock = clock;
	return talks;
}

void answer_talks_free(struct answer_talks **talks)
{
	if (!*talks)
		return;
	mem_free((*talks)->slots);
	mem_free(*talks);
	*talks = NULL;
}

/* FNV-1a, 64 bits: with a thousand talks, that two askers meet in one is beyond all odds. */
static uint64_t hash_key(const char *key)
{
	size_t len = strlen(key);
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
	return hash ? hash : 1;
}

static struct slot *find(struct answer_talks *talks, uint64_t key)
{
	struct slot *oldest = &talks->slots[0];

	for (size_t i = 0; i < talks->max; i++) {
		struct slot *slot = &talks->slots[i];

		if (slot->key == key)
			return slot;
		if (!slot->key ? oldest->key != 0 : oldest->key && slot->last_ms < oldest->last_ms)
			oldest = slot;
	}
	*oldest = (struct slot){0};
	return oldest;
}

struct talk *talks_get(struct answer_talks *talks, const char *key)
{
	int64_t now = clock_mono_ms(talks->clock);
	uint64_t hash = hash_key(key);
	struct slot *slot = find(talks, hash);

	if (slot->key && now - slot->last_ms > talks->max_age_ms)
		*slot = (struct slot){0};
	slot->key = hash;
	slot->last_ms = now;
	return &slot->talk;
}

void answer_talks_forget(struct answer_talks *talks, const char *key)
{
	uint64_t hash = hash_key(key);

	for (size_t i = 0; i < talks->max; i++)
		if (talks->slots[i].key == hash)
			talks->slots[i] = (struct slot){0};
}

void talks_put(char *field, size_t size, const char *text)
{
	size_t len = utf8_floor(text, strlen(text), size - 1);

	memcpy(field, text, len);
	field[len] = '\0';
}

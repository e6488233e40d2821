#include "talks.h"

#include "clock.h"
#include "mem.h"
#include "strmap.h"
#include "utf8.h"

struct slot {
	uint64_t key; /* hash of the talk's key; 0: free */
	int64_t last_ms;
};

/* Slots are gone through for each question, so they stand close together, apart from the talks. */
struct answer_talks {
	struct slot *slots;
	struct talk *talks; /* by slot */
	size_t max;
	int64_t max_age_ms;
	const struct clock *clock;
};

struct answer_talks *answer_talks_new(size_t max, int64_t max_age_ms, const struct clock *clock)
{
	struct answer_talks *talks = mem_alloc(1, sizeof(*talks));

	talks->slots = mem_alloc(max, sizeof(*talks->slots));
	talks->talks = mem_alloc(max, sizeof(*talks->talks));
	talks->max = max;
	talks->max_age_ms = max_age_ms;
	talks->clock = clock;
	return talks;
}

void answer_talks_free(struct answer_talks **talks)
{
	if (!*talks)
		return;
	mem_free((*talks)->talks);
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

static void forget(struct answer_talks *talks, size_t i)
{
	talks->slots[i] = (struct slot){0};
	talks->talks[i] = (struct talk){0};
}

/* The slot of the key; else a free one, else that of the talk longest silent, emptied. */
static size_t find(struct answer_talks *talks, uint64_t key)
{
	size_t oldest = 0;

	for (size_t i = 0; i < talks->max; i++) {
		const struct slot *slot = &talks->slots[i], *old = &talks->slots[oldest];

		if (slot->key == key)
			return i;
		if (!slot->key ? old->key != 0 : old->key && slot->last_ms < old->last_ms)
			oldest = i;
	}
	forget(talks, oldest);
	return oldest;
}

struct talk *talks_get(struct answer_talks *talks, const char *key)
{
	int64_t now = clock_mono_ms(talks->clock);
	uint64_t hash = hash_key(key);
	size_t i = find(talks, hash);

	if (talks->slots[i].key && now - talks->slots[i].last_ms > talks->max_age_ms)
		forget(talks, i);
	talks->slots[i] = (struct slot){hash, now};
	return &talks->talks[i];
}

/* NULL where there is none that counts. */
static struct slot *find_live(struct answer_talks *talks, const char *key)
{
	int64_t now = clock_mono_ms(talks->clock);
	uint64_t hash = hash_key(key);

	for (size_t i = 0; i < talks->max; i++)
		if (talks->slots[i].key == hash)
			return now - talks->slots[i].last_ms > talks->max_age_ms ? NULL
										 : &talks->slots[i];
	return NULL;
}

struct talk *talks_go_on(struct answer_talks *talks, const char *key, const char *elder)
{
	const struct slot *ours = find_live(talks, key), *theirs = find_live(talks, elder);
	struct talk said, *talk;

	if (!theirs || (ours && ours->last_ms >= theirs->last_ms))
		return talks_get(talks, key);
	/* By way of a copy, since a new talk may take the place of the elder one. */
	said = talks->talks[theirs - talks->slots];
	talk = talks_get(talks, key);
	*talk = said;
	return talk;
}

void answer_talks_forget(struct answer_talks *talks, const char *key)
{
	uint64_t hash = hash_key(key);

	for (size_t i = 0; i < talks->max; i++)
		if (talks->slots[i].key == hash)
			forget(talks, i);
}

void talks_put(char *field, size_t size, const char *text)
{
	size_t len = utf8_floor(text, strlen(text), size - 1);

	memcpy(field, text, len);
	field[len] = '\0';
}

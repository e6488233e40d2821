#include "lately.h"

#include "mem.h"

enum { NONE = UINT32_MAX };

/* Entries lie in one array, hang in one chain a bucket, and all in one ring from the one touched
 * last to the one to make way. Dropped ones wait in the chain of free ones. */
struct entry {
	struct journal_key key;
	uint32_t chained; /* the next in the bucket, or the next free one */
	uint32_t newer, older;
};

struct lately {
	size_t max, count, made;
	size_t value_size;
	struct entry *entries;
	unsigned char *values;
	size_t entry_cap, value_cap;
	uint32_t *buckets;
	uint32_t mask;
	uint32_t newest, oldest, unused;
};

struct lately *lately_new(size_t max, size_t value_size)
{
	struct lately *lately = mem_alloc(1, sizeof(*lately));
	size_t size = 16;

	while (size < max)
		size *= 2;
	lately->max = max;
	/* Values lie side by side and may hold whatever wants eight bytes. */
	lately->value_size = (value_size + 7) / 8 * 8;
	lately->buckets = mem_alloc(size, sizeof(*lately->buckets));
	memset(lately->buckets, 0xFF, size * sizeof(*lately->buckets));
	lately->mask = (uint32_t)size - 1;
	lately->newest = lately->oldest = lately->unused = NONE;
	return lately;
}

void lately_free(struct lately **lately)
{
	if (!*lately)
		return;
	mem_free((*lately)->entries);
	mem_free((*lately)->values);
	mem_free((*lately)->buckets);
	mem_free(*lately);
	*lately = NULL;
}

/* Where the index of the entry with this key stands, or the end of the chain it would be in.
 * Keys are as good as random, so any part of one is a hash. */
static uint32_t *find(struct lately *lately, const struct journal_key *key)
{
	uint32_t hash, *at;

	memcpy(&hash, key->bytes, sizeof(hash));
	at = &lately->buckets[hash & lately->mask];
	while (*at != NONE && memcmp(&lately->entries[*at].key, key, sizeof(*key)) != 0)
		at = &lately->entries[*at].chained;
	return at;
}

static void unlink_entry(struct lately *lately, uint32_t i)
{
	struct entry *entry = &lately->entries[i];

	*(entry->newer == NONE ? &lately->newest : &lately->entries[entry->newer].older) =
		entry->older;
	*(entry->older == NONE ? &lately->oldest : &lately->entries[entry->older].newer) =
		entry->newer;
}

static void link_newest(struct lately *lately, uint32_t i)
{
	struct entry *entry = &lately->entries[i];

	entry->newer = NONE;
	entry->older = lately->newest;
	*(lately->newest == NONE ? &lately->oldest : &lately->entries[lately->newest].newer) = i;
	lately->newest = i;
}

static void *value(struct lately *lately, uint32_t i)
{
	return lately->values + i * lately->value_size;
}

void *lately_get(struct lately *lately, const struct journal_key *key)
{
	uint32_t i = *find(lately, key);

	if (i == NONE)
		return NULL;
	unlink_entry(lately, i);
	link_newest(lately, i);
	return value(lately, i);
}

static uint32_t take_unused(struct lately *lately)
{
	uint32_t i = lately->unused;

	if (i != NONE) {
		lately->unused = lately->entries[i].chained;
		return i;
	}
	MEM_GROW(&lately->entries, &lately->entry_cap, lately->made + 1);
	if (lately->made + 1 > lately->value_cap)
		lately->values = mem_grow(
			lately->values, &lately->value_cap, lately->made + 1, lately->value_size);
	return (uint32_t)lately->made++;
}

void *lately_put(struct lately *lately, const struct journal_key *key)
{
	void *found = lately_get(lately, key);
	uint32_t i, *at;

	if (found)
		return found;
	if (lately->count == lately->max) {
		struct journal_key oldest = lately->entries[lately->oldest].key;

		lately_drop(lately, &oldest);
	}
	i = take_unused(lately);
	at = find(lately, key);
	lately->entries[i] = (struct entry){.key = *key, .chained = NONE};
	*at = i;
	link_newest(lately, i);
	lately->count++;
	memset(value(lately, i), 0, lately->value_size);
	return value(lately, i);
}

void lately_drop(struct lately *lately, const struct journal_key *key)
{
	uint32_t *at = find(lately, key);
	uint32_t i = *at;

	if (i == NONE)
		return;
	*at = lately->entries[i].chained;
	unlink_entry(lately, i);
	lately->entries[i].chained = lately->unused;
	lately->unused = i;
	lately->count--;
}

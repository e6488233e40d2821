#include "recent.h"

#include "mem.h"
#include "pool.h"
#include "strmap.h"

enum { POOL_BLOCK = 4096 };

struct generation {
	struct strmap map;
	struct pool *pool; /* keys and entries */
};

struct entry {
	bool moved; /* its value lives on in the younger generation */
	_Alignas(max_align_t) unsigned char value[];
};

struct recent {
	struct generation young, old;
	size_t max, value_size;
	void (*release)(void *value);
};

static void generation_clear(const struct recent *recent, struct generation *generation)
{
	for (size_t i = 0; recent->release && i < generation->map.size; i++) {
		struct entry *entry = generation->map.slots[i].value;

		if (entry && !entry->moved)
			recent->release(entry->value);
	}
	strmap_release(&generation->map);
	strmap_init(&generation->map);
	pool_clear(generation->pool);
}

struct recent *recent_new(size_t max, size_t value_size, void (*release)(void *value))
{
	struct recent *recent = mem_alloc(1, sizeof(*recent));

	recent->max = max;
	recent->value_size = value_size;
	recent->release = release;
	recent->young.pool = pool_new(POOL_BLOCK);
	recent->old.pool = pool_new(POOL_BLOCK);
	return recent;
}

void recent_free(struct recent **recent)
{
	if (!*recent)
		return;
	recent_clear(*recent);
	pool_free(&(*recent)->young.pool);
	pool_free(&(*recent)->old.pool);
	mem_free(*recent);
	*recent = NULL;
}

void recent_clear(struct recent *recent)
{
	generation_clear(recent, &recent->young);
	generation_clear(recent, &recent->old);
}

static void begin_generation(struct recent *recent)
{
	struct generation emptied = recent->old;

	generation_clear(recent, &emptied);
	recent->old = recent->young;
	recent->young = emptied;
}

static struct entry *add(struct recent *recent, const char *key)
{
	struct entry *entry;

	if (recent->young.map.count >= recent->max)
		begin_generation(recent);
	entry = pool_alloc(recent->young.pool, 1, sizeof(*entry) + recent->value_size);
	*strmap_put(&recent->young.map, pool_strdup(recent->young.pool, key)) = entry;
	return entry;
}

/* Moves the value that `older` holds to the younger generation. */
static struct entry *renew(struct recent *recent, const char *key, struct entry *older)
{
	struct entry *entry;
	/* By way of a copy, since making room may drop the generation that it stands in. */
	void *value = mem_alloc(1, recent->value_size);

	memcpy(value, older->value, recent->value_size);
	older->moved = true;
	entry = add(recent, key);
	memcpy(entry->value, value, recent->value_size);
	mem_free(value);
	return entry;
}

static struct entry *look_up(struct recent *recent, const char *key)
{
	struct entry *entry = strmap_get(&recent->young.map, key);

	if (entry)
		return entry;
	entry = strmap_get(&recent->old.map, key);
	return entry && !entry->moved ? renew(recent, key, entry) : NULL;
}

void *recent_put(struct recent *recent, const char *key)
{
	struct entry *entry = look_up(recent, key);

	return entry ? entry->value : add(recent, key)->value;
}

void *recent_get(struct recent *recent, const char *key)
{
	struct entry *entry = look_up(recent, key);

	return entry ? entry->value : NULL;
}

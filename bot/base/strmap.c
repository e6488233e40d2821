#include "strmap.h"

#include "mem.h"

uint32_t strmap_hash(const char *key, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)key[i]) * 16777619u;
	return hash;
}

void strmap_init(struct strmap *map)
{
	*map = (struct strmap){0};
}

void strmap_release(struct strmap *map)
{
	mem_free(map->slots);
	*map = (struct strmap){0};
}

static struct strmap_slot *find(const struct strmap *map, const char *key, size_t len, uint32_t hash)
{
	size_t mask = map->size - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct strmap_slot *slot = &map->slots[i];

		if (!slot->key ||
			(slot->hash == hash && slot->len == len && !memcmp(slot->key, key, len)))
			return slot;
	}
}

static void grow(struct strmap *map)
{
	struct strmap bigger = {.size = map->size ? 2 * map->size : 16, .count = map->count};

	bigger.slots = mem_alloc(bigger.size, sizeof(*bigger.slots));
	for (size_t i = 0; i < map->size; i++) {
		struct strmap_slot *slot = &map->slots[i];

		if (slot->key)
			*find(&bigger, slot->key, slot->len, slot->hash) = *slot;
	}
	mem_free(map->slots);
	*map = bigger;
}

void **strmap_put_len(struct strmap *map, const char *key, size_t len)
{
	uint32_t hash = strmap_hash(key, len);
	struct strmap_slot *slot;

	if (4 * (map->count + 1) > 3 * map->size)
		grow(map);
	slot = find(map, key, len, hash);
	if (!slot->key) {
		*slot = (struct strmap_slot){.key = key, .len = (uint32_t)len, .hash = hash};
		map->count++;
	}
	return &slot->value;
}

void **strmap_put(struct strmap *map, const char *key)
{
	return strmap_put_len(map, key, strlen(key));
}

void *strmap_get_len(const struct strmap *map, const char *key, size_t len)
{
	if (!map->count)
		return NULL;
	return find(map, key, len, strmap_hash(key, len))->value;
}

void *strmap_get(const struct strmap *map, const char *key)
{
	return strmap_get_len(map, key, strlen(key));
}

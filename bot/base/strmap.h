/* strmap.h - text to pointer.
 *
 * Layer: base. A hash table with open addressing. Keys are borrowed and must
 * outlive the map.
 */
#ifndef BOT_STRMAP_H
#define BOT_STRMAP_H

#include "base.h"

struct strmap_slot {
	const char *key; /* NULL: free */
	uint32_t len;
	uint32_t hash;
	void *value;
};

struct strmap {
	struct strmap_slot *slots;
	size_t size; /* a power of two, or 0 */
	size_t count;
};

void strmap_init(struct strmap *map);
void strmap_release(struct strmap *map);

/* The value's place under key, made with a NULL value where there was none. Valid until the next
 * strmap_put(). */
void **strmap_put(struct strmap *map, const char *key);
void **strmap_put_len(struct strmap *map, const char *key, size_t len);
/* The value; NULL where there is none. */
void *strmap_get(const struct strmap *map, const char *key);
void *strmap_get_len(const struct strmap *map, const char *key, size_t len);

/* FNV-1a; the same on every machine. */
uint32_t strmap_hash(const char *key, size_t len);

#endif

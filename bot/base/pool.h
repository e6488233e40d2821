/* pool.h - arenas: many allocations, one release.
 *
 * Layer: base. One pool per incoming message, cleared after the reply; one per
 * loaded file set, freed with it. Nothing in a pool is released by itself.
 */
#ifndef BOT_POOL_H
#define BOT_POOL_H

#include "base.h"

struct pool;

/* block: bytes asked from the system at a time; larger items get a block of their own. */
struct pool *pool_new(size_t block);
void pool_free(struct pool **pool);
/* Empties for reuse. The first block is kept, so a pool in steady use asks the system for nothing. */
void pool_clear(struct pool *pool);
/* Bytes held from the system. */
size_t pool_size(const struct pool *pool);

/* Zeroed, aligned for any type; lives until the pool is cleared or freed. */
void *pool_alloc(struct pool *pool, size_t count, size_t size) BOT_MUST_USE;
char *pool_strdup(struct pool *pool, const char *text) BOT_MUST_USE;
char *pool_strndup(struct pool *pool, const char *text, size_t len) BOT_MUST_USE;
char *pool_printf(struct pool *pool, const char *fmt, ...) BOT_MUST_USE BOT_PRINTF(2, 3);

#endif

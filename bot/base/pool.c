#include "pool.h"

#include <stdarg.h>
#include <stdalign.h>

#include "mem.h"

/* With AddressSanitizer, what is handed out to nobody is shut, and a gap stands behind each item:
 * or it would take a whole block for one item, and see no end in it. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOL_GUARDED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(POOL_GUARDED)
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
enum { GAP = 0 };
#endif

struct block {
	struct block *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct pool {
	unsigned char *next; /* what is handed out next: of the last block */
	size_t left;         /* … in it */
	struct block *first; /* kept by pool_clear() */
	struct block *last;
	size_t block_size;
	size_t held;
};

static struct block *block_new(struct pool *pool, size_t size)
{
	struct block *block = mem_resize(NULL, sizeof(*block) + size, 1);

	*block = (struct block){.size = size};
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	pool->held += sizeof(*block) + size;
	return block;
}

static void hand_out_from(struct pool *pool, struct block *block)
{
	pool->last = block;
	pool->next = block->bytes;
	pool->left = block->size;
}

struct pool *pool_new(size_t block)
{
	struct pool *pool = mem_alloc(1, sizeof(*pool));

	pool->block_size = block;
	pool->first = block_new(pool, block);
	hand_out_from(pool, pool->first);
	return pool;
}

static void free_blocks(struct pool *pool, struct block *block)
{
	while (block) {
		struct block *next = block->next;

		pool->held -= sizeof(*block) + block->size;
		mem_free(block);
		block = next;
	}
}

void pool_free(struct pool **pool)
{
	if (!*pool)
		return;
	free_blocks(*pool, (*pool)->first);
	mem_free(*pool);
	*pool = NULL;
}

void pool_clear(struct pool *pool)
{
	free_blocks(pool, pool->first->next);
	pool->first->next = NULL;
	ASAN_POISON_MEMORY_REGION(pool->first->bytes, pool->first->size);
	hand_out_from(pool, pool->first);
}

size_t pool_size(const struct pool *pool)
{
	return pool->held;
}

static void add_block(struct pool *pool, size_t room)
{
	struct block *block = pool->last;

	block->next = block_new(pool, room > pool->block_size ? room : pool->block_size);
	hand_out_from(pool, block->next);
}

static inline void *take(struct pool *pool, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t room = (size + align - 1) / align * align + GAP;
	void *p;

	if (room > pool->left)
		add_block(pool, room);
	p = pool->next;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	pool->next += room;
	pool->left -= room;
	return p;
}

void *pool_alloc(struct pool *pool, size_t count, size_t size)
{
	size_t bytes;
	void *p;

	/* Half the address space leaves room for the rounding in take(). */
	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		BUG("a pool was asked for more than there can be");
	p = take(pool, bytes);
	memset(p, 0, bytes);
	return p;
}

char *pool_strndup(struct pool *pool, const char *text, size_t len)
{
	char *copy = take(pool, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *pool_strdup(struct pool *pool, const char *text)
{
	return pool_strndup(pool, text, strlen(text));
}

char *pool_printf(struct pool *pool, const char *fmt, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	if (len < 0)
		BUG("a format that vsnprintf refuses");
	text = take(pool, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(args);
	return text;
}

#include "buf.h"

#include "mem.h"
#include "pool.h"
#include "utf8.h"

enum { FIRST_SIZE = 64 };

void buf_init(struct buf *buf, size_t cap)
{
	*buf = (struct buf){.cap = cap, .size = FIRST_SIZE};
	buf->data = mem_alloc(buf->size, 1);
}

void buf_init_in(struct buf *buf, struct pool *pool, size_t cap)
{
	*buf = (struct buf){.cap = cap, .size = FIRST_SIZE, .pool = pool};
	buf->data = pool_alloc(pool, buf->size, 1);
}

void buf_release(struct buf *buf)
{
	if (!buf->pool)
		mem_free(buf->data);
	*buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
	buf_truncate(buf, 0);
	buf->cut = false;
}

static void grow_in_pool(struct buf *buf, size_t need)
{
	char *data = buf->data;

	if (need <= buf->size)
		return;
	buf->size = need > 2 * buf->size ? need : 2 * buf->size;
	buf->data = pool_alloc(buf->pool, buf->size, 1);
	memcpy(buf->data, data, buf->len + 1);
}

/* Makes room for len more bytes; returns how many of them fit below the cap. */
static size_t make_room(struct buf *buf, size_t len)
{
	size_t free_below_cap = buf->cap - buf->len;

	if (len > free_below_cap) {
		len = free_below_cap;
		buf->cut = true;
	}
	if (buf->pool)
		grow_in_pool(buf, buf->len + len + 1);
	else
		MEM_GROW(&buf->data, &buf->size, buf->len + len + 1);
	return len;
}

void buf_add(struct buf *buf, const char *text, size_t len)
{
	size_t fits = make_room(buf, len);

	if (fits < len)
		fits = utf8_floor(text, len, fits);
	if (fits)
		memcpy(buf->data + buf->len, text, fits);
	buf->len += fits;
	buf->data[buf->len] = '\0';
}

void buf_add_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_vaddf(struct buf *buf, const char *fmt, va_list args)
{
	char small[256];
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(small, sizeof(small), fmt, args);
	if (len < 0)
		BUG("a format that vsnprintf refuses");
	if ((size_t)len < sizeof(small)) {
		buf_add(buf, small, (size_t)len);
	} else {
		struct buf large;

		if (buf->pool)
			buf_init_in(&large, buf->pool, (size_t)len);
		else
			buf_init(&large, (size_t)len);
		make_room(&large, (size_t)len);
		vsnprintf(large.data, (size_t)len + 1, fmt, again);
		buf_add(buf, large.data, (size_t)len);
		buf_release(&large);
	}
	va_end(again);
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vaddf(buf, fmt, args);
	va_end(args);
}

void buf_truncate(struct buf *buf, size_t len)
{
	if (len > buf->len)
		BUG("a buffer cannot be truncated to more than it holds");
	buf->len = len;
	buf->data[len] = '\0';
}

char *buf_take(struct buf *buf)
{
	size_t cap = buf->cap;
	char *data = buf->data;

	if (buf->pool)
		BUG("what is in a pool cannot be handed over");
	buf_init(buf, cap);
	return data;
}

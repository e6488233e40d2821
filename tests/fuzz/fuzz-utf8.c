/* fuzz-utf8.c - bytes as UTF-8: read as utf8proc reads them, cut and cleaned. */
#include "fuzz.h"

#include <utf8proc.h>

#include "buf.h"
#include "mem.h"
#include "utf8.h"

static void compare_with_utf8proc(const char *text, size_t len)
{
	size_t bytes;

	for (size_t i = 0; i < len; i += bytes) {
		uint32_t cp = utf8_next(text + i, len - i, &bytes);
		utf8proc_int32_t theirs;
		utf8proc_ssize_t taken = utf8proc_iterate(
			(const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(len - i), &theirs);
		char again[4];

		if (taken < 0) {
			HOLDS(cp == UTF8_BAD && bytes == 1);
			continue;
		}
		HOLDS(bytes == (size_t)taken && cp == (uint32_t)theirs);
		HOLDS(utf8_put(again, cp) == bytes && !memcmp(again, text + i, bytes));
	}
}

static void count(const char *text, size_t len)
{
	size_t n = utf8_count(text, len);

	HOLDS(utf8_offset(text, len, n) == len);
	HOLDS(!n || utf8_offset(text, len, n - 1) < len);
}

static void cut(const char *text, size_t len)
{
	bool valid = utf8_valid(text, len);

	for (size_t want = 0; want <= len + 1; want++) {
		size_t plain = utf8_floor(text, len, want);
		size_t word = utf8_floor_word(text, len, want);

		HOLDS(plain <= want && plain <= len && plain + 4 >= (want < len ? want : len));
		HOLDS(word <= plain && word + 64 >= plain);
		HOLDS(!valid || (utf8_valid(text, plain) && utf8_valid(text, word)));
	}
}

static void clean(const char *text, size_t len)
{
	struct buf kept, told;

	buf_init(&kept, BUF_FILE);
	buf_init(&told, BUF_FILE);
	utf8_clean(&kept, text, len, false);
	utf8_clean(&told, text, len, true);
	HOLDS(utf8_valid(kept.data, kept.len) && utf8_valid(told.data, told.len));
	HOLDS(!utf8_valid(text, len) || (kept.len == len && !memcmp(kept.data, text, len)));
	for (size_t i = 0; i < told.len; i++)
		HOLDS((unsigned char)told.data[i] >= ' ' || strchr("\t\n", told.data[i]));
	buf_release(&kept);
	buf_release(&told);
}

/* In pieces of whole code points into a buffer that is too small for them. */
static void fill(const char *text, size_t len, size_t piece, size_t cap)
{
	bool valid = utf8_valid(text, len);
	size_t taken;
	struct buf buf;

	buf_init(&buf, cap);
	for (size_t i = 0; i < len; i += taken) {
		taken = utf8_floor(text + i, len - i, piece);
		if (!taken)
			utf8_next(text + i, len - i, &taken);
		buf_add(&buf, text + i, taken);
		HOLDS(buf.len <= cap && buf.data[buf.len] == '\0');
	}
	HOLDS(buf.cut == (buf.len < len));
	HOLDS(!valid || utf8_valid(buf.data, buf.len));
	buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *text;

	if (size < 2 || size > BUF_LINE)
		return 0;
	text = mem_alloc(size - 2, 1);
	memcpy(text, data + 2, size - 2);
	compare_with_utf8proc(text, size - 2);
	count(text, size - 2);
	cut(text, size - 2);
	clean(text, size - 2);
	fill(text, size - 2, data[0], data[1]);
	mem_free(text);
	return 0;
}

#include "utf8.h"

#include "buf.h"

uint32_t utf8_next(const char *text, size_t len, size_t *size)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)text[0];
	size_t need;
	uint32_t cp;

	*size = 1;
	if (first < 0x80)
		return first;
	if (first >= 0xC2 && first <= 0xDF)
		need = 2, cp = first & 0x1F;
	else if ((first & 0xF0) == 0xE0)
		need = 3, cp = first & 0x0F;
	else if (first >= 0xF0 && first <= 0xF4)
		need = 4, cp = first & 0x07;
	else
		return UTF8_BAD;
	if (need > len)
		return UTF8_BAD;
	for (size_t i = 1; i < need; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c & 0xC0) != 0x80)
			return UTF8_BAD;
		cp = cp << 6 | (c & 0x3F);
	}
	if (cp < least[need] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return UTF8_BAD;
	*size = need;
	return cp;
}

size_t utf8_put(char *out, uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* A bad byte is told from a real U+FFFD by the bytes it took. */
static bool is_bad(uint32_t cp, size_t size)
{
	return cp == UTF8_BAD && size == 1;
}

bool utf8_valid(const char *text, size_t len)
{
	size_t size = 0;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = utf8_next(text + i, len - i, &size);

		if (is_bad(cp, size))
			return false;
	}
	return true;
}

size_t utf8_count(const char *text, size_t len)
{
	size_t n = 0, size = 0;

	for (size_t i = 0; i < len; i += size, n++)
		utf8_next(text + i, len - i, &size);
	return n;
}

size_t utf8_offset(const char *text, size_t len, size_t n)
{
	size_t i = 0, size = 0;

	while (i < len && n--) {
		utf8_next(text + i, len - i, &size);
		i += size;
	}
	return i;
}

size_t utf8_floor(const char *text, size_t len, size_t want)
{
	size_t start, size;

	if (want > len)
		want = len;
	start = want;
	for (int back = 0; start > 0 && back < 4; back++) {
		start--;
		if (((unsigned char)text[start] & 0xC0) == 0x80)
			continue;
		utf8_next(text + start, len - start, &size);
		/* A lead byte cut from its tail ends the text as a bad byte: leave it out. */
		if (start + size > want || (size == 1 && (unsigned char)text[start] >= 0xC0))
			return start;
		break;
	}
	return want;
}

size_t utf8_floor_word(const char *text, size_t len, size_t want)
{
	size_t end = utf8_floor(text, len, want);

	if (end == len)
		return end;
	for (size_t i = end; i > 0 && end - i < 64; i--)
		if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t')
			return i;
	return end;
}

static bool is_control(uint32_t cp)
{
	return (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) ||
	       cp == 0xFFFE || cp == 0xFFFF;
}

void utf8_clean(struct buf *out, const char *text, size_t len, bool drop_controls)
{
	char put[4];
	size_t size;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = utf8_next(text + i, len - i, &size);

		if (drop_controls && is_control(cp))
			continue;
		buf_add(out, put, utf8_put(put, cp));
	}
}

#include "body.h"

#include "buf.h"
#include "utf8.h"

static bool is_covered(size_t index, const struct body_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (index >= ranges[i].start && index < ranges[i].end)
			return true;
	return false;
}

void body_cut(struct buf *out, const char *text, const struct body_range *ranges, size_t count)
{
	size_t len = strlen(text), size;
	struct buf kept;

	buf_init(&kept, BUF_QUESTION);
	for (size_t i = 0, index = 0; i < len; i += size, index++) {
		utf8_next(text + i, len - i, &size);
		if (!is_covered(index, ranges, count))
			buf_add(&kept, text + i, size);
	}
	utf8_clean(out, kept.data, kept.len, true);
	buf_release(&kept);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\n")];
}

void body_unquote(struct buf *out, const char *text)
{
	struct buf said;

	buf_init(&said, BUF_QUESTION);
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		len += line[len] == '\n';
		if (*line != '>')
			buf_add(&said, line, len);
		line += len;
	}
	buf_add_str(out, is_blank(said.data) ? text : said.data);
	buf_release(&said);
}

void body_trim(struct buf *text)
{
	size_t start = strspn(text->data, " \t\n"), len = text->len;

	while (len > start && strchr(" \t\n", text->data[len - 1]))
		len--;
	buf_truncate(text, len);
	memmove(text->data, text->data + start, len - start + 1);
	text->len = len - start;
}

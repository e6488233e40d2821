#include "wording.h"

#include "answer.h"
#include "buf.h"
#include "utf8.h"

enum { NICK_CHARS = 64, QUOTE_CHARS = 100, MINUTE_MS = 60 * 1000 };

/* A nick "Bob: hi, Eve" in front of an answer would be Bob addressed by us. */
static bool can_be_called(const char *nick)
{
	return nick && *nick && !strpbrk(nick, ":,\n\t") &&
	       utf8_count(nick, strlen(nick)) <= NICK_CHARS;
}

static size_t end_of_lines(const char *text, size_t lines)
{
	size_t end = 0;

	while (lines-- && text[end]) {
		end += strcspn(text + end, "\n");
		if (text[end])
			end++;
	}
	return end;
}

static size_t count_lines(const char *text)
{
	size_t lines = 1;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* As much of text as fits, cut after a line or at least at a word. */
static size_t fitting(const char *text, size_t chars, size_t lines)
{
	size_t len = end_of_lines(text, lines);
	size_t most = utf8_offset(text, len, chars);

	if (most < len)
		len = utf8_floor_word(text, strlen(text), most);
	while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	return len;
}

void wording_for_room(struct buf *out, const char *nick, const char *text, const char *more)
{
	size_t chars = WORDING_ROOM_CHARS;
	size_t len = strlen(text);

	if (can_be_called(nick)) {
		buf_addf(out, "%s: ", nick);
		chars -= utf8_count(nick, strlen(nick)) + 2;
	}
	if (utf8_count(text, len) <= chars && count_lines(text) <= WORDING_ROOM_LINES) {
		buf_add(out, text, len);
		return;
	}
	chars -= utf8_count(more, strlen(more)) + 1;
	buf_add(out, text, fitting(text, chars, WORDING_ROOM_LINES - count_lines(more)));
	if (*more)
		buf_addf(out, "\n%s", more);
}

const char *wording_without_nick(const char *body, const char *nick)
{
	size_t len = nick ? strlen(nick) : 0;

	if (len && !strncmp(body, nick, len) && !strncmp(body + len, ": ", 2))
		return body + len + 2;
	return body;
}

void wording_quote(struct buf *out, const char *text)
{
	size_t len = strlen(text), most = utf8_offset(text, len, QUOTE_CHARS);
	size_t end = most < len ? utf8_floor_word(text, len, most) : len;

	while (end && strchr(" \t\n", text[end - 1]))
		end--;
	for (size_t i = 0; i < end; i++)
		buf_add_char(out, text[i] == '\n' || text[i] == '\t' ? ' ' : text[i]);
	if (end < len && most < len)
		buf_add_str(out, " …");
}

static const struct wording_fill *find_fill(
	const char *word, size_t len, const struct wording_fill *fills, size_t fill_count)
{
	for (size_t i = 0; i < fill_count; i++)
		if (strlen(fills[i].word) == len && !memcmp(fills[i].word, word, len))
			return &fills[i];
	return NULL;
}

void wording_add_line(struct buf *out, struct answer_engine *engine, const char *name,
	unsigned turn, const struct wording_fill *fills, size_t fill_count)
{
	const char *line = answer_voice(engine, name, turn, NULL, NULL);

	while (*line) {
		size_t plain = strcspn(line, "{");
		size_t len = strcspn(line + plain, "}");
		const struct wording_fill *fill = NULL;

		buf_add(out, line, plain);
		line += plain;
		if (!*line)
			break;
		if (line[len])
			fill = find_fill(line + 1, len - 1, fills, fill_count);
		if (fill) {
			buf_add_str(out, fill->value);
			line += len + 1;
		} else {
			buf_add_char(out, *line++);
		}
	}
}

void wording_add_ago(struct buf *out, struct answer_engine *engine, int64_t age_ms)
{
	int64_t minutes = age_ms / MINUTE_MS;
	bool in_hours = minutes >= 120;
	char count[24];
	const struct wording_fill fill = {"count", count};

	snprintf(count, sizeof(count), "%lld", (long long)(in_hours ? minutes / 60 : minutes));
	wording_add_line(out, engine, in_hours ? "ago-hours" : "ago-minutes", 0, &fill, 1);
}

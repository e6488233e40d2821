#include "address.h"

#include "buf.h"
#include "fold.h"
#include "occupants.h"
#include "pool.h"
#include "utf8.h"

/* Nobody's nick is longer; keeps a long text without any colon cheap. */
enum { HEAD_MAX = 256 };

/* What people put before a name when they turn to somebody. Not a list to be completed: a word
 * that is missing costs that person a colon. */
static const char *const calls[] = {
	"dear",
	"good afternoon",
	"good evening",
	"good morning",
	"hallo",
	"hello",
	"hey",
	"hey there",
	"hi",
	"hi there",
	"hiya",
	"ok",
	"okay",
	"so",
	"thank you",
	"thanks",
	"yo",
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t skip_spaces(const char *text, size_t at)
{
	while (is_space(text[at]))
		at++;
	return at;
}

/* How long the mark at text is that may stand between a nick and what follows; 0: none. The full
 * stop and the dash also stand within names, so white space must follow them. */
static size_t mark_at(const char *text)
{
	static const char *const wide[] = {"，", "：", "；", "！", "？", "、"};

	if (*text && strchr(":,;!?", *text))
		return 1;
	if ((*text == '.' || *text == '-') && (!text[1] || is_space(text[1])))
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(wide); i++)
		if (!strncmp(text, wide[i], strlen(wide[i])))
			return strlen(wide[i]);
	return 0;
}

static size_t skip_marks(const char *text, size_t at)
{
	for (;;) {
		size_t len = mark_at(text + at);

		if (!len && !is_space(text[at]))
			return at;
		at += len ? len : 1;
	}
}

/* Our nick at `at`, perhaps after '@', and something after it that ends a name. Returns where the
 * name ends; 0: it does not stand there. */
static size_t our_name_at(const char *text, size_t at, const char *nick_folded)
{
	size_t len;

	if (text[at] == '@')
		at++;
	len = fold_prefix(text + at, strlen(text + at), nick_folded);
	if (!len)
		return 0;
	at += len;
	return !text[at] || is_space(text[at]) || mark_at(text + at) ? at : 0;
}

/* Another's nick at `at`, with ':' or ',' after it, since a bare nick may be any word: somebody
 * called Will is not meant by "will I need maths". */
static size_t other_name_at(const char *text, size_t at, const struct occupants *occupants)
{
	struct pool *pool;
	size_t start = at + (text[at] == '@'), found = 0;

	if (!occupants)
		return 0;
	pool = pool_new(1024);
	for (size_t end = start; text[end] && text[end] != '\n' && end - start < HEAD_MAX && !found;
		end++) {
		bool ends = text[end] == ':' || text[end] == ',' ||
			    (text[at] == '@' && is_space(text[end]));

		if (ends && end > start &&
			occupants_find_folded(
				occupants, fold_text(pool, text + start, end - start)))
			found = end;
	}
	pool_free(&pool);
	return found;
}

/* The length of a call that text begins with, and the white space after it; 0: none. */
static size_t call_at(const char *text)
{
	size_t longest = 0;

	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		size_t len = fold_prefix(text, strlen(text), calls[i]);

		if (len > longest && (is_space(text[len]) || text[len] == ','))
			longest = len;
	}
	return longest ? skip_marks(text, longest) : 0;
}

/* The names that a line begins with, one after the other. */
struct names {
	bool us, other;
	size_t end; /* where what is said begins */
};

static struct names names_at(
	const char *text, size_t at, const char *nick_folded, const struct occupants *occupants)
{
	struct names names = {.end = at};

	for (;;) {
		size_t end = our_name_at(text, names.end, nick_folded);

		if (end)
			names.us = true;
		else if ((end = other_name_at(text, names.end, occupants)))
			names.other = true;
		else
			return names;
		names.end = skip_marks(text, end);
		/* Only a comma goes on to the next name. */
		if (text[end] != ',')
			return names;
	}
}

/* "Nick: …" or "Hi Nick, …" at the beginning. */
static struct names read_opening(const char *text, const char *nick_folded,
	const struct occupants *occupants, struct buf *said)
{
	size_t start = skip_spaces(text, 0), call;
	struct names names = names_at(text, start, nick_folded, occupants);

	if (names.us || names.other) {
		buf_add_str(said, text + names.end);
		return names;
	}
	call = call_at(text + start);
	if (!call)
		return names;
	names = names_at(text, start + call, nick_folded, occupants);
	if (names.us && !text[names.end])
		buf_add(said, text + start, call);
	else if (names.us)
		buf_add_str(said, text + names.end);
	return names;
}

/* "Nick: …" on a later line, where a name without a mark is too little. */
static bool read_later_line(const char *text, const char *nick_folded,
	const struct occupants *occupants, struct buf *said)
{
	for (const char *line = strchr(text, '\n'); line; line = strchr(line + 1, '\n')) {
		size_t start = (size_t)(line + 1 - text);
		size_t end = our_name_at(text, start, nick_folded);

		if (end && (text[start] == '@' || text[end] == ':' || text[end] == ',')) {
			buf_add_str(said, text + names_at(text, start, nick_folded, occupants).end);
			return true;
		}
	}
	return false;
}

/* "@nick" as a word of its own, anywhere. */
static bool read_mention(const char *text, const char *nick_folded, struct buf *said)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		size_t end;

		if (at > text && !is_space(at[-1]) && !strchr("(\"'", at[-1]))
			continue;
		end = our_name_at(at, 0, nick_folded);
		if (end) {
			buf_add(said, text, (size_t)(at - text));
			buf_add_str(said, at + end);
			return true;
		}
	}
	return false;
}

struct address address_read(const char *text, const char *nick_folded,
	const struct occupants *occupants, struct buf *said)
{
	struct buf found;
	struct names opening;
	bool us;

	buf_init(&found, BUF_QUESTION);
	opening = read_opening(text, nick_folded, occupants, &found);
	us = opening.us;
	if (!us) {
		buf_clear(&found);
		us = read_later_line(text, nick_folded, occupants, &found) ||
		     read_mention(text, nick_folded, &found);
	}
	buf_add_str(said, us ? found.data : text);
	buf_release(&found);
	return (struct address){.us = us, .other = opening.other && !us};
}

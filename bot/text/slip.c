#include "slip.h"

#include "pool.h"
#include "utf8.h"

enum { LEVELS_MAX = 64, FLOW_MAX = 32, NAME_SHOWN = 40 };

/* Lines that belong together begin in one column. */
struct level {
	size_t col; /* bytes before it: nothing but blanks and dashes, so code points too */
	unsigned line;
	bool list;
	const char *name; /* the last one that stood there; NULL in a list */
	size_t name_len;
	bool waits; /* the last one has no value yet, so lines further in are its own */
	bool plain; /* its value is a plain text, which may go on in lines further in */
};

struct scan {
	struct pool *pool;
	const char *path;
	const char *text, *end;
	const char *line; /* the one being read */
	unsigned number;
	struct level levels[LEVELS_MAX];
	size_t depth;
	struct slip *slip;
	bool found;
};

/* --- lines --- */

static const char *line_end(const struct scan *s, const char *p)
{
	const char *eol = memchr(p, '\n', (size_t)(s->end - p));

	return eol ? eol : s->end;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

static bool next_line(struct scan *s)
{
	const char *eol = line_end(s, s->line);

	if (eol == s->end)
		return false;
	s->line = eol + 1;
	s->number++;
	return true;
}

static bool is_empty(const struct scan *s, const char *line)
{
	const char *p = skip_blanks(line, line_end(s, line));

	return p == line_end(s, line) || *p == '#';
}

static bool ends_at(const char *p, const char *end)
{
	return skip_blanks(p, end) == end;
}

/* Nothing comes behind it but a comment. */
static bool is_rest_empty(const char *p, const char *end)
{
	const char *rest = skip_blanks(p, end);

	return rest == end || (*rest == '#' && rest > p);
}

/* --- what to say --- */

static void report(struct scan *s, const char *where, const char *advice)
{
	if (s->found)
		return;
	s->found = true;
	s->slip->advice = advice;
	s->slip->at = (struct place){
		s->path, s->number, (unsigned)utf8_count(s->line, (size_t)(where - s->line)) + 1};
}

static const char *shown_name(struct scan *s, const struct level *level)
{
	size_t len = level->name_len;

	if (len > NAME_SHOWN)
		len = utf8_floor(level->name, len, NAME_SHOWN);
	return pool_strndup(s->pool, level->name, len);
}

/* The form in which any text may stand. */
static const char *block_form(struct scan *s, const struct level *level)
{
	if (level->list)
		return "write `- |` and the text in the next line, further in";
	return pool_printf(s->pool, "write `%s: |` and the text in the next line, further in",
		shown_name(s, level));
}

/* --- values on one line or several --- */

/* The end of a quoted text that begins at p, behind its quotation mark; NULL where there is none
 * in lines that begin at `least` or further in. Moves on to its line. */
static const char *quote_end(struct scan *s, const char *p, size_t least)
{
	const char *start = s->line, *eol = line_end(s, p), *open = p;
	unsigned number = s->number;
	char mark = *p++;

	for (;;) {
		for (; p < eol; p++) {
			if (mark == '"' && *p == '\\' && p + 1 < eol) {
				if (!strchr("0abt\tnvfre \"/\\N_LPxuU", p[1])) {
					report(s, p,
						"between \" and \" a `\\` changes what comes "
						"behind it; "
						"take ' and ' instead");
					return NULL;
				}
				p++;
			} else if (*p == mark && mark == '\'' && p + 1 < eol && p[1] == mark) {
				p++;
			} else if (*p == mark) {
				return p + 1;
			}
		}
		if (!next_line(s))
			break;
		p = skip_blanks(s->line, line_end(s, s->line));
		eol = line_end(s, p);
		if (p < eol && (size_t)(p - s->line) < least)
			break;
	}
	s->line = start;
	s->number = number;
	s->slip->open = true;
	report(s, open,
		pool_printf(s->pool,
			"no second %c ends what begins with this one; add it, or leave both out",
			mark));
	return NULL;
}

static void unclosed(struct scan *s, const char *start, unsigned number, const char *open)
{
	s->line = start;
	s->number = number;
	s->slip->open = true;
	report(s, open,
		pool_printf(s->pool, "no %c closes this %c; put it behind the last item",
			*open == '[' ? ']' : '}', *open));
}

/* The end of a list or mapping in brackets that begins at p; else NULL. Moves on to its line. */
static const char *flow_end(struct scan *s, const char *p, size_t least)
{
	const char *start = s->line, *open = p, *eol = line_end(s, p);
	char closers[FLOW_MAX];
	unsigned number = s->number;
	size_t depth = 0;
	bool begins = true; /* an item may begin here */

	for (;; p++) {
		p = skip_blanks(p, eol);
		if (p == eol || (*p == '#' && p > s->line && p[-1] == ' ')) {
			do {
				if (!next_line(s)) {
					unclosed(s, start, number, open);
					return NULL;
				}
			} while (is_empty(s, s->line));
			p = skip_blanks(s->line, line_end(s, s->line));
			eol = line_end(s, p);
			/* A closing bracket alone may stand at the margin. */
			if ((size_t)(p - s->line) < least && *p != ']' && *p != '}') {
				unclosed(s, start, number, open);
				return NULL;
			}
		}
		if ((*p == '[' || *p == '{') && begins) {
			if (depth == FLOW_MAX)
				return NULL;
			closers[depth++] = *p == '[' ? ']' : '}';
		} else if (*p == ']' || *p == '}') {
			if (closers[depth - 1] != *p) {
				report(s, p,
					pool_printf(s->pool, "`%c` was expected here, not `%c`",
						closers[depth - 1], *p));
				return NULL;
			}
			if (!--depth)
				return p + 1;
			begins = false;
		} else if ((*p == '"' || *p == '\'') && begins) {
			p = quote_end(s, p, least);
			if (!p)
				return NULL;
			eol = line_end(s, p);
			p = skip_blanks(p, eol);
			if (p < eol && !strchr(",]}:#", *p)) {
				report(s, p, "a comma is missing before this");
				return NULL;
			}
			p--;
			begins = false;
		} else {
			begins = *p == ',' || (*p == ':' && p + 1 < eol && p[1] == ' ');
		}
	}
}

/* Lines below a | or >, up to the first that is no further in than what they belong to. */
static void skip_block(struct scan *s, const struct level *level)
{
	unsigned first = 0;
	size_t col = 0;

	while (line_end(s, s->line) < s->end) {
		const char *next = line_end(s, s->line) + 1, *eol = line_end(s, next);
		size_t blanks = (size_t)(skip_blanks(next, eol) - next);

		if (next + blanks < eol) {
			if (blanks <= level->col)
				break;
			if (!first) {
				first = s->number + 1;
				col = blanks;
			} else if (blanks < col) {
				next_line(s);
				if (s->line[blanks] == '#')
					return; /* a comment ends the text */
				report(s, s->line + blanks,
					pool_printf(s->pool,
						"this line stands less far in than the text that "
						"it "
						"belongs to; begin it in column %zu, as line %u "
						"does",
						col + 1, first));
				return;
			}
		}
		next_line(s);
	}
	if (!first && line_end(s, s->line) < s->end) {
		const char *next = line_end(s, s->line) + 1, *eol = line_end(s, next);
		const char *p = skip_blanks(next, eol);

		/* Words where the next name was due. */
		if ((size_t)(p - next) < level->col || *p == '-' || *p == '#' ||
			memchr(p, ':', (size_t)(eol - p)))
			return;
		next_line(s);
		report(s, p,
			"the text below a `|` stands further in than its name; put some more "
			"blanks "
			"before each of its lines");
	}
}

/* A value that begins at p. The level is that of its name, or of its list. */
static void read_value(struct scan *s, struct level *level, const char *p)
{
	const char *eol = line_end(s, p), *end;

	switch (*p) {
	case '"':
	case '\'':
		end = quote_end(s, p, level->col + 1);
		if (end && !is_rest_empty(end, line_end(s, end)))
			report(s, skip_blanks(end, s->end),
				pool_printf(s->pool,
					"the quoted text ends before this, and the line goes on; "
					"%s",
					block_form(s, level)));
		return;
	case '[':
	case '{':
		end = flow_end(s, p, level->col + 1);
		if (end && !is_rest_empty(end, line_end(s, end)))
			report(s, skip_blanks(end, s->end),
				pool_printf(s->pool,
					"the bracket closes before this, and the line goes on; if "
					"it is "
					"all one text, %s",
					block_form(s, level)));
		return;
	case '|':
	case '>':
		end = p + 1;
		while (end < eol && strchr("+-0123456789", *end))
			end++;
		if (!is_rest_empty(end, eol))
			report(s, p,
				pool_printf(s->pool,
					"behind a `%c` the line ends, and the text stands in the "
					"next "
					"ones; %s",
					*p, block_form(s, level)));
		else
			skip_block(s, level);
		return;
	case '@':
	case '`':
	case '%':
	case '*':
	case '&':
	case '!':
	case ']':
	case '}':
	case ',':
		report(s, p,
			pool_printf(s->pool,
				"a text cannot begin with `%c` by itself; put it in quotes, or %s",
				*p, block_form(s, level)));
		return;
	case '-':
	case '?':
		if (!level->list && p + 1 < eol && p[1] == ' ')
			report(s, p,
				*p == '-' ? "a list begins in the next line, or stands in [ ] with "
					    "commas between its items"
					  : pool_printf(s->pool,
						    "a text cannot begin with `? `; put it in "
						    "quotes, or %s",
						    block_form(s, level)));
		break;
	default:
		break;
	}
	level->plain = true;
	for (const char *q = p; q < eol && !(*q == '#' && q > p && q[-1] == ' '); q++)
		if (*q == ':' && ends_at(q + 1, q + 1 < eol ? q + 2 : eol)) {
			report(s, q,
				pool_printf(s->pool,
					"a colon and a blank within a text; put the text in "
					"quotes, or %s",
					block_form(s, level)));
			return;
		}
}

/* --- lines that stand by themselves --- */

/* The colon behind a name at p; NULL where there is none. */
static const char *name_end(const char *p, const char *eol)
{
	char mark = *p == '"' || *p == '\'' ? *p : '\0';

	for (const char *q = p + (mark != '\0'); q < eol; q++) {
		if (mark) {
			if (*q == mark)
				mark = '\0';
		} else if (*q == '#' && q > p && q[-1] == ' ') {
			return NULL;
		} else if (*q == ':' && (q + 1 == eol || q[1] == ' ' || q[1] == '\r')) {
			return q;
		}
	}
	return NULL;
}

/* A line that begins where nothing above does. */
static void report_column(struct scan *s, const char *p, const struct level *above)
{
	if (above->list || !above->name)
		report(s, p,
			pool_printf(s->pool,
				"nothing above begins in this column; what belongs to the list of "
				"line "
				"%u begins in column %zu, with a `-`",
				above->line, above->col + 1));
	else
		report(s, p,
			pool_printf(s->pool,
				"nothing above begins in this column; what belongs beside `%s` of "
				"line "
				"%u begins in column %zu, as it does",
				shown_name(s, above), above->line, above->col + 1));
}

/* The level at that column: one that is open, or a new one. NULL after reporting. */
static struct level *enter(struct scan *s, const char *p, size_t col, bool list)
{
	struct level *top, *left = NULL;

	while (s->depth && s->levels[s->depth - 1].col > col)
		left = &s->levels[--s->depth];
	top = s->depth ? &s->levels[s->depth - 1] : NULL;
	if (top && top->col == col && top->list == list)
		return top;
	/* The dashes of a list may stand right below the name that it belongs to. */
	if (top && top->col == col && !list && s->depth > 1 && top[-1].col == col) {
		s->depth--;
		return top - 1;
	}
	if (top && top->col == col && !(list && top->waits)) {
		report(s, p,
			list ? "this `-` stands among names; a list stands below a name that has "
			       "nothing behind its colon"
			     : "the lines here are a list, so this one begins with `- `; what "
			       "belongs to the item above stands further in");
		return NULL;
	}
	if (top && !top->waits) {
		report_column(s, p, left ? left : top);
		return NULL;
	}
	if (s->depth == LEVELS_MAX)
		return NULL;
	if (top)
		top->waits = false;
	top = &s->levels[s->depth++];
	*top = (struct level){.col = col, .line = s->number, .list = list};
	return top;
}

static void read_entry(struct scan *s, struct level *level, const char *p);

static void read_item(struct scan *s, const char *p)
{
	struct level *level = enter(s, p, (size_t)(p - s->line), true);
	const char *eol = line_end(s, p), *rest = skip_blanks(p + 1, eol);

	if (!level)
		return;
	level->line = s->number;
	level->plain = false;
	level->waits = is_rest_empty(p + 1, eol);
	if (level->waits)
		return;
	if (*rest == '-' && rest + 1 < eol && rest[1] == ' ') {
		level->waits = true;
		read_item(s, rest);
	} else if (name_end(rest, eol) && !strchr("[{|>", *rest)) {
		struct level *inner;

		level->waits = true;
		inner = enter(s, rest, (size_t)(rest - s->line), false);
		if (inner)
			read_entry(s, inner, rest);
	} else {
		read_value(s, level, rest);
	}
}

/* `name: value` at p. */
static void read_entry(struct scan *s, struct level *level, const char *p)
{
	const char *eol = line_end(s, p), *colon = name_end(p, eol);

	level->line = s->number;
	level->name = p;
	level->name_len = (size_t)(colon - p);
	level->plain = false;
	level->waits = is_rest_empty(colon + 1, eol);
	if (!level->waits)
		read_value(s, level, skip_blanks(colon + 1, eol));
}

/* Whether the next line with something in it stands further in. */
static bool goes_further_in(const struct scan *s, size_t col)
{
	for (const char *eol = line_end(s, s->line); eol < s->end; eol = line_end(s, eol + 1)) {
		if (!is_empty(s, eol + 1))
			return (size_t)(skip_blanks(eol + 1, s->end) - (eol + 1)) > col;
	}
	return false;
}

/* A line without a name: more of the text above, or a slip. */
static void read_stray(struct scan *s, const char *p)
{
	struct level *top = s->depth ? &s->levels[s->depth - 1] : NULL;
	const char *eol = line_end(s, p);
	size_t col = (size_t)(p - s->line), word = 0;
	bool is_inner = top && col > top->col;

	while (p + word < eol && !strchr(": \r", p[word]))
		word++;
	if (is_inner && top->plain)
		return;
	if (p + word < eol && p[word] == ':') {
		report(s, p + word, "a blank is missing behind this colon");
	} else if (ends_at(p + word, eol) && goes_further_in(s, col)) {
		report(s, p + word, "a colon is missing here");
	} else if (is_inner && top->waits) {
		top->waits = false;
		read_value(s, top, p);
	} else {
		report(s, p,
			"a name and a colon were expected here; a text of several lines stands "
			"below "
			"a name with `|` behind its colon, further in");
	}
}

static bool is_document_mark(const char *p, const char *eol)
{
	return eol - p >= 3 && (!memcmp(p, "---", 3) || !memcmp(p, "...", 3)) &&
	       ends_at(p + 3, eol);
}

static void read_line(struct scan *s)
{
	const char *eol = line_end(s, s->line), *p = skip_blanks(s->line, eol);
	size_t col = (size_t)(p - s->line);
	struct level *top = s->depth ? &s->levels[s->depth - 1] : NULL, *level;

	if (is_empty(s, s->line) || (!col && is_document_mark(p, eol)))
		return;
	if (!s->depth && (*p == '[' || *p == '{')) {
		/* The whole file in brackets, as JSON is. */
		(void)flow_end(s, p, 0);
		return;
	}
	if (*p == '-' && (p + 1 == eol || p[1] == ' ')) {
		read_item(s, p);
		return;
	}
	if (*p == '-' && p[1] != '-' && name_end(p, eol)) {
		report(s, p + 1, "a blank is missing behind this `-`");
		return;
	}
	if (!name_end(p, eol)) {
		read_stray(s, p);
		return;
	}
	if (top && top->plain && !top->list && col > top->col) {
		report(s, p,
			pool_printf(s->pool,
				"this stands further in than `%s` above it, which has its value "
				"already; "
				"begin it in column %zu, as line %u does",
				shown_name(s, top), top->col + 1, top->line));
		return;
	}
	level = enter(s, p, col, false);
	if (level)
		read_entry(s, level, p);
}

bool slip_find(struct pool *pool, const char *path, const char *text, size_t len, struct slip *slip)
{
	struct scan s = {.pool = pool,
		.path = path,
		.text = text,
		.end = text + len,
		.line = text,
		.number = 1,
		.slip = slip};

	*slip = (struct slip){0};
	do {
		read_line(&s);
	} while (!s.found && next_line(&s));
	return s.found;
}

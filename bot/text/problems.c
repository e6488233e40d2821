#include "problems.h"

#include <stdarg.h>

#include "buf.h"
#include "mem.h"
#include "pool.h"
#include "utf8.h"

struct problem {
	enum severity severity;
	struct place at;
	char *text;  /* "path:line:col: error: message" */
	size_t order; /* of adding, so that sorting is stable */
};

struct source {
	const char *path;
	const char *text;
	size_t len;
};

struct hiding {
	const char *path;
	problems_secret *secret;
};

struct problems {
	struct pool *pool;
	struct problem *items;
	size_t count, cap;
	struct source *sources;
	size_t source_count, source_cap;
	struct hiding *hidings;
	size_t hiding_count, hiding_cap;
	size_t counts[2];
};

struct problems *problems_new(void)
{
	struct problems *problems = mem_alloc(1, sizeof(*problems));

	problems->pool = pool_new(4096);
	return problems;
}

void problems_free(struct problems **problems)
{
	if (!*problems)
		return;
	mem_free((*problems)->items);
	mem_free((*problems)->sources);
	mem_free((*problems)->hidings);
	pool_free(&(*problems)->pool);
	mem_free(*problems);
	*problems = NULL;
}

void problems_source(struct problems *problems, const char *path, const char *text, size_t len)
{
	MEM_GROW(&problems->sources, &problems->source_cap, problems->source_count + 1);
	problems->sources[problems->source_count++] = (struct source){
		.path = pool_strdup(problems->pool, path),
		.text = pool_strndup(problems->pool, text, len),
		.len = len,
	};
}

void problems_hide(struct problems *problems, const char *path, problems_secret *secret)
{
	MEM_GROW(&problems->hidings, &problems->hiding_cap, problems->hiding_count + 1);
	problems->hidings[problems->hiding_count++] = (struct hiding){
		.path = pool_strdup(problems->pool, path),
		.secret = secret,
	};
}

static bool is_hidden(const struct problems *problems, const char *path, const char *line,
	size_t len)
{
	for (size_t i = 0; i < problems->hiding_count; i++)
		if (!strcmp(problems->hidings[i].path, path) &&
			problems->hidings[i].secret(line, len))
			return true;
	return false;
}

void problems_add(struct problems *problems, enum severity severity, struct place at,
	const char *fmt, ...)
{
	static const char *const words[] = {"error", "warning"};
	struct problem *p;
	struct buf text;
	va_list args;

	buf_init(&text, BUF_LINE);
	buf_add_str(&text, at.path);
	if (at.line)
		buf_addf(&text, ":%u:%u", at.line, at.col);
	buf_addf(&text, ": %s: ", words[severity]);
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);

	MEM_GROW(&problems->items, &problems->cap, problems->count + 1);
	p = &problems->items[problems->count];
	*p = (struct problem){
		.severity = severity,
		.at = at,
		.text = pool_strndup(problems->pool, text.data, text.len),
		.order = problems->count,
	};
	p->at.path = pool_strdup(problems->pool, at.path);
	problems->count++;
	problems->counts[severity]++;
	buf_release(&text);
}

size_t problems_count(const struct problems *problems, enum severity severity)
{
	return problems->counts[severity];
}

static int by_place(const void *a, const void *b)
{
	const struct problem *p = a, *q = b;
	int path = strcmp(p->at.path, q->at.path);

	if (path)
		return path;
	if (p->at.line != q->at.line)
		return p->at.line < q->at.line ? -1 : 1;
	if (p->at.col != q->at.col)
		return p->at.col < q->at.col ? -1 : 1;
	return p->order < q->order ? -1 : 1;
}

static void sort(struct problems *problems)
{
	if (problems->count)
		qsort(problems->items, problems->count, sizeof(*problems->items), by_place);
}

/* The text of line number `line`; NULL where there is no such line. */
static const char *find_line(const struct problems *problems, struct place at, size_t *len)
{
	for (size_t i = 0; i < problems->source_count; i++) {
		const struct source *s = &problems->sources[i];
		const char *p = s->text, *end = s->text + s->len;

		if (strcmp(s->path, at.path))
			continue;
		for (unsigned n = 1; p < end; n++) {
			const char *eol = memchr(p, '\n', (size_t)(end - p));

			if (!eol)
				eol = end;
			if (n == at.line) {
				*len = (size_t)(eol - p);
				return p;
			}
			p = eol + 1;
		}
	}
	return NULL;
}

enum { SHOWN_BEFORE = 60, SHOWN_MAX = 100 }; /* code points of a long line around its caret */

/* Every code point takes one cell, so that the caret stands under the right one: a tab is shown as
 * an arrow, other controls as a dot. */
static void show_line(struct problems *problems, struct place at, FILE *out)
{
	size_t len, size, col = 1, first = 1;
	const char *line = at.line ? find_line(problems, at, &len) : NULL;
	struct buf shown;

	if (!line)
		return;
	if (is_hidden(problems, at.path, line, len)) {
		fprintf(out, "%5u | (not shown: a password may stand here)\n", at.line);
		return;
	}
	buf_init(&shown, BUF_LINE);
	if (at.col > SHOWN_BEFORE + 1) {
		first = at.col - SHOWN_BEFORE;
		buf_add_str(&shown, "…");
	}
	for (size_t i = 0; i < len; i += size, col++) {
		uint32_t cp = utf8_next(line + i, len - i, &size);

		if (col < first)
			continue;
		if (col >= first + SHOWN_MAX) {
			buf_add_str(&shown, "…");
			break;
		}
		if (cp == '\t')
			buf_add_str(&shown, "→");
		else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == UTF8_BAD)
			buf_add_str(&shown, "·");
		else
			buf_add(&shown, line + i, size);
	}
	fprintf(out, "%5u | %s\n", at.line, shown.data);
	fprintf(out, "      | %*s^\n", (int)(at.col - first + (first > 1)), "");
	buf_release(&shown);
}

void problems_print(struct problems *problems, FILE *out)
{
	sort(problems);
	for (size_t i = 0; i < problems->count; i++) {
		struct buf clean;

		buf_init(&clean, BUF_LINE);
		utf8_clean(&clean, problems->items[i].text, strlen(problems->items[i].text), true);
		fprintf(out, "%s\n", clean.data);
		buf_release(&clean);
		show_line(problems, problems->items[i].at, out);
	}
}

const char *problems_first(struct problems *problems)
{
	sort(problems);
	for (size_t i = 0; i < problems->count; i++)
		if (problems->items[i].severity == PROBLEM_ERROR)
			return problems->items[i].text;
	return NULL;
}

#include "yaml.h"

#include <libfyaml.h>

#include "buf.h"
#include "file.h"
#include "pool.h"
#include "slip.h"
#include "strmap.h"
#include "utf8.h"

enum { DEPTH_MAX = 64 }; /* a pack needs five; each costs stack */

struct reader {
	struct fy_parser *parser;
	struct pool *pool;
	struct problems *problems;
	const char *path;
	const char *text;
	size_t len;
	unsigned depth;
	bool failed; /* the parser gave up */
	bool told;   /* … or we did, and have said why */
	bool empty;  /* the file holds no document */
};

const char *node_kind_name(enum node_kind kind)
{
	static const char *const names[] = {"a single value", "a list",
		"a set of `name: value` lines", "something that begins with *"};

	return names[kind];
}

static struct place at_mark(const struct reader *r, const struct fy_mark *mark)
{
	return (struct place){r->path, (unsigned)mark->line + 1, (unsigned)mark->column + 1};
}

static struct place at_event(const struct reader *r, struct fy_event *event)
{
	const struct fy_mark *mark = fy_event_start_mark(event);

	return mark ? at_mark(r, mark) : (struct place){r->path, 0, 0};
}

/* libfyaml marks a block scalar somewhere between its indicator and its text: go back to the
 * indicator. The text begins in the line after it. */
static struct place block_start(const struct reader *r, const struct fy_mark *mark)
{
	struct place at = {r->path, (unsigned)mark->line + 1, 1};
	size_t pos = mark->input_pos;

	while (pos > 0 && (pos == r->len || (r->text[pos] != '|' && r->text[pos] != '>'))) {
		pos--;
		at.line -= r->text[pos] == '\n';
	}
	at.line++;
	while (pos < r->len && r->text[pos] != '\n')
		pos++;
	while (pos < r->len && (r->text[pos] == ' ' || r->text[pos] == '\n')) {
		at.col = r->text[pos] == '\n' ? 1 : at.col + 1;
		pos++;
	}
	return at;
}

/* Spaces before the first words that are the text's own, as `|2` makes them. */
static unsigned own_indent(const char *text)
{
	size_t words = strspn(text, " \n"), start = words;

	while (start > 0 && text[start - 1] == ' ')
		start--;
	return (unsigned)(words - start);
}

static bool comment_follows(const struct reader *r, size_t end)
{
	size_t i = end;

	while (i < r->len && (r->text[i] == ' ' || r->text[i] == '\t'))
		i++;
	return i > end && i < r->len && r->text[i] == '#';
}

static void read_scalar(struct reader *r, struct fy_token *token, struct node *node)
{
	enum fy_scalar_style style = fy_token_scalar_style(token);
	const struct fy_mark *start = fy_token_start_mark(token);
	const struct fy_mark *end = fy_token_end_mark(token);
	size_t len;
	const char *text = fy_token_get_text(token, &len);

	node->text = text ? pool_strndup(r->pool, text, len) : "";
	node->literal = style == FYSS_LITERAL;
	node->block = node->literal || style == FYSS_FOLDED;
	node->quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
	if (node->block && start) {
		node->at = block_start(r, start);
		node->at.col -= own_indent(node->text);
	}
	if (!node->block && !node->quoted && end)
		node->comment_follows = comment_follows(r, end->input_pos);
}

static struct fy_event *next_event(struct reader *r)
{
	struct fy_event *event = fy_parser_parse(r->parser);

	if (!event)
		r->failed = true;
	return event;
}

static struct node *read_node(struct reader *r, struct fy_event *event);

static void read_list(struct reader *r, struct node *list)
{
	struct node **tail = &list->first;
	struct fy_event *event;

	while ((event = next_event(r))) {
		if (event->type == FYET_SEQUENCE_END) {
			fy_parser_event_free(r->parser, event);
			return;
		}
		*tail = read_node(r, event);
		if (!*tail)
			return;
		/* What is empty has no place of its own. */
		if (!(*tail)->at.line)
			(*tail)->at = list->at;
		tail = &(*tail)->next;
	}
}

static void read_map(struct reader *r, struct node *map)
{
	struct node **tail = &map->first;
	struct strmap keys;
	struct fy_event *event;

	strmap_init(&keys);
	while ((event = next_event(r))) {
		struct node *key, *value;
		void **seen;

		if (event->type == FYET_MAPPING_END) {
			fy_parser_event_free(r->parser, event);
			break;
		}
		key = read_node(r, event);
		if (!key)
			break;
		event = next_event(r);
		if (!event)
			break;
		value = read_node(r, event);
		if (!value)
			break;
		if (key->kind != NODE_SCALAR) {
			problems_add(r->problems, PROBLEM_ERROR, key->at,
				"%s cannot be a name before a colon", node_kind_name(key->kind));
			continue;
		}
		seen = strmap_put(&keys, key->text);
		if (*seen) {
			struct node *before = *seen;

			problems_add(r->problems, PROBLEM_ERROR, key->at,
				"`%s` stands here a second time; the first is in line %u",
				key->text, before->at.line);
			continue;
		}
		*seen = key;
		value->key = key->text;
		value->key_at = key->at;
		if (!value->at.line)
			value->at = key->at;
		if (value->block && *value->text && value->at.col <= key->at.col)
			problems_add(r->problems, PROBLEM_ERROR, value->at,
				"the text of `%s` stands no further in than its name, so that it "
				"swallows what comes below; put some more blanks before each of "
				"its "
				"lines",
				key->text);
		*tail = value;
		tail = &value->next;
	}
	strmap_release(&keys);
}

static void give_up(struct reader *r, struct place at)
{
	problems_add(r->problems, PROBLEM_ERROR, at,
		"lists and mappings are nested more than %d deep", DEPTH_MAX);
	r->failed = r->told = true;
}

/* The & or ! before a value, which names it or says of what kind it is; NULL where there is none.
 */
static struct fy_token *mark_of(const struct fy_event *event)
{
	switch (event->type) {
	case FYET_SCALAR:
		return event->scalar.anchor ? event->scalar.anchor : event->scalar.tag;
	case FYET_SEQUENCE_START:
		return event->sequence_start.anchor ? event->sequence_start.anchor
						    : event->sequence_start.tag;
	case FYET_MAPPING_START:
		return event->mapping_start.anchor ? event->mapping_start.anchor
						   : event->mapping_start.tag;
	default:
		return NULL;
	}
}

/* A person means nothing by it but the character, and the word behind it would be lost. */
static void report_mark(struct reader *r, struct fy_token *mark)
{
	const struct fy_mark *start = fy_token_start_mark(mark);
	size_t pos = start->input_pos;
	struct place at = at_mark(r, start);

	/* libfyaml marks the name behind the & */
	if (pos > 0 && pos < r->len && r->text[pos] != '&' && r->text[pos] != '!') {
		pos--;
		at.col--;
	}
	problems_add(r->problems, PROBLEM_ERROR, at,
		"a value cannot begin with `%c` by itself; put it in quotes", r->text[pos]);
}

/* Consumes the event and, for a list or mapping, all up to its end. NULL once the file is bad. */
static struct node *read_node(struct reader *r, struct fy_event *event)
{
	struct node *node = pool_alloc(r->pool, 1, sizeof(*node));
	enum fy_event_type type = event->type;

	node->at = at_event(r, event);
	if (type == FYET_ALIAS)
		node->at.col--; /* libfyaml marks the name behind the * */
	node->text = "";
	if (type == FYET_SCALAR)
		read_scalar(r, event->scalar.value, node);
	if (mark_of(event))
		report_mark(r, mark_of(event));
	fy_parser_event_free(r->parser, event);
	if (++r->depth > DEPTH_MAX) {
		give_up(r, node->at);
	} else if (type == FYET_SCALAR) {
		node->kind = NODE_SCALAR;
	} else if (type == FYET_ALIAS) {
		node->kind = NODE_ALIAS;
	} else if (type == FYET_SEQUENCE_START) {
		node->kind = NODE_LIST;
		read_list(r, node);
	} else if (type == FYET_MAPPING_START) {
		node->kind = NODE_MAP;
		read_map(r, node);
	}
	r->depth--;
	return r->failed ? NULL : node;
}

enum { ECHO_BEFORE = 2, ECHO_BEHIND = 3 }; /* lines between a slip and where the parser sees it */

/* Whether the slip is what the parser stumbled over in that line; 0: it didn't say where. */
static bool explains(const struct slip *slip, unsigned line)
{
	return slip->open || !line ||
	       (slip->at.line + ECHO_BEFORE >= line && slip->at.line <= line + ECHO_BEHIND);
}

static void report_syntax(struct reader *r, struct fy_diag *diag)
{
	struct fy_diag_error *error;
	void *prev = NULL;
	struct slip slip;

	if (r->told)
		return;
	/* The first is the cause, the others are its echo. */
	error = fy_diag_errors_iterate(diag, &prev);
	if (slip_find(r->pool, r->path, r->text, r->len, &slip) &&
		explains(&slip, error && error->line > 0 ? (unsigned)error->line : 0))
		problems_add(r->problems, PROBLEM_ERROR, slip.at, "%s", slip.advice);
	else if (error && error->line > 0)
		problems_add(r->problems, PROBLEM_ERROR,
			(struct place){r->path, (unsigned)error->line, (unsigned)error->column},
			"this is not YAML: %s", error->msg);
	else
		problems_add(r->problems, PROBLEM_ERROR, (struct place){r->path, error ? 1 : 0, 1},
			"this is not YAML%s%s", error ? ": " : "", error ? error->msg : "");
}

/* Of the usual bytes, those in front: no letter of another alphabet, no end of line, no oddity. */
static size_t usual_bytes(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && (unsigned char)text[n] < 0x80 && (unsigned char)text[n] > '\n')
		n++;
	return n;
}

/* A tab in an indentation confuses YAML and its messages: say it first, and plainly. */
static bool check_text(struct reader *r)
{
	struct place at = {r->path, 1, 1};
	bool in_indent = true;
	size_t size;

	for (size_t i = 0; i < r->len; i += size) {
		uint32_t cp = (unsigned char)r->text[i];

		size = in_indent ? 0 : usual_bytes(r->text + i, r->len - i);
		at.col += (unsigned)size;
		if (size)
			continue;
		size = 1;
		if (cp >= 0x80)
			cp = utf8_next(r->text + i, r->len - i, &size);
		if (cp == UTF8_BAD && size == 1) {
			problems_add(r->problems, PROBLEM_ERROR, at,
				"byte 0x%02x is no UTF-8; save the file as UTF-8",
				(unsigned)(unsigned char)r->text[i]);
			return false;
		}
		if (cp == '\t' && in_indent) {
			problems_add(r->problems, PROBLEM_ERROR, at,
				"a tab; put blanks in its place, since tabs cannot begin a line");
			return false;
		}
		if (cp == 0) {
			problems_add(r->problems, PROBLEM_ERROR, at, "a NUL byte; this is no text");
			return false;
		}
		in_indent = cp == '\n' || (in_indent && cp == ' ');
		at.col++;
		if (cp == '\n') {
			at.line++;
			at.col = 1;
		}
	}
	return true;
}

static struct node *read_document(struct reader *r)
{
	struct node *root = NULL;
	struct fy_event *event;
	bool second = false;

	while (!r->failed && (event = fy_parser_parse(r->parser))) {
		enum fy_event_type type = event->type;

		if (type == FYET_STREAM_START || type == FYET_STREAM_END ||
			type == FYET_DOCUMENT_START || type == FYET_DOCUMENT_END) {
			if (type == FYET_DOCUMENT_START && root && !second) {
				second = true;
				problems_add(r->problems, PROBLEM_ERROR, at_event(r, event),
					"a second document (`---`); a file holds one");
			}
			fy_parser_event_free(r->parser, event);
			if (type == FYET_STREAM_END)
				break;
			continue;
		}
		if (second)
			read_node(r, event);
		else
			root = read_node(r, event);
	}
	if (fy_parser_get_stream_error(r->parser))
		r->failed = true;
	r->empty = !root && !r->failed;
	return r->failed || second ? NULL : root;
}

struct node *yaml_parse(struct pool *pool, const char *path, const char *text, size_t len,
	struct problems *problems)
{
	struct reader r = {
		.pool = pool, .problems = problems, .path = path, .text = text, .len = len};
	/* The doubled keys are ours to find: libfyaml compares each with each. */
	struct fy_parse_cfg cfg = {.search_path = "",
		.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS};
	struct fy_diag_cfg diag_cfg;
	struct fy_diag *diag;
	struct node *root = NULL;

	problems_source(problems, path, text, len);
	if (!check_text(&r))
		return NULL;
	fy_diag_cfg_default(&diag_cfg);
	diag_cfg.fp = NULL;
	diag = fy_diag_create(&diag_cfg);
	if (!diag)
		BUG("libfyaml has no memory for its messages");
	fy_diag_set_collect_errors(diag, true);
	cfg.diag = diag;
	r.parser = fy_parser_create(&cfg);
	if (!r.parser)
		BUG("libfyaml has no memory for a parser");
	if (!fy_parser_set_string(r.parser, text, len)) {
		root = read_document(&r);
		if (r.failed)
			report_syntax(&r, diag);
		else if (r.empty) {
			root = pool_alloc(pool, 1, sizeof(*root));
			*root = (struct node){.kind = NODE_MAP, .text = "", .at = {path, 1, 1}};
		}
	}
	fy_parser_destroy(r.parser);
	fy_diag_destroy(diag);
	return root;
}

struct node *yaml_read(struct pool *pool, const char *path, struct problems *problems)
{
	struct node *root = NULL;
	struct err err = {0};
	struct buf text;

	buf_init(&text, BUF_FILE);
	if (file_read(&text, path, &err) < 0)
		problems_add(problems, PROBLEM_ERROR, (struct place){path, 0, 0}, "%s",
			/* the path stands before the message already */
			strncmp(err.text, path, strlen(path)) ? err.text
							      : err.text + strlen(path) + 2);
	else
		root = yaml_parse(pool, path, text.data, text.len, problems);
	buf_release(&text);
	return root;
}

void yaml_each_key(const char *path, yaml_key *each, void *userdata)
{
	struct buf text;

	buf_init(&text, BUF_FILE);
	if (file_read(&text, path, NULL) == 0)
		for (char *line = text.data, *next; line; line = next) {
			size_t len;

			next = strchr(line, '\n');
			if (next)
				*next++ = '\0';
			line += strspn(line, " \t-");
			len = strcspn(line, ": ");
			if (len && line[len] == ':') {
				line[len] = '\0';
				each(userdata, line);
			}
		}
	buf_release(&text);
}

const char *node_line(struct node_lines *lines, size_t *len, struct place *at)
{
	const char *text = lines->scalar->text;

	while (text[lines->pos]) {
		size_t start = lines->pos, end = start, lead = 0;
		unsigned line = lines->line;

		while (text[end] && text[end] != '\n')
			end++;
		lines->pos = text[end] ? end + 1 : end;
		lines->line++;
		while (start < end && (text[start] == ' ' || text[start] == '\t'))
			start++, lead++;
		while (end > start &&
			(text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r'))
			end--;
		if (start == end)
			continue;
		*at = lines->scalar->at;
		if (lines->scalar->literal) {
			at->line += line;
			at->col += (unsigned)lead;
		}
		*len = end - start;
		return text + start;
	}
	return NULL;
}

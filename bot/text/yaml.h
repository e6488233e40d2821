/* yaml.h - a YAML file as a tree of nodes with positions.
 *
 * Layer: text. Read from libfyaml's events, never as its document (which takes
 * minutes on a mapping of 30,000 keys). Doubled keys, tabs used to indent and
 * bad UTF-8 are reported here, so that a loader sees none of them. A syntax
 * error ends the file: it is reported, and there is no tree.
 */
#ifndef BOT_YAML_H
#define BOT_YAML_H

#include "problems.h"

struct pool;

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP, NODE_ALIAS };

struct node {
	enum node_kind kind;
	bool block;           /* a scalar in block form, | or > */
	bool literal;         /* … and that is | : its lines are the file's lines */
	bool quoted;
	bool comment_follows; /* a plain scalar after which ` #` began a comment on the same line */
	struct place at;      /* of the value; for a block scalar, the line after its indicator; for one
			       * that is empty, of the key or list that it belongs to */
	const char *key;      /* in a mapping, else NULL */
	struct place key_at;
	const char *text;     /* of a scalar: NUL-ended, valid UTF-8; else "" */
	struct node *first;   /* of a list or mapping */
	struct node *next;    /* beside it, in the file's order */
};

/* Reads the file at path. NULL after reporting what is wrong with it. An empty file is an empty
 * mapping. Nodes and their text live in pool; path must outlive both pool and problems. */
struct node *yaml_read(struct pool *pool, const char *path, struct problems *problems);
/* The same from text in memory; path only names it. */
struct node *yaml_parse(struct pool *pool, const char *path, const char *text, size_t len,
	struct problems *problems);

/* What a file that is no YAML may have meant to define: hands over the name before the colon of every
 * line that has one, so that references to it need not be reported on top of the cause. */
typedef void yaml_key(void *userdata, const char *key);
void yaml_each_key(const char *path, yaml_key *each, void *userdata);

/* The lines of a scalar, one by one: begin with {.scalar = node}. */
struct node_lines {
	const struct node *scalar;
	size_t pos;
	unsigned line;
};

/* The next line that is not empty, trimmed, with its place; not NUL-ended. NULL at the end. */
const char *node_line(struct node_lines *lines, size_t *len, struct place *at);

/* "a single value", "a list" …: for messages. */
const char *node_kind_name(enum node_kind kind);

#endif

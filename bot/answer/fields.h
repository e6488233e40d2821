/* fields.h - what stands in a pack's file, taken out by type.
 *
 * Layer: answer. Each reader reports what is wrong and then gives an empty
 * value, so that a loader goes on and finds the other mistakes too.
 */
#ifndef BOT_FIELDS_H
#define BOT_FIELDS_H

#include "yaml.h"

/* A sentence or name, trimmed; "" after reporting. NULL node gives NULL. */
const char *fields_text(const struct node *node, struct pool *pool, struct problems *problems);
/* One text, or a list of them. */
struct texts {
	const char **items;
	struct place *at;
	size_t count;
};
struct texts fields_texts(const struct node *node, struct pool *pool, struct problems *problems);
/* The lines of a block, each a sentence. */
struct texts fields_lines(const struct node *node, struct pool *pool, struct problems *problems);
bool fields_bool(const struct node *node, struct problems *problems);

/* The value under the key, or NULL. */
const struct node *fields_get(const struct node *map, const char *key);
/* Reports keys that are not in allowed (NULL-ended). */
void fields_only(const struct node *map, const char *const *allowed, struct problems *problems);
/* What may stand in a file, by the folder that it is in. */
struct file_kind {
	const char *folder;
	const char *const *names; /* NULL-ended */
};
extern const struct file_kind fields_knowledge, fields_patterns;
/* As fields_only() for a whole file; what belongs into one of the other kind is told so. */
void fields_only_in_file(const struct node *root, const struct file_kind *kind,
	const struct file_kind *other, struct problems *problems);
/* True if node is of the kind; reports and gives false if not. */
bool fields_is(const struct node *node, enum node_kind kind, const char *what,
	struct problems *problems);

#endif

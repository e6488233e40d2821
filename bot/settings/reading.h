/* reading.h - from the nodes of a settings file to the fields of structs.
 *
 * Layer: settings, for this folder alone. A section of the file is a table of
 * fields; each field has a reader, which puts a value into a struct, or says
 * what is wrong with it and leaves the struct alone.
 */
#ifndef BOT_READING_H
#define BOT_READING_H

#include "yaml.h"

struct reading {
	struct pool *pool; /* for all that is read */
	struct problems *problems;
	const char *folder; /* absolute; relative paths in the file begin here */
};

typedef void field_reader(struct reading *r, const struct node *value, void *into);

struct field {
	const char *name;
	field_reader *read;
	size_t offset; /* in the section's struct, of what the reader writes */
	bool required;
	bool unlisted; /* understood only to say what to do instead */
};

struct section {
	const char *name; /* as messages call it */
	const struct field *fields;
	size_t count;
};

/* Reads each field of the mapping into its place behind `into`. Unknown and missing names, and a
 * value that is no mapping, are errors. */
void reading_section(
	struct reading *r, const struct section *section, const struct node *map, void *into);
/* Reads the items of a list, or a lone value as a list of one, into an array of items of `size`
 * bytes in the pool. An item with an error stays zeroed. Returns how many there are. */
size_t reading_list(
	struct reading *r, const struct node *value, field_reader *read, size_t size, void **items);

/* An error at a byte of the value's text. */
void reading_error(struct reading *r, const struct node *value, size_t byte, const char *fmt, ...)
	BOT_PRINTF(4, 5);
/* The text of a value that is one line; NULL after saying why it is none. */
const char *reading_text(struct reading *r, const struct node *value);
/* One of the words, as its number; -1 after saying that it is none of them. */
int reading_choice(
	struct reading *r, const struct node *value, const char *const *words, size_t count);
/* Within bounds, both included; false after saying what is wrong. The bounds of a duration are
 * given in words, for the message. */
bool reading_number(struct reading *r, const struct node *value, unsigned long least,
	unsigned long most, unsigned long *number);
bool reading_duration(struct reading *r, const struct node *value, const char *least,
	const char *most, int64_t *ms);

/* Readers; each writes a const char *. */
field_reader field_text;
field_reader field_path;              /* absolute; that there is such a file is not looked at */
field_reader field_account;           /* an address, perhaps with a resource, folded */
field_reader field_address;           /* bare, folded */
field_reader field_address_or_server; /* bare, folded */

#endif

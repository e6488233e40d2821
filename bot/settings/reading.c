#include "reading.h"

#include <stdarg.h>

#include "jidform.h"
#include "buf.h"
#include "closest.h"
#include "duration.h"
#include "pool.h"
#include "utf8.h"

void reading_error(struct reading *r, const struct node *value, size_t byte, const char *fmt, ...)
{
	struct place at = value->at;
	struct buf text;
	va_list args;

	if (value->kind == NODE_SCALAR && !value->block)
		at.col += (unsigned)utf8_count(value->text, byte);
	buf_init(&text, BUF_LINE);
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	problems_add(r->problems, PROBLEM_ERROR, at, "%s", text.data);
	buf_release(&text);
}

/* What to call a value in a message: its name, or "this" for an item of a list. */
static const char *name_of(struct reading *r, const struct node *value)
{
	return value->key ? pool_printf(r->pool, "`%s`", value->key) : "this";
}

const char *reading_text(struct reading *r, const struct node *value)
{
	const char *name = name_of(r, value);

	if (value->kind == NODE_ALIAS)
		reading_error(r, value, 0,
			"%s begins with `*`, which YAML takes for something "
			"else; put it in quotes",
			name);
	else if (value->kind != NODE_SCALAR)
		reading_error(r, value, 0, "%s is %s; one value was expected", name,
			node_kind_name(value->kind));
	else if (!*value->text && value->key)
		problems_add(r->problems, PROBLEM_ERROR, value->key_at,
			"%s has no value; give it one, or take the line out", name);
	else if (!*value->text)
		reading_error(r, value, 0, "an empty item; fill it in, or take the line out");
	else if (strchr(value->text, '\n'))
		reading_error(r, value, 0, "%s goes over several lines; one was expected", name);
	else
		return value->text;
	return NULL;
}

static const struct field *find_field(const struct section *section, const char *name)
{
	for (size_t i = 0; i < section->count; i++)
		if (!strcmp(section->fields[i].name, name))
			return &section->fields[i];
	return NULL;
}

/* "a", "b" and "c": adds the word that is number i of count. */
static void add_word(struct buf *out, size_t i, size_t count, const char *last, const char *word)
{
	buf_addf(out, "%s`%s`", i == 0 ? "" : i + 1 < count ? ", " : last, word);
}

static void unknown_field(
	struct reading *r, const struct section *section, const struct node *value)
{
	const char **names = pool_alloc(r->pool, section->count, sizeof(*names));
	const char *meant;
	struct buf known;
	size_t count = 0;

	for (size_t i = 0; i < section->count; i++)
		if (!section->fields[i].unlisted)
			names[count++] = section->fields[i].name;
	meant = closest_word(value->key, names, count);
	buf_init(&known, BUF_LINE);
	for (size_t i = 0; i < count; i++)
		add_word(&known, i, count, " and ", names[i]);
	problems_add(r->problems, PROBLEM_ERROR, value->key_at,
		"there is no setting `%.80s` in %s; %s%s%s%s", value->key, section->name,
		meant ? "did you mean `" : "there are ", meant ? meant : known.data,
		meant ? "`" : "", meant ? "?" : "");
	buf_release(&known);
}

void reading_section(
	struct reading *r, const struct section *section, const struct node *map, void *into)
{
	if (map->kind == NODE_SCALAR && !*map->text) {
		problems_add(r->problems, PROBLEM_ERROR, map->key ? map->key_at : map->at,
			"%s is empty; lines of `name: value` were expected below it, further in",
			section->name);
		return;
	}
	if (map->kind != NODE_MAP) {
		reading_error(r, map, 0, "%s is %s; lines of `name: value` were expected",
			section->name, node_kind_name(map->kind));
		return;
	}
	for (const struct node *value = map->first; value; value = value->next) {
		const struct field *field = find_field(section, value->key);

		if (field)
			field->read(r, value, (char *)into + field->offset);
		else
			unknown_field(r, section, value);
	}
	for (size_t i = 0; i < section->count; i++) {
		const struct field *field = &section->fields[i];
		const struct node *value = map->first;

		while (value && strcmp(value->key, field->name))
			value = value->next;
		if (field->required && !value)
			problems_add(r->problems, PROBLEM_ERROR, map->key ? map->key_at : map->at,
				"%s lacks `%s`", section->name, field->name);
	}
}

size_t reading_list(
	struct reading *r, const struct node *value, field_reader *read, size_t size, void **items)
{
	size_t count = 0;
	char *item;

	if (value->kind == NODE_SCALAR && !*value->text)
		return 0; /* `admins:` with all of its lines commented out */
	if (value->kind != NODE_LIST) {
		*items = pool_alloc(r->pool, 1, size);
		read(r, value, *items);
		return 1;
	}
	for (const struct node *n = value->first; n; n = n->next)
		count++;
	*items = item = pool_alloc(r->pool, count, size);
	for (const struct node *n = value->first; n; n = n->next, item += size)
		read(r, n, item);
	return count;
}

int reading_choice(
	struct reading *r, const struct node *value, const char *const *words, size_t count)
{
	const char *text = reading_text(r, value);
	struct buf known;

	if (!text)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(text, words[i]))
			return (int)i;
	buf_init(&known, BUF_LINE);
	for (size_t i = 0; i < count; i++)
		add_word(&known, i, count, " or ", words[i]);
	reading_error(r, value, 0, "%s is %s, not `%.80s`", name_of(r, value), known.data, text);
	buf_release(&known);
	return -1;
}

bool reading_number(struct reading *r, const struct node *value, unsigned long least,
	unsigned long most, unsigned long *number)
{
	const char *text = reading_text(r, value);
	size_t digits = text ? strspn(text, "0123456789") : 0;
	unsigned long n;

	if (!text)
		return false;
	if (!digits || text[digits]) {
		reading_error(r, value, digits, "%s is a whole number, not `%.40s`",
			name_of(r, value), text);
		return false;
	}
	n = strtoul(text, NULL, 10);
	if (digits > 9 || n < least || n > most) {
		reading_error(r, value, 0, "%s is a number from %lu to %lu", name_of(r, value),
			least, most);
		return false;
	}
	*number = n;
	return true;
}

static int64_t known_duration(const char *text)
{
	int64_t ms;

	if (duration_parse(text, &ms, NULL) < 0)
		BUG("a bound that is no duration");
	return ms;
}

bool reading_duration(struct reading *r, const struct node *value, const char *least,
	const char *most, int64_t *ms)
{
	const char *text = reading_text(r, value);
	struct err err;
	int64_t read;

	if (!text)
		return false;
	if (duration_parse(text, &read, &err) < 0) {
		reading_error(r, value, 0, "%s", err.text);
		return false;
	}
	if (read < known_duration(least) || read > known_duration(most)) {
		reading_error(r, value, 0, "%s is from %s to %s", name_of(r, value), least, most);
		return false;
	}
	*ms = read;
	return true;
}

void field_text(struct reading *r, const struct node *value, void *into)
{
	const char *text = reading_text(r, value);

	if (text)
		*(const char **)into = text;
}

void field_path(struct reading *r, const struct node *value, void *into)
{
	const char *text = reading_text(r, value);

	if (!text)
		return;
	if (*text == '~')
		reading_error(r, value, 0, "`~` is not understood here; write the folder out");
	else if (*text == '/')
		*(const char **)into = text;
	else
		*(const char **)into = pool_printf(r->pool, "%s/%s", r->folder, text);
}

static void read_shape(
	struct reading *r, const struct node *value, enum jidform shape, const char **into)
{
	const char *text = reading_text(r, value);
	struct err err;
	size_t where;
	char *folded;

	if (!text)
		return;
	if (jidform_check(text, shape, &where, &err) < 0) {
		reading_error(r, value, where, "%s", err.text);
		return;
	}
	folded = pool_strdup(r->pool, text);
	jidform_fold(folded);
	*into = folded;
}

void field_account(struct reading *r, const struct node *value, void *into)
{
	read_shape(r, value, JIDFORM_ACCOUNT, into);
}

void field_address(struct reading *r, const struct node *value, void *into)
{
	read_shape(r, value, JIDFORM_BARE, into);
}

void field_address_or_server(struct reading *r, const struct node *value, void *into)
{
	read_shape(r, value, JIDFORM_BARE_OR_SERVER, into);
}

#include "form_stanza.h"

#include "buf.h"
#include "ns.h"
#include "pool.h"

/* --- writing --- */

static const char *const types[] = {
	[FORM_WORDS] = "fixed",
	[FORM_LINE] = "text-single",
	[FORM_LINES] = "text-multi",
	[FORM_SECRET] = "text-private",
	[FORM_ADDRESS] = "jid-single",
	[FORM_YES_NO] = "boolean",
	[FORM_CHOICE] = "list-single",
};

static void write_line(xmpp_stanza_t *field, const char *line, size_t len)
{
	struct buf value;

	buf_init(&value, BUF_STANZA);
	buf_add(&value, line, len);
	stanza_add_text(field, "value", NULL, value.data);
	buf_release(&value);
}

static void write_lines(xmpp_stanza_t *field, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");

		write_line(field, text, len);
		if (!text[len])
			return;
		text += len + 1;
	}
}

static void write_options(xmpp_stanza_t *to, const struct form_field *field)
{
	for (size_t i = 0; i < field->option_count; i++) {
		xmpp_stanza_t *option = stanza_add(to, "option", NULL);

		stanza_set(option, "label", field->options[i].label);
		stanza_add_text(option, "value", NULL, field->options[i].value);
	}
}

static xmpp_stanza_t *add_field(xmpp_stanza_t *x, enum form_kind kind, const char *label)
{
	xmpp_stanza_t *field = stanza_add(x, "field", NULL);

	stanza_set(field, "type", types[kind]);
	stanza_set(field, "label", label);
	return field;
}

/* A field for each line: some clients show no more than one of each. */
static void write_words(xmpp_stanza_t *x, const struct form_field *field)
{
	const char *line = field->value ? field->value : "";

	for (;;) {
		size_t len = strcspn(line, "\n");

		write_line(add_field(x, FORM_WORDS, field->label), line, len);
		if (!line[len])
			return;
		line += len + 1;
	}
}

static void write_blank(
	xmpp_stanza_t *x, const struct form_field *field, const struct form_values *known)
{
	xmpp_stanza_t *to = add_field(x, field->kind, field->label);
	const char *value = form_value(known, field->name);

	stanza_set(to, "var", field->name);
	if (!value || field->kind == FORM_SECRET)
		value = field->value;
	if (value && field->kind == FORM_LINES)
		write_lines(to, value);
	else if (value)
		stanza_add_text(to, "value", NULL, value);
	write_options(to, field);
	if (field->required)
		stanza_add(to, "required", NULL);
}

/* Words are no description here, but what the whole is about. */
static void write_result(xmpp_stanza_t *x, const struct form_field *field)
{
	bool has_lines = field->kind == FORM_WORDS || field->kind == FORM_LINES;
	xmpp_stanza_t *to = add_field(x, has_lines ? FORM_LINES : field->kind, field->label);

	stanza_set(to, "var", field->name);
	if (field->value && has_lines)
		write_lines(to, field->value);
	else if (field->value)
		stanza_add_text(to, "value", NULL, field->value);
}

void form_stanza_write(xmpp_stanza_t *parent, const struct form *form, bool result,
	const struct form_values *known)
{
	xmpp_stanza_t *x = stanza_add(parent, "x", NS_DATA_FORM), *hidden;

	stanza_set(x, "type", result ? "result" : "form");
	if (form->title)
		stanza_add_text(x, "title", NULL, form->title);
	if (form->instructions)
		stanza_add_text(x, "instructions", NULL, form->instructions);
	if (form->type) {
		hidden = stanza_add(x, "field", NULL);
		stanza_set(hidden, "type", "hidden");
		stanza_set(hidden, "var", "FORM_TYPE");
		stanza_add_text(hidden, "value", NULL, form->type);
	}
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];

		if (result)
			write_result(x, field);
		else if (field->kind == FORM_WORDS)
			write_words(x, field);
		else
			write_blank(x, field, known);
	}
}

/* --- reading --- */

static const char *read_field(struct pool *pool, xmpp_stanza_t *field)
{
	struct buf text;
	const char *read;
	bool any = false;

	buf_init(&text, FORM_VALUE_MAX);
	for (xmpp_stanza_t *e = stanza_first(field); e; e = stanza_next(e)) {
		if (!stanza_is(e, "value", NS_DATA_FORM))
			continue;
		if (any)
			buf_add_char(&text, '\n');
		any = true;
		buf_add_str(&text, stanza_text(pool, e, FORM_VALUE_MAX));
	}
	read = any ? pool_strndup(pool, text.data, text.len) : NULL;
	buf_release(&text);
	return read;
}

bool form_stanza_read(struct form_values *values, struct pool *pool, xmpp_stanza_t *x)
{
	if (!stanza_has_type(x, "submit"))
		return false;
	for (xmpp_stanza_t *field = stanza_first(x); field; field = stanza_next(field)) {
		const char *name = xmpp_stanza_get_attribute(field, "var");

		if (!name || !stanza_is(field, "field", NS_DATA_FORM))
			continue;
		for (size_t i = 0; i < values->count; i++)
			if (!strcmp(values->list[i].name, name))
				values->list[i].value = read_field(pool, field);
	}
	return true;
}

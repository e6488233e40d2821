/* form.h - a form to be filled in, as everything above XMPP sees it: plain data.
 *
 * Layer: xmpp. All text is borrowed.
 */
#ifndef BOT_FORM_H
#define BOT_FORM_H

#include "base.h"

enum form_kind {
	FORM_WORDS,   /* to be read; the value holds them, a line each */
	FORM_LINE,    /* a line to be filled in */
	FORM_LINES,   /* likewise, several */
	FORM_SECRET,  /* likewise, not to be shown */
	FORM_ADDRESS, /* a JID */
	FORM_YES_NO,  /* "1" or "0" */
	FORM_CHOICE   /* one of options */
};

struct form_option {
	const char *label, *value;
};

struct form_field {
	enum form_kind kind;
	const char *name;
	const char *label; /* NULL: none */
	const char *value; /* what stands there to begin with; NULL: nothing */
	bool required;
	const struct form_option *options; /* of a FORM_CHOICE */
	size_t option_count;
};

struct form {
	const char *type;                 /* its FORM_TYPE (XEP-0068); may be NULL */
	const char *title, *instructions; /* may be NULL */
	struct form_field *fields;
	size_t field_count;
};

struct form_value {
	const char *name;
	const char *value; /* lines separated by '\n'; NULL: not filled in */
};

struct form_values {
	struct form_value *list;
	size_t count;
};

/* NULL: there is none, or it was left empty. values may be NULL. */
const char *form_value(const struct form_values *values, const char *name);

#endif

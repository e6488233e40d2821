/* form_stanza.h - a form as a stanza has it.
 *
 * Layer: xmpp. What the words in it mean is for others to know.
 * Source: XEP-0004, XEP-0068.
 */
#ifndef BOT_FORM_STANZA_H
#define BOT_FORM_STANZA_H

#include "form.h"
#include "stanza.h"

/* Adds the form as <x/>: to be filled in, or (result) to be read. Values that are known already
 * stand in place of those of the form, but for secrets. known may be NULL. */
void form_stanza_write(xmpp_stanza_t *parent, const struct form *form, bool result,
	const struct form_values *known);

/* A value that is longer is cut. */
enum { FORM_VALUE_MAX = 4096 };
/* Takes the values for the names that stand in `values` out of an <x/>, into the pool. false: it is
 * no form that was filled in. */
bool form_stanza_read(struct form_values *values, struct pool *pool, xmpp_stanza_t *x);

#endif

/* stanza.h - reading and building stanzas.
 *
 * Layer: xmpp, on libstrophe. What is read comes out capped and clean, as
 * chat.h promises; every name is looked up together with its namespace.
 */
#ifndef BOT_STANZA_H
#define BOT_STANZA_H

#include <strophe.h>

#include "base.h"

struct pool;

/* --- reading; elements are borrowed from their stanza --- */

bool stanza_is(xmpp_stanza_t *stanza, const char *name, const char *ns);
/* Whether the stanza's type attribute is this. */
bool stanza_has_type(xmpp_stanza_t *stanza, const char *type);
xmpp_stanza_t *stanza_child(xmpp_stanza_t *stanza, const char *name, const char *ns);
bool stanza_has(xmpp_stanza_t *stanza, const char *name, const char *ns);
/* The first child that is an element; NULL: none. */
xmpp_stanza_t *stanza_first(xmpp_stanza_t *stanza);
/* The next element beside this one; NULL: none. */
xmpp_stanza_t *stanza_next(xmpp_stanza_t *stanza);

/* An attribute, made clean; NULL where there is none, or an empty one, or one of absurd length. */
const char *stanza_attribute(struct pool *pool, xmpp_stanza_t *stanza, const char *name);
/* A decimal attribute; false: there is none, or it is no number. */
bool stanza_number(xmpp_stanza_t *stanza, const char *name, size_t *number);
/* The text right within the element as it came, valid UTF-8; "" where there is none. */
const char *stanza_raw_text(struct pool *pool, xmpp_stanza_t *stanza);
/* The same without control characters, of at most max bytes, for what is a line or a word. */
const char *stanza_text(struct pool *pool, xmpp_stanza_t *stanza, size_t max);
/* The defined condition in the stanza's <error/>; "undefined-condition" where there is none. */
const char *stanza_condition(struct pool *pool, xmpp_stanza_t *stanza);

/* --- building; out of memory does not return --- */

/* Owned by the caller, to be released with xmpp_stanza_release(), or given to wire_send(). */
xmpp_stanza_t *stanza_new(xmpp_ctx_t *ctx, const char *name, const char *ns);
/* A new element within parent, borrowed from it. ns NULL: the parent's. */
xmpp_stanza_t *stanza_add(xmpp_stanza_t *parent, const char *name, const char *ns);
/* The same with text in it; what XML cannot carry is left out. */
xmpp_stanza_t *stanza_add_text(
	xmpp_stanza_t *parent, const char *name, const char *ns, const char *text);
/* No-op where value is NULL. */
void stanza_set(xmpp_stanza_t *stanza, const char *name, const char *value);

/* An answer to an IQ: type result, same id, back to where it came from. Owned by the caller. */
xmpp_stanza_t *stanza_result(xmpp_stanza_t *iq);
xmpp_stanza_t *stanza_error(xmpp_stanza_t *iq, const char *type, const char *condition);

#endif

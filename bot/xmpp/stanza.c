#include "stanza.h"

#include "buf.h"
#include "jid.h"
#include "pool.h"
#include "utf8.h"

/* What a name, an id or an address may have at most. */
enum { ATTRIBUTE_MAX = JID_MAX };

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

bool stanza_is(xmpp_stanza_t *stanza, const char *name, const char *ns)
{
	return same(xmpp_stanza_get_name(stanza), name) && same(xmpp_stanza_get_ns(stanza), ns);
}

bool stanza_has_type(xmpp_stanza_t *stanza, const char *type)
{
	return same(xmpp_stanza_get_type(stanza), type);
}

static xmpp_stanza_t *element_from(xmpp_stanza_t *node)
{
	while (node && !xmpp_stanza_is_tag(node))
		node = xmpp_stanza_get_next(node);
	return node;
}

xmpp_stanza_t *stanza_first(xmpp_stanza_t *stanza)
{
	return element_from(xmpp_stanza_get_children(stanza));
}

xmpp_stanza_t *stanza_next(xmpp_stanza_t *stanza)
{
	return element_from(xmpp_stanza_get_next(stanza));
}

xmpp_stanza_t *stanza_child(xmpp_stanza_t *stanza, const char *name, const char *ns)
{
	for (xmpp_stanza_t *child = stanza_first(stanza); child; child = stanza_next(child))
		if (stanza_is(child, name, ns))
			return child;
	return NULL;
}

bool stanza_has(xmpp_stanza_t *stanza, const char *name, const char *ns)
{
	return stanza_child(stanza, name, ns);
}

const char *stanza_attribute(struct pool *pool, xmpp_stanza_t *stanza, const char *name)
{
	const char *value = xmpp_stanza_get_attribute(stanza, name);
	const char *clean;
	struct buf buf;
	size_t len;

	if (!value || !*value)
		return NULL;
	len = strlen(value);
	if (len > ATTRIBUTE_MAX)
		return NULL;
	buf_init(&buf, 3 * ATTRIBUTE_MAX);
	utf8_clean(&buf, value, len, true);
	clean = pool_strndup(pool, buf.data, buf.len);
	buf_release(&buf);
	return *clean ? clean : NULL;
}

bool stanza_number(xmpp_stanza_t *stanza, const char *name, size_t *number)
{
	const char *value = xmpp_stanza_get_attribute(stanza, name);
	size_t read = 0;

	/* Nine digits always fit. */
	if (!value || !*value || strlen(value) > 9)
		return false;
	for (; *value; value++) {
		if (*value < '0' || *value > '9')
			return false;
		read = 10 * read + (size_t)(*value - '0');
	}
	*number = read;
	return true;
}

const char *stanza_raw_text(struct pool *pool, xmpp_stanza_t *stanza)
{
	char *text = xmpp_stanza_get_text(stanza);
	const char *copy;
	size_t len;

	if (!text)
		return "";
	len = strlen(text);
	copy = pool_strndup(pool, text, utf8_floor(text, len, BUF_QUESTION));
	xmpp_free(xmpp_stanza_get_context(stanza), text);
	return copy;
}

const char *stanza_text(struct pool *pool, xmpp_stanza_t *stanza, size_t max)
{
	const char *raw = stanza_raw_text(pool, stanza);
	const char *text;
	struct buf buf;

	buf_init(&buf, max);
	utf8_clean(&buf, raw, strlen(raw), true);
	text = pool_strndup(pool, buf.data, buf.len);
	buf_release(&buf);
	return text;
}

const char *stanza_condition(struct pool *pool, xmpp_stanza_t *stanza)
{
	for (xmpp_stanza_t *child = stanza_first(stanza); child; child = stanza_next(child)) {
		if (!same(xmpp_stanza_get_name(child), "error"))
			continue;
		for (xmpp_stanza_t *e = stanza_first(child); e; e = stanza_next(e))
			if (same(xmpp_stanza_get_ns(e), XMPP_NS_STANZAS_IETF) &&
				!same(xmpp_stanza_get_name(e), "text"))
				return pool_strdup(pool, xmpp_stanza_get_name(e));
	}
	return "undefined-condition";
}

xmpp_stanza_t *stanza_new(xmpp_ctx_t *ctx, const char *name, const char *ns)
{
	xmpp_stanza_t *stanza = xmpp_stanza_new(ctx);

	xmpp_stanza_set_name(stanza, name);
	if (ns)
		xmpp_stanza_set_ns(stanza, ns);
	return stanza;
}

xmpp_stanza_t *stanza_add(xmpp_stanza_t *parent, const char *name, const char *ns)
{
	/* Written out only where it differs from the parent's. */
	xmpp_stanza_t *child = stanza_new(
		xmpp_stanza_get_context(parent), name, ns ? ns : xmpp_stanza_get_ns(parent));

	/* Handed over: the parent's reference is the only one. */
	xmpp_stanza_add_child_ex(parent, child, 0);
	return child;
}

xmpp_stanza_t *stanza_add_text(
	xmpp_stanza_t *parent, const char *name, const char *ns, const char *text)
{
	xmpp_stanza_t *child = stanza_add(parent, name, ns);
	xmpp_stanza_t *node = xmpp_stanza_new(xmpp_stanza_get_context(parent));
	struct buf clean;

	buf_init(&clean, BUF_STANZA);
	utf8_clean(&clean, text, strlen(text), true);
	xmpp_stanza_set_text(node, clean.data);
	buf_release(&clean);
	xmpp_stanza_add_child_ex(child, node, 0);
	return child;
}

void stanza_set(xmpp_stanza_t *stanza, const char *name, const char *value)
{
	if (value)
		xmpp_stanza_set_attribute(stanza, name, value);
}

static xmpp_stanza_t *answer_to(xmpp_stanza_t *iq, const char *type)
{
	xmpp_stanza_t *answer = stanza_new(xmpp_stanza_get_context(iq), "iq", NULL);

	stanza_set(answer, "type", type);
	stanza_set(answer, "id", xmpp_stanza_get_id(iq));
	stanza_set(answer, "to", xmpp_stanza_get_from(iq));
	return answer;
}

xmpp_stanza_t *stanza_result(xmpp_stanza_t *iq)
{
	return answer_to(iq, "result");
}

xmpp_stanza_t *stanza_error(xmpp_stanza_t *iq, const char *type, const char *condition)
{
	xmpp_stanza_t *answer = answer_to(iq, "error");
	xmpp_stanza_t *error = stanza_add(answer, "error", NULL);

	stanza_set(error, "type", type);
	stanza_add(error, condition, XMPP_NS_STANZAS_IETF);
	return answer;
}

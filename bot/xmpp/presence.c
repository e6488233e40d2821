#include "presence.h"

#include "jid.h"
#include "ns.h"
#include "pool.h"

/* A reason is shown in one line of the log. */
enum { REASON_MAX = 200 };

static enum presence_kind kind_of(const char *type)
{
	static const struct {
		const char *type;
		enum presence_kind kind;
	} kinds[] = {
		{"unavailable", PRESENCE_UNAVAILABLE},
		{"error", PRESENCE_ERROR},
		{"subscribe", PRESENCE_SUBSCRIBE},
		{"unsubscribe", PRESENCE_UNSUBSCRIBE},
	};

	if (!type)
		return PRESENCE_AVAILABLE;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (!strcmp(kinds[i].type, type))
			return kinds[i].kind;
	return PRESENCE_OTHER;
}

static unsigned code_of(size_t number)
{
	static const struct {
		size_t number;
		enum presence_code code;
	} codes[] = {
		{100, PRESENCE_REAL_JIDS},
		{110, PRESENCE_SELF},
		{170, PRESENCE_LOGGED},
		{201, PRESENCE_CREATED},
		{210, PRESENCE_NICK_GIVEN},
		{301, PRESENCE_BANNED},
		{303, PRESENCE_NICK_CHANGE},
		{307, PRESENCE_KICKED},
		{321, PRESENCE_DEMOTED},
		{322, PRESENCE_MEMBERS},
		{332, PRESENCE_SHUTDOWN},
		{333, PRESENCE_TECHNICAL},
	};

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (codes[i].number == number)
			return codes[i].code;
	return 0;
}

static const char *reason_in(struct pool *pool, xmpp_stanza_t *parent)
{
	xmpp_stanza_t *reason = stanza_child(parent, "reason", NS_MUC_USER);

	return reason ? stanza_text(pool, reason, REASON_MAX) : NULL;
}

static void read_item(struct presence *presence, struct pool *pool, xmpp_stanza_t *item)
{
	const char *jid = stanza_attribute(pool, item, "jid");
	const char *role = xmpp_stanza_get_attribute(item, "role");

	if (jid)
		presence->real_jid = jid_bare(pool, jid);
	presence->new_nick = stanza_attribute(pool, item, "nick");
	/* That of a destruction counts more. */
	if (!presence->reason)
		presence->reason = reason_in(pool, item);
	presence->mute = role && !strcmp(role, "visitor");
}

static void read_muc(struct presence *presence, struct pool *pool, xmpp_stanza_t *x)
{
	size_t number;

	for (xmpp_stanza_t *child = stanza_first(x); child; child = stanza_next(child)) {
		if (stanza_is(child, "status", NS_MUC_USER)) {
			if (stanza_number(child, "code", &number))
				presence->codes |= code_of(number);
		} else if (stanza_is(child, "item", NS_MUC_USER)) {
			read_item(presence, pool, child);
		} else if (stanza_is(child, "destroy", NS_MUC_USER)) {
			presence->destroyed = true;
			presence->moved_to = stanza_attribute(pool, child, "jid");
			presence->reason = reason_in(pool, child);
		}
	}
}

/* "xmpp:room@service?join", as RFC 6120 section 8.3.3.5 has it in the text of <gone/>. */
static const char *new_address(struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *error = stanza_child(stanza, "error", XMPP_NS_CLIENT);
	xmpp_stanza_t *gone = error ? stanza_child(error, "gone", XMPP_NS_STANZAS_IETF) : NULL;
	const char *uri = gone ? stanza_text(pool, gone, JID_MAX) : "";
	static const char scheme[] = "xmpp:";

	if (strncmp(uri, scheme, strlen(scheme)) != 0)
		return NULL;
	uri += strlen(scheme);
	return pool_strndup(pool, uri, strcspn(uri, "?"));
}

static void read_caps(struct presence *presence, struct pool *pool, xmpp_stanza_t *caps)
{
	const char *node = stanza_attribute(pool, caps, "node");
	const char *ver = stanza_attribute(pool, caps, "ver");
	const char *hash = stanza_attribute(pool, caps, "hash");

	/* Without a hash it is the form before version 1.4, which proves nothing. */
	if (!node || !ver || !hash)
		return;
	presence->caps_node = node;
	presence->caps_ver = ver;
	presence->caps_hash = hash;
}

bool presence_read(struct presence *presence, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *child;

	*presence = (struct presence){.from = stanza_attribute(pool, stanza, "from")};
	if (!presence->from)
		return false;
	presence->kind = kind_of(xmpp_stanza_get_type(stanza));
	presence->nick = jid_resource(presence->from);
	if (presence->kind == PRESENCE_ERROR) {
		presence->condition = stanza_condition(pool, stanza);
		presence->moved_to = new_address(pool, stanza);
	}
	if ((child = stanza_child(stanza, "x", NS_MUC_USER)))
		read_muc(presence, pool, child);
	if ((child = stanza_child(stanza, "occupant-id", NS_OCCUPANT_ID)))
		presence->occupant_id = stanza_attribute(pool, child, "id");
	if ((child = stanza_child(stanza, "c", NS_CAPS)))
		read_caps(presence, pool, child);
	return true;
}

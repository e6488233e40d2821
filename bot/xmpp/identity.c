#include "identity.h"

#include "caps.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"

#define NODE "urn:x-careerbot"
/* XEP-0157 has it for servers; there is none for bots, and clients know this one. */
#define FORM_CONTACT "http://jabber.org/network/serverinfo"

static const char *const features[] = {
	NS_CAPS,
	NS_CHAT_STATES,
	NS_COMMANDS,
	NS_CONFERENCE,
	NS_CORRECT,
	NS_DATA_FORM,
	NS_DISCO_INFO,
	NS_DISCO_ITEMS,
	NS_EME,
	NS_FALLBACK,
	NS_LAST,
	NS_MARKERS,
	NS_MUC,
	NS_PING,
	NS_REACTIONS,
	NS_RECEIPTS,
	NS_REFERENCE,
	NS_REPLY,
	NS_RETRACT,
	NS_SID,
	NS_TIME,
	NS_VERSION,
};

struct identity {
	xmpp_ctx_t *ctx;
	char *ver;
	char *node;        /* NODE "#" ver */
	struct pool *pool; /* of the contacts */
	const char **contacts;
	size_t contact_count;
	char *photo; /* NULL: none */
};

static void add_field(
	xmpp_stanza_t *form, const char *name, const char *const *values, size_t count)
{
	xmpp_stanza_t *field = stanza_add(form, "field", NULL);

	stanza_set(field, "var", name);
	for (size_t i = 0; i < count; i++)
		stanza_add_text(field, "value", NULL, values[i]);
	if (!strcmp(name, "FORM_TYPE"))
		stanza_set(field, "type", "hidden");
}

static void describe_contacts(const struct identity *identity, xmpp_stanza_t *query)
{
	static const char *const type[] = {FORM_CONTACT};
	xmpp_stanza_t *form;

	if (!identity->contact_count)
		return;
	form = stanza_add(query, "x", NS_DATA_FORM);
	stanza_set(form, "type", "result");
	add_field(form, "FORM_TYPE", type, 1);
	add_field(form, "abuse-addresses", identity->contacts, identity->contact_count);
}

void identity_describe(const struct identity *identity, xmpp_stanza_t *query)
{
	xmpp_stanza_t *self = stanza_add(query, "identity", NULL);

	stanza_set(self, "category", "client");
	stanza_set(self, "type", "bot");
	stanza_set(self, "name", IDENTITY_NAME);
	for (size_t i = 0; i < ARRAY_LEN(features); i++)
		stanza_set(stanza_add(query, "feature", NULL), "var", features[i]);
	describe_contacts(identity, query);
}

/* true: it was another. */
static bool replace(char **text, const char *with)
{
	bool same = *text && with ? !strcmp(*text, with) : *text == with;

	if (same)
		return false;
	mem_free(*text);
	*text = mem_strdup(with);
	return true;
}

static bool hash(struct identity *identity)
{
	struct pool *pool = pool_new(4096);
	xmpp_stanza_t *query = stanza_new(identity->ctx, "query", NS_DISCO_INFO);
	bool changed;

	identity_describe(identity, query);
	changed = replace(&identity->ver, caps_ver(pool, query));
	replace(&identity->node, pool_printf(pool, NODE "#%s", identity->ver));
	xmpp_stanza_release(query);
	pool_free(&pool);
	return changed;
}

struct identity *identity_new(xmpp_ctx_t *ctx)
{
	struct identity *identity = mem_alloc(1, sizeof(*identity));

	identity->ctx = ctx;
	hash(identity);
	return identity;
}

bool identity_set_contacts(struct identity *identity, const char *const *contacts, size_t count)
{
	struct pool *pool = pool_new(512);
	const char **copy = pool_alloc(pool, count, sizeof(*copy));

	for (size_t i = 0; i < count; i++)
		copy[i] = pool_strdup(pool, contacts[i]);
	pool_free(&identity->pool);
	identity->pool = pool;
	identity->contacts = copy;
	identity->contact_count = count;
	return hash(identity);
}

bool identity_set_photo(struct identity *identity, const char *sha1)
{
	return replace(&identity->photo, sha1);
}

void identity_free(struct identity **identity)
{
	if (!*identity)
		return;
	mem_free((*identity)->ver);
	mem_free((*identity)->node);
	mem_free((*identity)->photo);
	pool_free(&(*identity)->pool);
	mem_free(*identity);
	*identity = NULL;
}

bool identity_has_node(const struct identity *identity, const char *node)
{
	return !node || !strcmp(node, identity->node) || !strcmp(node, NODE);
}

void identity_add_to(const struct identity *identity, xmpp_stanza_t *presence)
{
	xmpp_stanza_t *caps = stanza_add(presence, "c", NS_CAPS);

	stanza_set(caps, "hash", "sha-1");
	stanza_set(caps, "node", NODE);
	stanza_set(caps, "ver", identity->ver);
	/* Without a picture there is nothing to say: others of our account may have one. */
	if (identity->photo)
		stanza_add_text(
			stanza_add(presence, "x", NS_VCARD_UPDATE), "photo", NULL, identity->photo);
}

#include "identity.h"

#include "caps.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"

#define NODE "urn:x-careerbot"

static const char *const features[] = {
	NS_CAPS,
	NS_CHAT_STATES,
	NS_COMMANDS,
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
	NS_TIME,
	NS_VERSION,
};

struct identity {
	char *ver;
	char *node; /* NODE "#" ver */
};

void identity_describe(xmpp_stanza_t *query)
{
	xmpp_stanza_t *self = stanza_add(query, "identity", NULL);

	stanza_set(self, "category", "client");
	stanza_set(self, "type", "bot");
	stanza_set(self, "name", IDENTITY_NAME);
	for (size_t i = 0; i < ARRAY_LEN(features); i++)
		stanza_set(stanza_add(query, "feature", NULL), "var", features[i]);
}

struct identity *identity_new(xmpp_ctx_t *ctx)
{
	struct identity *identity = mem_alloc(1, sizeof(*identity));
	struct pool *pool = pool_new(4096);
	xmpp_stanza_t *query = stanza_new(ctx, "query", NS_DISCO_INFO);

	identity_describe(query);
	identity->ver = mem_strdup(caps_ver(pool, query));
	identity->node = mem_strdup(pool_printf(pool, NODE "#%s", identity->ver));
	xmpp_stanza_release(query);
	pool_free(&pool);
	return identity;
}

void identity_free(struct identity **identity)
{
	if (!*identity)
		return;
	mem_free((*identity)->ver);
	mem_free((*identity)->node);
	mem_free(*identity);
	*identity = NULL;
}

bool identity_has_node(const struct identity *identity, const char *node)
{
	return !node || !strcmp(node, identity->node) || !strcmp(node, NODE);
}

void identity_add_caps(const struct identity *identity, xmpp_stanza_t *presence)
{
	xmpp_stanza_t *caps = stanza_add(presence, "c", NS_CAPS);

	stanza_set(caps, "hash", "sha-1");
	stanza_set(caps, "node", NODE);
	stanza_set(caps, "ver", identity->ver);
}

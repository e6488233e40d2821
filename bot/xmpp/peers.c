#include "peers.h"

#include "mem.h"
#include "ns.h"
#include "pool.h"
#include "recent.h"

enum {
	PEERS_MAX = 8192, /* several full rooms */
	KINDS_MAX = 1024,
	ASKED_AT_ONCE_MAX = 32,
	TRIES_MAX = 3, /* a kind is asked of so many, if the first ones keep silent */
	PATIENCE_MS = 20000
};

/* A client by its full address. */
struct peer {
	char *kind;           /* "node#ver", or NULL */
	struct traits traits; /* of its own; else those of its kind count */
	bool asked;
	bool states;
};

/* All clients with the same "node#ver". */
struct kind {
	struct traits traits;
	unsigned tries; /* of its clients asked, but for those that gave a wrong hash */
};

struct peers {
	struct queries *queries;
	struct recent *peers, *kinds;
	unsigned asking;
};

static void peer_release(void *value)
{
	struct peer *peer = value;

	mem_free(peer->kind);
}

struct peers *peers_new(struct queries *queries)
{
	struct peers *peers = mem_alloc(1, sizeof(*peers));

	peers->queries = queries;
	peers->peers = recent_new(PEERS_MAX, sizeof(struct peer), peer_release);
	peers->kinds = recent_new(KINDS_MAX, sizeof(struct kind), NULL);
	return peers;
}

void peers_free(struct peers **peers)
{
	if (!*peers)
		return;
	recent_free(&(*peers)->peers);
	recent_free(&(*peers)->kinds);
	mem_free(*peers);
	*peers = NULL;
}

void peers_forget(struct peers *peers)
{
	recent_clear(peers->peers);
}

/* --- asking --- */

static const char *ver_of(const char *kind)
{
	return strrchr(kind, '#') + 1;
}

static void peer_told(void *userdata, const char *full_jid, xmpp_stanza_t *answer)
{
	struct peers *peers = userdata;
	struct peer *peer = recent_get(peers->peers, full_jid);
	xmpp_stanza_t *query = caps_answered(answer);
	struct pool *pool = NULL;
	struct kind *kind;
	const char *ver;

	peers->asking--;
	if (!peer)
		return;
	if (!peer->kind) {
		if (query)
			peer->traits = caps_traits(query);
		return;
	}
	if (!query)
		return;
	kind = recent_put(peers->kinds, peer->kind);
	pool = pool_new(4096);
	ver = caps_ver(pool, query);
	if (ver && !strcmp(ver, ver_of(peer->kind))) {
		kind->traits = caps_traits(query);
	} else {
		peer->traits = caps_traits(query);
		if (kind->tries)
			kind->tries--;
	}
	pool_free(&pool);
}

static void ask(struct peers *peers, const char *full_jid, const char *kind)
{
	xmpp_stanza_t *query, *iq;

	iq = queries_ask(peers->queries, "get", full_jid, "query", NS_DISCO_INFO, &query);
	stanza_set(query, "node", kind);
	peers->asking++;
	queries_send(peers->queries, iq, PATIENCE_MS, full_jid, peer_told, peers);
}

/* Asks unless it is known, asked already, or too much is open. */
static void want(struct peers *peers, const char *full_jid)
{
	struct peer *peer = recent_put(peers->peers, full_jid);
	struct kind *kind = peer->kind ? recent_put(peers->kinds, peer->kind) : NULL;

	if (peer->asked || peer->traits.known || peers->asking >= ASKED_AT_ONCE_MAX)
		return;
	if (kind) {
		if (kind->traits.known || kind->tries >= TRIES_MAX)
			return;
		kind->tries++;
	}
	peer->asked = true;
	ask(peers, full_jid, peer->kind);
}

/* --- learning --- */

void peers_presence(struct peers *peers, const struct presence *presence)
{
	struct peer *peer;
	struct pool *pool;
	const char *kind;

	if (presence->kind == PRESENCE_UNAVAILABLE) {
		peer = recent_get(peers->peers, presence->from);
		if (peer) {
			mem_free(peer->kind);
			*peer = (struct peer){0};
		}
		return;
	}
	/* Only SHA-1 can be checked here, and only it is in use. */
	if (presence->kind != PRESENCE_AVAILABLE || !presence->caps_ver ||
		strcmp(presence->caps_hash, "sha-1"))
		return;
	pool = pool_new(512);
	kind = pool_printf(pool, "%s#%s", presence->caps_node, presence->caps_ver);
	peer = recent_put(peers->peers, presence->from);
	if (!peer->kind || strcmp(peer->kind, kind)) {
		mem_free(peer->kind);
		*peer = (struct peer){.kind = mem_strdup(kind), .states = peer->states};
	}
	want(peers, presence->from);
	pool_free(&pool);
}

struct traits peers_traits(struct peers *peers, const char *full_jid)
{
	struct peer *peer;
	struct kind *kind;

	want(peers, full_jid);
	peer = recent_put(peers->peers, full_jid);
	if (peer->traits.known || !peer->kind)
		return peer->traits;
	kind = recent_put(peers->kinds, peer->kind);
	return kind->traits;
}

void peers_use_states(struct peers *peers, const char *full_jid)
{
	struct peer *peer = recent_put(peers->peers, full_jid);

	peer->states = true;
}

bool peers_uses_states(struct peers *peers, const char *full_jid)
{
	const struct peer *peer = recent_get(peers->peers, full_jid);

	return peer && peer->states;
}

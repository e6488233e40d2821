#include "roster.h"

#include "jid.h"
#include "mem.h"
#include "pool.h"
#include "strmap.h"

enum { CONTACTS_MAX = 10000 }; /* servers hold about as many */

struct contact {
	bool sees_us;
	char jid[]; /* bare; the map's key */
};

struct roster {
	const struct wire *wire;
	struct queries *queries;
	struct strmap contacts;
	size_t seeing; /* contacts that see us */
};

struct roster *roster_new(const struct wire *wire, struct queries *queries)
{
	struct roster *roster = mem_alloc(1, sizeof(*roster));

	roster->wire = wire;
	roster->queries = queries;
	strmap_init(&roster->contacts);
	return roster;
}

static void forget(struct roster *roster)
{
	for (size_t i = 0; i < roster->contacts.size; i++)
		mem_free(roster->contacts.slots[i].value);
	strmap_release(&roster->contacts);
	strmap_init(&roster->contacts);
	roster->seeing = 0;
}

void roster_free(struct roster **roster)
{
	if (!*roster)
		return;
	forget(*roster);
	mem_free(*roster);
	*roster = NULL;
}

static struct contact *contact_put(struct roster *roster, const char *bare)
{
	struct contact *contact = strmap_get(&roster->contacts, bare);
	size_t len = strlen(bare);

	/* Those who have gone stay as entries: the number of all who ever came on one stream is
	 * bounded too. */
	if (contact || roster->contacts.count >= 2 * CONTACTS_MAX)
		return contact;
	contact = mem_alloc(1, sizeof(*contact) + len + 1);
	memcpy(contact->jid, bare, len);
	*strmap_put(&roster->contacts, contact->jid) = contact;
	return contact;
}

static void set_sees_us(struct roster *roster, const char *bare, bool sees_us)
{
	struct contact *contact = contact_put(roster, bare);

	if (!contact || contact->sees_us == sees_us)
		return;
	contact->sees_us = sees_us;
	roster->seeing += sees_us ? 1 : (size_t)-1;
}

void roster_push(struct roster *roster, xmpp_stanza_t *query)
{
	struct pool *pool = pool_new(512);

	for (xmpp_stanza_t *item = stanza_first(query); item; item = stanza_next(item)) {
		const char *jid = stanza_attribute(pool, item, "jid");
		const char *subscription = xmpp_stanza_get_attribute(item, "subscription");

		if (!jid || !stanza_is(item, "item", XMPP_NS_ROSTER))
			continue;
		set_sees_us(roster, jid_bare(pool, jid),
			subscription &&
				(!strcmp(subscription, "from") || !strcmp(subscription, "both")));
	}
	pool_free(&pool);
}

static void fetched(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct roster *roster = userdata;
	xmpp_stanza_t *query = NULL;

	(void)subject;
	if (answer && stanza_has_type(answer, "result"))
		query = stanza_child(answer, "query", XMPP_NS_ROSTER);
	if (query)
		roster_push(roster, query);
}

void roster_fetch(struct roster *roster)
{
	xmpp_stanza_t *query;
	xmpp_stanza_t *iq =
		queries_ask(roster->queries, "get", NULL, "query", XMPP_NS_ROSTER, &query);

	forget(roster);
	queries_send(roster->queries, iq, QUERIES_PATIENCE_MS, NULL, fetched, roster);
}

static void send_presence(struct roster *roster, const char *to, const char *type)
{
	xmpp_stanza_t *presence = stanza_new(roster->wire->ctx, "presence", NULL);

	stanza_set(presence, "to", to);
	stanza_set(presence, "type", type);
	wire_send(roster->wire, presence);
}

static void removed(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	/* An entry that stays does no harm. */
	(void)userdata, (void)subject, (void)answer;
}

static void take_off(struct roster *roster, const char *bare)
{
	xmpp_stanza_t *query, *item;
	xmpp_stanza_t *iq =
		queries_ask(roster->queries, "set", NULL, "query", XMPP_NS_ROSTER, &query);

	item = stanza_add(query, "item", NULL);
	stanza_set(item, "jid", bare);
	stanza_set(item, "subscription", "remove");
	queries_send(roster->queries, iq, QUERIES_PATIENCE_MS, NULL, removed, roster);
}

void roster_presence(struct roster *roster, const struct presence *presence)
{
	struct pool *pool = pool_new(512);
	const char *bare = jid_bare(pool, presence->from);

	if (presence->kind == PRESENCE_SUBSCRIBE) {
		if (roster->seeing < CONTACTS_MAX)
			send_presence(roster, bare, "subscribed");
		else
			wire_report(roster->wire, LOG_WARN,
				"%s may not see our presence: %d others do already", bare,
				CONTACTS_MAX);
	} else if (presence->kind == PRESENCE_UNSUBSCRIBE) {
		send_presence(roster, bare, "unsubscribed");
		take_off(roster, bare);
	}
	pool_free(&pool);
}

bool roster_sees_us(struct roster *roster, const char *jid)
{
	struct pool *pool = pool_new(512);
	const struct contact *contact = strmap_get(&roster->contacts, jid_bare(pool, jid));

	pool_free(&pool);
	return contact && contact->sees_us;
}

#include "blocking.h"

#include "caps.h"
#include "jid.h"
#include "ns.h"
#include "pool.h"

static void features_told(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct blocking *blocking = userdata;
	xmpp_stanza_t *query = caps_answered(answer);

	(void)subject;
	blocking->offered = query && caps_has_feature(query, NS_BLOCKING);
	blocking->takes_reports = blocking->offered && caps_has_feature(query, NS_REPORTING);
}

void blocking_online(struct blocking *blocking, const char *own_jid)
{
	struct pool *pool = pool_new(256);
	xmpp_stanza_t *query, *iq;
	struct jid own;

	if (jid_read(&own, own_jid)) {
		iq = queries_ask(blocking->queries, "get",
			pool_strndup(pool, own.domain, own.domain_len), "query", NS_DISCO_INFO,
			&query);
		queries_send(
			blocking->queries, iq, QUERIES_PATIENCE_MS, NULL, features_told, blocking);
	}
	pool_free(&pool);
}

void blocking_offline(struct blocking *blocking)
{
	blocking->offered = blocking->takes_reports = false;
}

static void done(void *userdata, const char *jid, xmpp_stanza_t *answer)
{
	const struct blocking *blocking = userdata;
	struct pool *pool = pool_new(256);

	if (!answer)
		wire_report(blocking->wire, LOG_WARN,
			"the server does not tell whether it blocks %s now", jid);
	else if (stanza_has_type(answer, "error"))
		wire_report(blocking->wire, LOG_WARN,
			"the server does not change whether it blocks %s: %s", jid,
			stanza_condition(pool, answer));
	pool_free(&pool);
}

static void ask(struct blocking *blocking, const char *what, const char *jid, bool reports)
{
	xmpp_stanza_t *list, *item;
	xmpp_stanza_t *iq = queries_ask(blocking->queries, "set", NULL, what, NS_BLOCKING, &list);

	item = stanza_add(list, "item", NULL);
	stanza_set(item, "jid", jid);
	if (reports)
		stanza_set(stanza_add(item, "report", NS_REPORTING), "reason",
			"urn:xmpp:reporting:abuse");
	queries_send(blocking->queries, iq, QUERIES_PATIENCE_MS, jid, done, blocking);
}

bool blocking_set(struct blocking *blocking, const char *jid, bool blocked)
{
	if (blocking->offered)
		ask(blocking, blocked ? "block" : "unblock", jid, false);
	return blocking->offered;
}

bool blocking_report(struct blocking *blocking, const char *jid)
{
	if (blocking->takes_reports)
		ask(blocking, "block", jid, true);
	return blocking->takes_reports;
}

#include "mam_prefs.h"

#include "ns.h"

static void changed(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	const struct mam_prefs *prefs = userdata;

	/* Whether it was done or not: up to now it was not kept. */
	(void)subject, (void)answer;
	prefs->told(prefs->userdata, false);
}

static void change(struct mam_prefs *prefs)
{
	xmpp_stanza_t *wanted;
	xmpp_stanza_t *iq =
		queries_ask(prefs->queries, "set", prefs->own_jid, "prefs", NS_MAM, &wanted);

	stanza_set(wanted, "default", "always");
	stanza_add(wanted, "always", NULL);
	stanza_add(wanted, "never", NULL);
	queries_send(prefs->queries, iq, QUERIES_PATIENCE_MS, NULL, changed, prefs);
}

static bool keeps_all(xmpp_stanza_t *found)
{
	const char *usual = xmpp_stanza_get_attribute(found, "default");
	xmpp_stanza_t *never = stanza_child(found, "never", NS_MAM);

	return usual && !strcmp(usual, "always") && (!never || !stanza_first(never));
}

static void came(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct mam_prefs *prefs = userdata;
	xmpp_stanza_t *found = answer ? stanza_child(answer, "prefs", NS_MAM) : NULL;

	(void)subject;
	if (found && !keeps_all(found))
		change(prefs);
	else
		prefs->told(prefs->userdata, true);
}

void mam_prefs_settle(struct mam_prefs *prefs)
{
	xmpp_stanza_t *query;
	xmpp_stanza_t *iq =
		queries_ask(prefs->queries, "get", prefs->own_jid, "prefs", NS_MAM, &query);

	queries_send(prefs->queries, iq, QUERIES_PATIENCE_MS, NULL, came, prefs);
}

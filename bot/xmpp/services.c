#include "services.h"

#include "jid.h"
#include "ns.h"
#include "stamp.h"

typedef xmpp_stanza_t *serve(struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query);

static xmpp_stanza_t *serve_info(struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	const char *node = xmpp_stanza_get_attribute(query, "node");
	xmpp_stanza_t *answer = commands_info(services->commands, iq, node), *info;

	if (answer)
		return answer;
	if (!identity_has_node(services->identity, node))
		return stanza_error(iq, "cancel", "item-not-found");
	answer = stanza_result(iq);
	info = stanza_add(answer, "query", NS_DISCO_INFO);
	stanza_set(info, "node", node);
	identity_describe(services->identity, info);
	return answer;
}

static xmpp_stanza_t *serve_items(
	struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	const char *node = xmpp_stanza_get_attribute(query, "node");
	xmpp_stanza_t *answer = commands_items(services->commands, iq, node);

	if (answer)
		return answer;
	if (!identity_has_node(services->identity, node))
		return stanza_error(iq, "cancel", "item-not-found");
	answer = stanza_result(iq);
	stanza_set(stanza_add(answer, "query", NS_DISCO_ITEMS), "node", node);
	return answer;
}

static xmpp_stanza_t *serve_ping(struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	(void)services, (void)query;
	return stanza_result(iq);
}

static xmpp_stanza_t *serve_version(
	struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	xmpp_stanza_t *answer = stanza_result(iq);
	xmpp_stanza_t *version = stanza_add(answer, "query", NS_VERSION);

	(void)query;
	stanza_add_text(version, "name", NULL, IDENTITY_NAME);
	stanza_add_text(version, "version", NULL, services->version);
	return answer;
}

static xmpp_stanza_t *serve_time(struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	char utc[STAMP_SIZE];
	xmpp_stanza_t *answer, *time;

	(void)query;
	if (!stamp_write(utc, clock_wall_ms(services->clock)))
		return stanza_error(iq, "wait", "internal-server-error");
	answer = stanza_result(iq);
	time = stanza_add(answer, "time", NS_TIME);
	/* A bot lives nowhere. */
	stanza_add_text(time, "tzo", NULL, "+00:00");
	stanza_add_text(time, "utc", NULL, utc);
	return answer;
}

static xmpp_stanza_t *serve_last(struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	int64_t idle = (clock_mono_ms(services->clock) - services->active_ms) / 1000;
	xmpp_stanza_t *answer = stanza_result(iq);
	char seconds[24];

	(void)query;
	snprintf(seconds, sizeof(seconds), "%lld", (long long)idle);
	stanza_set(stanza_add(answer, "query", NS_LAST), "seconds", seconds);
	return answer;
}

static xmpp_stanza_t *serve_roster_push(
	struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *query)
{
	const char *from = xmpp_stanza_get_from(iq);

	/* From anybody else it is a forgery (RFC 6121 section 2.1.6). */
	if (from && strcmp(from, services->own_jid))
		return stanza_error(iq, "cancel", "service-unavailable");
	roster_push(services->roster, query);
	return stanza_result(iq);
}

static xmpp_stanza_t *serve_command(
	struct services *services, xmpp_stanza_t *iq, xmpp_stanza_t *command)
{
	services->active_ms = clock_mono_ms(services->clock);
	return commands_serve(services->commands, iq, command);
}

static const struct service {
	const char *type, *name, *ns;
	serve *serve;
} table[] = {
	{"get", "ping", NS_PING, serve_ping},
	{"get", "query", NS_DISCO_INFO, serve_info},
	{"get", "query", NS_DISCO_ITEMS, serve_items},
	{"get", "query", NS_LAST, serve_last},
	{"get", "query", NS_VERSION, serve_version},
	{"get", "time", NS_TIME, serve_time},
	{"set", "command", NS_COMMANDS, serve_command},
	{"set", "query", XMPP_NS_ROSTER, serve_roster_push},
};

xmpp_stanza_t *services_answer(struct services *services, xmpp_stanza_t *iq)
{
	bool asks = stanza_has_type(iq, "get") || stanza_has_type(iq, "set");
	xmpp_stanza_t *query = stanza_first(iq);

	if (!asks || !xmpp_stanza_get_id(iq))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(table) && query; i++)
		if (stanza_has_type(iq, table[i].type) &&
			stanza_is(query, table[i].name, table[i].ns))
			return table[i].serve(services, iq, query);
	return stanza_error(iq, "cancel", "service-unavailable");
}

#include "commands.h"

#include "dialogs.h"
#include "form_stanza.h"
#include "jid.h"
#include "mem.h"
#include "message.h"
#include "ns.h"
#include "pool.h"
#include "rooms.h"

enum { POOL_BLOCK = 4 * 1024 };

struct commands {
	const struct adhoc_provider *provider;
	const struct rooms *rooms;
	const char *own_jid;
	const struct chance *chance;
	struct dialogs *dialogs;
};

struct commands *commands_new(const struct adhoc_provider *provider, const struct rooms *rooms,
	const char *own_jid, const struct clock *clock, const struct chance *chance)
{
	struct commands *commands = mem_alloc(1, sizeof(*commands));

	*commands = (struct commands){.provider = provider,
		.rooms = rooms,
		.own_jid = own_jid,
		.chance = chance,
		.dialogs = dialogs_new(clock, chance)};
	return commands;
}

void commands_free(struct commands **commands)
{
	if (!*commands)
		return;
	dialogs_free(&(*commands)->dialogs);
	mem_free(*commands);
	*commands = NULL;
}

void commands_forget(struct commands *commands)
{
	dialogs_clear(commands->dialogs);
}

void commands_tick(struct commands *commands)
{
	dialogs_tick(commands->dialogs);
}

/* --- answers --- */

/* An error, with what XEP-0050 section 4.4 has to say besides (NULL: nothing). */
static xmpp_stanza_t *refuse(
	xmpp_stanza_t *iq, const char *type, const char *condition, const char *detail)
{
	xmpp_stanza_t *answer = stanza_error(iq, type, condition);

	if (detail)
		stanza_add(stanza_first(answer), detail, NS_COMMANDS);
	return answer;
}

static xmpp_stanza_t *answer_with(xmpp_stanza_t *iq, const char *node, const char *id,
	const char *status, xmpp_stanza_t **command)
{
	xmpp_stanza_t *answer = stanza_result(iq);

	*command = stanza_add(answer, "command", NS_COMMANDS);
	stanza_set(*command, "node", node);
	stanza_set(*command, "sessionid", id);
	stanza_set(*command, "status", status);
	return answer;
}

static void add_actions(xmpp_stanza_t *command, const struct dialog *dialog)
{
	xmpp_stanza_t *actions = stanza_add(command, "actions", NULL);

	stanza_set(actions, "execute", dialog->has_next ? "next" : "complete");
	if (dialog->stage > 0)
		stanza_add(actions, "prev", NULL);
	if (dialog->has_next)
		stanza_add(actions, "next", NULL);
	if (dialog->can_complete)
		stanza_add(actions, "complete", NULL);
}

static void add_note(xmpp_stanza_t *command, const struct adhoc_answer *answer)
{
	static const char *const types[] = {
		[ADHOC_INFO] = "info", [ADHOC_WARN] = "warn", [ADHOC_ERROR] = "error"};

	if (answer->note != ADHOC_NO_NOTE)
		stanza_set(stanza_add_text(command, "note", NULL, answer->words), "type",
			types[answer->note]);
}

/* --- one step --- */

static xmpp_stanza_t *tell_done(struct commands *commands, xmpp_stanza_t *iq, struct dialog *dialog,
	const struct adhoc_call *call, const struct adhoc_answer *answer)
{
	char id[33];
	xmpp_stanza_t *done, *command;

	if (dialog)
		memcpy(id, dialog->id, sizeof(id));
	else
		chance_id(commands->chance, id);
	dialogs_end(commands->dialogs, dialog);
	done = answer_with(iq, call->node, id, "completed", &command);
	add_note(command, answer);
	if (answer->form.field_count)
		form_stanza_write(command, &answer->form, true, NULL);
	return done;
}

static xmpp_stanza_t *ask_on(struct commands *commands, xmpp_stanza_t *iq, struct dialog *dialog,
	const struct adhoc_call *call, const struct adhoc_answer *answer)
{
	xmpp_stanza_t *asking, *command;

	if (!dialog)
		dialog = dialogs_begin(commands->dialogs, call);
	dialogs_keep(commands->dialogs, dialog, &call->values, answer);
	asking = answer_with(iq, dialog->node, dialog->id, "executing", &command);
	add_actions(command, dialog);
	add_note(command, answer);
	form_stanza_write(command, &answer->form, false, &dialog->values);
	return asking;
}

/* dialog NULL: it begins here. */
static xmpp_stanza_t *run(struct commands *commands, xmpp_stanza_t *iq, struct dialog *dialog,
	const struct adhoc_call *call, struct pool *pool)
{
	const struct adhoc_provider *provider = commands->provider;
	struct adhoc_answer answer = {.stage = call->stage};

	provider->run(provider->userdata, call, pool, &answer);
	switch (answer.outcome) {
	case ADHOC_DONE:
		return tell_done(commands, iq, dialog, call, &answer);
	case ADHOC_ASKS:
		return ask_on(commands, iq, dialog, call, &answer);
	case ADHOC_INCOMPLETE:
		break;
	}
	return refuse(iq, "modify", "bad-request", "bad-payload");
}

/* The values of the dialog, with those of the form that came along. false: that is no form. */
static bool take_values(struct form_values *values, const struct dialog *dialog, struct pool *pool,
	xmpp_stanza_t *command)
{
	xmpp_stanza_t *x = stanza_child(command, "x", NS_DATA_FORM);

	values->count = dialog->values.count;
	values->list = pool_alloc(pool, values->count, sizeof(*values->list));
	if (values->count)
		memcpy(values->list, dialog->values.list, values->count * sizeof(*values->list));
	return !x || form_stanza_read(values, pool, x);
}

static xmpp_stanza_t *cancel(struct commands *commands, xmpp_stanza_t *iq, struct dialog *dialog)
{
	xmpp_stanza_t *command;
	xmpp_stanza_t *answer = answer_with(iq, dialog->node, dialog->id, "canceled", &command);

	dialogs_end(commands->dialogs, dialog);
	return answer;
}

static xmpp_stanza_t *go_on(struct commands *commands, xmpp_stanza_t *iq, xmpp_stanza_t *command,
	struct dialog *dialog, struct adhoc_call *call, const char *action, struct pool *pool)
{
	if (!strcmp(action, "cancel"))
		return cancel(commands, iq, dialog);
	if (!strcmp(action, "execute"))
		action = dialog->has_next ? "next" : "complete";
	if (!take_values(&call->values, dialog, pool, command))
		return refuse(iq, "modify", "bad-request", "bad-payload");
	if (!strcmp(action, "prev") && dialog->stage > 0) {
		call->stage = dialog->stage - 1;
	} else if (!strcmp(action, "next") && dialog->has_next) {
		call->stage = dialog->stage + 1;
	} else if (!strcmp(action, "complete") && dialog->can_complete) {
		call->stage = dialog->stage + 1;
		call->completes = true;
	} else {
		return refuse(iq, "modify", "bad-request", "bad-action");
	}
	return run(commands, iq, dialog, call, pool);
}

static bool is_action(const char *action)
{
	static const char *const actions[] = {"cancel", "complete", "execute", "next", "prev"};

	for (size_t i = 0; i < ARRAY_LEN(actions); i++)
		if (!strcmp(actions[i], action))
			return true;
	return false;
}

/* Ids that we gave have a form of their own: such a one has been there, and is over. */
static bool has_our_form(const char *id)
{
	return strlen(id) == 32 && strspn(id, "0123456789abcdef") == 32;
}

static xmpp_stanza_t *serve(struct commands *commands, xmpp_stanza_t *iq, xmpp_stanza_t *command,
	struct adhoc_call *call, struct pool *pool)
{
	const char *action = xmpp_stanza_get_attribute(command, "action");
	const char *id = xmpp_stanza_get_attribute(command, "sessionid");
	struct dialog *dialog = id ? dialogs_find(commands->dialogs, id) : NULL;

	if (!action)
		action = "execute";
	if (!is_action(action))
		return refuse(iq, "modify", "bad-request", "malformed-action");
	if (!id && strcmp(action, "execute"))
		return refuse(iq, "modify", "bad-request", "bad-sessionid");
	if (!id)
		return run(commands, iq, NULL, call, pool);
	if (!dialog && has_our_form(id))
		return refuse(iq, "cancel", "not-allowed", "session-expired");
	if (!dialog || strcmp(dialog->from, call->who->from) || strcmp(dialog->node, call->node))
		return refuse(iq, "modify", "bad-request", "bad-sessionid");
	return go_on(commands, iq, command, dialog, call, action, pool);
}

/* --- who --- */

static bool read_who(const struct commands *commands, struct chat_message *who, struct pool *pool,
	xmpp_stanza_t *iq)
{
	const char *from = stanza_attribute(pool, iq, "from");
	const struct message_view view = {
		.own_jid = commands->own_jid,
		.room = from ? rooms_find(commands->rooms, from) : NULL,
	};

	return message_sender(who, &view, pool, from);
}

static enum adhoc_access access_to(
	const struct commands *commands, const struct chat_message *who, const char *node)
{
	const struct adhoc_provider *provider = commands->provider;

	return provider->access && node ? provider->access(provider->userdata, who, node)
					: ADHOC_UNKNOWN;
}

xmpp_stanza_t *commands_serve(struct commands *commands, xmpp_stanza_t *iq, xmpp_stanza_t *command)
{
	struct pool *pool = pool_new(POOL_BLOCK);
	struct chat_message who;
	struct adhoc_call call = {.who = &who, .node = stanza_attribute(pool, command, "node")};
	enum adhoc_access access = ADHOC_FORBIDDEN;
	xmpp_stanza_t *answer = NULL;

	dialogs_tick(commands->dialogs);
	if (read_who(commands, &who, pool, iq))
		access = access_to(commands, &who, call.node);
	switch (access) {
	case ADHOC_UNKNOWN:
		answer = stanza_error(iq, "cancel", "item-not-found");
		break;
	case ADHOC_FORBIDDEN:
		answer = stanza_error(iq, "auth", "forbidden");
		break;
	case ADHOC_ALLOWED:
		answer = serve(commands, iq, command, &call, pool);
		break;
	}
	pool_free(&pool);
	return answer;
}

/* --- disco --- */

static size_t list(const struct commands *commands, xmpp_stanza_t *iq, struct pool *pool,
	const struct adhoc_command **items)
{
	const struct adhoc_provider *provider = commands->provider;
	struct chat_message who;

	if (!provider->list || !read_who(commands, &who, pool, iq))
		return 0;
	return provider->list(provider->userdata, &who, pool, items);
}

/* As whom we were asked: to those in a room our address is nobody's business. */
static const char *our_jid(const struct commands *commands, xmpp_stanza_t *iq, struct pool *pool)
{
	const char *from = xmpp_stanza_get_from(iq);
	const struct room *room = from ? rooms_find(commands->rooms, from) : NULL;

	if (room)
		return jid_with_resource(pool, room_jid(room), room_nick(room));
	return xmpp_stanza_get_to(iq);
}

static bool is_list(const char *node)
{
	return node && !strcmp(node, NS_COMMANDS);
}

xmpp_stanza_t *commands_items(const struct commands *commands, xmpp_stanza_t *iq, const char *node)
{
	const struct adhoc_command *items;
	xmpp_stanza_t *answer, *query, *item;
	struct pool *pool;
	size_t count;

	if (!is_list(node))
		return NULL;
	pool = pool_new(POOL_BLOCK);
	count = list(commands, iq, pool, &items);
	answer = stanza_result(iq);
	query = stanza_add(answer, "query", NS_DISCO_ITEMS);
	stanza_set(query, "node", node);
	for (size_t i = 0; i < count; i++) {
		item = stanza_add(query, "item", NULL);
		stanza_set(item, "jid", our_jid(commands, iq, pool));
		stanza_set(item, "node", items[i].node);
		stanza_set(item, "name", items[i].name);
	}
	pool_free(&pool);
	return answer;
}

static xmpp_stanza_t *describe(
	xmpp_stanza_t *iq, const char *node, const char *type, const char *name)
{
	static const char *const features[] = {NS_COMMANDS, NS_DATA_FORM, NS_DISCO_INFO};
	xmpp_stanza_t *answer = stanza_result(iq);
	xmpp_stanza_t *query = stanza_add(answer, "query", NS_DISCO_INFO);
	xmpp_stanza_t *self = stanza_add(query, "identity", NULL);

	stanza_set(query, "node", node);
	stanza_set(self, "category", "automation");
	stanza_set(self, "type", type);
	stanza_set(self, "name", name);
	for (size_t i = 0; i < ARRAY_LEN(features); i++)
		stanza_set(stanza_add(query, "feature", NULL), "var", features[i]);
	return answer;
}

xmpp_stanza_t *commands_info(const struct commands *commands, xmpp_stanza_t *iq, const char *node)
{
	const struct adhoc_command *items;
	xmpp_stanza_t *answer = NULL;
	struct pool *pool;
	size_t count;

	if (is_list(node))
		return describe(iq, node, "command-list", NULL);
	pool = pool_new(POOL_BLOCK);
	count = node ? list(commands, iq, pool, &items) : 0;
	for (size_t i = 0; i < count && !answer; i++)
		if (!strcmp(items[i].node, node))
			answer = describe(iq, node, "command-node", items[i].name);
	pool_free(&pool);
	return answer;
}

#include "inbox.h"

#include "jid.h"
#include "log.h"
#include "message.h"
#include "pool.h"
#include "reply.h"

/* --- messages --- */

/* What clients expect besides an answer: receipt and marker, where they tell nobody more than he
 * knows. */
static void be_courteous(struct inbox *inbox, const struct message *message)
{
	const struct chat_message *chat = &message->chat;
	bool knows_us = chat->place == CHAT_PRIVATE ||
			(chat->place == CHAT_DIRECT && roster_sees_us(inbox->roster, chat->from));

	if (chat->place == CHAT_ROOM)
		return;
	if (message->uses_states)
		peers_use_states(inbox->peers, chat->from);
	if (!knows_us || !message->id || chat->archived)
		return;
	if (message->wants_receipt)
		wire_send(inbox->wire, reply_receipt(inbox->wire->ctx, chat, message->id));
	if (message->wants_marker)
		wire_send(inbox->wire, reply_displayed(inbox->wire->ctx, chat, message->id));
}

static void take_chat(struct inbox *inbox, struct message *message)
{
	const struct session_events *events = inbox->events;
	struct chat_message *chat = &message->chat;

	if (chat->kind != CHAT_MODERATES) {
		struct traits traits = peers_traits(inbox->peers, message->from);

		chat->replies_known = traits.replies;
		chat->from_bot = traits.bot;
	}
	if (chat->from_bot && chat->place != CHAT_ROOM) {
		log_debug("passed over a message from %s: it is a bot", message->from);
		return;
	}
	if (!chat->from_bot) {
		be_courteous(inbox, message);
		inbox->services->active_ms = clock_mono_ms(inbox->services->clock);
	}
	events->message(events->userdata, chat);
}

static void take_error(struct inbox *inbox, struct room *room, const struct message *message)
{
	const struct session_events *events = inbox->events;

	bool from_room = room && jid_is_bare(message->from);

	if (from_room)
		room_refused_message(room, message->condition);
	/* All in the room have seen the ids of what we said there; only it may return it. */
	if (message->id && (from_room || !room || !room_is_ours(room, message->id)))
		events->undelivered(events->userdata, message->id, message->condition);
}

static void take_echo(struct inbox *inbox, struct room *room, const struct message *message)
{
	const struct session_events *events = inbox->events;

	if (room_reflected(room, message->id, message->stanza_id))
		events->confirmed(events->userdata, message->id, message->stanza_id);
}

static void take_message(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	const char *from = xmpp_stanza_get_from(stanza);
	struct room *room = from ? rooms_find(inbox->rooms, from) : NULL;
	struct message_view view = {
		.own_jid = inbox->own_jid,
		.own_folded = inbox->own_folded,
		.room = room,
		.account_ids = inbox->account_ids,
	};
	struct message message;

	message_read(&message, &view, inbox->pool, stanza);
	if (room && message.kind != MESSAGE_ERROR)
		room_heard(room);
	switch (message.kind) {
	case MESSAGE_NOTHING:
		log_debug("passed over a message from %s: %s", from ? from : "nobody",
			message.ignored);
		break;
	case MESSAGE_CHAT:
		take_chat(inbox, &message);
		break;
	case MESSAGE_ECHO:
		take_echo(inbox, room, &message);
		break;
	case MESSAGE_ERROR:
		take_error(inbox, room, &message);
		break;
	case MESSAGE_INVITATION:
		invitations_take(inbox->invitations, &message.invitation);
		break;
	case MESSAGE_SUBJECT:
		room_subject(room);
		break;
	case MESSAGE_RECONFIGURED:
		rooms_reconfigured(inbox->rooms, room);
		break;
	}
}

/* --- presence and iq --- */

static void take_presence(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	struct presence presence;
	const struct room *room;

	if (!presence_read(&presence, inbox->pool, stanza) ||
		jid_same_bare(presence.from, inbox->own_jid))
		return;
	if (!(presence.codes & PRESENCE_SELF))
		peers_presence(inbox->peers, &presence);
	if (!rooms_presence(inbox->rooms, &presence)) {
		roster_presence(inbox->roster, &presence);
		return;
	}
	room = rooms_find(inbox->rooms, presence.from);
	if (presence.moved_to && room_state(room) == ROOM_OUT)
		invitations_moved(inbox->invitations, room_jid(room), presence.moved_to);
}

static void take_iq(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *answer;

	if (stanza_has_type(stanza, "result") || stanza_has_type(stanza, "error")) {
		(void)queries_answer(inbox->queries, stanza);
		return;
	}
	answer = services_answer(inbox->services, stanza);
	if (answer)
		wire_send(inbox->wire, answer);
}

void inbox_stanza(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	static const struct {
		const char *name;
		void (*take)(struct inbox *inbox, xmpp_stanza_t *stanza);
	} takers[] = {{"message", take_message}, {"presence", take_presence}, {"iq", take_iq}};
	const char *name = xmpp_stanza_get_name(stanza);

	for (size_t i = 0; i < ARRAY_LEN(takers) && name; i++)
		if (!strcmp(name, takers[i].name))
			takers[i].take(inbox, stanza);
	pool_clear(inbox->pool);
}

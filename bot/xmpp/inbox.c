#include "inbox.h"

#include "jid.h"
#include "log.h"
#include "mam.h"
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

static struct message_view view_from(const struct inbox *inbox, xmpp_stanza_t *message)
{
	const char *from = xmpp_stanza_get_from(message);

	return (struct message_view){
		.own_jid = inbox->own_jid,
		.own_folded = inbox->own_folded,
		.room = from ? rooms_find(inbox->rooms, from) : NULL,
		.account_ids = inbox->account_ids,
	};
}

static void pass_over(const struct message *message)
{
	log_debug("passed over a message from %s: %s", message->from ? message->from : "nobody",
		message->ignored);
}

static void take_message(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	struct message_view view = view_from(inbox, stanza);
	struct room *room = view.room;
	struct message message;

	if (archives_take(inbox->archives, stanza))
		return;
	message_read(&message, &view, inbox->pool, stanza);
	if (room && message.kind != MESSAGE_ERROR)
		room_heard(room);
	switch (message.kind) {
	case MESSAGE_NOTHING:
		pass_over(&message);
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

/* --- out of an archive --- */

static void recall(struct inbox *inbox, struct room *room, const struct message *message)
{
	const struct session_events *events = inbox->events;

	if (!message->id)
		return;
	if (room)
		room_recalled(room, message->id, message->stanza_id);
	events->confirmed(events->userdata, message->id, message->stanza_id);
}

/* Thrown out of the room while its archive was being read: it will be read anew. */
static bool is_out_of(const struct inbox *inbox, const char *room)
{
	const struct room *found = room ? rooms_find(inbox->rooms, room) : NULL;

	return room && (!found || room_state(found) != ROOM_LIVE);
}

void inbox_found(void *userdata, const char *room, const struct mam_result *result)
{
	struct inbox *inbox = userdata;
	struct message_view view = view_from(inbox, result->message);
	struct message message;

	if (is_out_of(inbox, room))
		return;
	view.archive = room ? room : inbox->own_jid;
	view.archive_id = result->archive_id;
	view.sent_ms = result->sent_ms;
	message_read(&message, &view, inbox->pool, result->message);
	if (message.kind == MESSAGE_CHAT)
		take_chat(inbox, &message);
	else if (message.kind == MESSAGE_ECHO)
		recall(inbox, view.room, &message);
	else if (message.kind == MESSAGE_NOTHING)
		pass_over(&message);
}

void inbox_caught_up(void *userdata, const char *room, enum chat_archive how)
{
	const struct inbox *inbox = userdata;
	const struct session_events *events = inbox->events;

	if (!is_out_of(inbox, room))
		events->caught_up(events->userdata, room, how);
}

/* --- presence and iq --- */

static void take_presence(struct inbox *inbox, xmpp_stanza_t *stanza)
{
	const struct session_events *events = inbox->events;
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
	if (presence.kind == PRESENCE_AVAILABLE && room_state(room) >= ROOM_ENTERED &&
		room_is_self(room, &presence) && !room_is_mute(room))
		events->has_voice(events->userdata, room_jid(room));
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

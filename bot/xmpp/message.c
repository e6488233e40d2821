#include "message.h"

#include "address.h"
#include "body.h"
#include "buf.h"
#include "fold.h"
#include "jid.h"
#include "ns.h"
#include "pool.h"
#include "room.h"
#include "spoken.h"
#include "stamp.h"

static void ignore(struct message *message, const char *why)
{
	message->kind = MESSAGE_NOTHING;
	message->ignored = why;
}

static bool is_archive_or_carbon(xmpp_stanza_t *stanza)
{
	return stanza_has(stanza, "result", NS_MAM) || stanza_has(stanza, "sent", NS_CARBONS) ||
	       stanza_has(stanza, "received", NS_CARBONS);
}

/* The stanza-id that `by` gave: the only one that it lets nobody else set. */
static const char *stanza_id_by(struct pool *pool, xmpp_stanza_t *stanza, const char *by)
{
	for (xmpp_stanza_t *e = stanza_first(stanza); e; e = stanza_next(e)) {
		const char *giver = xmpp_stanza_get_attribute(e, "by");

		if (stanza_is(e, "stanza-id", NS_SID) && giver && !strcmp(giver, by))
			return stanza_attribute(pool, e, "id");
	}
	return NULL;
}

/* 0: it bears no delay. */
static int64_t delay_of(xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *delay = stanza_child(stanza, "delay", NS_DELAY);
	const char *stamp = delay ? xmpp_stanza_get_attribute(delay, "stamp") : NULL;
	int64_t ms;

	return stamp && stamp_read(stamp, &ms) ? ms : 0;
}

static bool uses_states(xmpp_stanza_t *stanza)
{
	for (xmpp_stanza_t *e = stanza_first(stanza); e; e = stanza_next(e)) {
		const char *ns = xmpp_stanza_get_ns(e);

		if (ns && !strcmp(ns, NS_CHAT_STATES))
			return true;
	}
	return false;
}

/* --- who --- */

struct speaker {
	const char *real_jid, *occupant_id; /* NULL: the room does not say */
	const char *known_as;               /* NULL: by the nick */
};

/* stanza NULL: there is none that could tell more than the room did. */
static const char *occupant_id_in(struct pool *pool, const struct room *room, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *tag = stanza ? stanza_child(stanza, "occupant-id", NS_OCCUPANT_ID) : NULL;

	return tag && room_has(room, ROOM_OCCUPANT_IDS) ? stanza_attribute(pool, tag, "id") : NULL;
}

/* Whoever sits in the seat now said it. */
static struct speaker speaker_now(
	struct pool *pool, const struct room *room, const char *nick, xmpp_stanza_t *stanza)
{
	const struct occupant *occupant = occupants_find(room_occupants(room), nick);
	struct speaker speaker = {.occupant_id = occupant_id_in(pool, room, stanza)};

	if (occupant && occupant->real_jid)
		speaker.real_jid = pool_strdup(pool, occupant->real_jid);
	if (occupant)
		speaker.known_as = pool_strdup(pool, occupant->known_as);
	if (!speaker.occupant_id && occupant && room_has(room, ROOM_OCCUPANT_IDS))
		speaker.occupant_id = occupant->occupant_id;
	return speaker;
}

/* The real address that an archive adds where everybody may know it (XEP-0313 section 6.1.2).
 * A second one has been smuggled in by whoever said it. */
static const char *archived_real_jid(
	struct pool *pool, const struct room *room, xmpp_stanza_t *stanza)
{
	const char *found = NULL;

	if (!room_has(room, ROOM_OPEN_JIDS))
		return NULL;
	for (xmpp_stanza_t *x = stanza_first(stanza); x; x = stanza_next(x)) {
		xmpp_stanza_t *item = stanza_child(x, "item", NS_MUC_USER);

		if (!item || !stanza_is(x, "x", NS_MUC_USER))
			continue;
		if (found)
			return NULL;
		found = stanza_attribute(pool, item, "jid");
	}
	return found ? jid_bare(pool, found) : NULL;
}

/* By now another may sit in the seat. */
static struct speaker speaker_then(
	struct pool *pool, const struct room *room, xmpp_stanza_t *stanza)
{
	return (struct speaker){.real_jid = archived_real_jid(pool, room, stanza),
		.occupant_id = occupant_id_in(pool, room, stanza)};
}

static void name_occupant(struct chat_message *chat, struct pool *pool, struct speaker speaker)
{
	chat->real_jid = speaker.real_jid;
	if (speaker.real_jid)
		chat->asker = speaker.real_jid;
	else if (speaker.occupant_id)
		chat->asker = pool_printf(pool, "%s#%s", chat->room, speaker.occupant_id);
	else if (speaker.known_as)
		chat->asker = pool_printf(pool, "%s/%s", chat->room, speaker.known_as);
	else
		chat->asker = chat->from;
}

/* We, under the nick of now or of then. */
static bool is_our_seat(const struct message_view *view, const char *nick, struct speaker speaker)
{
	const struct occupant *us =
		occupants_find(room_occupants(view->room), room_nick(view->room));

	if (!strcmp(nick, room_nick(view->room)))
		return true;
	if (!view->archive)
		return false;
	return (speaker.real_jid && !strcmp(speaker.real_jid, view->own_jid)) ||
	       (us && us->occupant_id && speaker.occupant_id &&
		       !strcmp(us->occupant_id, speaker.occupant_id));
}

static void name_person(struct chat_message *chat, struct pool *pool)
{
	chat->place = CHAT_DIRECT;
	chat->asker = chat->real_jid = jid_bare(pool, chat->from);
}

bool message_sender(struct chat_message *who, const struct message_view *view, struct pool *pool,
	const char *from)
{
	struct jid jid;

	*who = (struct chat_message){.from = from};
	if (!from || !jid_read(&jid, from) || !jid.local_len)
		return false;
	if (!view->room) {
		name_person(who, pool);
		return !jid_same_bare(from, view->own_jid);
	}
	if (jid_is_bare(from) || room_state(view->room) < ROOM_ENTERED)
		return false;
	who->place = CHAT_PRIVATE;
	who->room = room_jid(view->room);
	who->nick = jid_resource(from);
	name_occupant(who, pool, speaker_now(pool, view->room, who->nick, NULL));
	return strcmp(who->nick, room_nick(view->room)) != 0;
}

/* --- what --- */

static void read_chat(struct message *message, const struct message_view *view, struct pool *pool,
	xmpp_stanza_t *stanza)
{
	struct chat_message *chat = &message->chat;
	xmpp_stanza_t *thread = stanza_child(stanza, "thread", XMPP_NS_CLIENT);

	chat->from = message->from;
	chat->id = message->id;
	chat->sent_ms = view->archive ? view->sent_ms : delay_of(stanza);
	chat->archived = view->archive;
	if (thread)
		chat->thread = stanza_text(pool, thread, JID_PART_MAX);
	if (!spoken_read(chat, pool, stanza)) {
		ignore(message, "nothing is said in it");
		return;
	}
	spoken_address(chat, view->room, view->own_jid, view->own_folded, pool, stanza);
	message->kind = MESSAGE_CHAT;
}

static void read_direct(struct message *message, const struct message_view *view, struct pool *pool,
	xmpp_stanza_t *stanza)
{
	struct chat_message *chat = &message->chat;
	struct jid from;

	if (!jid_read(&from, message->from) || !from.local_len) {
		ignore(message, "from a server or service, not from a person");
		return;
	}
	if (jid_same_bare(message->from, view->own_jid)) {
		ignore(message, "from our own account");
		return;
	}
	chat->from = message->from;
	name_person(chat, pool);
	chat->addressed = true;
	if (view->archive)
		chat->stanza_id = view->archive_id;
	else if (view->account_ids)
		chat->stanza_id = stanza_id_by(pool, stanza, view->own_jid);
	read_chat(message, view, pool, stanza);
}

static void read_from_occupant(struct message *message, const struct message_view *view,
	enum chat_place place, struct pool *pool, xmpp_stanza_t *stanza)
{
	const struct room *room = view->room;
	struct chat_message *chat = &message->chat;
	const char *nick = jid_resource(message->from);
	struct speaker speaker = view->archive ? speaker_then(pool, room, stanza)
					       : speaker_now(pool, room, nick, stanza);

	chat->place = place;
	chat->room = room_jid(room);
	chat->nick = nick;
	chat->own_nick = room_nick(room);
	if (view->archive)
		chat->stanza_id = view->archive_id;
	else if (room_has(room, ROOM_STANZA_IDS))
		chat->stanza_id = stanza_id_by(pool, stanza, room_jid(room));
	if (is_our_seat(view, nick, speaker)) {
		message->kind = MESSAGE_ECHO;
		message->stanza_id = chat->stanza_id;
		return;
	}
	chat->from = message->from;
	name_occupant(chat, pool, speaker);
	chat->addressed = place == CHAT_PRIVATE;
	read_chat(message, view, pool, stanza);
}

/* That the configuration has changed, that the room is logged or no longer, and that it shows real
 * addresses or no longer. */
static bool tells_of_changes(xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *x = stanza_child(stanza, "x", NS_MUC_USER);
	size_t code;

	for (xmpp_stanza_t *e = x ? stanza_first(x) : NULL; e; e = stanza_next(e))
		if (stanza_is(e, "status", NS_MUC_USER) && stanza_number(e, "code", &code) &&
			(code == 104 || (code >= 170 && code <= 173)))
			return true;
	return false;
}

/* The room speaks for itself only when a moderator took a message down. */
static void read_from_room(struct message *message, const struct message_view *view,
	struct pool *pool, xmpp_stanza_t *stanza)
{
	struct chat_message *chat = &message->chat;

	if (!spoken_read_moderation(chat, pool, stanza)) {
		ignore(message, "from the room itself");
		return;
	}
	chat->place = CHAT_ROOM;
	chat->from = message->from;
	chat->room = jid_bare(pool, message->from);
	chat->sent_ms = view->archive ? view->sent_ms : delay_of(stanza);
	chat->archived = view->archive;
	message->kind = MESSAGE_CHAT;
}

static void read_room(struct message *message, const struct message_view *view, struct pool *pool,
	xmpp_stanza_t *stanza)
{
	bool has_body = stanza_has(stanza, "body", XMPP_NS_CLIENT);

	if (!view->room || room_state(view->room) < ROOM_ENTERED)
		ignore(message, "from a room that we are not in");
	else if (stanza_has(stanza, "subject", XMPP_NS_CLIENT) && !has_body)
		message->kind = MESSAGE_SUBJECT;
	else if (jid_is_bare(message->from) && tells_of_changes(stanza))
		message->kind = MESSAGE_RECONFIGURED;
	else if (jid_is_bare(message->from))
		read_from_room(message, view, pool, stanza);
	else if (room_state(view->room) != ROOM_LIVE && delay_of(stanza))
		ignore(message, "history of the room");
	else
		read_from_occupant(message, view, CHAT_ROOM, pool, stanza);
}

static void read_invitation(struct message *message, const struct message_view *view,
	struct pool *pool, xmpp_stanza_t *stanza)
{
	bool is_whisper = view->room && !jid_is_bare(message->from);

	/* One of long ago may have been taken back by a kick since. */
	if (view->archive || is_whisper || !invitation_read(&message->invitation, pool, stanza))
		ignore(message, "an invitation that cannot be followed");
	else
		message->kind = MESSAGE_INVITATION;
}

static void read_one_to_one(struct message *message, const struct message_view *view,
	struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *x = stanza_child(stanza, "x", NS_MUC_USER);

	if ((x && stanza_has(x, "invite", NS_MUC_USER)) || stanza_has(stanza, "x", NS_CONFERENCE))
		read_invitation(message, view, pool, stanza);
	else if (view->room && jid_is_bare(message->from))
		ignore(message, "from the room itself");
	else if (view->room && room_state(view->room) >= ROOM_ENTERED)
		read_from_occupant(message, view, CHAT_PRIVATE, pool, stanza);
	else if (view->room || x)
		ignore(message, "from an occupant of a room that we are not in");
	else
		read_direct(message, view, pool, stanza);
}

/* Its archive says by being the room's, or our own, what may be in it. */
static void read_archived(struct message *message, const struct message_view *view,
	struct pool *pool, xmpp_stanza_t *stanza, const char *type)
{
	bool is_own = !strcmp(view->archive, view->own_jid);
	bool is_groupchat = !strcmp(type, "groupchat");

	if (!view->archive_id) {
		ignore(message, "out of an archive that does not name it");
	} else if (!is_own && is_groupchat && jid_same_bare(message->from, view->archive)) {
		read_room(message, view, pool, stanza);
	} else if (!is_own || is_groupchat) {
		ignore(message, "out of an archive that it cannot be in");
	} else if (jid_same_bare(message->from, view->own_jid)) {
		message->kind = MESSAGE_ECHO;
		message->stanza_id = view->archive_id;
	} else if (view->room) {
		/* By now the nick may be another's. */
		ignore(message, "what an occupant of a room said to us alone, a while ago");
	} else {
		read_one_to_one(message, view, pool, stanza);
	}
}

void message_read(struct message *message, const struct message_view *view, struct pool *pool,
	xmpp_stanza_t *stanza)
{
	const char *type = xmpp_stanza_get_type(stanza);

	*message = (struct message){
		.from = stanza_attribute(pool, stanza, "from"),
		.id = stanza_attribute(pool, stanza, "id"),
		.uses_states = uses_states(stanza),
		.wants_receipt = stanza_has(stanza, "request", NS_RECEIPTS),
		.wants_marker = stanza_has(stanza, "markable", NS_MARKERS),
	};
	if (!type)
		type = "normal";
	if (!message->from) {
		ignore(message, "from nobody");
	} else if (!strcmp(type, "error")) {
		/* Before all else: a server may return our own words in it. */
		message->kind = MESSAGE_ERROR;
		message->condition = stanza_condition(pool, stanza);
	} else if (is_archive_or_carbon(stanza)) {
		ignore(message, "a copy that nobody asked for");
	} else if (strcmp(type, "groupchat") != 0 && strcmp(type, "chat") != 0 &&
		   strcmp(type, "normal") != 0) {
		ignore(message, "a headline, or of a type that does not exist");
	} else if (view->archive) {
		read_archived(message, view, pool, stanza, type);
	} else if (!strcmp(type, "groupchat")) {
		read_room(message, view, pool, stanza);
	} else {
		read_one_to_one(message, view, pool, stanza);
	}
}

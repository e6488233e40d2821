#include "spoken.h"

#include "address.h"
#include "body.h"
#include "buf.h"
#include "jid.h"
#include "ns.h"
#include "pool.h"
#include "room.h"

/* More ranges and mentions in one message than this are no person's. */
enum { RANGES_MAX = 32 };

struct ranges {
	struct body_range list[RANGES_MAX];
	size_t count;
};

static void ranges_add(
	struct ranges *ranges, xmpp_stanza_t *tag, const char *start, const char *end)
{
	struct body_range range = {0, SIZE_MAX};

	if (ranges->count == RANGES_MAX)
		return;
	(void)stanza_number(tag, start, &range.start);
	(void)stanza_number(tag, end, &range.end);
	ranges->list[ranges->count++] = range;
}

/* --- the body --- */

/* Of bodies in several languages the English one, else the one in no language, else the first. */
static xmpp_stanza_t *body_of(xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *first = NULL, *plain = NULL;

	for (xmpp_stanza_t *e = stanza_first(stanza); e; e = stanza_next(e)) {
		/* libstrophe drops the prefix of xml:lang. */
		const char *lang = xmpp_stanza_get_attribute(e, "lang");

		if (!stanza_is(e, "body", XMPP_NS_CLIENT))
			continue;
		if (lang && !strncmp(lang, "en", 2) && (!lang[2] || lang[2] == '-'))
			return e;
		if (!first)
			first = e;
		if (!lang && !plain)
			plain = e;
	}
	return plain ? plain : first;
}

/* What a client has put into the body only for those that do not know better (XEP-0428). */
static void add_fallbacks(struct ranges *ranges, xmpp_stanza_t *stanza)
{
	for (xmpp_stanza_t *e = stanza_first(stanza); e; e = stanza_next(e)) {
		xmpp_stanza_t *part;

		if (!stanza_is(e, "fallback", NS_FALLBACK))
			continue;
		part = stanza_first(e);
		if (!part)
			ranges_add(ranges, e, "", ""); /* all of it */
		for (; part; part = stanza_next(part))
			if (stanza_is(part, "body", NS_FALLBACK))
				ranges_add(ranges, part, "start", "end");
	}
}

static const char *said_in(struct pool *pool, xmpp_stanza_t *stanza, const struct ranges *ranges)
{
	xmpp_stanza_t *body = body_of(stanza);
	const char *said;
	struct buf text;

	if (!body)
		return NULL;
	buf_init(&text, BUF_QUESTION);
	body_cut(&text, stanza_raw_text(pool, body), ranges->list, ranges->count);
	body_trim(&text);
	said = text.len ? pool_strdup(pool, text.data) : NULL;
	buf_release(&text);
	return said;
}

static const char *unquoted(struct pool *pool, const char *body)
{
	struct buf text;
	const char *said;

	buf_init(&text, BUF_QUESTION);
	body_unquote(&text, body);
	body_trim(&text);
	said = pool_strdup(pool, text.data);
	buf_release(&text);
	return said;
}

/* --- the kinds --- */

static bool read_retraction(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *retract = stanza_child(stanza, "retract", NS_RETRACT);
	xmpp_stanza_t *fasten = stanza_child(stanza, "apply-to", NS_FASTEN);

	if (!retract && fasten &&
		(stanza_has(fasten, "retract", NS_RETRACT_LEGACY) ||
			stanza_has(fasten, "retract", NS_RETRACT)))
		retract = fasten;
	if (!retract)
		return false;
	chat->kind = CHAT_RETRACTS;
	chat->target = stanza_attribute(pool, retract, "id");
	return true;
}

bool spoken_read_moderation(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *retract = stanza_child(stanza, "retract", NS_RETRACT);
	xmpp_stanza_t *fasten = stanza_child(stanza, "apply-to", NS_FASTEN);

	if (retract && stanza_has(retract, "moderated", NS_MODERATE))
		chat->target = stanza_attribute(pool, retract, "id");
	else if (fasten && stanza_has(fasten, "moderated", NS_MODERATE_LEGACY))
		chat->target = stanza_attribute(pool, fasten, "id");
	chat->kind = CHAT_MODERATES;
	return chat->target;
}

static bool read_reactions(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *reactions = stanza_child(stanza, "reactions", NS_REACTIONS);
	struct buf list;

	if (!reactions)
		return false;
	chat->kind = CHAT_REACTS;
	chat->target = stanza_attribute(pool, reactions, "id");
	buf_init(&list, BUF_LINE);
	for (xmpp_stanza_t *e = stanza_first(reactions); e; e = stanza_next(e))
		if (stanza_is(e, "reaction", NS_REACTIONS))
			buf_addf(&list, "%s%s", list.len ? " " : "", stanza_text(pool, e, 64));
	chat->body = chat->text = pool_strdup(pool, list.data);
	buf_release(&list);
	return true;
}

static bool is_encrypted(struct pool *pool, xmpp_stanza_t *stanza)
{
	static const char *const omemo[] = {NS_OMEMO, NS_OMEMO_LEGACY};
	xmpp_stanza_t *body = body_of(stanza);

	for (size_t i = 0; i < ARRAY_LEN(omemo); i++) {
		xmpp_stanza_t *encrypted = stanza_child(stanza, "encrypted", omemo[i]);

		/* Without a payload it only hands keys over. */
		if (encrypted && (body || stanza_has(encrypted, "payload", omemo[i])))
			return true;
	}
	return stanza_has(stanza, "openpgp", NS_OPENPGP) ||
	       stanza_has(stanza, "x", NS_OPENPGP_LEGACY) ||
	       (body && stanza_has(stanza, "encryption", NS_EME)) ||
	       (body && !strncmp(stanza_raw_text(pool, body), "?OTR", 4));
}

static void read_words(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *replace = stanza_child(stanza, "replace", NS_CORRECT);
	xmpp_stanza_t *reply = stanza_child(stanza, "reply", NS_REPLY);
	struct ranges fallbacks = {.count = 0};

	add_fallbacks(&fallbacks, stanza);
	chat->body = said_in(pool, stanza, &fallbacks);
	if (chat->body)
		chat->text = unquoted(pool, chat->body);
	chat->kind = replace ? CHAT_CORRECTS : CHAT_SAYS;
	if (replace || reply)
		chat->target = stanza_attribute(pool, replace ? replace : reply, "id");
}

/* Clients upload a file (XEP-0363) and send where it is, marked as such. */
static bool is_file(const struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *x = stanza_child(stanza, "x", NS_OOB);
	xmpp_stanza_t *url = x ? stanza_child(x, "url", NS_OOB) : NULL;

	return chat->kind == CHAT_SAYS && chat->body && url &&
	       !strcmp(chat->body, stanza_text(pool, url, BUF_LINE));
}

bool spoken_read(struct chat_message *chat, struct pool *pool, xmpp_stanza_t *stanza)
{
	if (read_retraction(chat, pool, stanza) || read_reactions(chat, pool, stanza))
		return chat->target;
	if (is_encrypted(pool, stanza)) {
		chat->kind = CHAT_ENCRYPTED;
		return true;
	}
	read_words(chat, pool, stanza);
	if (is_file(chat, pool, stanza))
		chat->kind = CHAT_FILE;
	return chat->body && (chat->kind != CHAT_CORRECTS || chat->target);
}

/* --- to whom --- */

/* An xmpp: URI's address (RFC 5122), without query and percent signs. */
static const char *jid_of_uri(struct pool *pool, const char *uri)
{
	char *jid, *to;

	if (strncmp(uri, "xmpp:", 5))
		return NULL;
	jid = to = pool_strndup(pool, uri + 5, strcspn(uri + 5, "?"));
	for (const char *from = jid; *from; from++) {
		unsigned byte;

		if (*from == '%' && strspn(from + 1, "0123456789abcdefABCDEF") >= 2 &&
			sscanf(from + 1, "%2x", &byte) == 1 && byte) {
			*to++ = (char)byte;
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return jid;
}

static bool is_us(const char *jid, const struct room *room, const char *own_jid)
{
	const char *nick = jid_resource(jid);

	return jid_same_bare(jid, own_jid) || (room && nick && jid_same_bare(jid, room_jid(room)) &&
						      !strcmp(nick, room_nick(room)));
}

/* XEP-0372: those whom the client marked as mentioned, wherever they stand in the body. */
static void read_mentions(struct chat_message *chat, const struct room *room, const char *own_jid,
	struct pool *pool, xmpp_stanza_t *stanza)
{
	struct ranges ours = {.count = 0};

	for (xmpp_stanza_t *e = stanza_first(stanza); e; e = stanza_next(e)) {
		const char *uri = stanza_attribute(pool, e, "uri");
		const char *jid;

		if (!uri || !stanza_is(e, "reference", NS_REFERENCE) ||
			!stanza_has_type(e, "mention"))
			continue;
		jid = jid_of_uri(pool, uri);
		if (jid && is_us(jid, room, own_jid)) {
			chat->addressed = true;
			if (xmpp_stanza_get_attribute(e, "begin"))
				ranges_add(&ours, e, "begin", "end");
		} else if (jid) {
			chat->to_other = true;
		}
	}
	if (!ours.count || !chat->body)
		return;
	add_fallbacks(&ours, stanza);
	chat->text = said_in(pool, stanza, &ours);
	if (chat->text) {
		/* The mark that stood behind the name. */
		chat->text = unquoted(pool, chat->text);
		chat->text += strspn(chat->text, ":,; \n");
	} else {
		chat->text = "";
	}
}

/* XEP-0461: whose words are answered. */
static void read_reply(struct chat_message *chat, const struct room *room, const char *own_jid,
	struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *reply = stanza_child(stanza, "reply", NS_REPLY);
	const char *id = reply ? stanza_attribute(pool, reply, "id") : NULL;
	const char *to = reply ? stanza_attribute(pool, reply, "to") : NULL;

	if ((id && room_is_ours(room, id)) || (to && is_us(to, room, own_jid)))
		chat->addressed = true;
	else if (id && to)
		chat->to_other = true;
}

static void read_names(struct chat_message *chat, const char *name_folded,
	const struct occupants *occupants, struct pool *pool)
{
	struct address address;
	struct buf said;

	if (!chat->text)
		return;
	buf_init(&said, BUF_QUESTION);
	address = address_read(chat->text, name_folded, occupants, &said);
	body_trim(&said);
	chat->text = pool_strdup(pool, said.data);
	buf_release(&said);
	chat->addressed |= address.us;
	chat->to_other |= address.other;
}

void spoken_address(struct chat_message *chat, const struct room *room, const char *own_jid,
	const char *own_folded, struct pool *pool, xmpp_stanza_t *stanza)
{
	if (chat->kind != CHAT_SAYS && chat->kind != CHAT_CORRECTS && chat->kind != CHAT_ENCRYPTED)
		return;
	if (chat->place == CHAT_ROOM) {
		read_mentions(chat, room, own_jid, pool, stanza);
		read_reply(chat, room, own_jid, pool, stanza);
	}
	if (room)
		read_names(chat, room_nick_folded(room),
			chat->place == CHAT_ROOM ? room_occupants(room) : NULL, pool);
	else
		read_names(chat, own_folded, NULL, pool);
	if (chat->addressed)
		chat->to_other = false;
}

#include "profile.h"

#include "mem.h"
#include "ns.h"
#include "pool.h"

enum { HASH_SIZE = 2 * XMPP_SHA1_DIGEST_SIZE + 1 };

#define NODE_AVATAR_DATA "urn:xmpp:avatar:data"
#define NODE_AVATAR "urn:xmpp:avatar:metadata"

/* What to do with the answer, a result or an error. */
typedef void step(struct profile *profile, xmpp_stanza_t *answer);

struct profile {
	const struct wire *wire;
	struct queries *queries;
	struct identity *identity;
	void (*shown)(void *userdata);
	void *userdata;
	struct pool *pool; /* of what is wanted */
	bool is_wanted;
	const char *name, *about;
	struct session_picture picture; /* its bytes are not kept … */
	const char *base64;             /* … but these, NULL: none */
	char hash[HASH_SIZE];
	bool is_looking;   /* a question is on its way … */
	step *next;        /* … whose answer is for this */
	bool has_changed;  /* since looking was begun */
	bool is_published; /* all of it, as far as this server keeps it */
};

struct profile *profile_new(const struct wire *wire, struct queries *queries,
	struct identity *identity, void (*shown)(void *userdata), void *userdata)
{
	struct profile *profile = mem_alloc(1, sizeof(*profile));

	*profile = (struct profile){.wire = wire,
		.queries = queries,
		.identity = identity,
		.shown = shown,
		.userdata = userdata};
	return profile;
}

void profile_free(struct profile **profile)
{
	if (!*profile)
		return;
	pool_free(&(*profile)->pool);
	mem_free(*profile);
	*profile = NULL;
}

/* --- what is wanted --- */

static void take_picture(struct profile *profile, const struct session_picture *picture)
{
	xmpp_ctx_t *ctx = profile->wire->ctx;
	unsigned char digest[XMPP_SHA1_DIGEST_SIZE];
	char *base64;

	profile->base64 = NULL;
	profile->hash[0] = '\0';
	profile->picture = *picture;
	if (!picture->bytes)
		return;
	xmpp_sha1_digest(picture->bytes, picture->len, digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(profile->hash + 2 * i, 3, "%02x", digest[i]);
	base64 = xmpp_base64_encode(ctx, picture->bytes, picture->len);
	profile->base64 = pool_strdup(profile->pool, base64);
	xmpp_free(ctx, base64);
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

void profile_set(struct profile *profile, const struct session_profile *wanted)
{
	static const struct session_profile nothing;
	const struct session_profile *now = wanted ? wanted : &nothing;
	struct pool *before = profile->pool;
	const struct profile old = *profile;

	profile->pool = pool_new(1024);
	profile->is_wanted = wanted;
	profile->name = now->name ? pool_strdup(profile->pool, now->name) : NULL;
	profile->about = now->about ? pool_strdup(profile->pool, now->about) : NULL;
	take_picture(profile, &now->picture);
	if (old.is_wanted != profile->is_wanted || !same(old.name, profile->name) ||
		!same(old.about, profile->about) || strcmp(old.hash, profile->hash) != 0)
		profile->has_changed = true;
	profile->is_published &= !profile->has_changed;
	pool_free(&before);
}

/* The last answer, or none: then the next stream begins anew. */
static void finish(struct profile *profile, xmpp_stanza_t *answer)
{
	profile->is_looking = false;
	profile->is_published = answer && !profile->has_changed;
	if (answer && profile->has_changed)
		profile_online(profile);
}

/* --- questions to the server --- */

/* What is wanted may be another by now, or gone. */
static void told(void *userdata, const char *subject, xmpp_stanza_t *answer)
{
	struct profile *profile = userdata;

	(void)subject;
	if (!answer || profile->has_changed)
		finish(profile, answer);
	else
		profile->next(profile, answer);
}

/* One after the other. Where no answer comes, next is not called. */
static void ask(struct profile *profile, xmpp_stanza_t *iq, step *next)
{
	profile->next = next;
	queries_send(profile->queries, iq, QUERIES_PATIENCE_MS, NULL, told, profile);
}

static bool is_result(xmpp_stanza_t *answer)
{
	return stanza_has_type(answer, "result");
}

/* The server keeps such things, but none of ours yet. */
static bool has_none(struct pool *pool, xmpp_stanza_t *answer)
{
	return stanza_has_type(answer, "error") &&
	       !strcmp(stanza_condition(pool, answer), "item-not-found");
}

static void ask_items(struct profile *profile, const char *node, step *next)
{
	xmpp_stanza_t *pubsub, *items;
	xmpp_stanza_t *iq =
		queries_ask(profile->queries, "get", NULL, "pubsub", NS_PUBSUB, &pubsub);

	items = stanza_add(pubsub, "items", NULL);
	stanza_set(items, "node", node);
	stanza_set(items, "max_items", "1");
	ask(profile, iq, next);
}

/* An item to be filled, in an IQ that publishes it. */
static xmpp_stanza_t *new_item(
	struct profile *profile, const char *node, const char *id, xmpp_stanza_t **item)
{
	xmpp_stanza_t *pubsub, *publish;
	xmpp_stanza_t *iq =
		queries_ask(profile->queries, "set", NULL, "pubsub", NS_PUBSUB, &pubsub);

	publish = stanza_add(pubsub, "publish", NULL);
	stanza_set(publish, "node", node);
	*item = stanza_add(publish, "item", NULL);
	stanza_set(*item, "id", id);
	return iq;
}

/* The last item in the answer to ask_items(); NULL: there is none. */
static xmpp_stanza_t *item_in(xmpp_stanza_t *answer)
{
	xmpp_stanza_t *pubsub = stanza_child(answer, "pubsub", NS_PUBSUB);
	xmpp_stanza_t *items = pubsub ? stanza_child(pubsub, "items", NS_PUBSUB) : NULL;

	return items ? stanza_child(items, "item", NS_PUBSUB) : NULL;
}

/* --- the nick --- */

static void nick_told(struct profile *profile, xmpp_stanza_t *answer)
{
	struct pool *pool = pool_new(1024);
	xmpp_stanza_t *item = is_result(answer) ? item_in(answer) : NULL;
	xmpp_stanza_t *nick = item ? stanza_child(item, "nick", NS_NICK) : NULL;
	xmpp_stanza_t *iq;

	if ((is_result(answer) || has_none(pool, answer)) &&
		(!nick || strcmp(stanza_raw_text(pool, nick), profile->name) != 0)) {
		iq = new_item(profile, NS_NICK, "current", &item);
		stanza_add_text(item, "nick", NS_NICK, profile->name);
		ask(profile, iq, finish);
	} else {
		finish(profile, answer);
	}
	pool_free(&pool);
}

static void look_at_nick(struct profile *profile)
{
	ask_items(profile, NS_NICK, nick_told);
}

/* --- the picture for clients of today --- */

static void avatar_published(struct profile *profile, xmpp_stanza_t *answer)
{
	(void)answer;
	look_at_nick(profile);
}

static void avatar_data_published(struct profile *profile, xmpp_stanza_t *answer)
{
	const struct session_picture *picture = &profile->picture;
	struct pool *pool;
	xmpp_stanza_t *item, *info, *iq;

	if (!is_result(answer)) {
		look_at_nick(profile);
		return;
	}
	pool = pool_new(256);
	iq = new_item(profile, NODE_AVATAR, profile->hash, &item);
	info = stanza_add(stanza_add(item, "metadata", NODE_AVATAR), "info", NULL);
	stanza_set(info, "id", profile->hash);
	stanza_set(info, "type", "image/png");
	stanza_set(info, "bytes", pool_printf(pool, "%zu", picture->len));
	stanza_set(info, "width", pool_printf(pool, "%u", picture->width));
	stanza_set(info, "height", pool_printf(pool, "%u", picture->height));
	ask(profile, iq, avatar_published);
	pool_free(&pool);
}

static void avatar_told(struct profile *profile, xmpp_stanza_t *answer)
{
	struct pool *pool = pool_new(1024);
	xmpp_stanza_t *item = is_result(answer) ? item_in(answer) : NULL;
	const char *id = item ? xmpp_stanza_get_id(item) : NULL;
	xmpp_stanza_t *iq;

	if (is_result(answer) || has_none(pool, answer)) {
		if (id && !strcmp(id, profile->hash)) {
			look_at_nick(profile);
		} else {
			iq = new_item(profile, NODE_AVATAR_DATA, profile->hash, &item);
			stanza_add_text(item, "data", NODE_AVATAR_DATA, profile->base64);
			ask(profile, iq, avatar_data_published);
		}
	} else {
		/* No personal eventing: no nick either. */
		finish(profile, answer);
	}
	pool_free(&pool);
}

static void look_at_avatar(struct profile *profile)
{
	if (profile->base64)
		ask_items(profile, NODE_AVATAR, avatar_told);
	else
		look_at_nick(profile);
}

/* --- the vCard --- */

static const char *field(struct pool *pool, xmpp_stanza_t *vcard, const char *name)
{
	xmpp_stanza_t *child = stanza_child(vcard, name, NS_VCARD);

	return child ? stanza_raw_text(pool, child) : "";
}

static const char *without_blanks(struct pool *pool, const char *text)
{
	char *copy = pool_strdup(pool, text), *end = copy;

	for (; *text; text++)
		if (!strchr(" \t\r\n", *text))
			*end++ = *text;
	*end = '\0';
	return copy;
}

static bool has_our_picture(const struct profile *profile, struct pool *pool, xmpp_stanza_t *vcard)
{
	xmpp_stanza_t *photo = stanza_child(vcard, "PHOTO", NS_VCARD);

	if (!profile->base64)
		return true;
	return photo &&
	       !strcmp(without_blanks(pool, field(pool, photo, "BINVAL")), profile->base64);
}

static bool is_as_wanted(const struct profile *profile, struct pool *pool, xmpp_stanza_t *vcard)
{
	/* Prosody hands a description back as a note. */
	return same(field(pool, vcard, "FN"), profile->name) &&
	       same(field(pool, vcard, "NICKNAME"), profile->name) &&
	       (same(field(pool, vcard, "DESC"), profile->about) ||
		       same(field(pool, vcard, "NOTE"), profile->about)) &&
	       has_our_picture(profile, pool, vcard);
}

static bool is_ours(const struct profile *profile, xmpp_stanza_t *child)
{
	static const char *const names[] = {"FN", "NICKNAME", "DESC", "NOTE"};
	const char *name = xmpp_stanza_get_name(child);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i], name))
			return true;
	return profile->base64 && !strcmp(name, "PHOTO");
}

static void add_fields(const struct profile *profile, xmpp_stanza_t *vcard, xmpp_stanza_t *stored)
{
	xmpp_stanza_t *photo;

	stanza_add_text(vcard, "FN", NULL, profile->name);
	stanza_add_text(vcard, "NICKNAME", NULL, profile->name);
	if (profile->about)
		stanza_add_text(vcard, "DESC", NULL, profile->about);
	for (xmpp_stanza_t *e = stored ? stanza_first(stored) : NULL; e; e = stanza_next(e))
		if (!is_ours(profile, e))
			/* Handed over. A clone would end with the answer that it is part of. */
			xmpp_stanza_add_child_ex(vcard, xmpp_stanza_copy(e), 0);
	if (!profile->base64)
		return;
	photo = stanza_add(vcard, "PHOTO", NULL);
	stanza_add_text(photo, "TYPE", NULL, "image/png");
	stanza_add_text(photo, "BINVAL", NULL, profile->base64);
}

/* It can be fetched now: presence may name it. */
static void show_picture(struct profile *profile)
{
	if (identity_set_photo(profile->identity, profile->base64 ? profile->hash : NULL))
		profile->shown(profile->userdata);
}

static void vcard_published(struct profile *profile, xmpp_stanza_t *answer)
{
	if (is_result(answer))
		show_picture(profile);
	else
		wire_report(profile->wire, LOG_INFO, "the server does not take our vCard");
	look_at_avatar(profile);
}

static void vcard_told(struct profile *profile, xmpp_stanza_t *answer)
{
	struct pool *pool = pool_new(4096);
	xmpp_stanza_t *stored = NULL, *vcard, *iq;

	if (is_result(answer))
		stored = stanza_child(answer, "vCard", NS_VCARD);
	if (stored && is_as_wanted(profile, pool, stored)) {
		show_picture(profile);
		look_at_avatar(profile);
	} else if (is_result(answer) || has_none(pool, answer)) {
		iq = queries_ask(profile->queries, "set", NULL, "vCard", NS_VCARD, &vcard);
		add_fields(profile, vcard, stored);
		ask(profile, iq, vcard_published);
	} else {
		look_at_avatar(profile);
	}
	pool_free(&pool);
}

void profile_online(struct profile *profile)
{
	xmpp_stanza_t *vcard, *iq;

	if (!profile->is_wanted) {
		if (identity_set_photo(profile->identity, NULL))
			profile->shown(profile->userdata);
		return;
	}
	if (profile->is_published || profile->is_looking)
		return;
	profile->is_looking = true;
	profile->has_changed = false;
	iq = queries_ask(profile->queries, "get", NULL, "vCard", NS_VCARD, &vcard);
	ask(profile, iq, vcard_told);
}

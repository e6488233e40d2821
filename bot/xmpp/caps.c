#include "caps.h"

#include "buf.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"

/* Clients have some fifty features; the longest answers seen have about 120. */
enum { WORDS_MAX = 1000 };

struct words {
	const char **sorted;
	size_t count, cap;
};

static void words_add(struct words *words, const char *word)
{
	MEM_GROW(&words->sorted, &words->cap, words->count + 1);
	words->sorted[words->count++] = word;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds all to out, sorted, each followed by '<'. false: two are the same where none may be. */
static bool words_put(struct words *words, struct buf *out, bool may_repeat)
{
	bool repeated = false;

	if (words->count)
		qsort(words->sorted, words->count, sizeof(*words->sorted), by_bytes);
	for (size_t i = 0; i < words->count; i++) {
		repeated |= i && !strcmp(words->sorted[i - 1], words->sorted[i]);
		buf_add_str(out, words->sorted[i]);
		buf_add_char(out, '<');
	}
	mem_free(words->sorted);
	return may_repeat || !repeated;
}

static const char *attribute_or_empty(xmpp_stanza_t *stanza, const char *name)
{
	const char *value = xmpp_stanza_get_attribute(stanza, name);

	return value ? value : "";
}

static const char *identity_text(struct pool *pool, xmpp_stanza_t *identity)
{
	/* libstrophe drops the prefix of xml:lang. */
	return pool_printf(pool, "%s/%s/%s/%s", attribute_or_empty(identity, "category"),
		attribute_or_empty(identity, "type"), attribute_or_empty(identity, "lang"),
		attribute_or_empty(identity, "name"));
}

static const char *field_text(struct pool *pool, xmpp_stanza_t *field)
{
	struct words values = {0};
	struct buf text;
	const char *copy;

	buf_init(&text, BUF_STANZA);
	buf_add_str(&text, attribute_or_empty(field, "var"));
	buf_add_char(&text, '<');
	for (xmpp_stanza_t *e = stanza_first(field); e; e = stanza_next(e))
		if (stanza_is(e, "value", NS_DATA_FORM))
			words_add(&values, stanza_raw_text(pool, e));
	(void)words_put(&values, &text, true);
	/* Each field is followed by '<' where it is put: take the last one off. */
	copy = pool_strndup(pool, text.data, text.len - 1);
	buf_release(&text);
	return copy;
}

/* "FORM_TYPE's value<field<value<…"; NULL: a form that does not count. */
static const char *form_text(struct pool *pool, xmpp_stanza_t *form)
{
	struct words fields = {0};
	struct buf text;
	const char *type = NULL, *copy = NULL;

	for (xmpp_stanza_t *field = stanza_first(form); field; field = stanza_next(field)) {
		if (!stanza_is(field, "field", NS_DATA_FORM))
			continue;
		if (strcmp(attribute_or_empty(field, "var"), "FORM_TYPE")) {
			words_add(&fields, field_text(pool, field));
		} else if (!strcmp(attribute_or_empty(field, "type"), "hidden")) {
			xmpp_stanza_t *value = stanza_child(field, "value", NS_DATA_FORM);

			type = value ? stanza_raw_text(pool, value) : NULL;
		}
	}
	buf_init(&text, BUF_STANZA);
	if (type)
		buf_addf(&text, "%s<", type);
	(void)words_put(&fields, &text, true);
	if (type)
		copy = pool_strndup(pool, text.data, text.len - 1);
	buf_release(&text);
	return copy;
}

const char *caps_ver(struct pool *pool, xmpp_stanza_t *query)
{
	struct words identities = {0}, features = {0}, forms = {0};
	unsigned char digest[XMPP_SHA1_DIGEST_SIZE];
	const char *ver = NULL, *form;
	char *base64;
	struct buf text;
	bool sound = true;

	for (xmpp_stanza_t *e = stanza_first(query); e && sound; e = stanza_next(e)) {
		if (stanza_is(e, "identity", NS_DISCO_INFO))
			words_add(&identities, identity_text(pool, e));
		else if (stanza_is(e, "feature", NS_DISCO_INFO))
			words_add(&features, attribute_or_empty(e, "var"));
		else if (stanza_is(e, "x", NS_DATA_FORM) && (form = form_text(pool, e)))
			words_add(&forms, form);
		sound = identities.count + features.count + forms.count <= WORDS_MAX;
	}
	buf_init(&text, BUF_STANZA);
	sound &= words_put(&identities, &text, false);
	sound &= words_put(&features, &text, false);
	sound &= words_put(&forms, &text, false);
	if (sound && !text.cut) {
		xmpp_sha1_digest((const unsigned char *)text.data, text.len, digest);
		base64 = xmpp_base64_encode(xmpp_stanza_get_context(query), digest, sizeof(digest));
		ver = pool_strdup(pool, base64);
		xmpp_free(xmpp_stanza_get_context(query), base64);
	}
	buf_release(&text);
	return ver;
}

xmpp_stanza_t *caps_answered(xmpp_stanza_t *answer)
{
	if (!answer || !stanza_has_type(answer, "result"))
		return NULL;
	return stanza_child(answer, "query", NS_DISCO_INFO);
}

bool caps_has_feature(xmpp_stanza_t *query, const char *feature)
{
	for (xmpp_stanza_t *e = stanza_first(query); e; e = stanza_next(e))
		if (stanza_is(e, "feature", NS_DISCO_INFO) &&
			!strcmp(attribute_or_empty(e, "var"), feature))
			return true;
	return false;
}

struct traits caps_traits(xmpp_stanza_t *query)
{
	struct traits traits = {.known = true, .replies = caps_has_feature(query, NS_REPLY)};

	for (xmpp_stanza_t *e = stanza_first(query); e; e = stanza_next(e))
		if (stanza_is(e, "identity", NS_DISCO_INFO) &&
			!strcmp(attribute_or_empty(e, "category"), "client") &&
			!strcmp(attribute_or_empty(e, "type"), "bot"))
			traits.bot = true;
	return traits;
}

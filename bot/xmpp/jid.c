#include "jid.h"

#include "fold.h"
#include "pool.h"

/* How many bytes stand before the resource and its slash. */
static size_t bare_len_of(const char *text)
{
	return strcspn(text, "/");
}

bool jid_read(struct jid *jid, const char *text)
{
	size_t bare_len = bare_len_of(text);
	const char *at = memchr(text, '@', bare_len);
	struct jid read = {.domain = text, .domain_len = bare_len};

	if (at) {
		read.local = text;
		read.local_len = (size_t)(at - text);
		read.domain = at + 1;
		read.domain_len = bare_len - read.local_len - 1;
		if (!read.local_len)
			return false;
	}
	if (text[bare_len] == '/') {
		read.resource = text + bare_len + 1;
		read.resource_len = strlen(read.resource);
		if (!read.resource_len)
			return false;
	}
	if (!read.domain_len || read.domain_len > JID_PART_MAX || read.local_len > JID_PART_MAX ||
		read.resource_len > JID_PART_MAX)
		return false;
	*jid = read;
	return true;
}

const char *jid_resource(const char *text)
{
	const char *slash = strchr(text, '/');

	return slash ? slash + 1 : NULL;
}

bool jid_is_bare(const char *text)
{
	return !strchr(text, '/');
}

bool jid_same_bare(const char *a, const char *b)
{
	size_t len = bare_len_of(a);

	return len == bare_len_of(b) && !memcmp(a, b, len);
}

char *jid_bare(struct pool *pool, const char *text)
{
	return pool_strndup(pool, text, bare_len_of(text));
}

char *jid_with_resource(struct pool *pool, const char *bare, const char *resource)
{
	return pool_printf(pool, "%s/%s", bare, resource);
}

char *jid_normal(struct pool *pool, const char *text)
{
	size_t bare_len = bare_len_of(text);
	struct jid jid;

	if (!jid_read(&jid, text))
		return NULL;
	return pool_printf(pool, "%s%s", fold_text(pool, text, bare_len), text + bare_len);
}

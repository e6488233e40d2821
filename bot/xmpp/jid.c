#include "jid.h"

#include "fold.h"
#include "pool.h"

bool jid_read(struct jid *jid, const char *text)
{
	size_t bare_len = jid_bare_len(text);
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

size_t jid_bare_len(const char *text)
{
	return strcspn(text, "/");
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
	size_t len = jid_bare_len(a);

	return len == jid_bare_len(b) && !memcmp(a, b, len);
}

char *jid_bare(struct pool *pool, const char *text)
{
	return pool_strndup(pool, text, jid_bare_len(text));
}

char *jid_with_resource(struct pool *pool, const char *bare, const char *resource)
{
	return pool_printf(pool, "%s/%s", bare, resource);
}

char *jid_normal(struct pool *pool, const char *text)
{
	size_t bare_len = jid_bare_len(text);
	struct jid jid;

	if (!jid_read(&jid, text))
		return NULL;
	return pool_printf(pool, "%s%s", fold_text(pool, text, bare_len), text + bare_len);
}

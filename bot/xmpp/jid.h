/* jid.h - an address taken apart.
 *
 * Layer: xmpp. The library's own helpers of libstrophe 0.12 take
 * "evil.example/a@good.example" for an address at good.example, so none of
 * them is used here.
 * Source: RFC 7622 section 3.1: cut at the first '/', then at the first '@'.
 */
#ifndef BOT_JID_H
#define BOT_JID_H

#include "base.h"

struct pool;

/* No part of an address is longer than this many bytes (RFC 7622 section 3.1). */
enum { JID_PART_MAX = 1023, JID_MAX = 3 * JID_PART_MAX + 2 };

/* Borrowed from the text that was read; not NUL-ended. A part that is not there has length 0. */
struct jid {
	const char *local, *domain, *resource;
	size_t local_len, domain_len, resource_len;
};

/* false: no address; jid is untouched then. */
bool jid_read(struct jid *jid, const char *text) BOT_MUST_USE;
/* What stands behind the first '/'; NULL where there is none. Borrowed. */
const char *jid_resource(const char *text);
bool jid_is_bare(const char *text);
/* Whether both are of the same account or room, whatever their resources. */
bool jid_same_bare(const char *a, const char *b);
char *jid_bare(struct pool *pool, const char *text) BOT_MUST_USE;
char *jid_with_resource(struct pool *pool, const char *bare, const char *resource) BOT_MUST_USE;
/* As a server would write it: local part and domain folded, the resource as it is. NULL: no
 * address. For what a person wrote; what came over the wire is in that form already. */
char *jid_normal(struct pool *pool, const char *text) BOT_MUST_USE;

#endif

/* srv.h - where a domain says that its service is to be had.
 *
 * Layer: xmpp. Pure: reads an answer of DNS that somebody else has fetched, and
 * puts what stands in it into the order in which to try it.
 * Source: RFC 2782; XEP-0368 section 3, by which both kinds of a service are
 *   ordered as one.
 */
#ifndef BOT_SRV_H
#define BOT_SRV_H

#include "base.h"
#include "chance.h"

enum {
	SRV_MAX = 32,       /* records read of one answer; real ones have up to ten */
	SRV_HOST_MAX = 253, /* as text, without the dot at the end (RFC 1035 section 2.3.4) */
	SRV_ANSWER_MAX = 65535
};

struct srv {
	uint16_t priority; /* the lower is tried first */
	uint16_t weight;   /* among equals: how likely it is to be first */
	uint16_t port;
	bool direct_tls;
	char host[SRV_HOST_MAX + 1];
};

enum srv_answer {
	SRV_SOME,
	SRV_NONE,   /* nothing is said, or nothing that can be used */
	SRV_REFUSED /* a single "." stands there: the service is not offered */
};

/* answer: len bytes as a name server sent them, so anything. Writes SRV_MAX records at most, all
 * with a valid host and port, and their number. direct_tls: what to write into them. */
enum srv_answer srv_read(struct srv *records, size_t *count, const unsigned char *answer,
	size_t len, bool direct_tls);

/* By priority, and within it by chance, as the weights have it. */
void srv_order(struct srv *records, size_t count, const struct chance *chance);

/* Letters, digits, hyphens and underscores between dots, all of a length that DNS allows. */
bool srv_is_host(const char *name);

#endif

/* resolver.h - asks DNS without waiting for it.
 *
 * Layer: xmpp. The system's resolver blocks, for half a minute if name servers
 * are silent, and cannot be called off. So each question is put by a child
 * process that does nothing else and answers through a pipe: it honours all
 * that the machine's resolver honours (/etc/hosts, nsswitch.conf, TCP for long
 * answers), it is killed when it takes too long, and an answer that breaks the
 * resolver breaks the child alone.
 * Handed in, so that a test answers what it likes.
 */
#ifndef BOT_RESOLVER_H
#define BOT_RESOLVER_H

#include "srv.h"

#include <netinet/in.h>

enum { RESOLVER_ADDRESSES_MAX = 4 }; /* of one name and family */

enum resolver_kind {
	RESOLVER_STARTTLS,   /* SRV records of _xmpp-client._tcp */
	RESOLVER_DIRECT_TLS, /* SRV records of _xmpps-client._tcp */
	RESOLVER_IPV6,
	RESOLVER_IPV4
};

union resolver_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

enum resolver_result {
	RESOLVER_FOUND,
	RESOLVER_NOTHING, /* DNS knows of none */
	RESOLVER_REFUSED, /* the service is not offered */
	RESOLVER_FAILED   /* DNS could not be asked, or did not answer */
};

struct resolver_answer {
	enum resolver_result result;
	size_t count; /* 0 unless found */
	union {
		struct srv services[SRV_MAX];
		union resolver_address addresses[RESOLVER_ADDRESSES_MAX]; /* without port */
	};
};

struct resolver_question; /* one that is out */

struct resolver {
	/* Never NULL: what cannot be asked has failed. */
	struct resolver_question *(*ask)(void *userdata, enum resolver_kind kind, const char *name);
	/* Returns whether it has been answered; then it is gone, and set to NULL. */
	bool (*answered)(void *userdata, struct resolver_question **question,
		struct resolver_answer *answer);
	/* Calls it off and sets it to NULL; NULL is fine. */
	void (*drop)(void *userdata, struct resolver_question **question);
	void *userdata;
};

extern const struct resolver resolver_system;

/* Reads an address as it is written in digits, IPv6 with or without brackets, without asking
 * anybody. false: it is none. */
bool resolver_read_address(union resolver_address *address, const char *text);

#endif

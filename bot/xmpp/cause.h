/* cause.h - why a stream ended, from what libstrophe lets one see.
 *
 * Layer: xmpp. A refused password, a refused port and a polite goodbye all look
 * the same in its callback; its log lines tell them apart.
 * Source: RFC 6120 sections 4.9.3 and 6.5.
 */
#ifndef BOT_CAUSE_H
#define BOT_CAUSE_H

#include <strophe.h>

#include "err.h"

enum cause {
	CAUSE_NETWORK,   /* refused, reset, silent, no address */
	CAUSE_RESTART,   /* the server goes down, in order or not */
	CAUSE_CONFLICT,  /* another one has logged in as us */
	CAUSE_OVERLOAD,  /* we were too fast or too big for it */
	CAUSE_MISTAKE,   /* the address is not served there, or we do not speak properly */
	CAUSE_UNTRUSTED, /* no TLS, or a certificate that proves nothing */
	CAUSE_ELSEWHERE, /* it names another host */
	CAUSE_REFUSED    /* it does not take the account */
};

/* What has been seen of a stream so far. */
struct evidence {
	bool refused;         /* no mechanism was left to log in with */
	bool refused_for_now; /* the server could not check the password */
	bool untrusted;
	bool was_up;       /* before it ended */
	struct err detail; /* what was said last that helps a person; code ERR_NONE: nothing */
};

/* Takes a line of libstrophe's log into account. */
void evidence_add_log(
	struct evidence *evidence, xmpp_log_level_t level, const char *area, const char *line);
/* The certificate was refused, and why. */
void evidence_add_certificate(struct evidence *evidence, const char *reason);

/* stream_error may be NULL. words: says it for the operator. */
enum cause cause_decide(const struct evidence *evidence, int error,
	const xmpp_stream_error_t *stream_error, struct err *words);

#endif

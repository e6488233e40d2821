/* ctx.h - libstrophe's context: its memory, its log, and the room it wants.
 *
 * Layer: xmpp. All it logs is shown to the owner of the context; what reaches
 * our own log is but the part that gives no password away.
 */
#ifndef BOT_CTX_H
#define BOT_CTX_H

#include <strophe.h>

#include "base.h"

/* line: lives during the call. */
typedef void ctx_listener(
	void *userdata, xmpp_log_level_t level, const char *area, const char *line);

struct ctx {
	xmpp_log_t log; /* libstrophe keeps a pointer to it */
	ctx_listener *listener;
	void *userdata;
	xmpp_ctx_t *strophe;
};

/* One at a time in a process. SIGPIPE is ignored from then on. */
void ctx_init(struct ctx *ctx, ctx_listener *listener, void *userdata);
void ctx_release(struct ctx *ctx);

#endif

#include "ctx.h"

#include <signal.h>
#include <sys/resource.h>

#include "log.h"
#include "mem.h"

enum {
	DEBUG_LINE_MAX = 1000,
	/* It walks a stanza by recursion: a deep one must not reach the end of the stack. */
	STACK_BYTES = 64 * 1024 * 1024
};

static void *alloc_for_strophe(size_t size, void *userdata)
{
	(void)userdata;
	return mem_alloc(1, size);
}

static void *resize_for_strophe(void *p, size_t size, void *userdata)
{
	(void)userdata;
	return mem_resize(p, 1, size);
}

static void free_for_strophe(void *p, void *userdata)
{
	(void)userdata;
	mem_free(p);
}

static const xmpp_mem_t strophe_mem = {
	alloc_for_strophe, free_for_strophe, resize_for_strophe, NULL};

static bool starts_with(const char *line, const char *start)
{
	return !strncmp(line, start, strlen(start));
}

/* Only stanzas are shown, since whatever is said while logging in gives the password away, and
 * none with the password of a room. */
static bool may_be_logged(const char *line)
{
	static const char *const shown[] = {"RECV: <message", "RECV: <presence", "RECV: <iq",
		"SENT: <message", "SENT: <presence", "SENT: <iq", "RECV: <stream:error"};

	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		if (starts_with(line, shown[i]))
			return !strstr(line, "password");
	return false;
}

static void on_log(void *userdata, xmpp_log_level_t level, const char *area, const char *line)
{
	const struct ctx *ctx = userdata;

	ctx->listener(ctx->userdata, level, area, line);
	if (log_wants(LOG_DEBUG) && (level > XMPP_LEVEL_DEBUG || may_be_logged(line)))
		log_debug("libstrophe %s: %.*s", area, DEBUG_LINE_MAX, line);
}

static void make_room_on_stack(void)
{
	struct rlimit limit;

	/* The first thread's stack grows up to what the limit is at the time. */
	if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur >= STACK_BYTES)
		return;
	limit.rlim_cur = limit.rlim_max < STACK_BYTES ? limit.rlim_max : STACK_BYTES;
	(void)setrlimit(RLIMIT_STACK, &limit);
}

void ctx_init(struct ctx *ctx, ctx_listener *listener, void *userdata)
{
	*ctx = (struct ctx){.log = {on_log, ctx}, .listener = listener, .userdata = userdata};
	make_room_on_stack();
	/* libstrophe writes to sockets that may be closed. */
	signal(SIGPIPE, SIG_IGN);
	xmpp_initialize();
	ctx->strophe = xmpp_ctx_new(&strophe_mem, &ctx->log);
}

void ctx_release(struct ctx *ctx)
{
	xmpp_ctx_free(ctx->strophe);
	xmpp_shutdown();
	ctx->strophe = NULL;
}

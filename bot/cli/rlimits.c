#include "rlimits.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/select.h>

enum { STACK_MIB = 64 };

/* The stack of a running process grows up to the limit of the moment. That nothing else was put in
 * its way is not said anywhere, but so it is on Linux: the kernel leaves at least 128 MiB. */
static int raise_stack(struct err *err)
{
	const rlim_t wanted = (rlim_t)STACK_MIB << 20;
	struct rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) < 0)
		return err_set_errno(err, errno, "the limit of the stack");
	if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted) {
		limit.rlim_cur = wanted;
		if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < wanted)
			return err_set(err, ERR_LIMIT,
				"the stack may not grow to %d MiB (ulimit -Hs): a server that "
				"sends "
				"very deep stanzas could end the bot",
				STACK_MIB);
		if (setrlimit(RLIMIT_STACK, &limit) < 0)
			return err_set_errno(err, errno, "the limit of the stack");
	}
	return 0;
}

static int lower_descriptors(struct err *err)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return err_set_errno(err, errno, "the limit of descriptors");
	if (limit.rlim_cur > FD_SETSIZE) {
		limit.rlim_cur = FD_SETSIZE;
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
			return err_set_errno(err, errno, "the limit of descriptors");
	}
	return 0;
}

int rlimits_set(struct err *err)
{
	int stack = raise_stack(err);

	return lower_descriptors(err) < 0 ? -1 : stack;
}

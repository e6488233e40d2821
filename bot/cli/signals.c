#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "session.h"

static int fd = -1;
static volatile sig_atomic_t end_came, load_came;

static void on_signal(int number)
{
	const uint64_t one = 1;
	int saved = errno;
	ssize_t written;

	if (number == SIGHUP) {
		load_came = 1;
	} else {
		end_came = 1;
		session_interrupt();
	}
	written = write(fd, &one, sizeof(one));
	(void)written; /* a counter that is full is readable already */
	errno = saved;
}

static int handle(int number, void (*handler)(int), int flags, struct err *err)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART | flags};

	sigemptyset(&action.sa_mask);
	if (sigaction(number, &action, NULL) < 0)
		return err_set_errno(err, errno, "signal %d cannot be handled", number);
	return 0;
}

int signals_init(struct err *err)
{
	end_came = load_came = 0;
	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return err_set_errno(err, errno, "no descriptor for signals");
	if (handle(SIGTERM, on_signal, 0, err) < 0 ||
		handle(SIGINT, on_signal, (int)SA_RESETHAND, err) < 0 ||
		handle(SIGHUP, on_signal, 0, err) < 0 || handle(SIGPIPE, SIG_IGN, 0, err) < 0) {
		signals_release();
		return -1;
	}
	return 0;
}

void signals_release(void)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGPIPE};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (handle(numbers[i], SIG_DFL, 0, NULL) < 0)
			BUG("a signal that cannot be left alone");
	if (fd >= 0)
		close(fd);
	fd = -1;
}

int signals_fd(void)
{
	return fd;
}

unsigned signals_take(void)
{
	unsigned came = 0;
	uint64_t count;

	/* Emptied before looking, so that what comes in between is seen now or wakes again. */
	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		BUG("the descriptor for signals cannot be read");
	if (end_came)
		came |= SIGNALS_END;
	if (load_came)
		came |= SIGNALS_LOAD;
	end_came = load_came = 0;
	return came;
}

#include "watchdog.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { NO_SOCKET = -1 };

static volatile sig_atomic_t watched = NO_SOCKET;
static volatile sig_atomic_t running, cut, late;

void watchdog_cut(void)
{
	int saved = errno;

	if (!running)
		return;
	cut = 1;
	if (watched != NO_SOCKET)
		shutdown(watched, SHUT_RDWR);
	errno = saved;
}

static void on_alarm(int number)
{
	(void)number;
	late = 1;
	watchdog_cut();
}

static void set_alarm(int64_t ms)
{
	struct itimerval when = {.it_value = {.tv_sec = (time_t)(ms / 1000),
					 .tv_usec = (suseconds_t)(ms % 1000 * 1000)}};

	if (setitimer(ITIMER_REAL, &when, NULL))
		BUG("an alarm that cannot be set");
}

void watchdog_start(int64_t patience_ms)
{
	struct sigaction action = {.sa_handler = on_alarm};
	sigset_t alarm_only;

	watched = NO_SOCKET;
	cut = late = 0;
	running = 1;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	if (sigaction(SIGALRM, &action, NULL) || sigprocmask(SIG_UNBLOCK, &alarm_only, NULL))
		BUG("a signal that cannot be handled");
	set_alarm(patience_ms);
}

bool watchdog_watch(int fd)
{
	watched = fd;
	/* After the assignment: a cut just before it has seen no socket. */
	return !cut;
}

const char *watchdog_stop(void)
{
	const char *why = NULL;

	if (running && cut)
		why = late ? "the login took too long" : "interrupted";
	watched = NO_SOCKET;
	running = 0;
	set_alarm(0);
	return why;
}

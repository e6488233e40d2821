/* clock.c - to be preloaded: puts the clock that timers go by forward by as many seconds as stand
 * in the file $CLOCK_FORWARD, as it is after a machine was asleep. The time of day stays what it
 * is, so that it remains the server's. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long forward(void)
{
	const char *path = getenv("CLOCK_FORWARD");
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	char digits[16] = "";

	if (fd < 0)
		return 0;
	if (read(fd, digits, sizeof(digits) - 1) < 0)
		digits[0] = '\0';
	close(fd);
	return strtol(digits, NULL, 10);
}

int clock_gettime(clockid_t id, struct timespec *time)
{
	if (syscall(SYS_clock_gettime, id, time))
		return -1;
	if (id == CLOCK_BOOTTIME)
		time->tv_sec += forward();
	return 0;
}

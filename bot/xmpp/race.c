#include "race.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "log.h"
#include "mem.h"

enum lane_state { LANE_READY, LANE_RUNNING, LANE_OVER };

struct lane {
	size_t target, place; /* place: among those of its target */
	unsigned priority;
	union resolver_address address;
	enum lane_state state;
	bool late; /* another one of its target has won before, and to no avail */
	int fd;
	int64_t began;
};

struct race {
	const struct race_net *net;
	const struct clock *clock;
	struct lane lanes[RACE_MAX];
	size_t count;
	const struct lane *last; /* started last; NULL: none since the last winner */
	struct err failure;
};

static bool is_ipv6(const union resolver_address *address)
{
	return address->any.sa_family == AF_INET6;
}

static socklen_t size_of(const union resolver_address *address)
{
	return is_ipv6(address) ? sizeof(address->v6) : sizeof(address->v4);
}

struct race *race_new(const struct race_net *net, const struct clock *clock)
{
	struct race *race = mem_alloc(1, sizeof(*race));

	race->net = net;
	race->clock = clock;
	return race;
}

/* Those that still run may run again. */
static void halt(struct race *race)
{
	for (size_t i = 0; i < race->count; i++) {
		struct lane *lane = &race->lanes[i];

		if (lane->state != LANE_RUNNING)
			continue;
		race->net->end(race->net->userdata, lane->fd);
		lane->state = LANE_READY;
	}
	race->last = NULL;
}

void race_clear(struct race *race)
{
	halt(race);
	race->count = 0;
	race->failure = (struct err){0};
}

void race_free(struct race **race)
{
	if (*race)
		race_clear(*race);
	mem_free(*race);
	*race = NULL;
}

void race_add(struct race *race, size_t target, unsigned priority, size_t nth,
	const union resolver_address *address)
{
	if (race->count == RACE_MAX)
		return;
	race->lanes[race->count++] = (struct lane){.target = target,
		.priority = priority,
		.place = 2 * nth + !is_ipv6(address),
		.address = *address};
}

size_t race_count(const struct race *race)
{
	return race->count;
}

size_t race_left(const struct race *race)
{
	size_t left = 0;

	for (size_t i = 0; i < race->count; i++)
		left += race->lanes[i].state != LANE_OVER;
	return left;
}

const struct err *race_failure(const struct race *race)
{
	return &race->failure;
}

void race_write_digits(char digits[RACE_DIGITS_MAX], const union resolver_address *address)
{
	if (getnameinfo(&address->any, size_of(address), digits, RACE_DIGITS_MAX, NULL, 0,
		    NI_NUMERICHOST))
		BUG("an address that cannot be written");
}

static void fail(struct race *race, struct lane *lane, int errnum)
{
	char digits[RACE_DIGITS_MAX];
	in_port_t port =
		is_ipv6(&lane->address) ? lane->address.v6.sin6_port : lane->address.v4.sin_port;

	race_write_digits(digits, &lane->address);
	err_set_errno(&race->failure, errnum, "%s port %u", digits, ntohs(port));
	log_debug("%s", race->failure.text);
	lane->state = LANE_OVER;
}

/* Returns whether it has won. */
static bool look_at(struct race *race, struct lane *lane, int64_t now)
{
	int arrived = race->net->check(race->net->userdata, lane->fd);
	int errnum = errno;

	if (!arrived && now - lane->began >= RACE_ATTEMPT_MS) {
		arrived = -1;
		errnum = ETIMEDOUT;
	}
	if (arrived < 0) {
		race->net->end(race->net->userdata, lane->fd);
		fail(race, lane, errnum);
	}
	return arrived > 0;
}

static struct lane *find_winner(struct race *race, int64_t now)
{
	struct lane *winner = NULL;

	for (size_t i = 0; i < race->count && !winner; i++)
		if (race->lanes[i].state == LANE_RUNNING && look_at(race, &race->lanes[i], now))
			winner = &race->lanes[i];
	return winner;
}

static bool stands_before(const struct lane *a, const struct lane *b)
{
	if (a->late != b->late)
		return b->late;
	return a->target != b->target ? a->target < b->target : a->place < b->place;
}

static struct lane *next_ready(struct race *race)
{
	struct lane *next = NULL;

	for (size_t i = 0; i < race->count; i++) {
		struct lane *lane = &race->lanes[i];

		if (lane->state == LANE_READY && (!next || stands_before(lane, next)))
			next = lane;
	}
	return next;
}

static bool anybody_runs(const struct race *race)
{
	for (size_t i = 0; i < race->count; i++)
		if (race->lanes[i].state == LANE_RUNNING)
			return true;
	return false;
}

static bool may_start(const struct race *race, const struct lane *lane, int64_t now)
{
	const struct lane *last = race->last;

	if (!last || !anybody_runs(race))
		return true;
	if (lane->priority > last->priority)
		return now - last->began >= RACE_RESERVE_MS;
	return last->state == LANE_OVER || now - last->began >= RACE_APART_MS;
}

static void start_those_due(struct race *race, int64_t now)
{
	struct lane *lane;

	while ((lane = next_ready(race)) && may_start(race, lane, now)) {
		lane->fd = race->net->begin(race->net->userdata, &lane->address);
		if (lane->fd < 0) {
			fail(race, lane, errno);
			continue;
		}
		lane->state = LANE_RUNNING;
		lane->began = now;
		race->last = lane;
	}
}

/* What is wrong with one address of a server is likely to be wrong with all. */
static void send_back(struct race *race, size_t target)
{
	for (size_t i = 0; i < race->count; i++)
		if (race->lanes[i].target == target)
			race->lanes[i].late = true;
}

enum race_state race_poll(
	struct race *race, int *fd, size_t *target, union resolver_address *address)
{
	int64_t now = clock_mono_ms(race->clock);
	struct lane *winner = find_winner(race, now);

	if (winner) {
		*fd = winner->fd;
		*target = winner->target;
		*address = winner->address;
		winner->state = LANE_OVER;
		halt(race);
		send_back(race, winner->target);
		return RACE_WON;
	}
	start_those_due(race, now);
	return anybody_runs(race) ? RACE_RUNNING : RACE_LOST;
}

/* --- the system's sockets --- */

static int begin_on_system(void *userdata, const union resolver_address *address)
{
	int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int errnum;

	(void)userdata;
	if (fd < 0)
		return -1;
	if (connect(fd, &address->any, size_of(address)) == 0 || errno == EINPROGRESS)
		return fd;
	errnum = errno;
	close(fd);
	errno = errnum;
	return -1;
}

static int check_on_system(void *userdata, int fd)
{
	struct pollfd pollfd = {.fd = fd, .events = POLLOUT};
	socklen_t len = sizeof(errno);
	int errnum = 0;

	(void)userdata;
	if (poll(&pollfd, 1, 0) <= 0)
		return 0;
	/* Not by a second connect(2): who takes the socket over will want to make that. */
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &errnum, &len) < 0)
		return -1;
	errno = errnum;
	return errnum ? -1 : 1;
}

static void end_on_system(void *userdata, int fd)
{
	(void)userdata;
	close(fd);
}

const struct race_net race_net_system = {begin_on_system, check_on_system, end_on_system, NULL};

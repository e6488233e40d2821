/* race.h - connects to several addresses at once, and the first to answer wins.
 *
 * Layer: xmpp. Never blocks: race_poll() is called every few milliseconds.
 * A start every 250 ms, or as soon as the one before has failed, so that what
 * answers at once has no rivals. IPv6 and IPv4 take turns. Those of a higher
 * priority get a second before a reserve is tried: a reserve is not there to
 * be used for being nearer.
 * Source: RFC 8305 sections 4 and 5; RFC 2782, "Priority".
 */
#ifndef BOT_RACE_H
#define BOT_RACE_H

#include "clock.h"
#include "err.h"
#include "resolver.h"

enum {
	RACE_MAX = 32,               /* addresses; more are not taken */
	RACE_APART_MS = 250,         /* RFC 8305 section 5, Connection Attempt Delay */
	RACE_RESERVE_MS = 1000,      /* before one of a lower priority */
	RACE_ATTEMPT_MS = 10 * 1000, /* then an address counts as dead */
	RACE_DIGITS_MAX = 64         /* of IPv6 39, and the name of an interface */
};

/* Sockets, handed in, so that a test has none. Descriptors are not negative. */
struct race_net {
	/* Begins to connect. -1 with errno set when that fails at once. */
	int (*begin)(void *userdata, const union resolver_address *address);
	/* 1: connected; 0: not yet; -1 with errno set: failed. Does not close. */
	int (*check)(void *userdata, int fd);
	void (*end)(void *userdata, int fd);
	void *userdata;
};

extern const struct race_net race_net_system;

enum race_state {
	RACE_RUNNING,
	RACE_WON, /* the others have been given up, and may be raced again */
	RACE_LOST /* no address is left, so far */
};

struct race;

struct race *race_new(const struct race_net *net, const struct clock *clock);
void race_free(struct race **race);
/* Forgets all addresses. */
void race_clear(struct race *race);

/* target: whose address it is, in the order of preference from 0; nth: which of its family it is,
 * from 0. The port stands in the address. */
void race_add(struct race *race, size_t target, unsigned priority, size_t nth,
	const union resolver_address *address);
/* fd, target, address: of the winner, untouched otherwise. The socket is the caller's then; it is
 * non-blocking. The next call goes on with those that have neither failed nor won, other targets
 * first: who comes back has found something wrong with this one. */
enum race_state race_poll(
	struct race *race, int *fd, size_t *target, union resolver_address *address);
size_t race_count(const struct race *race);
/* How many have neither failed nor won. */
size_t race_left(const struct race *race);
/* What became of the address that failed last; ERR_NONE: none has failed. */
const struct err *race_failure(const struct race *race);

/* How the address is written, without its port. */
void race_write_digits(char digits[RACE_DIGITS_MAX], const union resolver_address *address);

#endif

/* dialer.h - from the domain of an address to a connected socket.
 *
 * Layer: xmpp. Asks DNS where the domain's service is, puts the places into
 * order, looks up their addresses, races them, and hands over the winner. Who
 * finds that nobody talks sense there comes back for the next one.
 * Never blocks: dialer_poll() is called every few milliseconds. Whom one has
 * reached is for TLS to prove: DNS is believed nothing but the way.
 * Source: RFC 6120 section 3.2; XEP-0368; RFC 8305.
 */
#ifndef BOT_DIALER_H
#define BOT_DIALER_H

#include "base.h"

struct chance;
struct clock;
struct err;
struct race_net;
struct resolver;

enum dialer_tls {
	DIALER_ANY_TLS, /* whatever the domain offers; STARTTLS where it says nothing */
	DIALER_STARTTLS,
	DIALER_DIRECT_TLS
};

/* Someone who has taken our connection. */
struct dialer_line {
	int fd; /* the caller's; non-blocking, connected; close(2) */
	uint16_t port;
	bool direct_tls;
	char address[64]; /* in digits; RACE_DIGITS_MAX */
	const char *host; /* whose address it is; borrowed until the dialer is used again */
};

enum dialer_state {
	DIALER_BUSY,
	DIALER_CONNECTED,
	DIALER_FAILED, /* nobody is there, or nobody else */
	DIALER_DENIED  /* the domain says that it offers no such service, or it cannot have any */
};

struct dialer;

/* All are borrowed, and must outlive the dialer. */
struct dialer *dialer_new(const struct resolver *resolver, const struct race_net *net,
	const struct clock *clock, const struct chance *chance);
void dialer_free(struct dialer **dialer);

/* Drops what it was at. host NULL: found by DNS; else that host, without asking for services.
 * port, for host alone; 0: the protocol's own. */
void dialer_begin(struct dialer *dialer, const char *domain, const char *host, uint16_t port,
	enum dialer_tls tls);
/* line is set when connected: the next call goes on to the next one. err is set when failed or
 * denied; it stays so. */
enum dialer_state dialer_poll(
	struct dialer *dialer, struct dialer_line *line, struct err *err) BOT_MUST_USE;
/* How many addresses may be worth a connection yet; a guess while DNS is being asked. */
size_t dialer_left(const struct dialer *dialer);
void dialer_stop(struct dialer *dialer);

#endif

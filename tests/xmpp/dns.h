/* dns.h - answers of a name server, made by hand. */
#ifndef TESTS_DNS_H
#define TESTS_DNS_H

#include "base.h"

struct dns {
	unsigned char bytes[8192];
	size_t len;
};

/* An answer without records, to the question for the name's SRV records. */
void dns_begin(struct dns *dns, const char *name);
/* More of the answer: a record of the name in question. "" as target: the root. */
void dns_add_srv(
	struct dns *dns, uint16_t priority, uint16_t weight, uint16_t port, const char *target);
void dns_add_address(struct dns *dns);

#endif

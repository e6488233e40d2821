/* address.h - whether what a person wrote can be an XMPP address.
 *
 * Layer: settings. Finds the slips of people who write settings; the server has
 * the last word. Source: RFC 7622 section 3.
 */
#ifndef BOT_ADDRESS_H
#define BOT_ADDRESS_H

#include "err.h"

enum address_shape {
	ADDRESS_ACCOUNT,       /* name@server, or name@server/resource */
	ADDRESS_BARE,          /* name@server */
	ADDRESS_BARE_OR_SERVER /* name@server, or server */
};

/* Says what is wrong, and at which byte of text. */
int address_check(
	const char *text, enum address_shape shape, size_t *where, struct err *err) BOT_MUST_USE;
/* Name and server in lower case, where they are ASCII: addresses are compared so. */
void address_fold(char *text);

#endif

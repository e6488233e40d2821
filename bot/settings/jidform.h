/* jidform.h - whether what a person wrote can be an XMPP address.
 *
 * Layer: settings. Finds the slips of people who write settings; the server has
 * the last word. Source: RFC 7622 section 3.
 */
#ifndef BOT_JIDFORM_H
#define BOT_JIDFORM_H

#include "err.h"

enum jidform {
	JIDFORM_ACCOUNT,       /* name@server, or name@server/resource */
	JIDFORM_BARE,          /* name@server */
	JIDFORM_BARE_OR_SERVER /* name@server, or server */
};

/* Says what is wrong, and at which byte of text. */
int jidform_check(
	const char *text, enum jidform shape, size_t *where, struct err *err) BOT_MUST_USE;
/* Name and server in lower case, where they are ASCII: addresses are compared so. */
void jidform_fold(char *text);

#endif

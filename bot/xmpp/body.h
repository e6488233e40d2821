/* body.h - from what a client sent to what a person said.
 *
 * Layer: xmpp. Pure text. Ranges count code points from 0 and are half open.
 * Source: XEP-0426 for counting, XEP-0428 for what is cut, XEP-0393 section
 * 5.1.3 for quoted lines.
 */
#ifndef BOT_BODY_H
#define BOT_BODY_H

#include "base.h"

struct buf;

struct body_range {
	size_t start, end; /* end SIZE_MAX: to the end of the text */
};

/* Adds text without what the ranges cover, made clean. They may overlap, be turned round or lie
 * outside. */
void body_cut(struct buf *out, const char *text, const struct body_range *ranges, size_t count);
/* Adds text without the lines that begin with '>', unless there are no others. */
void body_unquote(struct buf *out, const char *text);
/* Takes white space off both ends. */
void body_trim(struct buf *text);

#endif

/* mam.h - asking an archive for messages, a page at a time.
 *
 * Layer: xmpp. Only what stands in the stanzas; whom to believe, and when to go
 * on, is the caller's to know. Text is borrowed from pool, elements from their
 * stanza. Source: XEP-0313 sections 4 and 6, XEP-0059, XEP-0297.
 */
#ifndef BOT_MAM_H
#define BOT_MAM_H

#include "stanza.h"

struct pool;

enum { MAM_PAGE_MAX = 50, MAM_ID_MAX = 1024 };

/* Where a page begins: behind the message `after`, or where that is NULL at a time. */
struct mam_start {
	const char *after;
	int64_t since_ms;
};

/* Fills in a <query/> of this namespace: the oldest messages first. */
void mam_fill_query(xmpp_stanza_t *query, const char *query_id, const struct mam_start *start);

/* One message out of an archive. */
struct mam_result {
	const char *query_id, *archive_id; /* NULL where not given */
	int64_t sent_ms;                   /* 0: not given */
	xmpp_stanza_t *message;
};

/* false: the stanza is no such thing. */
bool mam_read_result(struct mam_result *result, struct pool *pool, xmpp_stanza_t *stanza);

/* The end of a page. */
struct mam_page {
	bool complete;    /* and of the archive */
	const char *last; /* the id to go on behind; NULL: the page was empty */
};

/* false: the IQ is no such thing. */
bool mam_read_page(struct mam_page *page, struct pool *pool, xmpp_stanza_t *iq);

#endif

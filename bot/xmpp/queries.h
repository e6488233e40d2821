/* queries.h - the questions we have asked others by IQ, until they answer.
 *
 * Layer: xmpp. Each has an id nobody can guess and a deadline; an answer counts
 * only from whom was asked. Source: RFC 6120 section 8.2.3.
 */
#ifndef BOT_QUERIES_H
#define BOT_QUERIES_H

#include "chance.h"
#include "clock.h"
#include "wire.h"

/* For an answer, where nobody waits for it; a busy server may take some seconds. */
enum { QUERIES_PATIENCE_MS = 30 * 1000 };

struct queries;

/* answer: the result or error, borrowed; NULL when none came in time or the stream ended.
 * subject: what was handed in with the question; borrowed. */
typedef void query_done(void *userdata, const char *subject, xmpp_stanza_t *answer);

/* own_jid is borrowed: the account's bare address, for which a missing `from` stands. */
struct queries *queries_new(const struct wire *wire, const char *own_jid, const struct clock *clock,
	const struct chance *chance);
/* Forgets what is open without a word. */
void queries_free(struct queries **queries);

/* Sends an IQ and keeps `done` for its answer. The stanza is one made by queries_ask(), whose
 * `to` and type are set; its id is set here. Releases it. Calls done at once where too many are
 * open. */
void queries_send(struct queries *queries, xmpp_stanza_t *iq, int64_t patience_ms,
	const char *subject, query_done *done, void *userdata);
/* An IQ of type get or set with an element in it (borrowed, in *query); to NULL: our server. */
xmpp_stanza_t *queries_ask(struct queries *queries, const char *type, const char *to,
	const char *name, const char *ns, xmpp_stanza_t **query);

/* Hands an IQ of type result or error to whom it is for; false: to nobody. */
bool queries_answer(struct queries *queries, xmpp_stanza_t *iq);
/* Gives up those whose deadline has passed. */
void queries_tick(struct queries *queries);
/* Gives all of them up. */
void queries_drop(struct queries *queries);

#endif

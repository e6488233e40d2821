/* dialogs.h - the sessions of commands: forms that lie with somebody to be
 * filled in, and what was filled in so far.
 *
 * Layer: xmpp. A dialog belongs to the full address that began it, its id
 * cannot be guessed, and it is forgotten after ten minutes of silence. Their
 * number is bounded, and how many one person may have; the oldest makes way.
 */
#ifndef BOT_DIALOGS_H
#define BOT_DIALOGS_H

#include "adhoc.h"
#include "chance.h"
#include "clock.h"

/* Lives until the next call that takes the dialogs, but for dialogs_find(). */
struct dialog {
	char id[33];
	const char *from, *asker, *node;
	unsigned stage;
	bool has_next, can_complete;
	struct form_values values; /* of all fields that were shown */
	struct pool *pool;
	int64_t used_ms;
};

struct dialogs;

struct dialogs *dialogs_new(const struct clock *clock, const struct chance *chance);
void dialogs_free(struct dialogs **dialogs);
/* Forgets all of them, or those whose time is over. */
void dialogs_clear(struct dialogs *dialogs);
void dialogs_tick(struct dialogs *dialogs);

/* NULL: there is none. */
struct dialog *dialogs_find(const struct dialogs *dialogs, const char *id);
struct dialog *dialogs_begin(struct dialogs *dialogs, const struct adhoc_call *call);
/* Keeps what was filled in so far, and the names of what is asked for now. */
void dialogs_keep(struct dialogs *dialogs, struct dialog *dialog, const struct form_values *known,
	const struct adhoc_answer *answer);
void dialogs_end(struct dialogs *dialogs, const struct dialog *dialog);

#endif

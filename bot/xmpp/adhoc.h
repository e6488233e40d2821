/* adhoc.h - commands that people run by forms of their client, as everything
 * above XMPP sees them: plain data, and a table of functions to run them.
 *
 * Layer: xmpp. Source: XEP-0050.
 */
#ifndef BOT_ADHOC_H
#define BOT_ADHOC_H

#include "chat.h"
#include "form.h"

struct pool;

struct adhoc_command {
	const char *node;
	const char *name; /* for people */
};

/* A step in a session: form number `stage` is to be shown, counted from 0, or, with `completes`,
 * the command is to be carried out. */
struct adhoc_call {
	/* Who: place, from, room, nick, asker and real_jid are filled in; nothing is said. */
	const struct chat_message *who;
	const char *node;
	unsigned stage;
	bool completes;
	struct form_values values; /* of all forms filled in so far */
};

enum adhoc_outcome {
	ADHOC_DONE,      /* form, if any, holds the result */
	ADHOC_ASKS,      /* form is to be filled in; it may be the same once more */
	ADHOC_INCOMPLETE /* what must be filled in was not */
};

enum adhoc_note { ADHOC_NO_NOTE, ADHOC_INFO, ADHOC_WARN, ADHOC_ERROR };

/* Text is in the pool of the call. */
struct adhoc_answer {
	enum adhoc_outcome outcome;
	struct form form; /* no fields: none */
	/* ADHOC_ASKS: its number, and how it can go on from there. */
	unsigned stage;
	bool has_next, can_complete;
	enum adhoc_note note;
	const char *words; /* of the note */
};

enum adhoc_access { ADHOC_UNKNOWN, ADHOC_FORBIDDEN, ADHOC_ALLOWED };

struct adhoc_provider {
	/* What `who` may run, in the order to show it; text in pool. NULL: nobody runs anything. */
	size_t (*list)(void *userdata, const struct chat_message *who, struct pool *pool,
		const struct adhoc_command **commands);
	enum adhoc_access (*access)(
		void *userdata, const struct chat_message *who, const char *node);
	/* Called only for a node that was ADHOC_ALLOWED just before. answer comes zeroed, with the
	 * call's stage. */
	void (*run)(void *userdata, const struct adhoc_call *call, struct pool *pool,
		struct adhoc_answer *answer);
	void *userdata;
};

#endif

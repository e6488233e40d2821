/* mam_prefs.h - has our server keep all that is said to us and by us.
 *
 * Layer: xmpp. Many servers keep nothing, or only what contacts say, until they
 * are told to; and what was never kept must not be taken for lost.
 * Source: XEP-0441 (before: XEP-0313 section 7).
 */
#ifndef BOT_MAM_PREFS_H
#define BOT_MAM_PREFS_H

#include "queries.h"

struct mam_prefs {
	struct queries *queries; /* borrowed, as own_jid */
	const char *own_jid;
	/* kept: all of it was, up to now, as far as the server lets us know. It is from now on
	 * where it can be had at all. */
	void (*told)(void *userdata, bool kept);
	void *userdata;
};

/* Asks, and changes what is not as we need it; tells once. */
void mam_prefs_settle(struct mam_prefs *prefs);

#endif

/* schema.h - the journal's tables, and how they came to be.
 *
 * Layer: journal, on base and SQLite. Migrations are numbered from 1, and each
 * is one transaction; table `migration` says which have been done and when.
 */
#ifndef BOT_SCHEMA_H
#define BOT_SCHEMA_H

#include "store.h"

/* Brings an open store to the newest shape. A file that is somebody else's, or of a newer
 * careerbot, is refused. *born_ms: when the journal was begun. */
int schema_bring_up(
	struct store *store, int64_t now_ms, int64_t *born_ms, struct err *err) BOT_MUST_USE;
/* Only looks whether it has the newest shape. */
int schema_check(struct store *store, struct err *err) BOT_MUST_USE;

#endif

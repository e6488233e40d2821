/* seen.h - the half of writing down a message that a question shares.
 *
 * Layer: journal; not for others.
 */
#ifndef BOT_SEEN_H
#define BOT_SEEN_H

#include "journal.h"

void seen_remember(struct journal *journal, const struct journal_message *message);
/* Within a transaction. */
void seen_write(struct journal *journal, const struct journal_message *message);
/* Drops all but the last; writing does so now and then. */
void seen_trim(struct journal *journal);

#endif

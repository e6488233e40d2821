/* doomed.h - answers to be taken back as soon as their room has named them.
 *
 * Layer: desk. A room knows a message by the id that it gives (XEP-0424), which
 * we learn when the message comes back; a hasty asker is faster than that.
 */
#ifndef BOT_DOOMED_H
#define BOT_DOOMED_H

#include "base.h"

struct doomed;

struct doomed *doomed_new(void);
void doomed_free(struct doomed **doomed);

/* id: ours. Of many the oldest makes way. */
void doomed_add(struct doomed *doomed, const char *room, const char *id);
/* The room of the one with this id, which is forgotten; NULL: none. Borrowed until the next call.
 */
const char *doomed_take(struct doomed *doomed, const char *id);

#endif

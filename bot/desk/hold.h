/* hold.h - questions said to nobody in particular, held until a person had the
 * time to answer first.
 *
 * Layer: desk. Knows no engine: whoever puts a question here has found it
 * worth answering. Times are of the clock that never steps.
 */
#ifndef BOT_HOLD_H
#define BOT_HOLD_H

#include "chat.h"

struct hold;

struct hold *hold_new(void);
void hold_free(struct hold **hold);

/* Copies the question. Only so many are held: one too many is let go. */
void hold_add(struct hold *hold, const struct chat_message *question, int64_t due_ms);

/* Somebody said this in the room. A person's answer lets go what it answers: a reply to the
 * question, a word to its asker, or a remark to nobody that is no question itself (asks: it is). */
void hold_heard(struct hold *hold, const struct chat_message *message, bool asks);
/* The asker's questions in the room are settled: asked of us, or taken back. */
void hold_drop_asker(struct hold *hold, const char *room, const char *asker);
/* The same for one message, known by its id or the room's; true if it was held. asker NULL:
 * whoever. */
bool hold_drop(struct hold *hold, const char *room, const char *asker, const char *id);
void hold_drop_room(struct hold *hold, const char *room);

/* The next question whose time has come, NULL if none; borrowed until the next call. */
const struct chat_message *hold_take(struct hold *hold, int64_t now_ms);
/* When the next one's time comes; INT64_MAX: none is held. */
int64_t hold_next_ms(const struct hold *hold);

#endif

/* marks.h - what holds for a time: a room wants quiet, a sender was told.
 *
 * Layer: desk. In memory, and in the journal so that a restart forgets nothing;
 * trouble with the journal is logged and costs no more than that.
 */
#ifndef BOT_MARKS_H
#define BOT_MARKS_H

#include "clock.h"
#include "lately.h"

struct journal;
struct trouble;

struct marks;

struct marks *marks_new(
	struct journal *journal, struct trouble *trouble, const struct clock *clock);
void marks_free(struct marks **marks);

/* kind: a word of ours; who: whom it is about. */
void marks_set(struct marks *marks, const char *kind, const char *who, int64_t for_ms);
void marks_clear(struct marks *marks, const char *kind, const char *who);
bool marks_hold(struct marks *marks, const char *kind, const char *who);

#endif

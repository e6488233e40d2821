/* rivals.h - the other bots of a room that answer people, so that not all of them answer at once.
 *
 * Layer: desk. They are known once they were heard. For each question all bots of our kind that
 * know of each other come to the same order, without a word: by a hash of the question's id and the
 * nick.
 */
#ifndef BOT_RIVALS_H
#define BOT_RIVALS_H

#include "base.h"

struct rivals;

struct rivals *rivals_new(void);
void rivals_free(struct rivals **rivals);

/* A bot of this nick answered somebody in the room. It counts for a day. */
void rivals_heard(struct rivals *rivals, const char *room, const char *nick, int64_t now_ms);
/* How many of them go first with the question of this id; own_nick: ours there. */
unsigned rivals_before(const struct rivals *rivals, const char *room, const char *own_nick,
	const char *id, int64_t now_ms);

#endif

/* wording.h - how an answer is said: the asker's nick before it and a bearable
 * length in a room, lines of the voice with what is filled in.
 *
 * Layer: desk.
 */
#ifndef BOT_WORDING_H
#define BOT_WORDING_H

#include "base.h"

struct answer_engine;
struct buf;

/* What a room bears at once. */
enum { WORDING_ROOM_CHARS = 1500, WORDING_ROOM_LINES = 8 };

/* "Nick: text" for a room, cut where it gets too long, with the line `more` in place of the
 * rest. nick may be NULL; one that would address others in our name is left out. */
void wording_for_room(struct buf *out, const char *nick, const char *text, const char *more);
/* The text behind the nick that wording_for_room() put before it. */
const char *wording_without_nick(const char *body, const char *nick);

/* The first words of a text, in one line, to be quoted. */
void wording_quote(struct buf *out, const char *text);

struct wording_fill {
	const char *word; /* as in {word} */
	const char *value;
};

/* Adds a line of the voice, its words filled in. */
void wording_add_line(struct buf *out, struct answer_engine *engine, const char *name,
	unsigned turn, const struct wording_fill *fills, size_t fill_count);
/* Adds how long ago: "20 minutes ago", in the voice's words. For ten minutes and more. */
void wording_add_ago(struct buf *out, struct answer_engine *engine, int64_t age_ms);

#endif

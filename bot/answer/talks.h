/* talks.h - what was said before, per asker and place.
 *
 * Layer: answer. Remembers ids and words, never engine objects: a talk goes on
 * after a reload. Bounded in number and in size, aged by the clock handed in.
 */
#ifndef BOT_TALKS_H
#define BOT_TALKS_H

#include "answer.h"

enum { TALK_LIST_MAX = 9, TALK_ID_MAX = 64, TALK_CONTEXT_MAX = 256 };

struct talk {
	char topic[TALK_ID_MAX];     /* id of the answer that was given last, or came nearest */
	char answered[TALK_ID_MAX];  /* the last answer's id; "" where the last reply was none */
	char list[TALK_LIST_MAX][TALK_ID_MAX]; /* ids that "the second one" may mean */
	size_t list_count;
	size_t picked; /* the place in the list, from 1, of what was answered last; 0: not in it */
	bool offered;                /* the list was offered for choosing, not part of an answer */
	char context[TALK_CONTEXT_MAX]; /* the last question, whole, in words; "" at first */
	unsigned turns;              /* replies so far: chooses variants */
	unsigned noises;             /* messages with nothing in them */
};

/* The talk under the key, begun where there is none or the last is too old. */
struct talk *talks_get(struct answer_talks *talks, const char *key);
/* The same, but what was said under elder goes on here if that was later. */
struct talk *talks_go_on(struct answer_talks *talks, const char *key, const char *elder);
/* Copies an id or text into a field of a talk, cut at a code point. */
void talks_put(char *field, size_t size, const char *text);

#endif

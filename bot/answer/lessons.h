/* lessons.h - the sentences that teach, and the teaching.
 *
 * Layer: answer, private to it. Thousands of sentences are held at once, as the
 * numbers of their words: the vocabulary must be whole before the first of them
 * can be understood.
 */
#ifndef BOT_LESSONS_H
#define BOT_LESSONS_H

#include "base.h"

struct answer_engine;
struct lessons;

/* The engine outlives the lessons. */
struct lessons *lessons_new(struct answer_engine *engine);
void lessons_free(struct lessons **lessons);

/* Normalises the sentence, and adds its words to the vocabulary. */
void lessons_add(struct lessons *lessons, const char *text, uint32_t class);
/* Makes the engine's features and its model from all that was added; phrases are indexed. */
void lessons_teach(struct lessons *lessons);

#endif

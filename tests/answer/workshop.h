/* workshop.h - the small parts of an engine, put together by hand for one test.
 *
 * No pack, no model: words, spellings and concepts as the test gives them.
 */
#ifndef TESTS_WORKSHOP_H
#define TESTS_WORKSHOP_H

#include "testing.h"

#include "chart.h"
#include "grammar.h"
#include "phrase_index.h"
#include "normalise.h"
#include "pool.h"
#include "rarity.h"
#include "spelling.h"
#include "words.h"

struct workshop {
	struct pool *pool;
	struct words *words;
	struct spelling *spelling;
	struct grammar *grammar;
	struct rarity *rarity; /* once finished */
	struct phrase_index *phrases;
	struct problems *problems;
	char *printed; /* the problems */
};

/* cmocka's setup and teardown; *state is the workshop. */
int workshop_setup(void **state);
int workshop_teardown(void **state);

/* Defines a concept by its phrases, with "; " between them. Returns its number. */
uint32_t workshop_concept(struct workshop *w, const char *name, const char *phrases);
/* Once all concepts are there; fails the test if anything is wrong with them. */
void workshop_finish(struct workshop *w);
/* Normalises and looks up. */
struct utterance workshop_hear(struct workshop *w, const char *text);
/* … and finds the concepts. */
struct chart workshop_read(struct workshop *w, const char *text);
/* All problems so far as they are printed; borrowed until the next call. */
const char *workshop_printed(struct workshop *w);

#endif

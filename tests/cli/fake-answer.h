/* fake-answer.h - an engine for the tests of the command line: linked in place
 * of libanswer.a, it says what the tests below it rely on.
 *
 *   "pay …"     answers salary.india, in two lines
 *   "or …"      asks back
 *   "uncovered …", "silent …"  are of that outcome
 *   "again"     says how many questions there were in this talk before
 *   else        not understood
 *
 * A pack of the path "broken" does not load; one of "doubtful" gives warnings;
 * one of "failing" fails a test.
 */
#ifndef TESTS_FAKE_ANSWER_H
#define TESTS_FAKE_ANSWER_H

#include "answer.h"

/* What the last answer_engine_load() was given. */
extern struct fake_answer {
	char packs[256]; /* separated by blanks */
	char default_pack[256];
	enum answer_place place; /* of the last question */
	size_t engines, talks;   /* that are not yet freed */
} fake_answer;

#endif

/* fake-answer.h - an engine for the desk's tests, which says what it is told to. */
#ifndef TESTS_DESK_FAKE_ANSWER_H
#define TESTS_DESK_FAKE_ANSWER_H

#include "answer.h"

/* What was asked last. By the first word of the text: "pay" is answered ("The pay is good."),
 * "long" is answered with twenty lines, "fees" in one of two ways, "hm" is met with silence,
 * "hello" with "Hello!"; all else is not understood, in one of two ways. Overheard, all but "pay"
 * is met with silence. */
struct fake_asked {
	unsigned count;
	char text[200], talk[200], elder[200], about[200];
	enum answer_place place;
	char forgotten[200];
};
extern struct fake_asked fake_asked;

struct answer_engine *fake_engine(void);

#endif

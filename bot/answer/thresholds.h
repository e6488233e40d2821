/* thresholds.h - how sure is sure enough: measured, not typed in.
 *
 * Layer: answer. Source: patterns/decide.yaml, written by `make calibrate` with
 * the names of the files that it was measured on.
 */
#ifndef BOT_THRESHOLDS_H
#define BOT_THRESHOLDS_H

#include "problems.h"

struct node;

/* Beliefs, 0 to 1. */
struct thresholds {
	double scope;     /* of all that can be answered together, for any of it to be */
	double answer;    /* an answer is given from here on */
	double keyless;   /* … when none of the intent's keys is there */
	double unknown;   /* added for each content word that the pack does not know */
	double plain;     /* from here on one reading needs fear no other … */
	double rival;     /* … below it a second that has this share of the best is asked about */
	double suggest;   /* a question is offered from here on */
	double overheard; /* a remark addressed to nobody is answered from here on */
	double part;      /* each of two questions in one message */
};

extern const struct thresholds thresholds_default; /* for a set of packs without decide.yaml */

void thresholds_read(
	struct thresholds *thresholds, const struct node *root, struct problems *problems);

#endif

/* followup.h - what leans on what was said before.
 *
 * Layer: answer. "The second one", "tell me more", "says who?": a choice from
 * the last list, or something done with the last answer. Else it may be a
 * question of which half was said before (whole.h), or a remark in between.
 */
#ifndef BOT_FOLLOWUP_H
#define BOT_FOLLOWUP_H

#include "engine.h"
#include "talks.h"

enum followup_kind {
	FOLLOWUP_NONE,    /* it stands alone */
	FOLLOWUP_PICK,    /* the id is chosen from the talk's list */
	FOLLOWUP_MORE,    /* more of the last answer */
	FOLLOWUP_SHORTER, /* the last answer in fewer words */
	FOLLOWUP_SOURCE,  /* where the last answer comes from */
	FOLLOWUP_YES,     /* to an offer of several: which? */
	FOLLOWUP_NO,      /* to an offer */
	FOLLOWUP_REMARK,  /* it tells something, and asks nothing */
	FOLLOWUP_LEANS    /* it may be one of the whole questions in `whole` */
};

enum { FOLLOWUP_WHOLE_MAX = 6 };

struct followup {
	enum followup_kind kind;
	const char *id; /* for PICK */
	struct whole {
		const char *text;    /* in pool */
		bool refers;         /* puts whom or where the talk was about for "they", "there" */
		bool other_thing;    /* asks the same of somebody else, or elsewhere */
		bool old_topic;      /* asks about the same as before, whatever else was said */
	} whole[FOLLOWUP_WHOLE_MAX]; /* for LEANS: likeliest first */
	size_t whole_count;
	bool insists; /* takes back how the last message was understood, or names what to change in
			 it */
	bool goes_on; /* its form is one that goes on with a talk: "more about …", "and …" */
	bool only_leans; /* alone it says nothing: a place, a name, a comparison with half missing
			  */
};

void followup_read(struct answer_engine *engine, struct pool *pool, const struct talk *talk,
	const struct reading *reading, struct followup *followup);

#endif

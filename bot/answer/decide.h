/* decide.h - from one reading to one verdict: what is asked, if anything.
 *
 * Layer: answer. The model's belief and the patterns that fit are weighed
 * together; what they leave over makes the bar higher. Every verdict names the
 * rule that made it.
 */
#ifndef BOT_DECIDE_H
#define BOT_DECIDE_H

#include "beliefs.h"
#include "engine.h"

struct verdict {
	enum answer_outcome outcome; /* ANSWER, SUGGEST, UNCOVERED or UNKNOWN */
	uint32_t class;              /* the intent that won, or the engine's near or foreign */
	double confidence;           /* of ANSWER; of the first suggestion for SUGGEST; else 0 */
	const char *rule;            /* in words */
	struct beliefs beliefs;      /* best first */
	struct feature_list features;
	bool is_foreign; /* not about the subject: nothing is suggested */
};

/* The verdict's lists live in pool. */
void decide(struct answer_engine *engine, struct pool *pool, const struct reading *reading,
	struct verdict *verdict);

/* The id of the answer that the class leads to, or NULL. */
const char *decide_answer_id(const struct answer_engine *engine, uint32_t class);
/* Small talk and questions about the bot, which belong to no subject. id may be NULL. */
bool decide_is_about_bot(const char *id);

/* Whether anything that was said speaks for the class: that a message is short, or asks nothing, is no
 * reason to answer it. */
bool decide_has_reason(const struct answer_engine *engine, const struct reading *reading,
	const struct verdict *verdict, uint32_t class);

#endif

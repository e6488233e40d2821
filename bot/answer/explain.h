/* explain.h - why the reply is what it is, in words for whoever writes patterns.
 *
 * Layer: answer.
 */
#ifndef BOT_EXPLAIN_H
#define BOT_EXPLAIN_H

#include "questions.h"

/* Everything lives in pool. */
const struct answer_explanation *explain(const struct answer_engine *engine, struct pool *pool,
	const struct reading *reading, const struct questions *questions);

#endif

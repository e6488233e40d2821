#include "engine.h"

#include "matcher.h"
#include "normalise.h"
#include "repair.h"

void engine_read(struct answer_engine *e, struct pool *pool, struct utterance *u, struct reading *r)
{
	*r = (struct reading){.u = *u};
	chart_open(e->phrases, pool, u, &r->chart);
	matcher_ask(e->matcher, &r->chart);
	chart_fill(e->phrases, pool, u, &r->chart);
	clauses_read(&e->language, pool, u, &r->chart, &r->clauses);
	matcher_find(e->matcher, pool, u, &r->chart, &r->matches);
	feature_weigh(e->features, pool, r);
}

void engine_hear(
	struct answer_engine *e, struct pool *pool, const char *text, size_t len, struct reading *r)
{
	struct utterance u;

	normalise(e->spelling, pool, text, len, &u);
	repair_utterance(e->repair, pool, &u);
	engine_read(e, pool, &u, r);
}

bool engine_is_answer(const struct answer_engine *e, uint32_t class)
{
	return class < e->near && intents_at(e->intents, class)->answer;
}

#include "clauses.h"

#include "pool.h"

static const struct span *role_at(const struct language *language, const struct chart *chart,
	size_t token, enum role role)
{
	const struct span *best = NULL;

	if (token >= chart->count)
		return NULL;
	for (const struct span *s = chart->at[token]; s; s = s->next)
		if (s->concept == language->roles[role] && (!best || s->end > best->end))
			best = s;
	return best;
}

/* Whether a question begins at token, with nothing before `end` but what leads up to it. */
static bool opens_before(
	const struct language *language, const struct chart *chart, size_t token, size_t end)
{
	const struct span *lead;

	/* "hey, so and how …": pass over what only leads up to it */
	for (int i = 0; i < 4 && token < end; i++) {
		if (role_at(language, chart, token, ROLE_ASKS_OPENING))
			return true;
		lead = role_at(language, chart, token, ROLE_JOINS);
		if (!lead)
			lead = role_at(language, chart, token, ROLE_FILLER);
		if (!lead)
			return false;
		token = lead->end;
	}
	return false;
}

/* Whether the token begins a question: with a question word, or one behind a joining word. */
static bool opens_question(const struct language *language, const struct chart *chart, size_t token)
{
	return opens_before(language, chart, token, chart->count);
}

static bool asks_inside(const struct language *language, const struct chart *chart, size_t start,
	size_t end)
{
	for (size_t i = start; i < end; i++) {
		const struct span *s = role_at(language, chart, i, ROLE_ASKS_ANYWHERE);

		if (s && s->end <= end)
			return true;
	}
	return false;
}

void clauses_read(const struct language *language, struct pool *pool, const struct utterance *u,
	const struct chart *chart, struct clauses *out)
{
	size_t start = 0;

	*out = (struct clauses){0};
	out->items = pool_alloc(pool, u->count + 1, sizeof(*out->items));
	for (size_t i = 1; i <= u->count; i++) {
		enum mark mark = i < u->count ? u->tokens[i].before : u->last;
		struct clause *clause;

		if (i < u->count && mark < MARK_STOP &&
			!(mark == MARK_COMMA && opens_question(language, chart, i)))
			continue;
		clause = &out->items[out->count++];
		*clause = (struct clause){
			.start = (uint16_t)start,
			.end = (uint16_t)i,
			.asks = mark == MARK_QUESTION ||
				opens_before(language, chart, start, i) ||
				asks_inside(language, chart, start, i),
		};
		out->any_asks |= clause->asks;
		start = i;
	}
}

#include "roles.h"

#include "pool.h"

void roles_read(const struct answer_engine *e, struct pool *pool, const struct chart *chart,
	struct roles *roles)
{
	uint32_t first = e->language.roles[0];

	*roles = (struct roles){.count = chart->count};
	roles->of = pool_alloc(pool, chart->count + 1, sizeof(*roles->of));
	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];

		if (!language_is_role(&e->language, s->concept))
			continue;
		for (size_t k = s->start; k < s->end; k++)
			roles->of[k] |= ROLE_SET(s->concept - first);
		roles->any |= ROLE_SET(s->concept - first);
	}
}

bool roles_open_with(const struct roles *roles, uint64_t which)
{
	size_t i = 0;

	while (i < roles->count && (roles->of[i] & ROLE_SET(ROLE_FILLER)) &&
		!(roles->of[i] & which))
		i++;
	return i < roles->count && (roles->of[i] & which);
}

size_t roles_rest(const struct roles *roles, uint64_t but)
{
	size_t n = 0;

	for (size_t i = 0; i < roles->count; i++)
		n += !(roles->of[i] & but);
	return n;
}

const struct span *roles_find(
	const struct answer_engine *e, const struct chart *chart, enum role role)
{
	return chart_find(chart, e->language.roles[role]);
}

const struct span *roles_find_last(
	const struct answer_engine *e, const struct chart *chart, enum role role)
{
	const struct span *last = NULL;

	for (size_t i = 0; i < chart->span_count; i++)
		if (chart->all[i]->concept == e->language.roles[role] &&
			(!last || chart->all[i]->start >= last->end))
			last = chart->all[i];
	return last;
}

#include "beliefs.h"

#include "pool.h"

static void add(struct beliefs *b, uint32_t class, double share)
{
	if (b->count == b->cap) {
		size_t cap = 2 * b->cap + 16;
		struct belief *more = pool_alloc(b->pool, cap, sizeof(*more));

		if (b->count)
			memcpy(more, b->items, b->count * sizeof(*more));
		b->items = more;
		b->cap = cap;
	}
	b->items[b->count++] = (struct belief){class, share};
}

static struct belief *find(struct beliefs *b, uint32_t class)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].class == class)
			return &b->items[i];
	return NULL;
}

static void scale(struct beliefs *b, double factor)
{
	for (size_t i = 0; i < b->count; i++)
		b->items[i].share *= factor;
}

void beliefs_from(struct beliefs *b, struct pool *pool, const float *shares, size_t count,
	double least)
{
	*b = (struct beliefs){.pool = pool};
	for (size_t i = 0; i < count; i++)
		if ((double)shares[i] >= least)
			add(b, (uint32_t)i, shares[i]);
}

void beliefs_only(struct beliefs *b, struct pool *pool, uint32_t class)
{
	*b = (struct beliefs){.pool = pool};
	add(b, class, 1.0);
}

void beliefs_favour(struct beliefs *b, uint32_t class, double factor)
{
	struct belief *belief = find(b, class);
	double gain;

	if (!belief)
		return;
	gain = belief->share * (factor - 1.0);
	belief->share *= factor;
	scale(b, 1.0 / (1.0 + gain));
}

void beliefs_raise(struct beliefs *b, uint32_t class, double share)
{
	struct belief *belief = find(b, class);
	double before = belief ? belief->share : 0.0;

	if (share <= before)
		return;
	scale(b, (1.0 - share) / (1.0 - before));
	belief = find(b, class);
	if (belief)
		belief->share = share;
	else
		add(b, class, share);
}

static int better_first(const void *a, const void *b)
{
	const struct belief *p = a, *q = b;

	if (p->share != q->share)
		return p->share > q->share ? -1 : 1;
	return p->class < q->class ? -1 : 1;
}

void beliefs_sort(struct beliefs *b)
{
	if (b->count)
		qsort(b->items, b->count, sizeof(*b->items), better_first);
}

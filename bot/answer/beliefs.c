#include "beliefs.h"

#include "pool.h"

static const double scale_least = 1e-100; /* smaller, and the items' shares might not fit a double */

/* The place of the class among the items, or where it would be. */
static size_t place_of(const struct beliefs *b, uint32_t class)
{
	size_t low = 0, high = b->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (b->items[middle].class < class)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct beliefs *b, size_t place, uint32_t class)
{
	return place < b->count && b->items[place].class == class;
}

static void insert(struct beliefs *b, size_t place, struct belief belief)
{
	if (b->count == b->cap) {
		size_t cap = 2 * b->cap + 16;
		struct belief *more = pool_alloc(b->pool, cap, sizeof(*more));

		if (b->count)
			memcpy(more, b->items, b->count * sizeof(*more));
		b->items = more;
		b->cap = cap;
	}
	memmove(b->items + place + 1, b->items + place, (b->count - place) * sizeof(*b->items));
	b->items[place] = belief;
	b->count++;
}

static void settle(struct beliefs *b)
{
	for (size_t i = 0; i < b->count; i++)
		b->items[i].share *= b->scale;
	b->scale = 1.0;
}

static void scale(struct beliefs *b, double factor)
{
	b->scale *= factor;
	if (b->scale < scale_least)
		settle(b);
}

void beliefs_from(struct beliefs *b, struct pool *pool, const float *shares, size_t count,
	double least)
{
	*b = (struct beliefs){.pool = pool, .scale = 1.0};
	for (size_t i = 0; i < count; i++)
		if ((double)shares[i] >= least)
			insert(b, b->count, (struct belief){(uint32_t)i, shares[i]});
}

void beliefs_only(struct beliefs *b, struct pool *pool, uint32_t class)
{
	*b = (struct beliefs){.pool = pool, .scale = 1.0};
	insert(b, 0, (struct belief){class, 1.0});
}

void beliefs_favour(struct beliefs *b, uint32_t class, double factor)
{
	size_t place = place_of(b, class);
	double gain;

	if (!is_at(b, place, class))
		return;
	gain = b->items[place].share * b->scale * (factor - 1.0);
	b->items[place].share *= factor;
	scale(b, 1.0 / (1.0 + gain));
}

void beliefs_raise(struct beliefs *b, uint32_t class, double share)
{
	size_t place = place_of(b, class);
	bool known = is_at(b, place, class);
	double before = known ? b->items[place].share * b->scale : 0.0;

	if (share <= before)
		return;
	scale(b, (1.0 - share) / (1.0 - before));
	if (!known)
		insert(b, place, (struct belief){.class = class});
	b->items[place].share = share / b->scale;
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
	settle(b);
	if (b->count)
		qsort(b->items, b->count, sizeof(*b->items), better_first);
}

/* beliefs.h - how likely each reading is, of those that are in question at all.
 *
 * Layer: answer. Sparse: cost follows the candidates, not the number of
 * intents. All beliefs together are 1.
 */
#ifndef BOT_BELIEFS_H
#define BOT_BELIEFS_H

#include "base.h"

struct pool;

struct belief {
	uint32_t class;
	double share; /* 0 to 1 */
};

struct beliefs {
	struct belief *items; /* by class; once sorted, best first */
	size_t count, cap;
	double scale;      /* until they are sorted, a share is that of the item times this */
	struct pool *pool; /* where they grow */
};

/* Beliefs of every class, of which those below `least` are left out. */
void beliefs_from(struct beliefs *beliefs, struct pool *pool, const float *shares, size_t count,
	double least);
/* All belief in one class. */
void beliefs_only(struct beliefs *beliefs, struct pool *pool, uint32_t class);
/* Makes a class so many times as likely as before, against the others. */
void beliefs_favour(struct beliefs *beliefs, uint32_t class, double factor);
/* Sees to it that a class has at least this share, which the others give, each by its part. */
void beliefs_raise(struct beliefs *beliefs, uint32_t class, double share);
/* Best first; ties by class. The last thing to be done to them. */
void beliefs_sort(struct beliefs *beliefs);

#endif

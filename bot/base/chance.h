/* chance.h - chance, handed in.
 *
 * Layer: base. The system's source is fit for keys and ids; a test hands in
 * the sequence it wants.
 */
#ifndef BOT_CHANCE_H
#define BOT_CHANCE_H

#include "base.h"

struct chance {
	void (*fill)(void *userdata, void *out, size_t len);
	void *userdata;
};

extern const struct chance chance_system; /* getrandom(2) */

/* 0 to bound - 1, each as likely; bound 0 gives 0. */
uint32_t chance_below(const struct chance *chance, uint32_t bound);
/* An id nobody can guess: 32 hexadecimal digits and a NUL. */
void chance_id(const struct chance *chance, char out[33]);

/* A sequence for tests: the same bytes on every machine. */
struct chance chance_from_seed(uint64_t *seed);

#endif

/* naive.h - what the engine is measured against: one regex for each intent, tried one by one.
 *
 * Compiled by PCRE2 with its JIT, and without the flags for Unicode that would slow it down.
 */
#ifndef TESTS_NAIVE_H
#define TESTS_NAIVE_H

#include "corpus.h"

struct naive;

struct naive *naive_new(const struct corpus *corpus);
void naive_free(struct naive **naive);

/* Sets fits[i] for each intent of the corpus. */
void naive_match(struct naive *naive, const char *text, size_t len, bool *fits);

#endif

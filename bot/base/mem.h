/* mem.h - the one place where memory is asked for.
 *
 * Layer: base. Out of memory ends the process here, with one line on stderr:
 * nothing above has to test for NULL. Sizes are bytes; a product that does not
 * fit size_t counts as out of memory.
 */
#ifndef BOT_MEM_H
#define BOT_MEM_H

#include "base.h"

/* Zeroed memory for count items; release with mem_free(). count 0 gives a pointer to free. */
void *mem_alloc(size_t count, size_t size) BOT_MUST_USE;
/* realloc(3) for count items; what is new is not zeroed. */
void *mem_resize(void *p, size_t count, size_t size) BOT_MUST_USE;
/* Copies; release with mem_free(). mem_strdup(NULL) is NULL. */
char *mem_strdup(const char *text) BOT_MUST_USE;
char *mem_strndup(const char *text, size_t len) BOT_MUST_USE;
void mem_free(void *p);

/* Room for at least `need` items behind *items, growing by half; *cap is kept in step. */
#define MEM_GROW(items, cap, need) \
	((need) <= *(cap) ? (void)0 : (void)(*(items) = mem_grow(*(items), (cap), (need), sizeof(**(items)))))
void *mem_grow(void *items, size_t *cap, size_t need, size_t size) BOT_MUST_USE;

#endif

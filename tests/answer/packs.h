/* packs.h - the packs that engine tests load: as they are, or copied and spoilt.
 *
 * The packs are in tests/answer/packs/; copies are made in the current folder,
 * which is the build folder, and taken away again.
 */
#ifndef TESTS_PACKS_H
#define TESTS_PACKS_H

#include "testing.h"

#include "answer.h"

/* The folder of a pack of tests/answer/packs/, or of the career pack ("career"). To be released
 * with free(). */
char *packs_path(const char *name);

/* --- loading --- */

struct loaded {
	struct answer_engine *engine; /* NULL: it did not load */
	struct problems *problems;
	char *printed; /* the problems */
};

void packs_load(struct loaded *loaded, const char *folder);
void packs_unload(struct loaded *loaded);
/* Fails the test, with the problems, unless all went well. */
void packs_load_well(struct loaded *loaded, const char *name);

/* --- copies --- */

struct pack_copy {
	char folder[32];
};

void packs_copy(struct pack_copy *copy, const char *name);
void packs_remove(struct pack_copy *copy);
/* Replaces the first `old` in a file of the copy; the test fails where there is none. */
void packs_edit(const struct pack_copy *copy, const char *file, const char *old, const char *new);
/* Writes a file, whatever was there. */
void packs_write(const struct pack_copy *copy, const char *file, const char *text);
/* Line number n, from 1, of a file of the copy, without its newline. To be released with free(). */
char *packs_line(const struct pack_copy *copy, const char *file, unsigned n);
/* Takes away a file or an empty folder of the copy. */
void packs_drop(const struct pack_copy *copy, const char *file);

#endif

/* keyfile.h - the random key under which askers are written down.
 *
 * Layer: journal, on base. In a file of its own, so that a copy of the
 * journal alone tells nobody who asked.
 */
#ifndef BOT_KEYFILE_H
#define BOT_KEYFILE_H

#include "chance.h"
#include "err.h"

enum { KEYFILE_SIZE = 32 };

/* Reads the key from path, which is made, with mode 0600, where there is none. */
int keyfile_load(unsigned char out[KEYFILE_SIZE], const char *path, const struct chance *chance,
	struct err *err) BOT_MUST_USE;

#endif

/* packs.h - where the packs are, and loading them.
 *
 * Layer: cli.
 */
#ifndef BOT_PACKS_H
#define BOT_PACKS_H

#include "answer.h"

struct buf;

/* The folder of the career pack: the checkout's when the program was not installed, else
 * $(pkgdatadir). From any working directory; whether it is there is not looked at. */
void packs_career(struct buf *out);
/* An engine with these packs, or with the career pack where there are none. NULL: see problems. */
struct answer_engine *packs_load(
	const char *const *packs, size_t count, struct problems *problems) BOT_MUST_USE;

#endif

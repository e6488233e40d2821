/* picture.h - a PNG file, looked at as far as one must to show it to others.
 *
 * Layer: settings. Source: PNG specification, sections 5.2 and 11.2.2.
 */
#ifndef BOT_PICTURE_H
#define BOT_PICTURE_H

#include "err.h"

struct buf;

/* What a vCard should bear at most: servers refuse, and clients ignore, what is much more. */
enum { PICTURE_MAX = 32 * 1024 };

struct picture {
	unsigned width, height; /* pixels */
};

/* Reads the file into bytes, whose cap is PICTURE_MAX. The error is what is wrong with the file,
 * without its name. */
int picture_read(
	struct picture *picture, struct buf *bytes, const char *path, struct err *err) BOT_MUST_USE;

#endif

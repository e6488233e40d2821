/* base.h - what every file of the tree starts from.
 *
 * Layer: base, the ground floor. Depends on libc alone.
 */
#ifndef BOT_BASE_H
#define BOT_BASE_H

/* First of all: it says which system interfaces the headers declare. */
#include "config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "banned.h"

/* The result of a call that can fail must be looked at. */
#define BOT_MUST_USE __attribute__((warn_unused_result))
/* fmt: place of the format among the arguments, first: of what it formats; both from 1. */
#define BOT_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define BOT_NORETURN __attribute__((noreturn))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* A state that only a defect of this program can bring about: say where, and abort. */
#define BUG(what) base_bug(__FILE__, __LINE__, what)
void base_bug(const char *file, int line, const char *what) BOT_NORETURN;

#endif

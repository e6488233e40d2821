/* problems.h - everything wrong with the files a person wrote, in one list.
 *
 * Layer: text. A loader adds what it finds and goes on; whoever started it
 * prints the list once, sorted by place, each with the line and a caret:
 *
 *   patterns/salary.yaml:12:9: error: there is no concept <pya>; did you mean <pay>?
 *      12 |   all: [<pya>, <india>]
 *         |         ^
 */
#ifndef BOT_PROBLEMS_H
#define BOT_PROBLEMS_H

#include "base.h"

struct problems;

/* Where in a file. Lines and columns from 1; columns count code points. line 0: the file as a
 * whole. path is borrowed and must outlive the list. */
struct place {
	const char *path;
	unsigned line, col;
};

enum severity { PROBLEM_ERROR, PROBLEM_WARNING };

struct problems *problems_new(void);
void problems_free(struct problems **problems);

/* Hands in a file's text, of which the lines with problems are shown. Copied. */
void problems_source(struct problems *problems, const char *path, const char *text, size_t len);
/* Lines of this file of which `secret` says so are not shown. Ask before or after adding. */
typedef bool problems_secret(const char *line, size_t len);
void problems_hide(struct problems *problems, const char *path, problems_secret *secret);
void problems_add(struct problems *problems, enum severity severity, struct place at,
	const char *fmt, ...) BOT_PRINTF(4, 5);
size_t problems_count(const struct problems *problems, enum severity severity);
/* Prints all, by path, line and column. Controls in shown text are escaped. */
void problems_print(struct problems *problems, FILE *out);
/* The first error as printed, without the shown line; NULL where there is none. Borrowed. */
const char *problems_first(struct problems *problems);

#endif

/* buf.h - growing text with a cap from birth.
 *
 * Layer: base. Always NUL-ended. What would pass the cap is cut at a code
 * point and `cut` is set; nothing fails. The caps of the tree stand here, with
 * their reasons.
 */
#ifndef BOT_BUF_H
#define BOT_BUF_H

#include <stdarg.h>

#include "base.h"

enum buf_cap {
	BUF_LINE = 4096,           /* a log line, a path, a message of ours */
	BUF_QUESTION = 64 * 1024,  /* a line read or a body received; the engine cuts at 4 KiB */
	BUF_REPLY = 8 * 1024,      /* what we say: several times the longest answer */
	BUF_STANZA = 256 * 1024,   /* Prosody's limit for a client's stanza */
	BUF_FILE = 64 * 1024 * 1024 /* a pack file of 50,000 generated intents has 20 MiB */
};

struct pool;

struct buf {
	char *data; /* never NULL after buf_init() */
	size_t len; /* without the NUL */
	size_t size;
	size_t cap;
	bool cut; /* something did not fit */
	struct pool *pool; /* where it grows; NULL: in memory of its own */
};

void buf_init(struct buf *buf, size_t cap);
/* The text lives as long as the pool, also after buf_release(). */
void buf_init_in(struct buf *buf, struct pool *pool, size_t cap);
void buf_release(struct buf *buf);
/* Empties for reuse; keeps the memory. */
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, const char *text, size_t len);
void buf_add_str(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...) BOT_PRINTF(2, 3);
void buf_vaddf(struct buf *buf, const char *fmt, va_list args) BOT_PRINTF(2, 0);
/* Shortens to len bytes; len must not be more than there is. */
void buf_truncate(struct buf *buf, size_t len);
/* Hands the text over, to be released with mem_free(); the buffer is empty again. Not for one in a
 * pool. */
char *buf_take(struct buf *buf) BOT_MUST_USE;

#endif

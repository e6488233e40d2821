/* utf8.h - text from outside made fit to handle.
 *
 * Layer: base. Offsets are bytes. Source: RFC 3629 (no surrogates, nothing
 * over U+10FFFF, no overlong forms).
 */
#ifndef BOT_UTF8_H
#define BOT_UTF8_H

#include "base.h"

struct buf;

#define UTF8_BAD 0xFFFDu /* what stands in for a byte that is no UTF-8 */

/* The code point at text[0..len); *size is how many bytes it took, 1 for a bad byte, whose value
 * is given as UTF8_BAD. len must not be 0. */
uint32_t utf8_next(const char *text, size_t len, size_t *size);
/* Writes one code point, at most 4 bytes, to out; returns how many. */
size_t utf8_put(char *out, uint32_t cp);
bool utf8_valid(const char *text, size_t len);
/* How many code points; a bad byte counts as one. */
size_t utf8_count(const char *text, size_t len);
/* The byte offset of code point number n (XEP-0426 counts so), len where there are fewer. */
size_t utf8_offset(const char *text, size_t len, size_t n);
/* The greatest offset at most at `want` that splits no code point. */
size_t utf8_floor(const char *text, size_t len, size_t want);
/* The greatest offset at most at `want` that splits no word, if one is in reach (64 bytes);
 * else as utf8_floor(). */
size_t utf8_floor_word(const char *text, size_t len, size_t want);
/* Adds text with each bad byte as U+FFFD. With drop_controls, C0 controls other than tab and
 * newline, DEL, C1 controls, U+FFFE and U+FFFF are left out, as XML 1.0 wants. */
void utf8_clean(struct buf *out, const char *text, size_t len, bool drop_controls);

#endif

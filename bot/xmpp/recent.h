/* recent.h - a bounded memory: the keys seen last, each with a value.
 *
 * Layer: xmpp. Whatever strangers can make grow (addresses, ids, caps) is kept
 * in one of these. It holds two generations: when the younger is full, the
 * older is dropped whole and the younger takes its place; a key that is used
 * moves to the younger. So at least the `max` keys used last are there.
 */
#ifndef BOT_RECENT_H
#define BOT_RECENT_H

#include "base.h"

struct recent;

/* release (may be NULL) is called on a value before it is forgotten. */
struct recent *recent_new(size_t max, size_t value_size, void (*release)(void *value));
void recent_free(struct recent **recent);
/* Forgets all. */
void recent_clear(struct recent *recent);
/* The value under key, made with zeroes where there was none. Valid until the next call that
 * takes this memory. Never NULL. */
void *recent_put(struct recent *recent, const char *key);
/* The same, but NULL where there is none. */
void *recent_get(struct recent *recent, const char *key);

#endif

/* fold.h - text compared as people do: case and composition don't matter.
 *
 * Layer: xmpp, with utf8proc. NFC and full case folding; plain ASCII takes a
 * short way.
 */
#ifndef BOT_FOLD_H
#define BOT_FOLD_H

#include "base.h"

struct pool;

/* Text that is no UTF-8 comes back as it is. */
char *fold_text(struct pool *pool, const char *text, size_t len) BOT_MUST_USE;
/* How many bytes at the start of text fold to `folded`; 0: it does not start so. */
size_t fold_prefix(const char *text, size_t len, const char *folded);

#endif

/* address.h - to whom something said in a room is addressed, by its words.
 *
 * Layer: xmpp. Pure. The forms are those that clients produce when a nick is
 * completed, tapped or typed: "Nick: …", "nick, …", "@Nick …", "Nick …",
 * "Hi Nick, …", "Alice, Nick: …", and "@Nick" anywhere.
 */
#ifndef BOT_ADDRESS_H
#define BOT_ADDRESS_H

#include "base.h"

struct buf;
struct occupants;

struct address {
	bool us;
	bool other; /* plainly to another occupant, and not to us */
};

/* nick_folded: ours, by fold_text(). occupants may be NULL (in a talk of two). Adds to said what
 * is left of text without the names that address it to us; of a mere greeting the greeting. */
struct address address_read(const char *text, const char *nick_folded,
	const struct occupants *occupants, struct buf *said);

#endif

/* wish.h - the plain words by which people steer the bot itself.
 *
 * Layer: desk. Only a message that says nothing else is a wish.
 */
#ifndef BOT_WISH_H
#define BOT_WISH_H

#include "base.h"

enum wish {
	WISH_NONE,
	WISH_QUIET,     /* be quiet */
	WISH_WAKE,      /* speak again */
	WISH_STORED,    /* what is stored of me? */
	WISH_FORGET,    /* erase it */
	WISH_TOPICS,    /* what can I ask about? */
	WISH_ABOUT,     /* who is this? */
	WISH_NEVER_MIND /* I need no answer any more */
};

enum wish wish_of(const char *text);

#endif

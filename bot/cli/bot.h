/* bot.h - session, desk and journal, tied together.
 *
 * Layer: cli. What one says, the other hears; nothing is decided here.
 * Ownership: the bot takes setups over and releases them.
 */
#ifndef BOT_BOT_H
#define BOT_BOT_H

#include "setup.h"

struct bot;

/* Nothing is connected before bot_turn(). On failure the setup stays the caller's. */
int bot_new(struct bot **bot, struct setup *setup, const char *password, const struct clock *clock,
	const struct chance *chance, struct err *err) BOT_MUST_USE;
void bot_free(struct bot **bot);

/* Waits for the server, a timer or wake_fd, a second at most, and does what is due. */
enum session_end bot_turn(struct bot *bot, int wake_fd);
/* Says goodbye; bot_turn() tells when that is done. */
void bot_stop(struct bot *bot);
/* Between two turns: goes by another setup, and releases the one before. What a running bot cannot
 * change is kept: true then, and a restart would change it. */
bool bot_change(struct bot *bot, struct setup *setup, const char *password);

/* Whether an admin has asked for another setup since the last call … */
bool bot_wants_change(struct bot *bot);
/* … and how that went; problem NULL: well. */
void bot_tell_changed(struct bot *bot, const char *problem);

#endif

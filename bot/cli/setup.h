/* setup.h - all that a bot runs by: settings, and an engine with their packs.
 *
 * Layer: cli. Loaded whole or not at all, so that it can be loaded beside one
 * in use.
 */
#ifndef BOT_SETUP_H
#define BOT_SETUP_H

#include "answer.h"
#include "session.h"
#include "settings.h"

struct setup {
	struct settings *settings;
	struct answer_engine *engine;
	struct session_room *rooms; /* the settings' rooms, as the session wants them */
};

/* Problems are those of settings and packs. On failure there is nothing to release. */
int setup_load(struct setup *setup, const char *path, struct problems *problems) BOT_MUST_USE;
void setup_release(struct setup *setup);
/* What the session is to know; borrows from the setup and the password. */
struct session_settings setup_session(const struct setup *setup, const char *password);

#endif

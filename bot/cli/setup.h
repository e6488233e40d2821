/* setup.h - all that a bot runs by: settings, and an engine with their packs.
 *
 * Layer: cli. Loaded whole or not at all, so that it can be loaded beside one
 * in use.
 */
#ifndef BOT_SETUP_H
#define BOT_SETUP_H

#include "answer.h"
#include "buf.h"
#include "desk.h"
#include "journal.h"
#include "session.h"
#include "settings.h"

struct setup {
	struct settings *settings;
	struct answer_engine *engine;
	/* The settings' rooms, as the modules want them. */
	struct session_room *session_rooms;
	struct desk_room *desk_rooms;
	struct session_profile profile; /* no name: it is to be left alone */
	char *about;
	struct buf picture;
};

/* Problems are those of settings and packs. On failure there is nothing to release. */
int setup_load(struct setup *setup, const char *path, struct problems *problems) BOT_MUST_USE;
void setup_release(struct setup *setup);

/* What each module is to know; borrows from the setup, and from the password. */
struct session_settings setup_session(const struct setup *setup, const char *password);
struct desk_settings setup_desk(const struct setup *setup);
struct journal_settings setup_journal(const struct setup *setup);

#endif

/* settings.h - the settings file as plain structs.
 *
 * Layer: settings, on base and text. Knows none of the modules whose settings
 * it holds: cli hands each its own part.
 * Ownership: all text is borrowed from the settings and lives until
 *   settings_free(). Times are milliseconds.
 * Source: careerbot-settings(5), which a test holds against sections.h.
 */
#ifndef BOT_SETTINGS_H
#define BOT_SETTINGS_H

#include "log.h"
#include "problems.h"

enum settings_tls { SETTINGS_ANY_TLS, SETTINGS_STARTTLS, SETTINGS_DIRECT_TLS };

struct settings_account {
	const char *jid;           /* bare, or full to ask for a resource */
	const char *password_file; /* absolute; begins with "$CREDENTIALS_DIRECTORY/" where systemd
				    * has not set that */
	const char *host;          /* NULL: found by DNS */
	uint16_t port;             /* 0: the protocol's own */
	enum settings_tls tls;
	const char *ca_file; /* trusted besides the system's; NULL: none */
};

/* How the bot behaves in a room. */
enum settings_manner {
	SETTINGS_ADDRESSED, /* speaks only when spoken to */
	SETTINGS_HELPFUL    /* also answers unaddressed questions that nobody else has answered */
};

struct settings_room {
	const char *jid;      /* bare */
	const char *nick;     /* never NULL: the account's local part where none is given */
	const char *password; /* NULL: none */
	enum settings_manner manner;
	int64_t hold_ms; /* helpful: how long a person has to answer first */
	struct place at;
};

/* A token bucket: `burst` at once, then one each every_ms. */
struct settings_bucket {
	unsigned burst;
	int64_t every_ms;
};

struct settings_rate {
	bool on;
	struct settings_bucket asker, room;
};

struct settings_journal {
	bool on;
	const char *file; /* absolute; without one in the file, journal.sqlite in systemd's
			   * $STATE_DIRECTORY, else beside the settings */
	unsigned keep_days;
};

/* What others see of the bot when they look. */
struct settings_profile {
	bool on;             /* else what the server has of it is left alone */
	const char *name;    /* the account's local part where none is given */
	const char *about;   /* NULL: what the voice says */
	const char *picture; /* absolute, a PNG; NULL: the one that came with the program */
};

struct settings {
	struct settings_account account;
	struct settings_room *rooms;
	size_t room_count;
	const char **packs; /* absolute; none: the career pack */
	size_t pack_count;
	const char **admins; /* bare JIDs */
	size_t admin_count;
	const char **invites_from; /* bare JIDs or domains whose invitations are followed */
	size_t invite_count;
	struct settings_profile profile;
	const char **contacts; /* URIs of who answers for the bot */
	size_t contact_count;
	struct settings_rate rate;
	struct settings_journal journal;
	enum log_level log_level;
};

/* Reads the file. All that is wrong goes to problems, in one run; NULL when any of it is an
 * error. Relative paths in the file count from the file's folder. The password file is looked at
 * (it is there, it can be read, others cannot read it), but not read: that is secret_read(). Lines
 * that may hold a password are never shown with a problem. */
struct settings *settings_load(const char *path, struct problems *problems) BOT_MUST_USE;
void settings_free(struct settings **settings);

#endif

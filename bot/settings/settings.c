#include "settings.h"

#include <errno.h>
#include <limits.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"
#include "pool.h"
#include "sections.h"

/* What is handed out, with the memory behind it. */
struct loaded {
	struct settings settings;
	struct pool *pool;
};

static const struct settings defaults = {
	.profile = {.on = true},
	.rate = {.on = true, .asker = {6, 5000}, .room = {20, 1000}},
	.journal = {.on = true, .keep_days = 90},
	.log_level = LOG_INFO,
};

/* Whether one of the words for a secret stands in the line, perhaps as part of another. */
static bool names_secret(const char *line, size_t len)
{
	static const char *const words[] = {"pas", "pwd", "psw", "secret"};

	for (size_t i = 0; i < len; i++)
		for (size_t w = 0; w < ARRAY_LEN(words); w++)
			if (len - i >= strlen(words[w]) &&
				!strncasecmp(line + i, words[w], strlen(words[w])))
				return true;
	return false;
}

/* A line on which a password may stand, also under a misspelt name; but not one that only names
 * the password's file, and is shown when that file is wrong. */
static bool may_hold_secret(const char *line, size_t len)
{
	static const char file[] = "password_file";
	size_t start = 0;

	while (start < len && strchr(" \"'", line[start]))
		start++;
	if (len - start >= strlen(file) && !memcmp(line + start, file, strlen(file))) {
		const char *comma = memchr(line, ',', len);
		size_t before = comma ? (size_t)(comma - line) + 1 : len;

		return names_secret(line + before, len - before);
	}
	return names_secret(line, len);
}

/* The folder of the file, absolute: the bot may stand in any. */
static const char *folder_of(struct pool *pool, const char *path)
{
	char *real = realpath(path, NULL);
	const char *folder = "";

	if (real)
		folder = pool_strndup(pool, real, (size_t)(strrchr(real, '/') - real));
	free(real);
	return folder;
}

static void default_journal(struct reading *r, struct settings_journal *journal)
{
	const char *state = getenv("STATE_DIRECTORY"); /* systemd's; several are separated by : */

	if (!journal->on || journal->file)
		return;
	journal->file = state && *state == '/'
				? pool_printf(r->pool, "%.*s/journal.sqlite",
					  (int)strcspn(state, ":"), state)
				: pool_printf(r->pool, "%s/journal.sqlite", r->folder);
}

static void default_names(struct reading *r, struct settings *settings)
{
	const char *jid = settings->account.jid;
	const char *name = jid ? pool_strndup(r->pool, jid, strcspn(jid, "@")) : NULL;

	if (!settings->profile.name)
		settings->profile.name = name;
	for (size_t i = 0; i < settings->room_count; i++)
		if (!settings->rooms[i].nick)
			settings->rooms[i].nick = name;
}

static void find_doubled_rooms(struct reading *r, const struct settings *settings)
{
	const struct settings_room *rooms = settings->rooms;

	for (size_t i = 1; i < settings->room_count; i++)
		for (size_t k = 0; k < i; k++)
			if (rooms[i].jid && rooms[k].jid && !strcmp(rooms[i].jid, rooms[k].jid)) {
				problems_add(r->problems, PROBLEM_ERROR, rooms[i].at,
					"the room %s stands here a second time; the first is in "
					"line %u",
					rooms[i].jid, rooms[k].at.line);
				break;
			}
}

static void find_open_secrets(struct reading *r, const char *path, const struct settings *settings)
{
	struct stat st;

	if (stat(path, &st) < 0 || !(st.st_mode & S_IROTH))
		return;
	for (size_t i = 0; i < settings->room_count; i++)
		if (settings->rooms[i].password) {
			problems_add(r->problems, PROBLEM_WARNING, settings->rooms[i].at,
				"everybody on this machine can read this file, and the password of "
				"this room with it: chmod 640 it");
			return;
		}
}

struct settings *settings_load(const char *path, struct problems *problems)
{
	struct loaded *loaded = mem_alloc(1, sizeof(*loaded));
	struct settings *settings = &loaded->settings;
	size_t errors = problems_count(problems, PROBLEM_ERROR);
	struct reading r = {.pool = pool_new(4096), .problems = problems};
	const struct node *root;

	*settings = defaults;
	loaded->pool = r.pool;
	path = pool_strdup(r.pool, path);
	r.folder = folder_of(r.pool, path);
	problems_hide(problems, path, may_hold_secret);
	root = yaml_read(r.pool, path, problems);
	if (root) {
		reading_section(&r, &section_settings, root, settings);
		default_journal(&r, &settings->journal);
		default_names(&r, settings);
		find_doubled_rooms(&r, settings);
		find_open_secrets(&r, path, settings);
	}
	if (problems_count(problems, PROBLEM_ERROR) > errors)
		settings_free(&settings);
	return settings;
}

void settings_free(struct settings **settings)
{
	struct loaded *loaded = (struct loaded *)*settings;

	if (!loaded)
		return;
	pool_free(&loaded->pool);
	mem_free(loaded);
	*settings = NULL;
}

#include "sections.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "duration.h"
#include "picture.h"
#include "pool.h"
#include "secret.h"
#include "settings.h"

#define FIELD(word, reader, type, member)                                                          \
	.name = word, .read = reader, .offset = offsetof(type, member)

enum { HOLD_MS = 15 * 1000 }; /* time enough for a person to type a line */

static void bad_path(
	struct reading *r, const struct node *value, const char *path, const char *what)
{
	reading_error(r, value, 0, "%s %s", path, what);
}

/* A path at which there is a folder (or a file) that this user may read. */
static void read_existing(
	struct reading *r, const struct node *value, const char **into, bool folder)
{
	const char *path = NULL;
	struct stat st;

	field_path(r, value, &path);
	if (!path)
		return;
	if (stat(path, &st) < 0)
		bad_path(r, value, path, errno == ENOENT ? "is not there" : strerror(errno));
	else if (folder != (bool)S_ISDIR(st.st_mode))
		bad_path(r, value, path, folder ? "is no folder" : "is a folder, not a file");
	else if (access(path, folder ? R_OK | X_OK : R_OK) < 0)
		bad_path(r, value, path, "may not be read by this user");
	else
		*into = path;
}

static void read_folder(struct reading *r, const struct node *value, void *into)
{
	read_existing(r, value, into, true);
}

static void read_file(struct reading *r, const struct node *value, void *into)
{
	read_existing(r, value, into, false);
}

/* --- the account --- */

static void read_host(struct reading *r, const struct node *value, void *into)
{
	const char *text = reading_text(r, value);
	const char *colon = text ? strchr(text, ':') : NULL;
	size_t bad = text ? strcspn(text, " /@\t") : 0;

	if (!text)
		return;
	if (text[bad])
		reading_error(r, value, bad, "`host` is a name such as xmpp.example.org alone");
	else if (colon && !strchr(colon + 1, ':')) /* an IPv6 address has several */
		reading_error(r, value, (size_t)(colon - text), "the port is written in `port`");
	else
		*(const char **)into = text;
}

static void read_port(struct reading *r, const struct node *value, void *into)
{
	unsigned long port;

	if (reading_number(r, value, 1, UINT16_MAX, &port))
		*(uint16_t *)into = (uint16_t)port;
}

static void read_tls(struct reading *r, const struct node *value, void *into)
{
	static const char *const words[] = {[SETTINGS_ANY_TLS] = "either",
		[SETTINGS_STARTTLS] = "starttls",
		[SETTINGS_DIRECT_TLS] = "direct"};
	int choice = reading_choice(r, value, words, ARRAY_LEN(words));

	if (choice >= 0)
		*(enum settings_tls *)into = (enum settings_tls)choice;
}

static void read_password_file(struct reading *r, const struct node *value, void *into)
{
	static const char variable[] = "$CREDENTIALS_DIRECTORY/";
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	const char *text = reading_text(r, value);
	const char *path = NULL;
	struct err err;

	if (!text)
		return;
	if (strncmp(text, variable, strlen(variable))) {
		field_path(r, value, &path);
	} else if (folder) {
		path = pool_printf(r->pool, "%s/%s", folder, text + strlen(variable));
	} else {
		problems_add(r->problems, PROBLEM_WARNING, value->at,
			"systemd sets $CREDENTIALS_DIRECTORY when it starts the bot; it is not set "
			"here, so this file was not looked at");
		*(const char **)into = text;
		return;
	}
	if (!path)
		return;
	if (secret_check(path, &err) < 0)
		bad_path(r, value, path, err.text);
	else
		*(const char **)into = path;
}

static void refuse_password(struct reading *r, const struct node *value, void *into)
{
	(void)into;
	problems_add(r->problems, PROBLEM_ERROR, value->key_at,
		"the account's password does not stand in this file: put it into a file of its "
		"own, and that file's name into `password_file`");
}

static const struct field account_fields[] = {
	{FIELD("jid", field_account, struct settings_account, jid), .required = true},
	{FIELD("password_file", read_password_file, struct settings_account, password_file),
		.required = true},
	{FIELD("host", read_host, struct settings_account, host)},
	{FIELD("port", read_port, struct settings_account, port)},
	{FIELD("tls", read_tls, struct settings_account, tls)},
	{FIELD("ca_file", read_file, struct settings_account, ca_file)},
	{.name = "password", .read = refuse_password, .unlisted = true},
};
const struct section section_account = {"`account`", account_fields, ARRAY_LEN(account_fields)};

static void read_account_section(struct reading *r, const struct node *value, void *into)
{
	const struct settings_account *account = into;

	reading_section(r, &section_account, value, into);
	for (const struct node *n = value->first; n && !account->host; n = n->next)
		if (n->key && !strcmp(n->key, "port"))
			problems_add(r->problems, PROBLEM_ERROR, n->key_at,
				"`port` is heeded only together with `host`");
}

/* --- rooms --- */

static void read_manner(struct reading *r, const struct node *value, void *into)
{
	static const char *const words[] = {
		[SETTINGS_ADDRESSED] = "when addressed", [SETTINGS_HELPFUL] = "when it can help"};
	int choice = reading_choice(r, value, words, ARRAY_LEN(words));

	if (choice >= 0)
		*(enum settings_manner *)into = (enum settings_manner)choice;
}

static void read_hold(struct reading *r, const struct node *value, void *into)
{
	reading_duration(r, value, "0 s", "10 min", into);
}

static void read_room_password(struct reading *r, const struct node *value, void *into)
{
	field_text(r, value, into);
	if (value->comment_follows)
		problems_add(r->problems, PROBLEM_WARNING, value->at,
			"what stands behind the ` #` is a comment; if it belongs to the password, "
			"put "
			"the whole into quotes");
}

static const struct field room_fields[] = {
	{FIELD("jid", field_address, struct settings_room, jid), .required = true},
	{FIELD("nick", field_text, struct settings_room, nick)},
	{FIELD("password", read_room_password, struct settings_room, password)},
	{FIELD("speak", read_manner, struct settings_room, manner)},
	{FIELD("wait", read_hold, struct settings_room, hold_ms)},
};
const struct section section_room = {"a room", room_fields, ARRAY_LEN(room_fields)};

static void read_room(struct reading *r, const struct node *value, void *into)
{
	struct settings_room *room = into;

	room->hold_ms = HOLD_MS;
	room->at = value->at;
	if (value->kind == NODE_SCALAR)
		field_address(r, value, &room->jid);
	else
		reading_section(r, &section_room, value, room);
}

static void read_rooms(struct reading *r, const struct node *value, void *into)
{
	struct settings *settings = into;
	void *rooms = NULL;

	settings->room_count =
		reading_list(r, value, read_room, sizeof(struct settings_room), &rooms);
	settings->rooms = rooms;
}

/* --- rate --- */

static void read_burst(struct reading *r, const struct node *value, void *into)
{
	unsigned long burst;

	if (reading_number(r, value, 1, 1000, &burst))
		*(unsigned *)into = (unsigned)burst;
}

static void read_every(struct reading *r, const struct node *value, void *into)
{
	reading_duration(r, value, "10 ms", "1 day", into);
}

static const struct field bucket_fields[] = {
	{FIELD("at_once", read_burst, struct settings_bucket, burst)},
	{FIELD("then_one_each", read_every, struct settings_bucket, every_ms)},
};
const struct section section_bucket = {
	"`asker` or `room`", bucket_fields, ARRAY_LEN(bucket_fields)};

static void read_bucket(struct reading *r, const struct node *value, void *into)
{
	reading_section(r, &section_bucket, value, into);
}

static const struct field rate_fields[] = {
	{FIELD("asker", read_bucket, struct settings_rate, asker)},
	{FIELD("room", read_bucket, struct settings_rate, room)},
};
const struct section section_rate = {"`rate`", rate_fields, ARRAY_LEN(rate_fields)};

/* `rate` and `journal` are sections that `off` or `on` may stand for. */
static void read_switched(struct reading *r, const struct section *section,
	const struct node *value, bool *on, void *into)
{
	static const char *const words[] = {"off", "on"};
	int choice;

	if (value->kind != NODE_SCALAR) {
		reading_section(r, section, value, into);
		return;
	}
	choice = reading_choice(r, value, words, ARRAY_LEN(words));
	if (choice >= 0)
		*on = choice;
}

static void read_rate(struct reading *r, const struct node *value, void *into)
{
	struct settings_rate *rate = into;

	read_switched(r, &section_rate, value, &rate->on, rate);
}

/* --- what others see --- */

static void read_picture(struct reading *r, const struct node *value, void *into)
{
	const char *path = NULL;
	struct picture picture;
	struct buf bytes;
	struct err err;

	read_existing(r, value, &path, false);
	if (!path)
		return;
	buf_init(&bytes, PICTURE_MAX);
	if (picture_read(&picture, &bytes, path, &err) < 0)
		bad_path(r, value, path, err.text);
	else
		*(const char **)into = path;
	buf_release(&bytes);
}

static const struct field profile_fields[] = {
	{FIELD("name", field_text, struct settings_profile, name)},
	{FIELD("about", field_text, struct settings_profile, about)},
	{FIELD("picture", read_picture, struct settings_profile, picture)},
};
const struct section section_profile = {"`profile`", profile_fields, ARRAY_LEN(profile_fields)};

static void read_profile(struct reading *r, const struct node *value, void *into)
{
	struct settings_profile *profile = into;

	read_switched(r, &section_profile, value, &profile->on, profile);
}

/* A URI, so that a client knows what to do with it. */
static void read_contact(struct reading *r, const struct node *value, void *into)
{
	const char *text = reading_text(r, value);
	size_t scheme = text ? strspn(text, "abcdefghijklmnopqrstuvwxyz") : 0;

	if (!text)
		return;
	if (!scheme || text[scheme] != ':' || !text[scheme + 1] || strpbrk(text, " \t"))
		reading_error(r, value, 0,
			"a contact begins with what it is: xmpp:you@example.org, "
			"mailto:you@example.org or https://example.org/contact");
	else
		*(const char **)into = text;
}

static void read_contacts(struct reading *r, const struct node *value, void *into)
{
	struct settings *settings = into;
	void *contacts = NULL;

	settings->contact_count = reading_list(r, value, read_contact, sizeof(char *), &contacts);
	settings->contacts = contacts;
}

/* --- the journal --- */

static void read_journal_file(struct reading *r, const struct node *value, void *into)
{
	const char *path = NULL;
	struct stat st;
	char *folder;

	field_path(r, value, &path);
	if (!path)
		return;
	folder = pool_strndup(r->pool, path, (size_t)(strrchr(path, '/') - path) + 1);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		bad_path(r, value, path, "is a folder; the name of a file in it was expected");
	else if (stat(folder, &st) < 0 || !S_ISDIR(st.st_mode))
		reading_error(r, value, 0, "there is no folder %s to put it in", folder);
	else
		*(const char **)into = path;
}

static void read_keep(struct reading *r, const struct node *value, void *into)
{
	int64_t ms;

	if (reading_duration(r, value, "1 day", "3650 days", &ms))
		*(unsigned *)into = (unsigned)(ms / DURATION_DAY);
}

static const struct field journal_fields[] = {
	{FIELD("file", read_journal_file, struct settings_journal, file)},
	{FIELD("keep", read_keep, struct settings_journal, keep_days)},
};
const struct section section_journal = {"`journal`", journal_fields, ARRAY_LEN(journal_fields)};

static void read_journal(struct reading *r, const struct node *value, void *into)
{
	struct settings_journal *journal = into;

	read_switched(r, &section_journal, value, &journal->on, journal);
}

/* --- the whole file --- */

static void read_packs(struct reading *r, const struct node *value, void *into)
{
	struct settings *settings = into;
	void *packs = NULL;

	settings->pack_count = reading_list(r, value, read_folder, sizeof(char *), &packs);
	settings->packs = packs;
}

static void read_admins(struct reading *r, const struct node *value, void *into)
{
	struct settings *settings = into;
	void *admins = NULL;

	settings->admin_count = reading_list(r, value, field_address, sizeof(char *), &admins);
	settings->admins = admins;
}

static void read_invites(struct reading *r, const struct node *value, void *into)
{
	struct settings *settings = into;
	void *from = NULL;

	settings->invite_count =
		reading_list(r, value, field_address_or_server, sizeof(char *), &from);
	settings->invites_from = from;
}

static void read_log_level(struct reading *r, const struct node *value, void *into)
{
	const char *const words[] = {[LOG_ERROR] = log_level_name(LOG_ERROR),
		[LOG_WARN] = log_level_name(LOG_WARN),
		[LOG_INFO] = log_level_name(LOG_INFO),
		[LOG_DEBUG] = log_level_name(LOG_DEBUG)};
	int choice = reading_choice(r, value, words, ARRAY_LEN(words));

	if (choice >= 0)
		*(enum log_level *)into = (enum log_level)choice;
}

static const struct field settings_fields[] = {
	{FIELD("account", read_account_section, struct settings, account), .required = true},
	{.name = "rooms", .read = read_rooms},
	{.name = "packs", .read = read_packs},
	{.name = "admins", .read = read_admins},
	{.name = "invites_from", .read = read_invites},
	{FIELD("profile", read_profile, struct settings, profile)},
	{.name = "contact", .read = read_contacts},
	{FIELD("rate", read_rate, struct settings, rate)},
	{FIELD("journal", read_journal, struct settings, journal)},
	{FIELD("log_level", read_log_level, struct settings, log_level)},
};
const struct section section_settings = {
	"the settings file", settings_fields, ARRAY_LEN(settings_fields)};

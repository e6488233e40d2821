#include "setup.h"

#include "mem.h"
#include "packs.h"
#include "picture.h"

static void share_out_rooms(struct setup *setup)
{
	const struct settings *settings = setup->settings;

	setup->session_rooms = mem_alloc(settings->room_count, sizeof(*setup->session_rooms));
	setup->desk_rooms = mem_alloc(settings->room_count, sizeof(*setup->desk_rooms));
	for (size_t i = 0; i < settings->room_count; i++) {
		const struct settings_room *room = &settings->rooms[i];

		setup->session_rooms[i] =
			(struct session_room){room->jid, room->nick, room->password};
		setup->desk_rooms[i] = (struct desk_room){
			room->jid, room->manner == SETTINGS_HELPFUL, room->hold_ms};
	}
}

/* Where the program is not installed, it is where it was made. */
static int read_own_picture(struct picture *picture, struct buf *bytes)
{
	static const char *const places[] = {"picture.png", "bot/dist/picture.png"};
	struct buf folder, path;
	int result = -1;
	struct err err;

	buf_init(&folder, BUF_LINE);
	buf_init(&path, BUF_LINE);
	packs_career(&folder);
	for (size_t i = 0; i < ARRAY_LEN(places) && result < 0; i++) {
		buf_clear(&path);
		buf_clear(bytes);
		buf_addf(&path, "%s/%s", folder.data, places[i]);
		result = picture_read(picture, bytes, path.data, &err);
	}
	buf_release(&path);
	buf_release(&folder);
	return result;
}

/* A picture that has gone since it was looked at is no reason not to run. */
static void take_picture(struct setup *setup)
{
	const char *path = setup->settings->profile.picture;
	struct picture picture;
	struct err err;
	int result;

	buf_init(&setup->picture, PICTURE_MAX);
	if (path)
		result = picture_read(&picture, &setup->picture, path, &err);
	else
		result = read_own_picture(&picture, &setup->picture);
	if (result == 0)
		setup->profile.picture = (struct session_picture){
			.bytes = (const unsigned char *)setup->picture.data,
			.len = setup->picture.len,
			.width = picture.width,
			.height = picture.height,
		};
}

static void make_profile(struct setup *setup)
{
	const struct settings_profile *wanted = &setup->settings->profile;
	const char *about = wanted->about ? wanted->about
					  : answer_voice(setup->engine, "profile", 0, NULL, NULL);

	if (!wanted->on)
		return;
	setup->profile.name = wanted->name;
	setup->about = mem_strdup(about);
	/* A block of YAML ends in a newline. */
	for (size_t len = strlen(about); len && setup->about[len - 1] == '\n'; len--)
		setup->about[len - 1] = '\0';
	setup->profile.about = setup->about;
	take_picture(setup);
}

int setup_load(struct setup *setup, const char *path, struct problems *problems)
{
	struct setup loaded = {.settings = settings_load(path, problems)};

	if (!loaded.settings)
		return -1;
	loaded.engine = packs_load(loaded.settings->packs, loaded.settings->pack_count, problems);
	if (!loaded.engine) {
		setup_release(&loaded);
		return -1;
	}
	share_out_rooms(&loaded);
	make_profile(&loaded);
	*setup = loaded;
	return 0;
}

void setup_release(struct setup *setup)
{
	mem_free(setup->session_rooms);
	mem_free(setup->desk_rooms);
	mem_free(setup->about);
	buf_release(&setup->picture);
	answer_engine_free(&setup->engine);
	settings_free(&setup->settings);
	*setup = (struct setup){0};
}

struct session_settings setup_session(const struct setup *setup, const char *password)
{
	static const enum dialer_tls tls[] = {[SETTINGS_ANY_TLS] = DIALER_ANY_TLS,
		[SETTINGS_STARTTLS] = DIALER_STARTTLS,
		[SETTINGS_DIRECT_TLS] = DIALER_DIRECT_TLS};
	const struct settings_account *account = &setup->settings->account;

	return (struct session_settings){
		.jid = account->jid,
		.password = password,
		.host = account->host,
		.port = account->port,
		.tls = tls[account->tls],
		.ca_file = account->ca_file,
		.rooms = setup->session_rooms,
		.room_count = setup->settings->room_count,
		.invites_from = setup->settings->invites_from,
		.invite_count = setup->settings->invite_count,
		.profile = setup->profile.name ? &setup->profile : NULL,
		.contacts = setup->settings->contacts,
		.contact_count = setup->settings->contact_count,
		.version = PACKAGE_VERSION,
	};
}

static struct bucket_size bucket_size(const struct settings_bucket *bucket)
{
	return (struct bucket_size){bucket->burst, bucket->every_ms};
}

struct desk_settings setup_desk(const struct setup *setup)
{
	const struct settings *settings = setup->settings;

	return (struct desk_settings){
		.rooms = setup->desk_rooms,
		.room_count = settings->room_count,
		.admins = settings->admins,
		.admin_count = settings->admin_count,
		.rate = {settings->rate.on, bucket_size(&settings->rate.asker),
			bucket_size(&settings->rate.room)},
	};
}

struct journal_settings setup_journal(const struct setup *setup)
{
	const struct settings_journal *journal = &setup->settings->journal;

	return (struct journal_settings){
		.file = journal->on ? journal->file : NULL,
		.keep_days = journal->keep_days,
	};
}

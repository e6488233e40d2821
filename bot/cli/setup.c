#include "setup.h"

#include "mem.h"
#include "packs.h"

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
	*setup = loaded;
	return 0;
}

void setup_release(struct setup *setup)
{
	mem_free(setup->session_rooms);
	mem_free(setup->desk_rooms);
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

#include "setup.h"

#include "mem.h"
#include "packs.h"

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
	loaded.rooms = mem_alloc(loaded.settings->room_count, sizeof(*loaded.rooms));
	for (size_t i = 0; i < loaded.settings->room_count; i++) {
		const struct settings_room *room = &loaded.settings->rooms[i];

		loaded.rooms[i] = (struct session_room){room->jid, room->nick, room->password};
	}
	*setup = loaded;
	return 0;
}

void setup_release(struct setup *setup)
{
	mem_free(setup->rooms);
	answer_engine_free(&setup->engine);
	settings_free(&setup->settings);
	*setup = (struct setup){0};
}

struct session_settings setup_session(const struct setup *setup, const char *password)
{
	const struct settings_account *account = &setup->settings->account;

	return (struct session_settings){
		.jid = account->jid,
		.password = password,
		.host = account->host,
		.port = account->port,
		.direct_tls = account->tls == SETTINGS_DIRECT_TLS,
		.ca_file = account->ca_file,
		.rooms = setup->rooms,
		.room_count = setup->settings->room_count,
		.version = PACKAGE_VERSION,
	};
}

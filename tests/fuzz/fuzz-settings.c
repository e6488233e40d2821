/* fuzz-settings.c - a settings file, with all that it may name on this machine. */
#include "fuzz.h"

#include "settings.h"

static void check(const struct settings *s)
{
	HOLDS(s->account.jid && s->account.password_file);
	for (size_t i = 0; i < s->room_count; i++)
		HOLDS(s->rooms[i].jid && s->rooms[i].nick && s->rooms[i].hold_ms >= 0);
	for (size_t i = 0; i < s->pack_count; i++)
		HOLDS(s->packs[i] && *s->packs[i] == '/');
	for (size_t i = 0; i < s->admin_count; i++)
		HOLDS(s->admins[i] && *s->admins[i]);
	for (size_t i = 0; i < s->invite_count; i++)
		HOLDS(s->invites_from[i] && *s->invites_from[i]);
	HOLDS(!s->journal.on || (s->journal.file && *s->journal.file == '/'));
	HOLDS(!s->rate.on || (s->rate.asker.burst && s->rate.asker.every_ms > 0));
	HOLDS(!s->rate.on || (s->rate.room.burst && s->rate.room.every_ms > 0));
	HOLDS(s->log_level >= LOG_ERROR && s->log_level <= LOG_DEBUG);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct problems *problems = problems_new();
	struct settings *settings = settings_load(fuzz_file(data, size), problems);

	if (settings)
		check(settings);
	HOLDS(!settings == (problems_count(problems, PROBLEM_ERROR) > 0));
	fuzz_print(problems);
	settings_free(&settings);
	problems_free(&problems);
	return 0;
}

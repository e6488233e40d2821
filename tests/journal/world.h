/* world.h - a journal in a folder of its own, with a clock set by hand. */
#ifndef TESTS_JOURNAL_WORLD_H
#define TESTS_JOURNAL_WORLD_H

#include "testing.h"

#include "journal.h"

struct world {
	char folder[256], file[300];
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	struct journal_settings settings;
	struct journal *journal;
	struct pool *pool;
	struct err err;
	bool keeps_news; /* a look does not make the journal write what waits */
};

int world_setup(void **state);
int world_teardown(void **state);
/* Closes the journal and opens it again, as a restart would. */
void world_restart(struct world *world);
/* The same, in memory: settings.file is NULL. */
void world_restart_in_memory(struct world *world);

/* A question of alice in the room, with our message id as its answer's. */
void world_ask(struct world *world, const char *id, const char *text, const char *reply);
/* The whole question, to be changed before world_owe(). */
struct journal_question world_question(struct world *world, const char *id, const char *text);
struct journal_delivery world_delivery(const char *reply);
int world_owe(struct world *world, const struct journal_question *question,
	const struct journal_delivery *delivery);

/* The first column of the first row, as text; "" for none. Read past the journal,
 * which is made to write what waits. */
const char *world_look(struct world *world, const char *sql);
void world_do(struct world *world, const char *sql);
/* Does this text stand anywhere in the journal's files? */
bool world_holds(struct world *world, const char *text);

#endif

/* world.h - a desk with a pretend engine, a pretend wire, and a clock set by hand. */
#ifndef TESTS_DESK_WORLD_H
#define TESTS_DESK_WORLD_H

#include "testing.h"

#include "desk.h"
#include "fake-answer.h"
#include "journal.h"

enum { SENT_MAX = 400 };

/* What went over the wire; empty texts for what was NULL. */
struct sent {
	enum chat_place place;
	char to[200], id[64], body[4000], reply_to[64], reply_jid[200], thread[64], replaces[64];
	char retracts[64], retracts_in_room[64], quote[200];
	bool throw_away;
};

struct world {
	char folder[256], file[300];
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	struct journal *journal;
	struct desk_settings settings;
	struct desk *desk;
	struct sent sent[SENT_MAX];
	size_t sent_count;
	bool wire_is_cut, wire_has_no_room, wire_is_mute;
	const char *looks_when_sending; /* SQL; what it finds then is kept: */
	char seen_when_sending[40];
	char done[400];  /* what admins had done: a word each, and for what */
	bool left_lasts; /* rooms left do not stand in the settings */
	bool server_blocks, server_takes_reports, has_no_seats;
	unsigned ids; /* counts the messages made */
	char log[2000];
};

int world_setup(void **state); /* journal in a file */
int world_teardown(void **state);
/* Bot gone and back, as after kill -9: the journal's file is all that stays. */
void world_restart(struct world *world);
/* The same with `journal: off`. */
void world_restart_in_memory(struct world *world);

/* A message with an id of its own, not yet said. Rooms are room@chat and, helpful with a hold of
 * five seconds, help@chat. */
struct chat_message world_direct(struct world *world, const char *who, const char *text);
struct chat_message world_in_room(struct world *world, const char *nick, const char *text);
struct chat_message world_overheard(struct world *world, const char *nick, const char *text);
struct chat_message world_private(struct world *world, const char *nick, const char *text);

/* Said to the desk; what came of it, NULL for nothing. */
const struct sent *world_say(struct world *world, const struct chat_message *message);
const struct sent *world_say_direct(struct world *world, const char *who, const char *text);
const struct sent *world_say_in_room(struct world *world, const char *nick, const char *text);

/* Lets time pass, ticking each second; returns how much was sent meanwhile. */
size_t world_wait(struct world *world, int64_t ms);
const struct sent *world_last(struct world *world);
/* The first column of the first row of the journal. */
const char *world_look(struct world *world, const char *sql);

#endif

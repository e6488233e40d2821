#include "occupants.h"

#include "fold.h"
#include "mem.h"
#include "pool.h"

void occupants_init(struct occupants *occupants)
{
	*occupants = (struct occupants){0};
}

static void occupant_free(struct occupant *occupant)
{
	mem_free(occupant->nick);
	mem_free(occupant->folded);
	mem_free(occupant->real_jid);
	mem_free(occupant->occupant_id);
	mem_free(occupant->known_as);
	mem_free(occupant);
}

void occupants_clear(struct occupants *occupants)
{
	for (size_t i = 0; i < occupants->count; i++)
		occupant_free(occupants->sorted[i]);
	occupants->count = 0;
	occupants->renamed = false;
}

void occupants_release(struct occupants *occupants)
{
	occupants_clear(occupants);
	mem_free(occupants->sorted);
	*occupants = (struct occupants){0};
}

/* The place where nick stands, or where it would. */
static size_t place_of(const struct occupants *occupants, const char *nick, bool *found)
{
	size_t low = 0, high = occupants->count;

	*found = false;
	while (low < high && !*found) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(nick, occupants->sorted[middle]->nick);

		if (order < 0)
			high = middle;
		else if (order > 0)
			low = middle + 1;
		else
			low = high = middle, *found = true;
	}
	return low;
}

static char *folded(const char *nick)
{
	struct pool *pool = pool_new(256);
	char *copy = mem_strdup(fold_text(pool, nick, strlen(nick)));

	pool_free(&pool);
	return copy;
}

static void replace(char **text, const char *with)
{
	mem_free(*text);
	*text = mem_strdup(with);
}

static bool anybody_is_known_as(const struct occupants *occupants, const char *name)
{
	for (size_t i = 0; i < occupants->count; i++)
		if (!strcmp(occupants->sorted[i]->known_as, name))
			return true;
	return false;
}

/* Who takes a nick that another gave up is somebody else. No nick has a line feed in it. */
static char *name_for_newcomer(const struct occupants *occupants, const char *nick)
{
	struct pool *pool = pool_new(256);
	const char *name = nick;
	char *copy;

	for (unsigned n = 2; occupants->renamed && anybody_is_known_as(occupants, name); n++)
		name = pool_printf(pool, "%s\n%u", nick, n);
	copy = mem_strdup(name);
	pool_free(&pool);
	return copy;
}

void occupants_enter(struct occupants *occupants, const char *nick, const char *real_jid,
	const char *occupant_id)
{
	bool found;
	size_t place = place_of(occupants, nick, &found);
	struct occupant *occupant;

	if (!found) {
		char *known_as;

		if (occupants->count == OCCUPANTS_MAX)
			return;
		known_as = name_for_newcomer(occupants, nick);
		MEM_GROW(&occupants->sorted, &occupants->cap, occupants->count + 1);
		memmove(occupants->sorted + place + 1, occupants->sorted + place,
			(occupants->count - place) * sizeof(*occupants->sorted));
		occupants->count++;
		occupant = mem_alloc(1, sizeof(*occupant));
		occupant->nick = mem_strdup(nick);
		occupant->folded = folded(nick);
		occupant->known_as = known_as;
		occupants->sorted[place] = occupant;
	}
	occupant = occupants->sorted[place];
	replace(&occupant->real_jid, real_jid);
	replace(&occupant->occupant_id, occupant_id);
}

void occupants_rename(struct occupants *occupants, const char *nick, const char *new_nick,
	const char *real_jid, const char *occupant_id)
{
	bool found;
	size_t place = place_of(occupants, nick, &found);
	char *known_as = NULL;

	if (found) {
		known_as = occupants->sorted[place]->known_as;
		occupants->sorted[place]->known_as = mem_strdup("");
		occupants_leave(occupants, nick);
	}
	occupants_enter(occupants, new_nick, real_jid, occupant_id);
	place = place_of(occupants, new_nick, &found);
	if (found && known_as) {
		mem_free(occupants->sorted[place]->known_as);
		occupants->sorted[place]->known_as = known_as;
		occupants->renamed = true;
		known_as = NULL;
	}
	mem_free(known_as);
}

void occupants_leave(struct occupants *occupants, const char *nick)
{
	bool found;
	size_t place = place_of(occupants, nick, &found);

	if (!found)
		return;
	occupant_free(occupants->sorted[place]);
	occupants->count--;
	memmove(occupants->sorted + place, occupants->sorted + place + 1,
		(occupants->count - place) * sizeof(*occupants->sorted));
}

const struct occupant *occupants_find(const struct occupants *occupants, const char *nick)
{
	bool found;
	size_t place = place_of(occupants, nick, &found);

	return found ? occupants->sorted[place] : NULL;
}

const struct occupant *occupants_find_folded(const struct occupants *occupants, const char *folded)
{
	for (size_t i = 0; i < occupants->count; i++)
		if (!strcmp(occupants->sorted[i]->folded, folded))
			return occupants->sorted[i];
	return NULL;
}

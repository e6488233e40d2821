#include "rivals.h"

#include "buf.h"
#include "mem.h"
#include "strmap.h"

enum { RIVALS_MAX = 32, DAY_MS = 24 * 60 * 60 * 1000 };

struct rival {
	char *room, *nick; /* NULL: the place is free */
	int64_t heard_ms;
};

struct rivals {
	struct rival list[RIVALS_MAX];
};

struct rivals *rivals_new(void)
{
	return mem_alloc(1, sizeof(struct rivals));
}

static void forget(struct rival *rival)
{
	mem_free(rival->room);
	mem_free(rival->nick);
	*rival = (struct rival){0};
}

void rivals_free(struct rivals **rivals)
{
	if (!*rivals)
		return;
	for (size_t i = 0; i < RIVALS_MAX; i++)
		forget(&(*rivals)->list[i]);
	mem_free(*rivals);
	*rivals = NULL;
}

static bool is_in(const struct rival *rival, const char *room)
{
	return rival->room && !strcmp(rival->room, room);
}

/* The place of this one, else a free one, else that of the one not heard for longest. */
static struct rival *place_for(struct rivals *rivals, const char *room, const char *nick)
{
	struct rival *oldest = &rivals->list[0];

	for (size_t i = 0; i < RIVALS_MAX; i++) {
		struct rival *rival = &rivals->list[i];

		if (is_in(rival, room) && !strcmp(rival->nick, nick))
			return rival;
		if (oldest->room && (!rival->room || rival->heard_ms < oldest->heard_ms))
			oldest = rival;
	}
	forget(oldest);
	return oldest;
}

void rivals_heard(struct rivals *rivals, const char *room, const char *nick, int64_t now_ms)
{
	struct rival *rival = place_for(rivals, room, nick);

	if (!rival->room) {
		rival->room = mem_strdup(room);
		rival->nick = mem_strdup(nick);
	}
	rival->heard_ms = now_ms;
}

static uint32_t rank(const char *id, const char *nick)
{
	struct buf text;
	uint32_t hash;

	buf_init(&text, BUF_LINE);
	buf_addf(&text, "%s %s", id, nick);
	hash = strmap_hash(text.data, text.len);
	buf_release(&text);
	return hash;
}

unsigned rivals_before(const struct rivals *rivals, const char *room, const char *own_nick,
	const char *id, int64_t now_ms)
{
	uint32_t ours = rank(id, own_nick);
	unsigned count = 0;

	for (size_t i = 0; i < RIVALS_MAX; i++) {
		const struct rival *rival = &rivals->list[i];

		if (is_in(rival, room) && now_ms - rival->heard_ms < DAY_MS)
			count += rank(id, rival->nick) < ours;
	}
	return count;
}

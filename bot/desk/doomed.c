#include "doomed.h"

#include "mem.h"

enum { DOOMED_MAX = 16 };

struct doomed {
	struct {
		char *room, *id; /* NULL: the place is free */
	} messages[DOOMED_MAX];
	size_t next;
};

struct doomed *doomed_new(void)
{
	return mem_alloc(1, sizeof(struct doomed));
}

static void put(struct doomed *doomed, size_t i, const char *room, const char *id)
{
	mem_free(doomed->messages[i].room);
	mem_free(doomed->messages[i].id);
	doomed->messages[i].room = mem_strdup(room);
	doomed->messages[i].id = mem_strdup(id);
}

void doomed_free(struct doomed **doomed)
{
	if (!*doomed)
		return;
	for (size_t i = 0; i < DOOMED_MAX; i++)
		put(*doomed, i, NULL, NULL);
	mem_free(*doomed);
	*doomed = NULL;
}

void doomed_add(struct doomed *doomed, const char *room, const char *id)
{
	put(doomed, doomed->next, room, id);
	doomed->next = (doomed->next + 1) % DOOMED_MAX;
}

const char *doomed_take(struct doomed *doomed, const char *id)
{
	for (size_t i = 0; i < DOOMED_MAX; i++) {
		char **known = &doomed->messages[i].id;

		if (!*known || strcmp(*known, id) != 0)
			continue;
		mem_free(*known);
		*known = NULL;
		return doomed->messages[i].room;
	}
	return NULL;
}

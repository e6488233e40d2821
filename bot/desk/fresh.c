#include "fresh.h"

#include "journal.h"
#include "mem.h"

enum { TEXTS_MAX = 4096, AGAIN_AFTER_MS = 5 * 60 * 1000 };

struct fresh {
	const struct journal *journal;
	struct lately *said; /* int64_t, when */
};

struct fresh *fresh_new(const struct journal *journal)
{
	struct fresh *fresh = mem_alloc(1, sizeof(*fresh));

	fresh->journal = journal;
	fresh->said = lately_new(TEXTS_MAX, sizeof(int64_t));
	return fresh;
}

void fresh_free(struct fresh **fresh)
{
	if (!*fresh)
		return;
	lately_free(&(*fresh)->said);
	mem_free(*fresh);
	*fresh = NULL;
}

bool fresh_allows(
	struct fresh *fresh, const char *what, const char *place, const char *text, int64_t now_ms)
{
	struct journal_key key = journal_key(fresh->journal, what, place, text, NULL);
	int64_t *said = lately_get(fresh->said, &key);

	if (said && now_ms - *said < AGAIN_AFTER_MS)
		return false;
	if (!said)
		said = lately_put(fresh->said, &key);
	*said = now_ms;
	return true;
}

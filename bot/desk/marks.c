#include "marks.h"

#include "journal.h"
#include "mem.h"
#include "trouble.h"

enum { MARKS_MAX = 4096 };

struct marks {
	struct lately *until; /* wall clock, int64_t */
	struct journal *journal;
	struct trouble *trouble;
	struct clock clock;
};

struct marks *marks_new(struct journal *journal, struct trouble *trouble, const struct clock *clock)
{
	struct marks *marks = mem_alloc(1, sizeof(*marks));

	marks->until = lately_new(MARKS_MAX, sizeof(int64_t));
	marks->journal = journal;
	marks->trouble = trouble;
	marks->clock = *clock;
	return marks;
}

void marks_free(struct marks **marks)
{
	if (!*marks)
		return;
	lately_free(&(*marks)->until);
	mem_free(*marks);
	*marks = NULL;
}

static void set_until(struct marks *marks, const char *kind, const char *who, int64_t until_ms)
{
	struct journal_key key = journal_key(marks->journal, kind, who, NULL, NULL);
	struct err err;

	*(int64_t *)lately_put(marks->until, &key) = until_ms;
	trouble_after_write(
		marks->trouble, journal_mark(marks->journal, kind, &key, until_ms, &err), &err);
}

void marks_set(struct marks *marks, const char *kind, const char *who, int64_t for_ms)
{
	set_until(marks, kind, who, clock_wall_ms(&marks->clock) + for_ms);
}

void marks_clear(struct marks *marks, const char *kind, const char *who)
{
	set_until(marks, kind, who, 0);
}

bool marks_hold(struct marks *marks, const char *kind, const char *who)
{
	struct journal_key key = journal_key(marks->journal, kind, who, NULL, NULL);
	int64_t *known = lately_get(marks->until, &key);
	int64_t until = 0;
	struct err err;

	if (!known) {
		trouble_after(marks->trouble,
			journal_marked(marks->journal, kind, &key, &until, &err), &err);
		known = lately_put(marks->until, &key);
		*known = until;
	}
	return clock_wall_ms(&marks->clock) < *known;
}

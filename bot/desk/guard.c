#include "guard.h"

#include "answer.h"
#include "buf.h"
#include "journal.h"
#include "mem.h"

enum {
	REPEATS_MAX = 4096,
	SAID_MAX = 256,
	BABBLERS_MAX = 1024,
	REPEAT_WITHIN_MS = 60 * 1000,
	BABBLE_COUNT = 20,           /* as patient as no person is … */
	BABBLE_PAUSE_MS = 60 * 1000, /* … without ever stopping to think */
	OURS_MIN = 16,               /* bytes; people too say "Sorry?" */
	VARIANTS_MAX = 16
};

/* The lines of the voice that one bot would answer another with. */
static const char *const asides[] = {"not-understood", "not-understood-room", "suggest", "ask-back",
	"uncovered", "uncovered-with", "noise", "too-fast", "encrypted", "quiet-obeyed",
	"awake-again", "more-of-what", "more-none"};

struct repeat {
	int64_t last_ms, before_ms; /* 0: never */
};

struct babble {
	unsigned count;
	int64_t last_ms;
};

struct guard {
	const struct journal *journal;
	struct lately *repeats;  /* by asker and text: struct repeat */
	struct lately *said;     /* by text */
	struct lately *babblers; /* by asker: struct babble */
	char **openings;
	size_t opening_count, opening_cap;
};

struct guard *guard_new(const struct journal *journal)
{
	struct guard *guard = mem_alloc(1, sizeof(*guard));

	guard->journal = journal;
	guard->repeats = lately_new(REPEATS_MAX, sizeof(struct repeat));
	guard->said = lately_new(SAID_MAX, 1);
	guard->babblers = lately_new(BABBLERS_MAX, sizeof(struct babble));
	return guard;
}

static void forget_openings(struct guard *guard)
{
	for (size_t i = 0; i < guard->opening_count; i++)
		mem_free(guard->openings[i]);
	guard->opening_count = 0;
}

void guard_free(struct guard **guard)
{
	if (!*guard)
		return;
	forget_openings(*guard);
	mem_free((*guard)->openings);
	lately_free(&(*guard)->repeats);
	lately_free(&(*guard)->said);
	lately_free(&(*guard)->babblers);
	mem_free(*guard);
	*guard = NULL;
}

/* Up to what is filled in; too short a beginning proves nothing. */
static void learn_opening(struct guard *guard, const char *line)
{
	size_t len = strcspn(line, "{\n");

	while (len && line[len - 1] == ' ')
		len--;
	if (len < OURS_MIN)
		return;
	MEM_GROW(&guard->openings, &guard->opening_cap, guard->opening_count + 1);
	guard->openings[guard->opening_count++] = mem_strndup(line, len);
}

void guard_learn(struct guard *guard, struct answer_engine *engine)
{
	forget_openings(guard);
	for (size_t i = 0; i < ARRAY_LEN(asides); i++) {
		const char *line = answer_voice(engine, asides[i], 0, NULL, NULL);
		char *first = mem_strdup(line);

		for (unsigned turn = 1; turn <= VARIANTS_MAX; turn++) {
			learn_opening(guard, line);
			line = answer_voice(engine, asides[i], turn, NULL, NULL);
			if (!strcmp(line, first))
				break;
		}
		mem_free(first);
	}
}

static struct journal_key key_of_said(const struct guard *guard, const char *text)
{
	return journal_key(guard->journal, "we said", text, NULL, NULL);
}

void guard_said(struct guard *guard, const char *text)
{
	struct journal_key key = key_of_said(guard, text);

	if (strlen(text) >= OURS_MIN)
		lately_put(guard->said, &key);
}

bool guard_is_ours(struct guard *guard, const char *text)
{
	struct journal_key key;

	for (size_t i = 0; i < guard->opening_count; i++)
		if (!strncmp(text, guard->openings[i], strlen(guard->openings[i])))
			return true;
	if (strlen(text) < OURS_MIN)
		return false;
	key = key_of_said(guard, text);
	return lately_get(guard->said, &key) != NULL;
}

bool guard_repeats(
	struct guard *guard, const struct journal_key *asker, const char *text, int64_t now_ms)
{
	struct journal_key key = journal_key(guard->journal, "repeat", text, NULL, NULL);
	struct repeat *repeat;
	bool again;

	for (size_t i = 0; i < sizeof(key.bytes); i++)
		key.bytes[i] ^= asker->bytes[i];
	repeat = lately_put(guard->repeats, &key);
	again = repeat->before_ms && now_ms - repeat->before_ms < REPEAT_WITHIN_MS;
	repeat->before_ms = repeat->last_ms;
	repeat->last_ms = now_ms;
	return again;
}

bool guard_is_babble(struct guard *guard, const struct journal_key *asker, int64_t now_ms)
{
	struct babble *babble = lately_get(guard->babblers, asker);

	if (!babble || babble->count < BABBLE_COUNT || now_ms - babble->last_ms >= BABBLE_PAUSE_MS)
		return false;
	babble->last_ms = now_ms;
	return true;
}

void guard_understood(
	struct guard *guard, const struct journal_key *asker, bool understood, int64_t now_ms)
{
	struct babble *babble;

	if (understood) {
		lately_drop(guard->babblers, asker);
		return;
	}
	babble = lately_put(guard->babblers, asker);
	if (now_ms - babble->last_ms >= BABBLE_PAUSE_MS)
		babble->count = 0;
	babble->count++;
	babble->last_ms = now_ms;
}

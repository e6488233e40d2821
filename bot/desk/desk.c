#include "desk_inner.h"

#include "log.h"
#include "mem.h"

enum { ARCHIVES_MAX = 1024, ELDERS_MAX = 256, TICK_MAX_MS = DESK_MINUTE_MS };

static void copy_settings(struct desk *desk, const struct desk_settings *from)
{
	struct pool *pool = pool_new(1024);
	struct desk_room *rooms = pool_alloc(pool, from->room_count, sizeof(*rooms));
	const char **admins = pool_alloc(pool, from->admin_count, sizeof(*admins));

	for (size_t i = 0; i < from->room_count; i++) {
		rooms[i] = from->rooms[i];
		rooms[i].jid = pool_strdup(pool, from->rooms[i].jid);
	}
	for (size_t i = 0; i < from->admin_count; i++)
		admins[i] = pool_strdup(pool, from->admins[i]);
	pool_free(&desk->settings_pool);
	desk->settings_pool = pool;
	desk->settings = *from;
	desk->settings.rooms = rooms;
	desk->settings.admins = admins;
}

static void log_note(struct desk *desk)
{
	const char *note = journal_note(desk->journal);

	if (note)
		log_warn("%s", note);
}

static void prune(struct desk *desk)
{
	struct err err;

	trouble_after_write(&desk->trouble, journal_prune(desk->journal, &err), &err);
	desk->prune_at = clock_mono_ms(&desk->clock) + DESK_HOUR_MS;
}

struct desk *desk_new(const struct desk_settings *settings, struct answer_engine *engine,
	struct answer_talks *talks, struct journal *journal, const struct desk_wire *wire,
	const struct clock *clock, const struct chance *chance)
{
	struct desk *desk = mem_alloc(1, sizeof(*desk));
	struct err err;

	copy_settings(desk, settings);
	desk->talks = talks;
	desk->journal = journal;
	desk->wire = *wire;
	desk->clock = *clock;
	desk->chance = *chance;
	desk->trouble = (struct trouble){.clock = &desk->clock};
	/* The key of what is remembered comes with it. */
	trouble_after(&desk->trouble, journal_open(journal, &err), &err);
	desk->rate = rate_new(&settings->rate);
	desk->late_rate = rate_new(&settings->rate);
	desk->guard = guard_new(journal);
	desk->fresh = fresh_new(journal);
	desk->marks = marks_new(journal, &desk->trouble, clock);
	desk->hold = hold_new();
	desk->rivals = rivals_new();
	desk->doomed = doomed_new();
	desk->elders = lately_new(ELDERS_MAX, sizeof(struct turn_elder));
	desk->caught_up = lately_new(ARCHIVES_MAX, sizeof(int64_t));
	desk->pool = pool_new(16 * 1024);
	desk->started_at = clock_mono_ms(clock);
	desk_swap_engine(desk, engine);
	prune(desk);
	log_note(desk);
	return desk;
}

void desk_free(struct desk **desk)
{
	if (!*desk)
		return;
	rate_free(&(*desk)->rate);
	rate_free(&(*desk)->late_rate);
	guard_free(&(*desk)->guard);
	fresh_free(&(*desk)->fresh);
	marks_free(&(*desk)->marks);
	hold_free(&(*desk)->hold);
	rivals_free(&(*desk)->rivals);
	doomed_free(&(*desk)->doomed);
	lately_free(&(*desk)->elders);
	lately_free(&(*desk)->caught_up);
	pool_free(&(*desk)->pool);
	pool_free(&(*desk)->settings_pool);
	mem_free((*desk)->reloader);
	mem_free(*desk);
	*desk = NULL;
}

void desk_set(struct desk *desk, const struct desk_settings *settings)
{
	copy_settings(desk, settings);
	rate_set(desk->rate, &settings->rate);
	rate_set(desk->late_rate, &settings->rate);
}

void desk_swap_engine(struct desk *desk, struct answer_engine *engine)
{
	desk->engine = engine;
	guard_learn(desk->guard, engine);
}

void desk_empower(struct desk *desk, const struct desk_powers *powers)
{
	desk->powers = *powers;
}

void desk_ignore(struct desk *desk, const char *asker, int64_t for_ms)
{
	marks_set(desk->marks, "ignored", asker, for_ms);
}

bool desk_ignores(struct desk *desk, const struct chat_message *message)
{
	return marks_hold(desk->marks, "ignored", message->asker) ||
	       (message->real_jid && strcmp(message->real_jid, message->asker) != 0 &&
		       marks_hold(desk->marks, "ignored", message->real_jid));
}

/* --- what comes in --- */

static bool has_words(const char *text)
{
	for (; *text; text++)
		if ((*text >= '0' && *text <= '9') || (*text >= 'A' && *text <= 'Z') ||
			(*text >= 'a' && *text <= 'z') || (*text & 0x80))
			return true;
	return false;
}

static void hear(struct desk *desk, const struct chat_message *message)
{
	struct turn turn;

	if (!message->text || !message->body || !has_words(message->body))
		return;
	if (message->place == CHAT_ROOM && !message->addressed) {
		question_overhear(desk, message);
		return;
	}
	if (message->place == CHAT_ROOM)
		hold_drop_asker(desk->hold, message->room, message->asker);
	turn = turn_of(desk, message);
	/* Called by our name and nothing else, as one calls a person: that is a greeting. */
	if (!has_words(turn.text))
		turn.text = "hello";
	question_answer(desk, &turn);
}

/* What it says is not for us to read, not even the sentence or address that stands in for it. */
static void cannot_read(struct desk *desk, const struct chat_message *message, const char *mark,
	int64_t mark_ms, const char *line)
{
	struct turn turn = turn_of(desk, message);

	if (!message->addressed && message->place == CHAT_ROOM)
		return;
	if (!turn_is_new(desk, &turn) || !turn_is_worth_it(desk, &turn))
		return;
	turn_see(desk, &turn);
	if (desk_ignores(desk, message) || marks_hold(desk->marks, mark, message->asker) ||
		(message->place == CHAT_ROOM && desk_is_quiet(desk, message->room)))
		return;
	marks_set(desk->marks, mark, message->asker, mark_ms);
	post_aside(desk, &turn, line, NULL, 0);
}

void desk_message(struct desk *desk, const struct chat_message *message)
{
	pool_clear(desk->pool);
	if (!message->from || (message->place != CHAT_DIRECT && !message->room))
		return;
	if (message->kind == CHAT_MODERATES) {
		change_moderate(desk, message);
		return;
	}
	if (!message->asker)
		return;
	if (message->from_bot) {
		question_hear_bot(desk, message);
		return;
	}
	switch (message->kind) {
	case CHAT_SAYS:
		hear(desk, message);
		break;
	case CHAT_CORRECTS:
		change_correct(desk, message);
		break;
	case CHAT_RETRACTS:
		change_retract(desk, message);
		break;
	case CHAT_REACTS:
		change_react(desk, message);
		break;
	case CHAT_ENCRYPTED:
		cannot_read(desk, message, "told-encrypted", DESK_DAY_MS, "encrypted");
		break;
	case CHAT_FILE:
		/* In a room it was hardly meant for us. */
		if (message->place != CHAT_ROOM)
			cannot_read(desk, message, "told-file", DESK_HOUR_MS, "file");
		break;
	case CHAT_MODERATES:
		break;
	}
}

int64_t desk_tick(struct desk *desk)
{
	int64_t now = clock_mono_ms(&desk->clock), next;
	struct err err;

	pool_clear(desk->pool);
	log_note(desk);
	delivery_send_released(desk);
	question_release(desk);
	trouble_after(&desk->trouble, journal_flush(desk->journal, &err), &err);
	if (now >= desk->prune_at)
		prune(desk);
	next = clock_sooner(
		now + TICK_MAX_MS, clock_sooner(desk->prune_at, hold_next_ms(desk->hold)));
	if (desk->is_online && desk->has_released)
		next = clock_sooner(next, desk->release_at);
	return next > now ? next - now : 0;
}

/* Questions: asked of us, or overheard and held. */
#include "desk_inner.h"

#include "wish.h"

static enum answer_place place_of(const struct turn *turn)
{
	if (turn->overheard)
		return ANSWER_OVERHEARD;
	return turn->message->place == CHAT_ROOM ? ANSWER_ROOM : ANSWER_DIRECT;
}

static bool is_of_machines(struct desk *desk, const struct turn *turn)
{
	struct guard *guard = desk->guard;

	return guard_is_ours(guard, turn->text) || guard_is_ours(guard, turn->message->body) ||
	       guard_repeats(guard, &turn->asker, turn->text, turn->now);
}

struct listeners {
	struct fresh *fresh;
	const char *place;
	int64_t now;
};

static bool is_fresh_line(void *userdata, const char *line)
{
	const struct listeners *listeners = userdata;

	return fresh_allows(listeners->fresh, "line", listeners->place, line, listeners->now);
}

/* That something was not understood, told to a room in words that it has just read. */
static bool is_stale_aside(
	struct desk *desk, const struct turn *turn, const struct answer_reply *reply)
{
	return turn->message->place == CHAT_ROOM && reply->outcome != ANSWER_ANSWER &&
	       reply->outcome != ANSWER_UNCOVERED && *reply->text &&
	       !fresh_allows(desk->fresh, "aside", turn_place(desk, turn), reply->text, turn->now);
}

static struct answer_ids split_ids(struct pool *pool, const char *joined)
{
	struct answer_ids ids = {.count = 0};

	while (*joined && ids.count < ANSWER_IDS_MAX) {
		size_t len = strcspn(joined, " ");

		ids.ids[ids.count++] = pool_strndup(pool, joined, len);
		joined += len + (joined[len] == ' ');
	}
	return ids;
}

/* Who replies to an answer of ours means that, whatever was said since. */
static struct answer_ids replied_to(struct desk *desk, const struct chat_message *message)
{
	const char *given = "";
	struct err err;

	if (message->kind == CHAT_SAYS && message->target)
		trouble_after(&desk->trouble,
			journal_given(desk->journal, message->asker, message->room,
				message->place == CHAT_ROOM, message->target, desk->pool, &given,
				&err),
			&err);
	return split_ids(desk->pool, given);
}

static void answer(struct desk *desk, const struct turn *turn)
{
	struct listeners listeners = {desk->fresh, turn_place(desk, turn), turn->now};
	const struct answer_variety variety = {is_fresh_line, &listeners};
	const struct answer_question question = {
		.text = turn->text,
		.len = strlen(turn->text),
		.place = place_of(turn),
		.talk = turn_talk(desk, turn),
		.elder = turn_elder_talk(desk, turn),
		.about = replied_to(desk, turn->message),
		.variety = &variety,
	};
	struct answer_reply reply;

	answer_ask(desk->engine, desk->talks, &question, &reply);
	if (reply.outcome != ANSWER_ANSWER && guard_is_babble(desk->guard, &turn->asker, turn->now))
		reply.outcome = ANSWER_SILENT;
	turn_remember_talk(desk, turn);
	if (is_stale_aside(desk, turn, &reply))
		reply.text = "";
	guard_understood(desk->guard, &turn->asker, reply.outcome == ANSWER_ANSWER, turn->now);
	desk->asked++;
	desk->answered += reply.outcome == ANSWER_ANSWER;
	post_answer(desk, turn, &reply);
}

void question_consult(struct desk *desk, const struct turn *turn)
{
	answer(desk, turn);
}

void question_answer(struct desk *desk, struct turn *turn)
{
	if (!turn_is_new(desk, turn) || !turn_is_worth_it(desk, turn))
		return;
	if (desk_ignores(desk, turn->message) ||
		(!desk_is_admin(desk, turn->message) && is_of_machines(desk, turn))) {
		turn_see(desk, turn);
		return;
	}
	if (steer_room(desk, turn))
		return;
	switch (turn_ask_rate(desk, turn)) {
	case RATE_WELL:
		break;
	case RATE_SAY_SO:
		if (!turn->overheard && !turn->message->archived)
			post_aside(desk, turn, "too-fast", NULL, 0);
		turn_see(desk, turn);
		return;
	case RATE_SILENT:
		turn_see(desk, turn);
		return;
	}
	if (!steer_self(desk, turn))
		answer(desk, turn);
}

/* --- overheard --- */

static const struct desk_room *room_settings(const struct desk *desk, const char *jid)
{
	for (size_t i = 0; i < desk->settings.room_count; i++)
		if (!strcmp(desk->settings.rooms[i].jid, jid))
			return &desk->settings.rooms[i];
	return NULL;
}

/* Without a talk: to look is not to answer. */
static bool could_answer(struct desk *desk, const struct chat_message *message)
{
	const struct answer_question question = {
		.text = message->text, .len = strlen(message->text), .place = ANSWER_OVERHEARD};
	struct answer_reply reply;

	answer_ask(desk->engine, NULL, &question, &reply);
	return reply.outcome == ANSWER_ANSWER;
}

static bool looks_like_asking(const char *text)
{
	size_t len = strlen(text);

	while (len && (text[len - 1] == ' ' || text[len - 1] == '\n' || text[len - 1] == '!'))
		len--;
	return len && text[len - 1] == '?';
}

/* Not all helpful bots of a room at the same moment: the first one's answer stills the rest. Those
 * that know of each other take turns, far enough apart for the answer to come around. */
static int64_t hold_ms(
	struct desk *desk, const struct desk_room *room, const struct chat_message *message)
{
	const char *id = message->stanza_id ? message->stanza_id : message->id;
	int64_t spread_ms = room->hold_ms / 4 + DESK_SECOND_MS;
	unsigned before = 0;

	if (id && message->own_nick)
		before = rivals_before(desk->rivals, message->room, message->own_nick, id,
			clock_mono_ms(&desk->clock));
	return room->hold_ms + before * (spread_ms + DESK_SECOND_MS) +
	       chance_below(&desk->chance, (uint32_t)spread_ms);
}

void question_overhear(struct desk *desk, const struct chat_message *message)
{
	const struct desk_room *room = room_settings(desk, message->room);
	bool answerable, to_nobody = !message->to_other && !message->target;

	/* What is late has been answered by somebody, or forgotten. */
	if (!room || !room->helpful || message->archived || message->sent_ms)
		return;
	if (desk_is_quiet(desk, message->room) || guard_is_ours(desk->guard, message->text) ||
		desk_ignores(desk, message))
		return;
	if (wish_of(message->text) == WISH_NEVER_MIND)
		hold_drop_asker(desk->hold, message->room, message->asker);
	answerable = to_nobody && could_answer(desk, message);
	hold_heard(desk->hold, message, answerable || looks_like_asking(message->text));
	if (!answerable)
		return;
	hold_add(desk->hold, message, clock_mono_ms(&desk->clock) + hold_ms(desk, room, message));
}

void question_hear_bot(struct desk *desk, const struct chat_message *message)
{
	if (message->kind != CHAT_SAYS || !message->text)
		return;
	/* A feed that says something to nobody answers nobody. */
	hold_heard(desk->hold, message, true);
	if ((message->target || message->to_other) && message->nick && !message->archived)
		rivals_heard(
			desk->rivals, message->room, message->nick, clock_mono_ms(&desk->clock));
}

void question_release(struct desk *desk)
{
	const struct chat_message *message;

	while ((message = hold_take(desk->hold, clock_mono_ms(&desk->clock)))) {
		struct turn turn = turn_of(desk, message);

		turn.overheard = true;
		pool_clear(desk->pool);
		question_answer(desk, &turn);
	}
}

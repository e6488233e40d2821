/* A message as the desk sees it: new, worth an answer, by whom. */
#include "desk_inner.h"

/* The archive in which the message would be found. */
static const char *archive_of(const struct chat_message *message)
{
	return message->place == CHAT_ROOM ? message->room : "";
}

/* Before the archive was read, a message of this login must not hide the gap before it. */
static bool moves_mark(struct desk *desk, const struct chat_message *message)
{
	struct journal_key key =
		journal_key(desk->journal, "archive", archive_of(message), NULL, NULL);
	const int64_t *login = lately_get(desk->caught_up, &key);

	return message->archived || (login && *login == desk->login);
}

static struct journal_message seen_of(
	struct desk *desk, const struct chat_message *message, int64_t asked_ms)
{
	struct journal_message seen = {.archive_id = message->stanza_id, .at_ms = asked_ms};

	if (moves_mark(desk, message))
		seen.archive = archive_of(message);
	if (message->stanza_id)
		seen.keys[seen.key_count++] = journal_key(
			desk->journal, "stanza", archive_of(message), message->stanza_id, NULL);
	if (message->id)
		seen.keys[seen.key_count++] = journal_key(
			desk->journal, "message", message->from, message->id, message->body);
	return seen;
}

struct turn turn_of(struct desk *desk, const struct chat_message *message)
{
	int64_t wall = clock_wall_ms(&desk->clock);
	struct turn turn = {
		.message = message,
		.text = message->text,
		.asker = journal_key(desk->journal, "asker", message->asker, NULL, NULL),
		.now = clock_mono_ms(&desk->clock),
		.asked_ms = message->sent_ms ? message->sent_ms : wall,
	};

	if (message->room)
		turn.room = journal_key(desk->journal, "room", message->room, NULL, NULL);
	turn.late_ms = wall > turn.asked_ms ? wall - turn.asked_ms : 0;
	turn.seen = seen_of(desk, message, turn.asked_ms);
	return turn;
}

bool turn_is_new(struct desk *desk, const struct turn *turn)
{
	struct journal_message seen = turn->seen;

	/* Some clients count their ids from 1 with each start. What comes just now, under an id
	 * that room or server gave, is known by that id alone. */
	if (turn->message->stanza_id && !turn->message->sent_ms && !turn->message->archived)
		seen.key_count = 1;
	return !journal_has_seen(desk->journal, &seen);
}

bool turn_is_worth_it(struct desk *desk, const struct turn *turn)
{
	static const int64_t worth_ms[] = {
		[CHAT_DIRECT] = DESK_WORTH_DIRECT_MS,
		[CHAT_ROOM] = DESK_WORTH_ROOM_MS,
		[CHAT_PRIVATE] = DESK_WORTH_PRIVATE_MS,
	};
	const struct chat_message *message = turn->message;

	if (!message->sent_ms)
		return !message->archived;
	/* By now the nick may be another's. */
	if (message->archived && message->place == CHAT_PRIVATE)
		return false;
	/* Whatever was answered before there was this journal, it does not know. Where servers
	 * stamp whole seconds that takes in the one of its making. */
	if (message->sent_ms < journal_born_ms(desk->journal))
		return false;
	return turn->late_ms < worth_ms[message->place];
}

void turn_see(struct desk *desk, const struct turn *turn)
{
	struct err err;

	trouble_after_write(&desk->trouble, journal_see(desk->journal, &turn->seen, &err), &err);
}

/* For the buckets; NULL where there is none. */
static const struct journal_key *room_of(const struct turn *turn)
{
	return turn->message->place == CHAT_ROOM ? &turn->room : NULL;
}

static struct journal_key late_asker(struct desk *desk, const struct turn *turn)
{
	return journal_key(
		desk->journal, "late asker", turn->message->asker, archive_of(turn->message), NULL);
}

/* What was asked over an hour is not asked too fast because it is read all at once: it counts by
 * the time of asking. Each archive by itself, since only within one that goes forward. */
enum rate_verdict turn_ask_rate(struct desk *desk, const struct turn *turn)
{
	struct journal_key late = late_asker(desk, turn);

	if (turn->message->archived)
		return rate_ask(desk->late_rate, &late, room_of(turn), turn->asked_ms);
	return rate_ask(desk->rate, &turn->asker, room_of(turn), turn->now);
}

void turn_take_rate(struct desk *desk, const struct turn *turn)
{
	struct journal_key late = late_asker(desk, turn);

	if (turn->message->archived)
		rate_take(desk->late_rate, &late, room_of(turn), turn->asked_ms);
	else
		rate_take(desk->rate, &turn->asker, room_of(turn), turn->now);
}

const char *turn_place(struct desk *desk, const struct turn *turn)
{
	const struct chat_message *message = turn->message;

	if (message->place == CHAT_ROOM)
		return message->room;
	return pool_printf(desk->pool, "%s %s", message->room ? message->room : "", message->asker);
}

/* What was said in a room may be gone on with alone, but never the other way round. */
static const char *talk_key(
	struct desk *desk, const char *place, const struct chat_message *message)
{
	return pool_printf(
		desk->pool, "%s %s %s", place, message->room ? message->room : "", message->asker);
}

const char *turn_talk(struct desk *desk, const struct turn *turn)
{
	static const char *const places[] = {
		[CHAT_DIRECT] = "direct", [CHAT_ROOM] = "room", [CHAT_PRIVATE] = "private"};

	return talk_key(desk, places[turn->message->place], turn->message);
}

/* An occupant's asker is the same in the room and in private. Who writes directly may be known from
 * a room that shows real addresses. */
const char *turn_elder_talk(struct desk *desk, const struct turn *turn)
{
	const struct chat_message *message = turn->message;
	const struct turn_elder *elder;

	if (message->place == CHAT_PRIVATE)
		return talk_key(desk, "room", message);
	if (message->place == CHAT_ROOM)
		return NULL;
	elder = lately_get(desk->elders, &turn->asker);
	return elder ? elder->talk : NULL;
}

void turn_remember_talk(struct desk *desk, const struct turn *turn)
{
	const char *talk = turn_talk(desk, turn);
	struct turn_elder *elder;

	if (turn->message->place != CHAT_ROOM || !turn->message->real_jid ||
		strlen(talk) >= sizeof(elder->talk))
		return;
	elder = lately_put(desk->elders, &turn->asker);
	memcpy(elder->talk, talk, strlen(talk) + 1);
}

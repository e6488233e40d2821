/* What goes out: asides, which are sent and forgotten, and answers, which are owed until they are
 * known to have arrived. */
#include "desk_inner.h"

#include "log.h"

enum { VARIANTS_MAX = 16 }; /* of a line of the voice; more are not gone through */

/* Unguessable, and in the order of time, which spares the journal's index much turning of pages. */
void post_new_id(struct desk *desk, char out[POST_ID_SIZE])
{
	snprintf(out, POST_ID_SIZE, "%08x",
		(unsigned)(clock_wall_ms(&desk->clock) / DESK_SECOND_MS & UINT32_MAX));
	chance_id(&desk->chance, out + 8);
}

static bool is_voiceless(struct desk *desk, const char *room)
{
	return marks_hold(desk->marks, "voiceless", room);
}

/* Where an answer goes: back to where the question came from; where we may not speak, to the asker
 * alone. */
static struct chat_reply address(struct desk *desk, const struct turn *turn)
{
	const struct chat_message *message = turn->message;
	struct chat_reply reply = {.place = message->place, .thread = message->thread};

	if (message->place == CHAT_ROOM && is_voiceless(desk, message->room))
		reply.place = CHAT_PRIVATE;
	reply.to = reply.place == CHAT_ROOM ? message->room : message->from;
	if (reply.place == CHAT_ROOM)
		reply.reply_to = message->stanza_id;
	else if (message->replies_known && message->place == reply.place)
		reply.reply_to = message->id;
	reply.reply_jid = reply.reply_to ? message->from : NULL;
	return reply;
}

/* Without the newlines that a block of YAML ends in. */
static const char *trimmed(struct pool *pool, const char *text)
{
	size_t len = strlen(text);

	while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	return pool_strndup(pool, text, len);
}

/* The next variant of a line of the voice that was not read there lately. false: all were, and it
 * is simply the next one. */
static bool choose_variant(
	struct desk *desk, const struct turn *turn, const char *name, unsigned *variant)
{
	const char *place = turn_place(desk, turn), *first = NULL;
	unsigned next = desk->aside_turn++;

	for (*variant = next;; ++*variant) {
		const char *line = pool_strdup(
			desk->pool, answer_voice(desk->engine, name, *variant, NULL, NULL));

		/* Round again. A line may stand there twice, but not so often. */
		if (*variant - next >= VARIANTS_MAX || (first && !strcmp(line, first)))
			break;
		if (fresh_allows(desk->fresh, "line", place, line, turn->now))
			return true;
		if (!first)
			first = line;
	}
	*variant = next;
	return false;
}

static void add_body(struct desk *desk, struct buf *out, const struct chat_reply *reply,
	const struct turn *turn, const char *text)
{
	struct buf more;

	if (reply->place != CHAT_ROOM) {
		buf_add_str(out, text);
		return;
	}
	buf_init(&more, BUF_LINE);
	wording_add_line(&more, desk->engine, "more", desk->aside_turn, NULL, 0);
	wording_for_room(out, turn->message->nick, text, more.data);
	buf_release(&more);
}

/* --- asides --- */

void post_text(struct desk *desk, const struct turn *turn, const char *text)
{
	struct chat_reply reply = address(desk, turn);
	char id[POST_ID_SIZE];
	struct buf body;
	struct err err;

	text = trimmed(desk->pool, text);
	/* Not worth going behind a room's back for. */
	if (!*text || reply.place != turn->message->place)
		return;
	post_new_id(desk, id);
	buf_init(&body, BUF_REPLY);
	add_body(desk, &body, &reply, turn, text);
	reply.id = id;
	reply.body = body.data;
	reply.throw_away = true;
	if (desk->wire.send(desk->wire.userdata, &reply, &err) < 0)
		log_debug("not said: %s", err.text);
	guard_said(desk->guard, text);
	turn_take_rate(desk, turn);
	buf_release(&body);
}

void post_aside(struct desk *desk, const struct turn *turn, const char *name,
	const struct wording_fill *fills, size_t fill_count)
{
	unsigned variant;
	struct buf line;

	if (!choose_variant(desk, turn, name, &variant) && turn->message->place == CHAT_ROOM)
		return;
	buf_init(&line, BUF_REPLY);
	wording_add_line(&line, desk->engine, name, variant, fills, fill_count);
	post_text(desk, turn, line.data);
	buf_release(&line);
}

void post_retraction(struct desk *desk, enum chat_place place, const char *to, const char *id,
	const char *stanza_id)
{
	char own_id[POST_ID_SIZE];
	struct chat_reply reply = {.place = place,
		.to = to,
		.id = own_id,
		.retracts = id,
		.retracts_in_room = stanza_id};
	struct buf line;
	struct err err;

	post_new_id(desk, own_id);
	buf_init(&line, BUF_LINE);
	wording_add_line(&line, desk->engine, "retracted", 0, NULL, 0);
	reply.body = trimmed(desk->pool, line.data);
	if (desk->wire.send(desk->wire.userdata, &reply, &err) < 0)
		log_debug("an answer could not be taken back: %s", err.text);
	buf_release(&line);
}

/* --- answers --- */

static const char *join_ids(struct pool *pool, const struct answer_ids *ids)
{
	const char *joined = "";

	for (size_t i = 0; i < ids->count; i++)
		joined = pool_printf(pool, "%s%s%s", joined, i ? " " : "", ids->ids[i]);
	return joined;
}

static enum journal_place journal_place_of(enum chat_place place)
{
	static const enum journal_place places[] = {
		[CHAT_DIRECT] = JOURNAL_DIRECT,
		[CHAT_ROOM] = JOURNAL_ROOM,
		[CHAT_PRIVATE] = JOURNAL_PRIVATE,
	};

	return places[place];
}

/* Written down as sent unless it is to wait. */
static int owe(struct desk *desk, const struct turn *turn, const struct answer_reply *answer,
	const char *ids, const struct chat_reply *reply, bool waits)
{
	const struct chat_message *message = turn->message;
	const struct journal_question question = {
		.place = journal_place_of(reply->place),
		.room = message->room,
		.asker = message->asker,
		.id = message->id,
		.stanza_id = message->stanza_id,
		.text = turn->text,
		.outcome = answer_outcome_name(answer->outcome),
		.answers = ids,
		.confidence = answer->confidence,
		.asked_ms = turn->asked_ms,
		.corrects = turn->corrects,
	};
	const struct journal_delivery delivery = {
		.state = desk->is_online && !waits ? JOURNAL_SENT : JOURNAL_OWED,
		.id = reply->id,
		.recipient = reply->to,
		.body = reply->body,
		.reply_to = reply->reply_to,
		.reply_jid = reply->place == CHAT_ROOM ? message->from : reply->reply_jid,
		.thread = reply->thread,
		.replaces = reply->replaces,
	};
	struct err err;

	return trouble_after_write(&desk->trouble,
		journal_owe(desk->journal, &turn->seen, &question, reply->body ? &delivery : NULL,
			&err),
		&err);
}

int post_send(struct desk *desk, const struct chat_reply *reply)
{
	struct err err;

	if (desk->wire.send(desk->wire.userdata, reply, &err) == 0)
		return 0;
	log_debug("still owed: %s", err.text);
	desk->has_released = true;
	if (reply->place == CHAT_ROOM && err.code == ERR_REFUSED)
		delivery_without_voice(desk, reply->id);
	else
		trouble_after(
			&desk->trouble, journal_not_sent(desk->journal, reply->id, &err), &err);
	return -1;
}

const char *post_quote(struct desk *desk, const char *question, int64_t late_ms)
{
	const char *quote;
	struct buf line;

	if (late_ms < DESK_MINUTE_MS || !question || !*question)
		return NULL;
	buf_init(&line, BUF_LINE);
	wording_quote(&line, question);
	quote = pool_strdup(desk->pool, line.data);
	buf_release(&line);
	return quote;
}

static void add_apology(struct desk *desk, struct buf *out, const struct turn *turn)
{
	const struct chat_message *message = turn->message;
	struct buf ago;
	struct wording_fill fill = {"ago", NULL};
	unsigned variant;

	if (message->place != CHAT_DIRECT || turn->late_ms < DESK_WORTH_ROOM_MS)
		return;
	buf_init(&ago, BUF_LINE);
	wording_add_ago(&ago, desk->engine, turn->late_ms);
	fill.value = ago.data;
	(void)choose_variant(desk, turn, "delayed", &variant);
	wording_add_line(out, desk->engine, "delayed", variant, &fill, 1);
	if (out->len && out->data[out->len - 1] != '\n')
		buf_add_char(out, '\n');
	buf_release(&ago);
}

void post_answer(struct desk *desk, const struct turn *turn, const struct answer_reply *answer)
{
	/* The engine's own last only until it is asked for a line of the voice. */
	const char *text = trimmed(desk->pool, answer->text);
	const char *ids = join_ids(desk->pool, &answer->answers);
	struct chat_reply reply = address(desk, turn);
	char id[POST_ID_SIZE];
	struct buf body;

	log_debug("%s, confidence %.2f: %s", answer_outcome_name(answer->outcome),
		answer->confidence, ids);
	if (answer->outcome == ANSWER_SILENT || !*text || turn->reply) {
		owe(desk, turn, answer, ids, &reply, false);
		if (turn->replaces)
			change_take_back(desk, turn->message, turn->corrects);
		if (turn->reply)
			buf_add_str(turn->reply, text);
		return;
	}
	post_new_id(desk, id);
	buf_init(&body, BUF_REPLY);
	add_apology(desk, &body, turn);
	add_body(desk, &body, &reply, turn, text);
	reply.id = id;
	reply.body = body.data;
	reply.replaces = turn->replaces;
	reply.quote = post_quote(desk, turn->text, turn->late_ms);
	/* A gap must not end in a flood: what was asked in it is answered bit by bit. */
	if (owe(desk, turn, answer, ids, &reply, turn->message->archived) == 0 &&
		turn->message->archived)
		desk->has_released = true;
	else
		post_send(desk, &reply);
	guard_said(desk->guard, text);
	turn_take_rate(desk, turn);
	buf_release(&body);
}

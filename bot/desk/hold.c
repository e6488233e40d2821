#include "hold.h"

#include "mem.h"
#include "pool.h"

enum { HELD_MAX = 64, HELD_OF_ASKER_MAX = 2 };

struct held {
	struct pool *pool; /* NULL: the place is free */
	struct chat_message question;
	int64_t due_ms;
};

struct hold {
	struct held held[HELD_MAX];
	struct pool *taken; /* of the question last handed out */
	struct chat_message question;
};

struct hold *hold_new(void)
{
	return mem_alloc(1, sizeof(struct hold));
}

static void let_go(struct held *held)
{
	pool_free(&held->pool);
}

void hold_free(struct hold **hold)
{
	if (!*hold)
		return;
	for (size_t i = 0; i < HELD_MAX; i++)
		let_go(&(*hold)->held[i]);
	pool_free(&(*hold)->taken);
	mem_free(*hold);
	*hold = NULL;
}

static const char *copy(struct pool *pool, const char *text)
{
	return text ? pool_strdup(pool, text) : NULL;
}

static struct chat_message copy_message(struct pool *pool, const struct chat_message *from)
{
	struct chat_message to = *from;

	to.from = copy(pool, from->from);
	to.room = copy(pool, from->room);
	to.nick = copy(pool, from->nick);
	to.own_nick = copy(pool, from->own_nick);
	to.asker = copy(pool, from->asker);
	to.real_jid = copy(pool, from->real_jid);
	to.body = copy(pool, from->body);
	to.text = copy(pool, from->text);
	to.id = copy(pool, from->id);
	to.stanza_id = copy(pool, from->stanza_id);
	to.thread = copy(pool, from->thread);
	to.target = copy(pool, from->target);
	return to;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static bool is_of(const struct held *held, const char *room, const char *asker)
{
	return held->pool && same(held->question.room, room) && same(held->question.asker, asker);
}

static bool is_called(const struct held *held, const char *id)
{
	return same(held->question.id, id) || same(held->question.stanza_id, id);
}

void hold_add(struct hold *hold, const struct chat_message *question, int64_t due_ms)
{
	struct held *place = NULL;
	size_t of_asker = 0;

	for (size_t i = 0; i < HELD_MAX; i++) {
		if (!hold->held[i].pool)
			place = &hold->held[i];
		of_asker += is_of(&hold->held[i], question->room, question->asker);
	}
	if (!place || of_asker >= HELD_OF_ASKER_MAX)
		return;
	place->pool = pool_new(1024);
	place->question = copy_message(place->pool, question);
	place->due_ms = due_ms;
}

static bool is_answered_by(const struct held *held, const struct chat_message *message, bool asks)
{
	if (!held->pool || !same(held->question.room, message->room) ||
		same(held->question.asker, message->asker))
		return false;
	if (message->target)
		return is_called(held, message->target);
	if (message->to_other)
		return held->question.nick && message->body &&
		       strstr(message->body, held->question.nick);
	return !message->addressed && !asks;
}

void hold_heard(struct hold *hold, const struct chat_message *message, bool asks)
{
	for (size_t i = 0; i < HELD_MAX; i++)
		if (is_answered_by(&hold->held[i], message, asks))
			let_go(&hold->held[i]);
}

void hold_drop_asker(struct hold *hold, const char *room, const char *asker)
{
	for (size_t i = 0; i < HELD_MAX; i++)
		if (is_of(&hold->held[i], room, asker))
			let_go(&hold->held[i]);
}

bool hold_drop(struct hold *hold, const char *room, const char *asker, const char *id)
{
	for (size_t i = 0; i < HELD_MAX; i++) {
		struct held *held = &hold->held[i];

		if (held->pool && is_called(held, id) &&
			is_of(held, room, asker ? asker : held->question.asker)) {
			let_go(held);
			return true;
		}
	}
	return false;
}

void hold_drop_room(struct hold *hold, const char *room)
{
	for (size_t i = 0; i < HELD_MAX; i++)
		if (hold->held[i].pool && same(hold->held[i].question.room, room))
			let_go(&hold->held[i]);
}

static struct held *earliest(struct hold *hold)
{
	struct held *first = NULL;

	for (size_t i = 0; i < HELD_MAX; i++)
		if (hold->held[i].pool && (!first || hold->held[i].due_ms < first->due_ms))
			first = &hold->held[i];
	return first;
}

const struct chat_message *hold_take(struct hold *hold, int64_t now_ms)
{
	struct held *first = earliest(hold);

	if (!first || first->due_ms > now_ms)
		return NULL;
	pool_free(&hold->taken);
	hold->taken = first->pool;
	hold->question = first->question;
	first->pool = NULL;
	return &hold->question;
}

int64_t hold_next_ms(const struct hold *hold)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < HELD_MAX; i++)
		if (hold->held[i].pool && hold->held[i].due_ms < next)
			next = hold->held[i].due_ms;
	return next;
}

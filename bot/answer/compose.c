#include "compose.h"

#include "buf.h"
#include "pool.h"

enum { SHORT_REMARK = 5 };      /* words */
enum { NOISE_LINES_EVERY = 6 }; /* of messages without a word, one in this many gets a line */

struct composer {
	struct answer_engine *e;
	struct pool *pool;
	const struct answer_question *question;
	struct talk *talk;
	unsigned turn;
	struct buf text;
	struct answer_reply *reply;
};

/* --- the voice --- */

/* Whether {word} stands at p. */
static bool is_place_for(const char *p, const struct fill *fill)
{
	size_t len = strlen(fill->word);

	return !strncmp(p + 1, fill->word, len) && p[1 + len] == '}';
}

static const char *fill_in(
	struct pool *pool, const char *line, const struct fill *fills, size_t count)
{
	const char *p = line;
	struct buf out;
	char *text;

	buf_init_in(&out, pool, BUF_REPLY);
	while (*p) {
		size_t i = 0, len = strcspn(p + 1, "{") + 1;

		/* Up to the next brace in one piece, so that a cut falls between code points. */
		if (*p == '{')
			while (i < count && !is_place_for(p, &fills[i]))
				i++;
		if (*p == '{' && i < count) {
			buf_add_str(&out, fills[i].value);
			p += strlen(fills[i].word) + 2;
		} else {
			buf_add(&out, p, len);
			p += len;
		}
	}
	text = pool_strndup(pool, out.data, out.len);
	buf_release(&out);
	return text;
}

const char *compose_voice(const struct answer_engine *e, struct pool *pool, const char *name,
	unsigned turn, const struct fill *fills, size_t count)
{
	return fill_in(pool, knowledge_voice(e->knowledge, name, turn), fills, count);
}

/* The next one that was not said lately, else simply the next one. */
static const char *variant(const struct composer *c, const struct texts *texts)
{
	const struct answer_variety *variety = c->question->variety;

	for (size_t i = 0; variety && i < texts->count; i++) {
		const char *line = texts->items[(c->turn + i) % texts->count];

		if (variety->allows(variety->userdata, line))
			return line;
	}
	return texts->items[c->turn % texts->count];
}

static void say(struct composer *c, const char *name, const struct fill *fills, size_t count)
{
	const struct texts *lines = knowledge_voice_lines(c->e->knowledge, name);

	if (lines && lines->count)
		buf_add_str(&c->text, fill_in(c->pool, variant(c, lines), fills, count));
}

static void add_id(struct answer_ids *ids, const char *id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (!strcmp(ids->ids[i], id))
			return;
	if (ids->count < ANSWER_IDS_MAX)
		ids->ids[ids->count++] = id;
}

/* The question that leads to an answer, or its title. */
static const char *asking(const struct answer_engine *e, const char *id)
{
	const struct knowledge_answer *a = knowledge_find(e->knowledge, id);

	return a->ask ? a->ask : a->title;
}

/* --- what the talk keeps --- */

static void keep_list(struct talk *talk, const char *const *ids, size_t count, bool offered)
{
	talk->list_count = count < TALK_LIST_MAX ? count : TALK_LIST_MAX;
	for (size_t i = 0; i < talk->list_count; i++)
		talks_put(talk->list[i], sizeof(talk->list[i]), ids[i]);
	talk->offered = offered;
	talk->picked = 0;
}

static void keep_picked(struct talk *talk, const char *id)
{
	for (size_t i = 0; i < talk->list_count; i++)
		if (!strcmp(talk->list[i], id))
			talk->picked = i + 1;
}

/* A greeting in between ends no talk. */
static void keep_answer(
	const struct answer_engine *e, struct talk *talk, const struct knowledge_answer *a)
{
	if (!talk)
		return;
	if (a->items.count)
		keep_list(talk, a->items.items, a->items.count, false);
	if (decide_is_about_bot(a->id))
		return;
	talks_put(talk->answered, sizeof(talk->answered), a->id);
	talks_put(talk->topic, sizeof(talk->topic), a->id);
	keep_picked(talk, a->id);
	talks_put(talk->context, sizeof(talk->context), asking(e, a->id));
	talk->offered = false;
}

void compose_recall(
	const struct answer_engine *e, struct talk *talk, const struct answer_ids *answers)
{
	const char *last = answers->count ? answers->ids[answers->count - 1] : NULL;

	/* Was said last anyway, and the talk knows better how it was asked for. */
	if (!last || (!strcmp(talk->answered, last) && !talk->offered))
		return;
	keep_list(talk, answers->ids, answers->count, false);
	for (size_t i = 0; i < answers->count; i++) {
		const struct knowledge_answer *a = knowledge_find(e->knowledge, answers->ids[i]);

		/* Those of a pack before a reload may be gone. */
		if (a)
			keep_answer(e, talk, a);
	}
}

static void keep_question(struct composer *c, const struct asked *asked)
{
	const struct answer_ids *nearest = &c->reply->nearest;

	if (!c->talk)
		return;
	c->talk->answered[0] = '\0';
	if (nearest->count)
		talks_put(c->talk->topic, sizeof(c->talk->topic), nearest->ids[0]);
	talks_put(c->talk->context, sizeof(c->talk->context), asked->reading.u.text);
}

static bool says(const struct composer *c, const struct asked *asked, enum role role)
{
	return chart_find(&asked->reading.chart, c->e->language.roles[role]);
}

/* "my niece is a data analyst": at first, that says what is spoken of. */
static void keep_aside(struct composer *c, const struct asked *asked)
{
	if (c->talk && !*c->talk->context &&
		(says(c, asked, ROLE_SUBJECT) || says(c, asked, ROLE_PLACE)))
		talks_put(c->talk->context, sizeof(c->talk->context), asked->reading.u.text);
}

/* --- replies --- */

static void say_answer(struct composer *c, const struct knowledge_answer *a, bool brief)
{
	bool whole = c->question->place == ANSWER_DIRECT && !brief;

	if (c->text.len)
		buf_add_str(&c->text, c->question->place == ANSWER_DIRECT ? "\n\n" : "\n");
	buf_add_str(&c->text, variant(c, whole ? &a->whole : &a->brief));
	add_id(&c->reply->answers, a->id);
	keep_answer(c->e, c->talk, a);
}

static void reply_answer(struct composer *c, const char *id, double confidence)
{
	c->reply->outcome = ANSWER_ANSWER;
	c->reply->confidence = confidence;
	say_answer(c, knowledge_find(c->e->knowledge, id), false);
}

/* The last answer again: the whole text, wherever it was short before, or the short one. */
static void reply_again(struct composer *c, bool brief)
{
	const struct knowledge_answer *a = knowledge_find(c->e->knowledge, c->talk->answered);

	if (!a) {
		say(c, *c->talk->context ? "more-none" : "more-of-what", NULL, 0);
		c->reply->outcome = ANSWER_UNKNOWN;
		return;
	}
	c->reply->outcome = ANSWER_ANSWER;
	c->reply->confidence = 1.0;
	buf_add_str(&c->text, variant(c, brief ? &a->brief : &a->whole));
	add_id(&c->reply->answers, a->id);
	keep_answer(c->e, c->talk, a);
}

static void reply_source(struct composer *c)
{
	const struct knowledge_answer *a = knowledge_find(c->e->knowledge, c->talk->answered);
	struct buf sections;

	if (!a || !a->source || !a->section.count) {
		reply_again(c, false);
		return;
	}
	buf_init_in(&sections, c->pool, BUF_LINE);
	for (size_t i = 0; i < a->section.count; i++)
		buf_addf(&sections, "%s%s", i ? "; " : "", a->section.items[i]);
	say(c, "source-line", (struct fill[]){{"source", a->source}, {"section", sections.data}},
		2);
	buf_release(&sections);
	c->reply->outcome = ANSWER_ANSWER;
	c->reply->confidence = 1.0;
	add_id(&c->reply->answers, a->id);
}

static void offer(struct composer *c, const char *voice, const struct answer_ids *ids)
{
	say(c, voice, NULL, 0);
	for (size_t i = 0; i < ids->count; i++)
		buf_addf(&c->text, "\n%zu. %s", i + 1, asking(c->e, ids->ids[i]));
	if (c->talk)
		keep_list(c->talk, ids->ids, ids->count, true);
}

enum { SUGGEST_MAX = 3, ASK_BACK_MAX = 2 };

/* Offers what it may have been; of two readings that are as likely it asks which. */
static void reply_suggest(struct composer *c, const struct asked *asked)
{
	const struct verdict *v = &asked->verdict;
	struct answer_ids *suggest = &c->reply->suggest;
	bool torn = v->outcome == ANSWER_CLARIFY;
	size_t most = torn ? ASK_BACK_MAX : SUGGEST_MAX;

	for (size_t i = 0; i < v->beliefs.count && suggest->count < most; i++) {
		const char *id = decide_answer_id(c->e, v->beliefs.items[i].class);

		if (id && !decide_is_about_bot(id) &&
			v->beliefs.items[i].share >= c->e->thresholds.suggest / 2)
			add_id(suggest, id);
	}
	if (!suggest->count) {
		c->reply->outcome = ANSWER_UNKNOWN;
		say(c,
			c->question->place == ANSWER_DIRECT ? "not-understood"
							    : "not-understood-room",
			NULL, 0);
		return;
	}
	c->reply->outcome = v->outcome;
	c->reply->confidence = v->confidence;
	offer(c, torn ? "ask-back" : suggest->count == 1 ? "suggest-one" : "suggest", suggest);
	if (c->talk)
		talks_put(c->talk->context, sizeof(c->talk->context), asked->reading.u.text);
}

static void reply_uncovered(struct composer *c, const struct asked *asked)
{
	const struct verdict *v = &asked->verdict;
	struct answer_ids *nearest = &c->reply->nearest;

	c->reply->outcome = ANSWER_UNCOVERED;
	if (v->class < c->e->near) {
		const struct intent *intent = intents_at(c->e->intents, v->class);

		for (size_t i = 0; i < intent->nearest.count; i++)
			add_id(nearest, intent->nearest.items[i]);
		buf_add_str(&c->text, intent->uncovered);
		keep_question(c, asked);
		return;
	}
	for (size_t i = 0; i < v->beliefs.count && !nearest->count; i++) {
		const char *id = decide_answer_id(c->e, v->beliefs.items[i].class);

		if (id && !decide_is_about_bot(id) &&
			v->beliefs.items[i].share >= c->e->thresholds.suggest)
			add_id(nearest, id);
	}
	keep_question(c, asked);
	if (nearest->count)
		say(c, "uncovered-with",
			(struct fill[]){{"nearest", asking(c->e, nearest->ids[0])}}, 1);
	else
		say(c, "uncovered", NULL, 0);
}

/* What nobody means to be answered: "makes sense", "I see". Nonsense is none. */
static bool is_remark(const struct composer *c, const struct asked *asked)
{
	size_t words = asked->reading.u.count;

	if (!words || asked->reading.clauses.any_asks)
		return false;
	return !asked->verdict.features.leftover.content ||
	       (c->talk && *c->talk->context && words <= SHORT_REMARK &&
		       !asked->verdict.features.leftover.unknown);
}

static void reply_unknown(struct composer *c, const struct asked *asked)
{
	bool direct = c->question->place == ANSWER_DIRECT;

	c->reply->outcome = ANSWER_UNKNOWN;
	keep_aside(c, asked);
	if (is_remark(c, asked)) {
		c->reply->outcome = ANSWER_SILENT;
	} else if (asked->reading.u.count) {
		say(c, direct ? "not-understood" : "not-understood-room", NULL, 0);
	} else if (direct && (!c->talk || c->talk->noises++ % NOISE_LINES_EVERY == 0)) {
		/* Not a word in it: a friendly line once in a while, in private. */
		say(c, "noise", NULL, 0);
	} else {
		c->reply->outcome = ANSWER_SILENT;
	}
}

static void reply_one(struct composer *c, const struct asked *asked)
{
	const struct verdict *v = &asked->verdict;

	switch (asked->followup.kind) {
	case FOLLOWUP_PICK:
		if (knowledge_find(c->e->knowledge, asked->followup.id)) {
			reply_answer(c, asked->followup.id, 1.0);
			return;
		}
		break;
	case FOLLOWUP_MORE:
	case FOLLOWUP_SHORTER:
		reply_again(c, asked->followup.kind == FOLLOWUP_SHORTER);
		return;
	case FOLLOWUP_SOURCE:
		reply_source(c);
		return;
	case FOLLOWUP_YES:
		say(c, "yes-no-which", NULL, 0);
		c->reply->outcome = ANSWER_UNKNOWN;
		return;
	case FOLLOWUP_NO:
		say(c, "no-problem", NULL, 0);
		c->reply->outcome = ANSWER_UNKNOWN;
		c->talk->offered = false;
		return;
	case FOLLOWUP_NONE:
	case FOLLOWUP_REMARK:
	case FOLLOWUP_LEANS:
		break;
	}
	switch (v->outcome) {
	case ANSWER_ANSWER:
		reply_answer(c, decide_answer_id(c->e, v->class), v->confidence);
		break;
	case ANSWER_CLARIFY:
	case ANSWER_SUGGEST:
		reply_suggest(c, asked);
		break;
	case ANSWER_UNCOVERED:
		reply_uncovered(c, asked);
		break;
	default:
		reply_unknown(c, asked);
		break;
	}
}

static void reply_several(struct composer *c, const struct questions *q)
{
	const struct answer_ids *answers = &c->reply->answers;
	bool has_list = false;

	c->reply->outcome = ANSWER_ANSWER;
	c->reply->confidence = q->items[0].verdict.confidence;
	for (size_t i = 0; i < q->count; i++) {
		const char *id = decide_answer_id(c->e, q->items[i].verdict.class);
		const struct knowledge_answer *a = knowledge_find(c->e->knowledge, id);

		say_answer(c, a, q->count > 2);
		has_list |= a->items.count > 0;
	}
	if (c->talk && !has_list)
		keep_list(c->talk, answers->ids, answers->count, false);
}

static void say_unanswered(struct composer *c, const struct asked *part)
{
	const struct verdict *v = &part->verdict;

	buf_add_str(&c->text, c->question->place == ANSWER_DIRECT ? "\n\n" : "\n");
	if (v->outcome == ANSWER_UNCOVERED && v->class < c->e->near)
		buf_add_str(&c->text, intents_at(c->e->intents, v->class)->uncovered);
	else
		say(c, "part-unanswered", (struct fill[]){{"part", part->words}}, 1);
}

/* A remark that was not addressed to the bot: a question it is sure of, or nothing. */
static bool may_speak(const struct composer *c, const struct questions *q)
{
	const struct asked *a = &q->items[0];

	return (a->followup.kind == FOLLOWUP_NONE || a->followup.kind == FOLLOWUP_LEANS) &&
	       a->verdict.outcome == ANSWER_ANSWER && a->reading.clauses.any_asks &&
	       a->verdict.confidence >= c->e->thresholds.overheard &&
	       !decide_is_about_bot(decide_answer_id(c->e, a->verdict.class));
}

void compose(struct answer_engine *e, struct pool *pool, const struct answer_question *question,
	const struct questions *q, struct talk *talk, struct answer_reply *reply)
{
	struct composer c = {.e = e,
		.pool = pool,
		.question = question,
		.talk = talk,
		.turn = talk ? talk->turns : 0,
		.reply = reply};

	if (question->place == ANSWER_OVERHEARD && !may_speak(&c, q)) {
		*reply = (struct answer_reply){.outcome = ANSWER_SILENT, .text = ""};
		return;
	}
	buf_init_in(&c.text, pool, BUF_REPLY);
	if (q->count > 1)
		reply_several(&c, q);
	else
		reply_one(&c, &q->items[0]);
	if (q->has_unanswered && reply->outcome == ANSWER_ANSWER)
		say_unanswered(&c, &q->unanswered);
	reply->text = pool_strndup(pool, c.text.data, c.text.len);
	buf_release(&c.text);
	if (talk)
		talk->turns++;
}

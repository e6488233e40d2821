#include "questions.h"

#include "normalise.h"
#include "pool.h"
#include "repair.h"

enum { SHORT_PART = 5 }; /* words of a part that may lack the form of a question */
enum {
	LONG_STORY = 14,     /* words */
	CONTENT_OF_PART = 2, /* content words of a part that is worth a word */
	CUT_LEAST = 4,
	CUT_WORDS = 80,
	CUT_TRIES = 16
};                       /* both sides of each try are read: no message may ask for many */
enum { JOINED_GAP = 3 }; /* words between "and" and what it joins: "and I am in Ohio" */
static const double stands_alone = 0.6;   /* belief from which a message needs nothing before it */
static const double surely_foreign = 0.8; /* belief from which other talk is left alone */
static const double same_again = 0.2;     /* added for the answer given before */
static const double made_whole = 0.45;    /* belief from which a message made whole is believed */

static bool is_answer(const struct verdict *v)
{
	return v->outcome == ANSWER_ANSWER;
}

/* Hello, thanks and goodbye are answered only when nothing else is asked. */
static bool is_social(const struct answer_engine *e, const struct verdict *v)
{
	const char *id = is_answer(v) ? decide_answer_id(e, v->class) : NULL;

	return id && (!strcmp(id, "bot.greeting") || !strcmp(id, "bot.thanks") ||
			     !strcmp(id, "bot.goodbye"));
}

/* --- one question --- */

static void read_text(
	struct answer_engine *e, struct pool *pool, const char *text, struct asked *out)
{
	struct utterance u;

	normalise(e->spelling, pool, text, strlen(text), &u);
	repair_look_up(e->words, &u);
	engine_read(e, pool, &u, &out->reading);
	decide(e, pool, &out->reading, &out->verdict);
}

/* A message that makes sense by itself, if only as one that is not for us, leans on nothing. */
static bool stands(const struct answer_engine *e, const struct asked *a)
{
	const struct verdict *v = &a->verdict;

	if (is_answer(v) && decide_is_about_bot(decide_answer_id(e, v->class)))
		return v->confidence >= stands_alone || is_social(e, v);
	if (a->followup.only_leans)
		return false;
	if (a->followup.insists && !is_answer(v))
		return false;
	if (is_answer(v))
		return v->confidence >= stands_alone;
	return v->outcome == ANSWER_UNCOVERED ||
	       (v->is_foreign && v->beliefs.count && v->beliefs.items[0].share >= surely_foreign);
}

/* As it is read where the talk has named the subject of the pack. */
static bool read_within(
	struct answer_engine *e, struct pool *pool, const struct asked *a, struct asked *within)
{
	*within = *a;
	within->reading.domain_known = true;
	decide(e, pool, &within->reading, &within->verdict);
	return is_answer(&within->verdict);
}

/* What a message made whole would be; false: it makes no sense so, or is not believed. */
static bool try_whole(
	struct answer_engine *e, struct pool *pool, const struct whole *w, struct asked *whole)
{
	read_text(e, pool, w->text, whole);
	whole->verdict.rule = "made whole with the question before it";
	return !is_social(e, &whole->verdict) &&
	       (is_answer(&whole->verdict) || whole->verdict.outcome == ANSWER_UNCOVERED);
}

static void lean(
	struct answer_engine *e, struct pool *pool, const struct talk *talk, struct asked *a)
{
	const struct followup f = a->followup;
	double best = is_answer(&a->verdict) ? a->verdict.confidence : 0.0;
	struct asked within;
	bool has_topic;

	/* "What do they get?" after a data scientist is about no ML engineer. */
	for (size_t i = 0; i < f.whole_count; i++) {
		struct asked whole = *a;

		if (f.whole[i].names_them &&
			!decide_is_about_bot(decide_answer_id(e, a->verdict.class)) &&
			try_whole(e, pool, &f.whole[i], &whole)) {
			*a = whole;
			return;
		}
	}
	if (stands(e, a))
		return;
	has_topic = read_within(e, pool, a, &within) &&
		    strcmp(decide_answer_id(e, within.verdict.class), talk->answered) != 0;
	for (size_t i = 0; i < f.whole_count; i++) {
		struct asked whole = *a;
		double belief;

		/* "how is pay in India?" has changed the subject. */
		if (f.whole[i].old_topic && has_topic)
			continue;
		if (!try_whole(e, pool, &f.whole[i], &whole))
			continue;
		if (f.only_leans && i == 0 && (is_answer(&whole.verdict) || best < stands_alone)) {
			*a = whole;
			return;
		}
		belief = is_answer(&whole.verdict) ? whole.verdict.confidence : 0.0;
		if (belief < made_whole)
			continue;
		/* "do you have numbers for that?" asks on about the same. */
		if (!strcmp(decide_answer_id(e, whole.verdict.class), talk->answered))
			belief += same_again;
		if (belief > best) {
			best = belief;
			*a = whole;
		}
	}
	if (!is_answer(&a->verdict) && has_topic && f.goes_on) {
		within.verdict.rule = "the talk is about the subject already";
		*a = within;
	}
}

/* In a talk about the subject, a question needs not name it: "how much maths are we talking?" */
static void assume_domain(
	struct answer_engine *e, struct pool *pool, const struct talk *talk, struct asked *a)
{
	struct asked within;

	if (!*talk->context || a->verdict.features.leftover.in_domain ||
		a->verdict.features.leftover.unknown ||
		!(a->reading.clauses.any_asks || a->followup.goes_on))
		return;
	if (read_within(e, pool, a, &within) && within.verdict.confidence >= stands_alone) {
		within.verdict.rule = "the talk is about the subject already";
		*a = within;
	}
}

static void read_slice(struct answer_engine *e, struct pool *pool, const struct utterance *u,
	size_t start, size_t end, struct reading *out)
{
	struct utterance part = {.count = end - start};

	part.tokens = pool_alloc(pool, part.count + 1, sizeof(*part.tokens));
	memcpy(part.tokens, u->tokens + start, part.count * sizeof(*part.tokens));
	part.tokens[0].before = MARK_NONE;
	part.last = end < u->count ? u->tokens[end].before : u->last;
	part.asks_by_mark = part.last == MARK_QUESTION;
	utterance_join(&part, pool);
	engine_read(e, pool, &part, out);
}

/* Where a long message makes no sense as a whole: the last clause in it that asks. What the story
 * around it was about is known. */
static void read_core(struct answer_engine *e, struct pool *pool, struct asked *a)
{
	const struct clauses *clauses = &a->reading.clauses;
	const struct clause *core = NULL;
	struct asked within = *a;

	if (is_answer(&a->verdict) || a->reading.u.count < LONG_STORY)
		return;
	for (size_t i = 0; i < clauses->count; i++)
		if (clauses->items[i].asks)
			core = &clauses->items[i];
	if (!core || (size_t)(core->end - core->start) == a->reading.u.count)
		return;
	read_slice(e, pool, &a->reading.u, core->start, core->end, &within.reading);
	within.reading.domain_known = a->verdict.features.leftover.in_domain;
	decide(e, pool, &within.reading, &within.verdict);
	if (is_answer(&within.verdict) && within.verdict.confidence >= stands_alone) {
		within.verdict.rule = "by what it asks, without the story around it";
		*a = within;
	}
}

/* A part of a message leans on an earlier message only if it is nothing by itself. */
enum leaning { LEANING_FREE, LEANING_STRICT };

static void read_one(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	enum leaning leaning, const struct reading *reading, struct asked *out)
{
	*out = (struct asked){.reading = *reading, .words = reading->u.text};
	decide(e, pool, reading, &out->verdict);
	if (!talk)
		return;
	followup_read(e, pool, talk, reading, &out->followup);
	if (out->followup.kind == FOLLOWUP_LEANS &&
		(leaning == LEANING_FREE || out->followup.only_leans))
		lean(e, pool, talk, out);
	if (!is_answer(&out->verdict))
		assume_domain(e, pool, talk, out);
}

/* --- several --- */

/* Where the right side of a cut before token i begins: behind the word that joins; 0: no cut here.
 */
static size_t right_of(const struct answer_engine *e, const struct reading *r, size_t i)
{
	size_t end = 0;

	for (const struct span *s = r->chart.at[i]; s; s = s->next)
		if (s->concept == e->language.roles[ROLE_JOINS] && s->end > end)
			end = s->end;
	if (end)
		return end;
	return r->u.tokens[i].before >= MARK_COMMA ? i : 0;
}

static bool looks_asked(const struct reading *r)
{
	return r->clauses.any_asks || r->u.count <= SHORT_PART;
}

/* What the left side leaves for the right one to lean on. */
static void remember(const struct answer_engine *e, const struct asked *left, struct talk *talk)
{
	const char *id = decide_answer_id(e, left->verdict.class);

	*talk = (struct talk){0};
	talks_put(talk->answered, sizeof(talk->answered), id ? id : "");
	talks_put(talk->context, sizeof(talk->context), left->reading.u.text);
}

static const char *id_of(const struct answer_engine *e, const struct asked *a)
{
	return is_answer(&a->verdict) ? decide_answer_id(e, a->verdict.class) : NULL;
}

static double weaker(const struct asked *a, const struct asked *b)
{
	return a->verdict.confidence < b->verdict.confidence ? a->verdict.confidence
							     : b->verdict.confidence;
}

/* Cuts the reading in two where both sides are answered best. Returns whether there is such a
 * place. *tries: how many places may still be tried. */
static bool cut(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *r, const struct asked *whole, unsigned *tries, struct asked *left,
	struct asked *right)
{
	const char *whole_id = id_of(e, whole);
	double best = e->thresholds.part;
	bool found = false;

	/* A comparison has two sides by nature. */
	if (chart_find(&r->chart, e->language.roles[ROLE_COMPARES]) && whole_id &&
		whole->verdict.confidence > best)
		return false;
	for (size_t i = 1; i + 1 <= r->u.count; i++) {
		size_t from = right_of(e, r, i);
		struct reading a, b;
		struct asked l, k;
		struct talk between;

		if (!from || from >= r->u.count)
			continue;
		if (!*tries)
			break;
		--*tries;
		read_slice(e, pool, &r->u, 0, i, &a);
		read_slice(e, pool, &r->u, from, r->u.count, &b);
		if (!looks_asked(&a) || !looks_asked(&b))
			continue;
		read_one(e, pool, whole_id ? NULL : talk, LEANING_STRICT, &a, &l);
		if (!is_answer(&l.verdict) || l.verdict.confidence < best)
			continue;
		remember(e, &l, &between);
		if (is_social(e, &l.verdict))
			read_one(e, pool, talk, LEANING_STRICT, &b, &k);
		else
			read_one(e, pool, &between, LEANING_FREE, &b, &k);
		if (!is_answer(&k.verdict) || weaker(&l, &k) < best ||
			!strcmp(id_of(e, &l), id_of(e, &k)))
			continue;
		best = weaker(&l, &k);
		*left = l;
		*right = k;
		found = true;
	}
	return found;
}

/* The reading without the tokens from start to end. */
static void read_without(struct answer_engine *e, struct pool *pool, const struct utterance *u,
	size_t start, size_t end, struct reading *out)
{
	struct utterance rest = *u;

	rest.count = u->count - (end - start);
	rest.tokens = pool_alloc(pool, rest.count + 1, sizeof(*rest.tokens));
	memcpy(rest.tokens, u->tokens, start * sizeof(*rest.tokens));
	memcpy(rest.tokens + start, u->tokens + end, (u->count - end) * sizeof(*rest.tokens));
	utterance_join(&rest, pool);
	engine_read(e, pool, &rest, out);
}

/* The longest concept that ends before token `at`, or begins at it or up to JOINED_GAP behind. */
static const struct span *joined(const struct reading *r, size_t at, bool before)
{
	const struct span *best = NULL;

	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];
		bool fits = before ? s->end == at : s->start >= at && s->start <= at + JOINED_GAP;

		if (fits && !s->hidden && !s->gappy &&
			(!best || s->end - s->start > best->end - best->start))
			best = s;
	}
	return best;
}

static bool begins_question(const struct answer_engine *e, const struct reading *r, size_t token)
{
	for (const struct span *s = r->chart.at[token]; s; s = s->next)
		if (s->concept == e->language.roles[ROLE_ASKS_OPENING])
			return true;
	return false;
}

static bool plays(const struct answer_engine *e, const struct reading *r, const struct span *s,
	enum role role)
{
	for (const struct span *other = r->chart.at[s->start]; other; other = other->next)
		if (other->concept == e->language.roles[role])
			return true;
	return false;
}

/* Places may stand apart, "in Pune and I am in Ohio"; other things stand side by side, and a new
 * question is none of them. */
static bool are_alike(const struct answer_engine *e, const struct reading *r, const struct span *a,
	const struct span *b, size_t from)
{
	if (plays(e, r, a, ROLE_PLACE) || plays(e, r, b, ROLE_PLACE))
		return plays(e, r, a, ROLE_PLACE) && plays(e, r, b, ROLE_PLACE);
	return b->start == from && !begins_question(e, r, from);
}

/* "What is the average in New York and San Francisco?": what is said of two holds for each. Reads
 * it with either of them; returns whether that makes two questions. */
static bool distribute(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *r, const struct asked *whole, unsigned *tries, struct asked *left,
	struct asked *right)
{
	const char *whole_id = id_of(e, whole), *left_id, *right_id;
	bool compares = chart_find(&r->chart, e->language.roles[ROLE_COMPARES]);

	if (!whole_id && compares)
		return false;
	for (size_t i = 1; i + 1 < r->u.count; i++) {
		size_t from = right_of(e, r, i);
		const struct span *a, *b;
		struct reading one;

		if (!from || from >= r->u.count)
			continue;
		a = joined(r, i, true);
		b = joined(r, from, false);
		if (!a || !b || *tries < 2 || !are_alike(e, r, a, b, from))
			continue;
		/* The two sides of a comparison. */
		if (compares && (plays(e, r, a, ROLE_SUBJECT) || plays(e, r, b, ROLE_SUBJECT)))
			continue;
		*tries -= 2;
		read_without(e, pool, &r->u, i, b->end, &one);
		read_one(e, pool, whole_id ? NULL : talk, LEANING_STRICT, &one, left);
		read_without(e, pool, &r->u, a->start, from, &one);
		read_one(e, pool, whole_id ? NULL : talk, LEANING_STRICT, &one, right);
		left_id = id_of(e, left);
		right_id = id_of(e, right);
		if (!left_id || !right_id || !strcmp(left_id, right_id) ||
			weaker(left, right) < e->thresholds.part)
			continue;
		if (!whole_id || !strcmp(whole_id, left_id) || !strcmp(whole_id, right_id))
			return true;
	}
	return false;
}

static bool is_same(const struct answer_engine *e, const struct asked *a, const char *id)
{
	return is_answer(&a->verdict) && a->verdict.confidence >= stands_alone &&
	       !strcmp(id_of(e, a), id);
}

/* Whether the part is a question of its own, and one without an answer. */
static bool is_left_open(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *r, struct asked *part)
{
	const struct verdict *v = &part->verdict;

	if (!r->clauses.any_asks)
		return false;
	read_one(e, pool, talk, LEANING_FREE, r, part);
	if (v->features.leftover.content < CONTENT_OF_PART)
		return false;
	return v->outcome == ANSWER_UNCOVERED ||
	       (v->is_foreign && v->beliefs.count && v->beliefs.items[0].share >= surely_foreign);
}

/* Where one part has the answer found, and the other, where the second begins as a question does,
 * asks something else: that is not passed over in silence. */
static void find_unanswered(struct answer_engine *e, struct pool *pool, const struct asked *whole,
	const struct reading *r, struct questions *q)
{
	const char *id = id_of(e, whole);
	unsigned tries = CUT_TRIES;

	for (size_t i = 1; i + 1 < r->u.count && tries && !q->has_unanswered; i++) {
		size_t from = right_of(e, r, i);
		struct reading left, right;
		struct talk between;
		struct asked part;

		if (!from || from >= r->u.count || !begins_question(e, r, from))
			continue;
		tries--;
		read_slice(e, pool, &r->u, 0, i, &left);
		read_slice(e, pool, &r->u, from, r->u.count, &right);
		read_one(e, pool, NULL, LEANING_STRICT, &left, &part);
		if (is_same(e, &part, id)) {
			remember(e, &part, &between);
			q->has_unanswered = is_left_open(e, pool, &between, &right, &q->unanswered);
			continue;
		}
		read_one(e, pool, NULL, LEANING_STRICT, &right, &part);
		q->has_unanswered =
			is_same(e, &part, id) && is_left_open(e, pool, NULL, &left, &q->unanswered);
	}
}

static void drop_social(const struct answer_engine *e, struct questions *q)
{
	size_t kept = 0, asked = 0;

	for (size_t i = 0; i < q->count; i++)
		asked += !is_social(e, &q->items[i].verdict);
	if (!asked) {
		q->count = 1;
		return;
	}
	for (size_t i = 0; i < q->count; i++)
		if (!is_social(e, &q->items[i].verdict))
			q->items[kept++] = q->items[i];
	q->count = kept;
}

static bool can_be_cut(const struct reading *r)
{
	return r->u.count >= CUT_LEAST && r->u.count <= CUT_WORDS;
}

void questions_read(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *reading, struct questions *q)
{
	struct asked left, right;
	unsigned tries = CUT_TRIES;

	*q = (struct questions){.count = 1};
	read_one(e, pool, talk, LEANING_FREE, reading, &q->items[0]);
	if (q->items[0].followup.kind != FOLLOWUP_NONE &&
		q->items[0].followup.kind != FOLLOWUP_LEANS)
		return;
	/* Either side of a cut may hold another. */
	for (size_t i = 0; can_be_cut(reading) && i < q->count && q->count < QUESTIONS_MAX;) {
		struct asked *item = &q->items[i];

		if (!cut(e, pool, talk, &item->reading, item, &tries, &left, &right) &&
			!distribute(e, pool, talk, &item->reading, item, &tries, &left, &right)) {
			i++;
			continue;
		}
		memmove(item + 2, item + 1, (q->count - i - 1) * sizeof(*item));
		item[0] = left;
		item[1] = right;
		q->count++;
	}
	if (q->count > 1)
		drop_social(e, q);
	else if (!is_answer(&q->items[0].verdict))
		read_core(e, pool, &q->items[0]);
	else if (can_be_cut(reading))
		find_unanswered(e, pool, &q->items[0], reading, q);
}

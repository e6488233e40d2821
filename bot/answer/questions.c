#include "questions.h"

#include "grammar.h"
#include "normalise.h"
#include "pool.h"

enum {
	SHORT_PART = 5, /* words of a part that may lack the form of a question */
	SHORT_ASIDE = 7 /* … beside one that has it */
};
enum {
	LONG_STORY = 14,     /* words */
	CONTENT_OF_PART = 2, /* content words of a part that is worth a word */
	GREETING_MOST = 4,   /* words */
	CUT_LEAST = 4,       /* words; … */
	CUT_WORDS = 80,      /* … no more of them */
	/* Both sides of each try are read: no message may ask for many. */
	CUT_TRIES = 16,
	CORE_TRIES = 8
};
enum { JOINED_GAP = 3 }; /* words between "and" and what it joins: "and I am in Ohio" */
static const double formed =
	0.38; /* … from which a side of a cut is that is a question by its form */

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

static bool plays_at(
	const struct answer_engine *e, const struct reading *r, size_t token, enum role role)
{
	for (const struct span *s = r->chart.at[token]; s; s = s->next)
		if (s->concept == e->language.roles[role])
			return true;
	return false;
}

static bool begins_question(const struct answer_engine *e, const struct reading *r, size_t token)
{
	return plays_at(e, r, token, ROLE_ASKS_OPENING);
}

/* As a stretch of it is read by itself; what the story around it was about is known. */
static bool read_alone(struct answer_engine *e, struct pool *pool, const struct asked *whole,
	size_t start, size_t end, struct asked *out)
{
	*out = *whole;
	read_slice(e, pool, &whole->reading.u, start, end, &out->reading);
	out->reading.domain_known = whole->verdict.features.leftover.in_domain;
	decide(e, pool, &out->reading, &out->verdict);
	out->verdict.rule = "by what it asks, without the story around it";
	return asked_is_answer(out);
}

static bool is_unsure(const struct verdict *v)
{
	return v->outcome == ANSWER_SUGGEST || v->outcome == ANSWER_CLARIFY;
}

/* What the whole was rather thought to be needs less to be believed. */
static bool bears_out(const struct asked *part, const struct verdict *whole)
{
	return asked_stands(part) || (part->verdict.class == whole->class && is_unsure(whole));
}

/* Whether what clause i asks may begin at the token: with the clause before it, at its own
 * beginning or, where the whole is not clear, with a question word in its midst. */
static bool may_begin(
	const struct answer_engine *e, const struct asked *whole, size_t i, size_t token)
{
	const struct clause *clause = &whole->reading.clauses.items[i];

	if (token < clause->start)
		return token == clause[-1].start;
	return token == clause->start ||
	       (is_unsure(&whole->verdict) && begins_question(e, &whole->reading, token));
}

/* Where a long message makes no sense as a whole: what it asks, without the story around it. */
static void read_core(struct answer_engine *e, struct pool *pool, struct asked *a)
{
	const struct asked whole = *a;
	const struct clauses *clauses = &whole.reading.clauses;
	unsigned tries = CORE_TRIES;
	double best = 0.0;

	if (asked_is_answer(&whole) || whole.reading.u.count < LONG_STORY)
		return;
	for (size_t i = clauses->count; i-- && tries;) {
		size_t start = clauses->items[i ? i - 1 : 0].start, end = clauses->items[i].end;

		for (; clauses->items[i].asks && start + CUT_LEAST <= end && tries; start++) {
			struct asked core;

			if (end - start == whole.reading.u.count || !may_begin(e, &whole, i, start))
				continue;
			tries--;
			if (!read_alone(e, pool, &whole, start, end, &core) ||
				!bears_out(&core, &whole.verdict) ||
				core.verdict.confidence <= best)
				continue;
			best = core.verdict.confidence;
			*a = core;
		}
	}
}

/* --- several --- */

/* Where what plays the role from token i on ends, the longest; 0: nothing does. */
static size_t end_of(
	const struct answer_engine *e, const struct reading *r, size_t i, enum role role)
{
	size_t end = 0;

	for (const struct span *s = r->chart.at[i]; s; s = s->next)
		if (s->concept == e->language.roles[role] && s->end > end)
			end = s->end;
	return end;
}

/* Where the right side of a cut before token i begins: behind the word that joins; 0: no cut here.
 */
static size_t right_of(const struct answer_engine *e, const struct reading *r, size_t i)
{
	size_t end = end_of(e, r, i, ROLE_JOINS);

	if (end)
		return end;
	return r->u.tokens[i].before >= MARK_COMMA ? i : 0;
}

/* Where a message that is no story is answered without the form of a question, its parts need none:
 * "the duties of an ML engineer and also the salary". */
static bool looks_asked(const struct reading *part, const struct asked *whole)
{
	return part->clauses.any_asks || part->u.count <= SHORT_PART ||
	       (asked_is_answer(whole) && !whole->reading.clauses.any_asks &&
		       whole->reading.u.count <= LONG_STORY);
}

/* What the left side leaves for the right one to lean on. */
static void remember(const struct answer_engine *e, const struct asked *left, struct talk *talk)
{
	const char *id = decide_answer_id(e, left->verdict.class);

	*talk = (struct talk){0};
	talks_put(talk->answered, sizeof(talk->answered), id ? id : "");
	talks_put(talk->topic, sizeof(talk->topic), id ? id : "");
	talks_put(talk->context, sizeof(talk->context), left->reading.u.text);
}

static double weaker(const struct asked *a, const struct asked *b)
{
	return a->verdict.confidence < b->verdict.confidence ? a->verdict.confidence
							     : b->verdict.confidence;
}

/* What is asked in one breath with a question about the subject is about it as well. */
static void assume_same_domain(
	struct answer_engine *e, struct pool *pool, const struct asked *beside, struct asked *part)
{
	struct asked within;

	if (asked_is_answer(part) || !asked_is_answer(beside) ||
		beside->verdict.confidence < e->thresholds.part ||
		decide_is_about_bot(asked_id(e, beside)) ||
		part->verdict.features.leftover.unknown ||
		(!part->reading.clauses.any_asks && part->reading.u.count > SHORT_ASIDE))
		return;
	asked_read_within(e, pool, part, NULL, &within);
	if (part->reading.clauses.any_asks ? asked_is_answer(&within) : asked_stands(&within))
		*part = within;
}

static bool has_role_in(const struct answer_engine *e, const struct reading *r, enum role role,
	size_t start, size_t end)
{
	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if (s->concept == e->language.roles[role] && s->start >= start && s->end <= end)
			return true;
	}
	return false;
}

static bool lacks_sides(
	const struct answer_engine *e, const struct reading *r, size_t start, size_t end)
{
	return has_role_in(e, r, ROLE_COMPARES, start, end) &&
	       !has_role_in(e, r, ROLE_SUBJECT, start, end);
}

/* A comparison has two sides by nature: it ends where a sentence does, or a question begins, and
 * what it compares stands with it. */
static bool cuts_comparison(
	const struct answer_engine *e, const struct reading *r, size_t i, size_t from)
{
	if (!chart_find(&r->chart, e->language.roles[ROLE_COMPARES]))
		return false;
	return (r->u.tokens[i].before < MARK_STOP && !begins_question(e, r, from)) ||
	       lacks_sides(e, r, 0, i) || lacks_sides(e, r, from, r->u.count);
}

/* Reads the tokens from start to end as a question; returns whether it has an answer. */
static bool read_part(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	enum leaning leaning, const struct asked *whole, size_t start, size_t end,
	struct asked *out)
{
	*out = (struct asked){.verdict.outcome = ANSWER_UNKNOWN};
	read_slice(e, pool, &whole->reading.u, start, end, &out->reading);
	if (looks_asked(&out->reading, whole))
		asked_read(e, pool, talk, leaning, &out->reading, out);
	return asked_is_answer(out);
}

/* The token behind the last comma before `end`, and that of the first one behind `start`. */
static size_t comma_before(const struct utterance *u, size_t end)
{
	while (--end && u->tokens[end].before < MARK_COMMA)
		;
	return end;
}

static size_t comma_behind(const struct utterance *u, size_t start)
{
	while (++start < u->count && u->tokens[start].before < MARK_COMMA)
		;
	return start;
}

/* Reads what stands left of token `end` and right from token `start`, each beside the other; what
 * is said before and behind ("I've a quiz tomorrow") is left out where that makes it understood. */
static bool read_sides(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct asked *whole, size_t end, size_t start, struct asked *left,
	struct asked *right)
{
	const struct talk *before = asked_id(e, whole) ? NULL : talk;
	const struct utterance *u = &whole->reading.u;
	size_t near = comma_before(u, end), far = comma_behind(u, start);
	enum leaning leaning = LEANING_STRICT;
	struct talk between;

	if (!read_part(e, pool, before, LEANING_STRICT, whole, 0, end, left) && near &&
		left->reading.clauses.any_asks)
		read_part(e, pool, before, LEANING_STRICT, whole, near, end, left);
	if (asked_is_answer(left) && !asked_is_social(e, left)) {
		remember(e, left, &between);
		talk = &between;
		leaning = LEANING_FREE;
	}
	if (!read_part(e, pool, talk, leaning, whole, start, u->count, right) && far < u->count &&
		!u->asks_by_mark && !begins_question(e, &whole->reading, far))
		read_part(e, pool, talk, leaning, whole, start, far, right);
	assume_same_domain(e, pool, right, left);
	assume_same_domain(e, pool, left, right);
	return asked_is_answer(left) && asked_is_answer(right);
}

/* What both sides of a cut must be believed: less where either is a question by its form. */
static double least_belief(const struct answer_engine *e, const struct asked *whole, size_t from,
	const struct asked *left)
{
	return left->reading.clauses.any_asks && begins_question(e, &whole->reading, from)
		       ? formed
		       : e->thresholds.part;
}

/* "The money, how much would that be?" says what it is about before it asks, in one question. */
static bool names_topic(
	const struct answer_engine *e, const struct reading *r, size_t i, const struct asked *left)
{
	return r->u.tokens[i].before == MARK_COMMA && !left->reading.clauses.any_asks &&
	       begins_question(e, r, i);
}

/* Cuts the reading in two where both sides are answered best. Returns whether there is such a
 * place. *tries: how many places may still be tried. */
static bool cut(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct asked *whole, unsigned *tries, struct asked *left, struct asked *right)
{
	const struct reading *r = &whole->reading;
	double best = 0.0;

	for (size_t i = 1; i + 1 <= r->u.count; i++) {
		size_t from = right_of(e, r, i);
		struct asked l, k;

		if (!from || from >= r->u.count ||
			(asked_is_answer(whole) && cuts_comparison(e, r, i, from)))
			continue;
		if (!*tries)
			break;
		--*tries;
		if (!read_sides(e, pool, talk, whole, i, from, &l, &k) ||
			(from == i && names_topic(e, r, i, &l)) || weaker(&l, &k) <= best ||
			weaker(&l, &k) < least_belief(e, whole, from, &l) ||
			!strcmp(asked_id(e, &l), asked_id(e, &k)))
			continue;
		best = weaker(&l, &k);
		*left = l;
		*right = k;
	}
	return best > 0.0;
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

/* The longest concept that ends before token `at`, or begins at it or up to JOINED_GAP behind: what
 * has a name, not whatever a line of an intent would match. */
static const struct span *joined(
	const struct answer_engine *e, const struct reading *r, size_t at, bool before)
{
	const struct span *best = NULL;

	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];
		bool fits = before ? s->end == at : s->start >= at && s->start <= at + JOINED_GAP;

		if (fits && !s->hidden && !s->gappy &&
			!language_is_role(&e->language, s->concept) &&
			grammar_is_named(e->grammar, s->concept) &&
			(!best || s->end - s->start > best->end - best->start))
			best = s;
	}
	return best;
}

/* Places may stand apart, "in Pune and I am in Ohio"; other things stand side by side, and a new
 * question is none of them. */
static bool are_alike(const struct answer_engine *e, const struct reading *r, const struct span *a,
	const struct span *b, size_t from)
{
	if (plays_at(e, r, a->start, ROLE_PLACE) || plays_at(e, r, b->start, ROLE_PLACE))
		return plays_at(e, r, a->start, ROLE_PLACE) && plays_at(e, r, b->start, ROLE_PLACE);
	for (size_t i = from; i < b->start; i++)
		if (!plays_at(e, r, i, ROLE_FUNCTION))
			return false;
	return !begins_question(e, r, from);
}

/* Whether a third is compared with a and b. */
static bool has_third_side(const struct answer_engine *e, const struct reading *r,
	const struct span *a, const struct span *b)
{
	for (size_t i = 0; i < r->chart.span_count; i++) {
		const struct span *s = r->chart.all[i];

		if ((s->end <= a->start || s->start >= b->end) &&
			s->concept == e->language.roles[ROLE_SUBJECT])
			return true;
	}
	return false;
}

/* "What is the average in New York and San Francisco?": what is said of two holds for each. Reads
 * it with either of them; returns whether that makes two questions. */
static bool distribute(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct asked *whole, unsigned *tries, struct asked *left, struct asked *right)
{
	const struct reading *r = &whole->reading;
	const char *whole_id = asked_id(e, whole), *left_id, *right_id;
	bool compares = chart_find(&r->chart, e->language.roles[ROLE_COMPARES]);

	for (size_t i = 1; i + 1 < r->u.count; i++) {
		size_t from = right_of(e, r, i);
		const struct span *a, *b;
		struct reading one;

		if (!from)
			from = end_of(e, r, i, ROLE_COMPARES);
		if (!from || from >= r->u.count)
			continue;
		a = joined(e, r, i, true);
		b = joined(e, r, from, false);
		if (!a || !b || *tries < 2 || !are_alike(e, r, a, b, from))
			continue;
		/* The two sides of a comparison; but "pay in New York vs India" wants both. */
		if (compares && !has_third_side(e, r, a, b) &&
			!(plays_at(e, r, a->start, ROLE_PLACE) &&
				plays_at(e, r, b->start, ROLE_PLACE)) &&
			((!whole_id && !is_unsure(&whole->verdict)) ||
				plays_at(e, r, a->start, ROLE_SUBJECT) ||
				plays_at(e, r, b->start, ROLE_SUBJECT)))
			continue;
		*tries -= 2;
		read_without(e, pool, &r->u, i, b->end, &one);
		asked_read(e, pool, whole_id ? NULL : talk, LEANING_STRICT, &one, left);
		read_without(e, pool, &r->u, a->start, from, &one);
		asked_read(e, pool, whole_id ? NULL : talk, LEANING_STRICT, &one, right);
		left_id = asked_id(e, left);
		right_id = asked_id(e, right);
		if (!left_id || !right_id || !strcmp(left_id, right_id) ||
			weaker(left, right) < e->thresholds.part)
			continue;
		/* "How do scientists and engineers work together?" is clearer as one. */
		if (asked_stands(whole) && weaker(left, right) < whole->verdict.confidence)
			continue;
		if (!whole_id || !strcmp(whole_id, left_id) || !strcmp(whole_id, right_id))
			return true;
	}
	return false;
}

/* Of what is compared with two things no side stands for itself. */
static bool split(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct asked *whole, unsigned *tries, struct asked *left, struct asked *right)
{
	if (chart_find(&whole->reading.chart, e->language.roles[ROLE_COMPARES]))
		return distribute(e, pool, talk, whole, tries, left, right) ||
		       cut(e, pool, talk, whole, tries, left, right);
	return cut(e, pool, talk, whole, tries, left, right) ||
	       distribute(e, pool, talk, whole, tries, left, right);
}

static bool is_same(const struct answer_engine *e, const struct asked *a, const char *id)
{
	return asked_stands(a) && !strcmp(asked_id(e, a), id);
}

/* Whether the part is a question of its own, and one without an answer. */
static bool is_left_open(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *r, struct asked *part)
{
	if (!r->clauses.any_asks)
		return false;
	asked_read(e, pool, talk, LEANING_FREE, r, part);
	if (part->verdict.features.leftover.content < CONTENT_OF_PART)
		return false;
	return part->verdict.outcome == ANSWER_UNCOVERED || asked_is_surely_foreign(part);
}

/* Where one part has the answer found, and the other, where the second begins as a question does,
 * asks something else: that is not passed over in silence. */
static void find_unanswered(struct answer_engine *e, struct pool *pool, const struct asked *whole,
	const struct reading *r, struct questions *q)
{
	const char *id = asked_id(e, whole);
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
		asked_read(e, pool, NULL, LEANING_STRICT, &left, &part);
		if (is_same(e, &part, id)) {
			remember(e, &part, &between);
			q->has_unanswered = is_left_open(e, pool, &between, &right, &q->unanswered);
			continue;
		}
		asked_read(e, pool, NULL, LEANING_STRICT, &right, &part);
		q->has_unanswered =
			is_same(e, &part, id) && is_left_open(e, pool, NULL, &left, &q->unanswered);
	}
}

static void drop_social(const struct answer_engine *e, struct questions *q)
{
	size_t kept = 0, asked = 0;

	for (size_t i = 0; i < q->count; i++)
		asked += !asked_is_social(e, &q->items[i]);
	if (!asked) {
		q->count = 1;
		return;
	}
	for (size_t i = 0; i < q->count; i++)
		if (!asked_is_social(e, &q->items[i]))
			q->items[kept++] = q->items[i];
	q->count = kept;
}

/* "hey, are you a bot?" is a question, whatever stands before it. */
static void look_behind_greeting(struct answer_engine *e, struct pool *pool, struct asked *a)
{
	const struct utterance *u = &a->reading.u;
	const char *id = asked_id(e, a);

	if (!asked_is_social(e, a))
		return;
	for (size_t i = 1; i < u->count && i <= GREETING_MOST; i++) {
		struct reading left, right;
		struct asked part;

		read_slice(e, pool, u, i, u->count, &right);
		if (!right.clauses.any_asks)
			continue;
		read_slice(e, pool, u, 0, i, &left);
		asked_read(e, pool, NULL, LEANING_STRICT, &left, &part);
		if (!is_same(e, &part, id))
			continue;
		asked_read(e, pool, NULL, LEANING_STRICT, &right, &part);
		if (!asked_is_answer(&part) || asked_is_social(e, &part) ||
			part.verdict.confidence < e->thresholds.part)
			continue;
		*a = part;
		return;
	}
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
	asked_read(e, pool, talk, LEANING_FREE, reading, &q->items[0]);
	if (q->items[0].followup.kind != FOLLOWUP_NONE &&
		q->items[0].followup.kind != FOLLOWUP_LEANS)
		return;
	/* Either side of a cut may hold another. */
	for (size_t i = 0; i < q->count && q->count < QUESTIONS_MAX;) {
		struct asked *item = &q->items[i];

		if (!can_be_cut(&item->reading) ||
			!split(e, pool, talk, item, &tries, &left, &right)) {
			i++;
			continue;
		}
		memmove(item + 2, item + 1, (q->count - i - 1) * sizeof(*item));
		item[0] = left;
		item[1] = right;
		q->count++;
	}
	if (q->count == 1)
		look_behind_greeting(e, pool, &q->items[0]);
	if (q->count > 1)
		drop_social(e, q);
	else if (!asked_is_answer(&q->items[0]))
		read_core(e, pool, &q->items[0]);
	else if (can_be_cut(reading))
		find_unanswered(e, pool, &q->items[0], reading, q);
}

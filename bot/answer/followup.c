#include "followup.h"

#include "buf.h"
#include "normalise.h"
#include "pool.h"
#include "repair.h"

enum { SHORT_PICK = 6, SHORT_REFINEMENT = 4 }; /* words */
enum { SHORT_CONTENT = 4 }; /* content words of a message that may lean on the one before */

/* Which roles each token plays: bit r for enum role r. */
struct roles {
	uint32_t *of;
	size_t count;
	uint32_t any; /* all of them together */
};

#define BIT(role) (1u << (role))

static const uint32_t picks = 0x1FFu << ROLE_PICK_1 | BIT(ROLE_PICK_LAST);
static const uint32_t empty = BIT(ROLE_FUNCTION) | BIT(ROLE_FILLER) | BIT(ROLE_JOINS) |
			      BIT(ROLE_LEADS) | BIT(ROLE_ASKS_OPENING) | BIT(ROLE_ASKS_ANYWHERE) |
			      BIT(ROLE_REFERS);

static void read_roles(const struct answer_engine *e, struct pool *pool, const struct chart *chart,
	struct roles *roles)
{
	uint32_t first = e->language.roles[0];

	*roles = (struct roles){.count = chart->count};
	roles->of = pool_alloc(pool, chart->count + 1, sizeof(*roles->of));
	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];

		if (!language_is_role(&e->language, s->concept))
			continue;
		for (size_t k = s->start; k < s->end; k++)
			roles->of[k] |= BIT(s->concept - first);
		roles->any |= BIT(s->concept - first);
	}
}

/* Whether the first word that says anything plays one of these roles. */
static bool opens_with(const struct roles *roles, uint32_t which)
{
	size_t i = 0;

	while (i < roles->count && (roles->of[i] & BIT(ROLE_FILLER)) && !(roles->of[i] & which))
		i++;
	return i < roles->count && (roles->of[i] & which);
}

/* Tokens that play none of these roles. */
static size_t rest_of(const struct roles *roles, uint32_t but)
{
	size_t n = 0;

	for (size_t i = 0; i < roles->count; i++)
		n += !(roles->of[i] & but);
	return n;
}

static const struct span *role_span(
	const struct answer_engine *e, const struct chart *chart, enum role role)
{
	return chart_find(chart, e->language.roles[role]);
}

/* The last one that stands by itself. */
static const struct span *last_span(
	const struct answer_engine *e, const struct chart *chart, enum role role)
{
	const struct span *last = NULL;

	for (size_t i = 0; i < chart->span_count; i++)
		if (chart->all[i]->concept == e->language.roles[role] &&
			(!last || chart->all[i]->start >= last->end))
			last = chart->all[i];
	return last;
}

/* --- choosing --- */

/* "the third one" is the third, though a "one" is in it: the longest says which. */
static const char *picked(const struct answer_engine *e, const struct chart *chart,
	const struct talk *talk, size_t *words)
{
	const struct span *best = NULL;
	size_t which = 0;

	*words = 0;
	if (!talk->list_count)
		return NULL;
	for (size_t i = 0; i <= talk->list_count; i++) {
		bool last = i == talk->list_count;
		const struct span *s =
			role_span(e, chart, last ? ROLE_PICK_LAST : (enum role)(ROLE_PICK_1 + i));

		if (s && !s->hidden && (!best || s->end - s->start > best->end - best->start)) {
			best = s;
			which = last ? talk->list_count - 1 : i;
		}
	}
	if (!best)
		return NULL;
	*words = best->end - best->start;
	return talk->list[which];
}

/* "why?" and "do you have numbers for that", but not "why should I do that at all". */
static bool wants_more(const struct roles *roles)
{
	size_t around = rest_of(roles, BIT(ROLE_MORE) | BIT(ROLE_FILLER) | BIT(ROLE_JOINS));
	bool opens = roles->of[0] & BIT(ROLE_MORE);

	return (roles->any & BIT(ROLE_MORE)) &&
	       !rest_of(roles, empty | BIT(ROLE_MORE) | BIT(ROLE_YES)) &&
	       (!opens || around <= roles->count - around + 1);
}

/* "the third trait" names one of a list; "which language should I learn first" does not. */
static bool is_pick(const struct roles *roles, size_t rest, size_t words, bool leans)
{
	bool named = words > 1 && roles->count <= SHORT_PICK;

	if (opens_with(roles, BIT(ROLE_ASKS_OPENING)) && !opens_with(roles, BIT(ROLE_MORE)))
		return words > 1 && (!rest || (rest == 1 && named));
	return !rest || (rest <= 2 && words > 1 && (leans || named));
}

static bool choose(const struct answer_engine *e, const struct chart *chart,
	const struct talk *talk, const struct roles *roles, struct followup *f)
{
	uint32_t any = roles->any;
	bool leans = (any & BIT(ROLE_MORE)) || talk->offered;

	if (any & picks) {
		size_t rest = rest_of(roles, empty | picks | BIT(ROLE_MORE) | BIT(ROLE_YES));

		size_t words;

		f->id = picked(e, chart, talk, &words);
		if (f->id && is_pick(roles, rest, words, leans)) {
			f->kind = FOLLOWUP_PICK;
			return true;
		}
	}
	if (talk->offered && opens_with(roles, BIT(ROLE_YES) | BIT(ROLE_NO)) &&
		!rest_of(roles, empty | BIT(ROLE_YES) | BIT(ROLE_NO))) {
		f->kind = any & BIT(ROLE_NO) ? FOLLOWUP_NO : FOLLOWUP_YES;
		if (f->kind == FOLLOWUP_YES && talk->list_count == 1) {
			f->kind = FOLLOWUP_PICK;
			f->id = talk->list[0];
		}
		return true;
	}
	if (!*talk->answered) {
		/* More of what? Nothing was asked yet. */
		if (!*talk->context && wants_more(roles))
			f->kind = FOLLOWUP_MORE;
		return f->kind == FOLLOWUP_MORE;
	}
	if ((any & BIT(ROLE_SOURCE)) &&
		!rest_of(roles, empty | BIT(ROLE_SOURCE) | BIT(ROLE_MORE))) {
		f->kind = FOLLOWUP_SOURCE;
		return true;
	}
	if ((any & BIT(ROLE_SHORTER)) &&
		!rest_of(roles, empty | BIT(ROLE_SHORTER) | BIT(ROLE_YES))) {
		f->kind = FOLLOWUP_SHORTER;
		return true;
	}
	if (wants_more(roles)) {
		f->kind = FOLLOWUP_MORE;
		return true;
	}
	return false;
}

/* --- making whole --- */

static void add_tokens(struct buf *out, const struct utterance *u, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		buf_addf(out, "%s%s", out->len ? " " : "", u->tokens[i].text);
}

/* `base` with one of its spans replaced by a span of `other`; a base without the span gets it
 * behind. */
static void replace(struct buf *out, const struct reading *base, const struct span *old,
	const struct utterance *other, const struct span *new, const char *joint)
{
	size_t n = base->u.count;

	add_tokens(out, &base->u, 0, old ? old->start : n);
	if (!old && *joint)
		buf_addf(out, " %s", joint);
	add_tokens(out, other, new->start, new->end);
	if (old)
		add_tokens(out, &base->u, old->end, n);
}

struct maker {
	struct answer_engine *e;
	struct pool *pool;
	const struct reading *message;
	struct roles roles;
	struct reading before;                      /* the talk's last question */
	const struct span *subject, *place;         /* of the message */
	const struct span *old_subject, *old_place; /* of the question before */
	struct followup *f;
};

static void keep(struct maker *m, struct buf *text, bool old_topic)
{
	if (m->f->whole_count < FOLLOWUP_WHOLE_MAX && text->len)
		m->f->whole[m->f->whole_count++] =
			(struct whole){.text = pool_strndup(m->pool, text->data, text->len),
				.old_topic = old_topic};
	buf_release(text);
}

static bool same_words(const struct utterance *u, const struct span *a, const struct utterance *v,
	const struct span *b)
{
	if (a->end - a->start != b->end - b->start)
		return false;
	for (size_t i = 0; i < (size_t)(a->end - a->start); i++)
		if (strcmp(u->tokens[a->start + i].text, v->tokens[b->start + i].text))
			return false;
	return true;
}

/* "how is that different from an ML engineer?" */
static void make_comparison(struct maker *m)
{
	struct buf text;

	if (!(m->roles.any & BIT(ROLE_COMPARES)) || !m->subject || !m->old_subject ||
		same_words(&m->message->u, m->subject, &m->before.u, m->old_subject))
		return;
	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	add_tokens(&text, &m->message->u, role_span(m->e, &m->message->chart, ROLE_COMPARES)->start,
		role_span(m->e, &m->message->chart, ROLE_COMPARES)->end);
	add_tokens(&text, &m->before.u, m->old_subject->start, m->old_subject->end);
	buf_add_str(&text, " and");
	add_tokens(&text, &m->message->u, m->subject->start, m->subject->end);
	keep(m, &text, false);
}

/* "and a data analyst?" after a comparison is compared with the first of the two. */
static void make_other_side(struct maker *m)
{
	const struct span *other = last_span(m->e, &m->before.chart, ROLE_SUBJECT);
	struct buf text;

	if (!m->subject || m->place || other == m->old_subject ||
		!role_span(m->e, &m->before.chart, ROLE_COMPARES))
		return;
	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	replace(&text, &m->before, other, &m->message->u, m->subject, "");
	keep(m, &text, false);
}

/* "and in India?", "what about a data scientist?" */
static void make_substitution(struct maker *m)
{
	struct buf text, half;

	if (!m->subject && !m->place)
		return;
	make_other_side(m);
	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	if (m->subject && !m->place) {
		replace(&text, &m->before, m->old_subject, &m->message->u, m->subject, "for");
	} else if (m->place && !m->subject) {
		replace(&text, &m->before, m->old_place, &m->message->u, m->place, "in");
	} else {
		struct reading mixed = m->before;

		buf_init_in(&half, m->pool, TALK_CONTEXT_MAX);
		replace(&half, &m->before, m->old_subject, &m->message->u, m->subject, "for");
		normalise(m->e->spelling, m->pool, half.data, half.len, &mixed.u);
		repair_look_up(m->e->words, &mixed.u);
		engine_read(m->e, m->pool, &mixed.u, &mixed);
		replace(&text, &mixed, role_span(m->e, &mixed.chart, ROLE_PLACE), &m->message->u,
			m->place, "in");
		buf_release(&half);
	}
	keep(m, &text, false);
}

/* Whether it asks something, or names something that may be asked about: an oath does neither. */
static bool goes_on(const struct maker *m)
{
	if (m->message->clauses.any_asks || m->f->goes_on || m->f->insists)
		return true;
	for (size_t i = 0; i < m->message->chart.span_count; i++)
		if (!language_is_role(&m->e->language, m->message->chart.all[i]->concept))
			return true;
	return false;
}

/* "what do they earn?": they are whom the question before was about. */
static void make_reference(struct maker *m)
{
	const struct chart *chart = &m->message->chart;

	if (m->subject || !m->old_subject || !goes_on(m))
		return;
	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];
		struct buf text;

		if (s->concept != m->e->language.roles[ROLE_REFERS])
			continue;
		buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
		replace(&text, m->message, s, &m->before.u, m->old_subject, "");
		keep(m, &text, false);
		if (m->roles.of[s->start] & BIT(ROLE_PERSONS) && m->f->whole_count)
			m->f->whole[m->f->whole_count - 1].names_them = true;
	}
}

/* "what about certificates": for the same people. */
static void make_addition(struct maker *m)
{
	struct buf text;

	if (m->subject || !m->old_subject)
		return;
	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	add_tokens(&text, &m->message->u, 0, m->message->u.count);
	buf_add_str(&text, " for");
	add_tokens(&text, &m->before.u, m->old_subject->start, m->old_subject->end);
	keep(m, &text, false);
}

/* "the maximum?": of what the question before was about. */
static void make_refinement(struct maker *m)
{
	struct buf text;

	if (m->subject || m->place || m->message->u.count > SHORT_REFINEMENT || !goes_on(m))
		return;
	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	add_tokens(&text, &m->before.u, 0, m->before.u.count);
	add_tokens(&text, &m->message->u, 0, m->message->u.count);
	keep(m, &text, true);
}

/* "not India, America": the longest of those that are not denied. */
static const struct span *meant_span(const struct maker *m, enum role role)
{
	const struct chart *chart = &m->message->chart;
	const struct span *best = NULL;

	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];

		if (s->concept != m->e->language.roles[role] ||
			(s->start && (m->roles.of[s->start - 1] & BIT(ROLE_DENIES))))
			continue;
		if (!best || s->end - s->start > best->end - best->start)
			best = s;
	}
	return best;
}

/* "what is a data scientist?" asks about somebody by itself; "what about a data scientist?" and
 * "how are they different from a data scientist?" don't. */
static bool asks_anew(const struct maker *m)
{
	const uint32_t signs = BIT(ROLE_PERSONS) | BIT(ROLE_CORRECTS) | BIT(ROLE_COMPARES);

	if (!m->subject || m->place || (m->roles.any & signs))
		return false;
	for (size_t i = 0; i < m->roles.count; i++)
		if ((m->roles.of[i] & BIT(ROLE_ASKS_OPENING)) &&
			!(m->roles.of[i] & BIT(ROLE_LEADS)))
			return true;
	return false;
}

/* "from whom?" asks on about what was told. */
static bool is_bare_question(const struct maker *m)
{
	return m->message->u.count <= SHORT_REFINEMENT && m->message->clauses.any_asks;
}

static void make_whole(struct maker *m, const struct talk *talk)
{
	const uint32_t half = empty | BIT(ROLE_PLACE) | BIT(ROLE_SUBJECT) | BIT(ROLE_DOMAIN) |
			      BIT(ROLE_COMPARES) | BIT(ROLE_CORRECTS) | BIT(ROLE_NO) |
			      BIT(ROLE_YES);
	const uint32_t signs =
		BIT(ROLE_LEADS) | BIT(ROLE_REFERS) | BIT(ROLE_CORRECTS) | BIT(ROLE_COMPARES);
	size_t rest = rest_of(&m->roles, half);

	normalise(m->e->spelling, m->pool, talk->context, strlen(talk->context), &m->before.u);
	repair_look_up(m->e->words, &m->before.u);
	engine_read(m->e, m->pool, &m->before.u, &m->before);
	m->subject = meant_span(m, ROLE_SUBJECT);
	m->place = meant_span(m, ROLE_PLACE);
	m->old_subject = role_span(m->e, &m->before.chart, ROLE_SUBJECT);
	m->old_place = role_span(m->e, &m->before.chart, ROLE_PLACE);
	if (rest > SHORT_CONTENT || (!(m->roles.any & signs) && rest > 2))
		return;
	m->f->kind = FOLLOWUP_LEANS;
	m->f->goes_on = opens_with(&m->roles, BIT(ROLE_LEADS)) || (m->roles.any & BIT(ROLE_MORE));
	m->f->insists = (m->roles.any & BIT(ROLE_CORRECTS)) ||
			(opens_with(&m->roles, BIT(ROLE_LEADS)) && (m->subject || m->place));
	m->f->only_leans =
		!rest && (m->subject || m->place || is_bare_question(m)) && !asks_anew(m);
	make_comparison(m);
	if (!rest)
		make_substitution(m);
	make_reference(m);
	make_addition(m);
	make_refinement(m);
}

void followup_read(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *reading, struct followup *f)
{
	struct maker m = {.e = e, .pool = pool, .message = reading, .f = f};

	*f = (struct followup){0};
	if (!reading->u.count)
		return;
	read_roles(e, pool, &reading->chart, &m.roles);
	if (choose(e, &reading->chart, talk, &m.roles, f) || !*talk->context)
		return;
	make_whole(&m, talk);
}

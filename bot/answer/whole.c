#include "whole.h"

#include "buf.h"
#include "grammar.h"
#include "normalise.h"
#include "pool.h"
#include "repair.h"

enum { SHORT_REFINEMENT = 4 }; /* words */
enum { SHORT_CONTENT = 4 };    /* content words of a message that may lean on the one before */

struct maker {
	struct answer_engine *e;
	struct pool *pool;
	const struct reading *message;
	const struct roles *roles;
	struct reading before;                      /* the talk's last question */
	const struct span *subject, *place;         /* of the message */
	const struct span *old_subject, *old_place; /* of the question before */
	const struct span *old_person; /* whom "they" are: of two that were compared the last */
	struct followup *f;
};

/* --- pieces --- */

static void add_tokens(struct buf *out, const struct utterance *u, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		buf_addf(out, "%s%s", out->len ? " " : "", u->tokens[i].text);
}

static void add_span(struct buf *out, const struct utterance *u, const struct span *s)
{
	add_tokens(out, u, s->start, s->end);
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
	add_span(out, other, new);
	if (old)
		add_tokens(out, &base->u, old->end, n);
}

static struct buf begin(const struct maker *m)
{
	struct buf text;

	buf_init_in(&text, m->pool, TALK_CONTEXT_MAX);
	return text;
}

/* Takes over the text. The whole may be told more about. */
static struct whole *keep(struct maker *m, struct buf *text)
{
	struct whole *whole = &m->f->whole[m->f->whole_count];

	if (m->f->whole_count + 1 < FOLLOWUP_WHOLE_MAX)
		m->f->whole_count++;
	*whole = (struct whole){.text = pool_strndup(m->pool, text->data, text->len)};
	buf_release(text);
	return whole;
}

/* What kind of thing it is: the concept that says just this, beside the role; CONCEPT_NONE: none.
 */
static uint32_t kind_of(const struct maker *m, const struct chart *chart, const struct span *s)
{
	for (const struct span *other = chart->at[s->start]; other; other = other->next) {
		uint32_t concept = other->concept;

		if (other->end == s->end && !language_is_role(&m->e->language, concept) &&
			grammar_is_named(m->e->grammar, concept))
			return concept;
	}
	return CONCEPT_NONE;
}

/* Whether it asks about somebody or something else than the question before. */
static bool changes_subject(const struct maker *m)
{
	return m->subject && m->old_subject && !m->place &&
	       kind_of(m, &m->message->chart, m->subject) !=
		       kind_of(m, &m->before.chart, m->old_subject);
}

static bool changes_place(const struct maker *m)
{
	return m->place && (!m->old_place || kind_of(m, &m->message->chart, m->place) !=
						     kind_of(m, &m->before.chart, m->old_place));
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

static void read_text(const struct maker *m, const char *text, size_t len, struct reading *out)
{
	struct utterance u;

	normalise(m->e->spelling, m->pool, text, len, &u);
	repair_look_up(m->e->words, &u);
	engine_read(m->e, m->pool, &u, out);
}

static bool has(const struct maker *m, enum role role)
{
	return m->roles->any & ROLE_SET(role);
}

/* --- ways to make it whole --- */

/* "how is that different from an ML engineer?" */
static void make_comparison(struct maker *m)
{
	const struct utterance *u = &m->message->u;
	struct buf text;

	if (!has(m, ROLE_COMPARES) || !m->subject || !m->old_subject ||
		same_words(u, m->subject, &m->before.u, m->old_subject))
		return;
	text = begin(m);
	add_span(&text, u, roles_find(m->e, &m->message->chart, ROLE_COMPARES));
	add_span(&text, &m->before.u, m->old_subject);
	buf_add_str(&text, " and");
	add_span(&text, u, m->subject);
	keep(m, &text);
}

/* "and a data analyst?" after a comparison is compared with the first of the two. */
static void make_other_side(struct maker *m)
{
	const struct span *other = roles_find_last(m->e, &m->before.chart, ROLE_SUBJECT);
	struct buf text;

	if (!m->subject || m->place || other == m->old_subject ||
		!roles_find(m->e, &m->before.chart, ROLE_COMPARES))
		return;
	text = begin(m);
	replace(&text, &m->before, other, &m->message->u, m->subject, "");
	keep(m, &text);
}

/* "New York and San Francisco": the place with those that stand beside it. In the pool. */
static const struct span *with_those_beside(
	const struct maker *m, const struct chart *chart, const struct span *place)
{
	const uint64_t between = ROLE_SET(ROLE_PLACE) | ROLE_SET(ROLE_JOINS) |
				 ROLE_SET(ROLE_COMPARES) | ROLE_SET(ROLE_FUNCTION);
	struct roles roles;
	struct span *all;

	if (!place)
		return NULL;
	roles_read(m->e, m->pool, chart, &roles);
	if (roles.any & (ROLE_SET(ROLE_DENIES) | ROLE_SET(ROLE_CORRECTS)))
		return place;
	all = pool_alloc(m->pool, 1, sizeof(*all));
	*all = *place;
	for (size_t i = place->start; i-- > 0 && (roles.of[i] & between);)
		if (roles.of[i] & ROLE_SET(ROLE_PLACE))
			all->start = (uint16_t)i;
	for (size_t i = place->end; i < roles.count && (roles.of[i] & between); i++)
		if (roles.of[i] & ROLE_SET(ROLE_PLACE))
			all->end = (uint16_t)(i + 1);
	return all;
}

/* "and in India?", "what about a data scientist?" */
static void make_substitution(struct maker *m)
{
	const struct utterance *u = &m->message->u;
	struct reading base = m->before;
	struct buf text;

	if (!m->subject && !m->place)
		return;
	make_other_side(m);
	text = begin(m);
	if (m->subject)
		replace(&text, &base, m->old_subject, u, m->subject, "for");
	if (m->subject && m->place) {
		read_text(m, text.data, text.len, &base);
		buf_release(&text);
		text = begin(m);
	}
	if (m->place)
		replace(&text, &base,
			with_those_beside(
				m, &base.chart, roles_find(m->e, &base.chart, ROLE_PLACE)),
			u, with_those_beside(m, &m->message->chart, m->place), "in");
	keep(m, &text)->other_thing = changes_subject(m) || changes_place(m);
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

/* "there", but not "is there" or "there is". */
static bool is_spot(const struct maker *m, const struct span *s)
{
	uint64_t plays = m->roles->of[s->start];

	return (plays & ROLE_SET(ROLE_SPOTS)) &&
	       !(plays & (ROLE_SET(ROLE_ASKS_OPENING) | ROLE_SET(ROLE_TELLS)));
}

/* "what do they earn there?": whom and where the question before was about. */
static void make_reference(struct maker *m)
{
	const struct chart *chart = &m->message->chart;

	if (!goes_on(m))
		return;
	for (size_t i = 0; i < chart->span_count && m->f->whole_count + 1 < FOLLOWUP_WHOLE_MAX;
		i++) {
		const struct span *s = chart->all[i], *meant = m->old_subject;
		uint64_t plays = m->roles->of[s->start];
		bool where = is_spot(m, s), who = plays & ROLE_SET(ROLE_PERSONS);
		struct buf text;

		if (where)
			meant = m->old_place;
		else if (who)
			meant = m->old_person;
		if (s->concept != m->e->language.roles[ROLE_REFERS] || !meant ||
			(where ? m->place : m->subject))
			continue;
		text = begin(m);
		add_tokens(&text, &m->message->u, 0, s->start);
		if (where)
			buf_add_str(&text, " in");
		add_span(&text, &m->before.u, meant);
		add_tokens(&text, &m->message->u, s->end, m->message->u.count);
		keep(m, &text)->refers = who || where;
	}
}

/* "what about certificates": for the same people. */
static void make_addition(struct maker *m)
{
	struct buf text;

	if (m->subject || !m->old_subject)
		return;
	text = begin(m);
	add_tokens(&text, &m->message->u, 0, m->message->u.count);
	buf_add_str(&text, " for");
	add_span(&text, &m->before.u, m->old_subject);
	keep(m, &text);
}

/* "the maximum?": of what the question before was about. */
static void make_refinement(struct maker *m)
{
	struct buf text;

	if (m->subject || m->place || m->message->u.count > SHORT_REFINEMENT || !goes_on(m))
		return;
	text = begin(m);
	add_tokens(&text, &m->before.u, 0, m->before.u.count);
	add_tokens(&text, &m->message->u, 0, m->message->u.count);
	keep(m, &text)->old_topic = true;
}

/* --- whether --- */

/* "not India, America": the longest of those that are not denied. */
static const struct span *meant_span(const struct maker *m, enum role role)
{
	const struct chart *chart = &m->message->chart;
	const struct span *best = NULL;

	for (size_t i = 0; i < chart->span_count; i++) {
		const struct span *s = chart->all[i];

		if (s->concept != m->e->language.roles[role] ||
			(s->start && (m->roles->of[s->start - 1] & ROLE_SET(ROLE_DENIES))))
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
	if (!m->subject || m->place || has(m, ROLE_PERSONS) || has(m, ROLE_CORRECTS) ||
		has(m, ROLE_COMPARES))
		return false;
	for (size_t i = 0; i < m->roles->count; i++)
		if ((m->roles->of[i] & ROLE_SET(ROLE_ASKS_OPENING)) &&
			!(m->roles->of[i] & ROLE_SET(ROLE_LEADS)))
			return true;
	return false;
}

/* "from whom?" asks on about what was told. */
static bool is_bare_question(const struct maker *m)
{
	return m->message->u.count <= SHORT_REFINEMENT && m->message->clauses.any_asks;
}

void whole_make(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *reading, const struct roles *roles, struct followup *f)
{
	const uint64_t half = ROLES_EMPTY | ROLE_SET(ROLE_PLACE) | ROLE_SET(ROLE_SUBJECT) |
			      ROLE_SET(ROLE_DOMAIN) | ROLE_SET(ROLE_COMPARES) |
			      ROLE_SET(ROLE_CORRECTS) | ROLE_SET(ROLE_NO) | ROLE_SET(ROLE_YES);
	const uint64_t signs = ROLE_SET(ROLE_LEADS) | ROLE_SET(ROLE_REFERS) |
			       ROLE_SET(ROLE_CORRECTS) | ROLE_SET(ROLE_COMPARES);
	struct maker m = {.e = e, .pool = pool, .message = reading, .roles = roles, .f = f};
	size_t rest = roles_rest(roles, half);
	bool leads = roles_open_with(roles, ROLE_SET(ROLE_LEADS));

	if (rest > SHORT_CONTENT || (!(roles->any & signs) && rest > 2))
		return;
	read_text(&m, talk->context, strlen(talk->context), &m.before);
	m.subject = meant_span(&m, ROLE_SUBJECT);
	m.place = meant_span(&m, ROLE_PLACE);
	m.old_subject = roles_find(e, &m.before.chart, ROLE_SUBJECT);
	m.old_person = roles_find(e, &m.before.chart, ROLE_COMPARES)
			       ? roles_find_last(e, &m.before.chart, ROLE_SUBJECT)
			       : m.old_subject;
	m.old_place = roles_find(e, &m.before.chart, ROLE_PLACE);
	f->kind = FOLLOWUP_LEANS;
	f->goes_on = leads || has(&m, ROLE_MORE);
	f->insists = has(&m, ROLE_CORRECTS) || (leads && (m.subject || m.place));
	f->only_leans = !rest && (m.subject || m.place || is_bare_question(&m)) && !asks_anew(&m);
	make_comparison(&m);
	if (!rest && !asks_anew(&m))
		make_substitution(&m);
	make_reference(&m);
	make_addition(&m);
	make_refinement(&m);
}

#include "followup.h"

#include "roles.h"
#include "whole.h"

enum { SHORT_PICK = 9 }; /* words */

static const uint64_t picks = UINT64_C(0x1FF) << ROLE_PICK_1 | ROLE_SET(ROLE_PICK_LAST) |
			      ROLE_SET(ROLE_PICK_NEXT) | ROLE_SET(ROLE_PICK_BEFORE);

/* --- choosing --- */

/* Which of the list a role means: its place in it, or list_count for none. */
static size_t meant_by(enum role role, const struct talk *talk)
{
	if (role == ROLE_PICK_LAST)
		return talk->list_count - 1;
	if (role == ROLE_PICK_NEXT)
		return talk->picked ? talk->picked : talk->list_count;
	if (role == ROLE_PICK_BEFORE)
		return talk->picked > 1 ? talk->picked - 2 : talk->list_count;
	return role >= ROLE_PICK_1 ? role - ROLE_PICK_1 : talk->list_count;
}

/* "the third one" is the third, though a "one" is in it: the longest says which. */
static const char *picked(const struct answer_engine *e, const struct chart *chart,
	const struct talk *talk, size_t *words)
{
	const struct span *best = NULL;
	size_t which = 0;

	for (enum role role = ROLE_PICK_LAST; role < ROLE_COUNT; role++) {
		const struct span *s = roles_find(e, chart, role);
		size_t at = meant_by(role, talk);

		if (!s || s->hidden || at >= talk->list_count ||
			(best && s->end - s->start <= best->end - best->start))
			continue;
		best = s;
		which = at;
	}
	*words = best ? (size_t)(best->end - best->start) : 0;
	return best ? talk->list[which] : NULL;
}

/* "the third trait" names one of a list; "which language should I learn first" does not, and "third
 * one sounds scary" only speaks of it. */
static bool is_pick(const struct roles *roles, size_t rest, size_t words, bool leans, bool asks)
{
	bool named = words > 1 && roles->count <= SHORT_PICK;

	if (!rest)
		return words > 1 || !roles_open_with(roles, ROLE_SET(ROLE_ASKS_OPENING)) ||
		       roles_open_with(roles, ROLE_SET(ROLE_MORE));
	if (roles_open_with(roles, ROLE_SET(ROLE_ASKS_OPENING)) &&
		!roles_open_with(roles, ROLE_SET(ROLE_MORE)))
		return rest == 1 && named;
	return words > 1 && (leans || named) && rest <= (asks ? 2 : 1);
}

static bool choose(const struct answer_engine *e, const struct reading *r, const struct talk *talk,
	const struct roles *roles, struct followup *f)
{
	size_t rest =
		roles_rest(roles, ROLES_EMPTY | picks | ROLE_SET(ROLE_MORE) | ROLE_SET(ROLE_YES));
	bool leans = (roles->any & ROLE_SET(ROLE_MORE)) || talk->offered;
	size_t words;

	if (!(roles->any & picks) || !talk->list_count)
		return false;
	f->id = picked(e, &r->chart, talk, &words);
	if (!f->id || !is_pick(roles, rest, words, leans, r->clauses.any_asks))
		return false;
	f->kind = FOLLOWUP_PICK;
	return true;
}

/* Yes or no to what was offered. */
static bool reply(const struct talk *talk, const struct roles *roles, struct followup *f)
{
	const uint64_t both = ROLE_SET(ROLE_YES) | ROLE_SET(ROLE_NO);

	if (!talk->offered || !roles_open_with(roles, both) ||
		roles_rest(roles, ROLES_EMPTY | both))
		return false;
	if (roles->any & ROLE_SET(ROLE_NO)) {
		f->kind = FOLLOWUP_NO;
	} else if (talk->list_count == 1) {
		f->kind = FOLLOWUP_PICK;
		f->id = talk->list[0];
	} else {
		f->kind = FOLLOWUP_YES;
	}
	return true;
}

/* --- about the last answer --- */

/* "why?" and "do you have numbers for that", but not "why should I do that at all". */
static bool wants_more(const struct roles *roles)
{
	size_t around = roles_rest(
		roles, ROLE_SET(ROLE_MORE) | ROLE_SET(ROLE_FILLER) | ROLE_SET(ROLE_JOINS));
	bool opens = roles->of[0] & ROLE_SET(ROLE_MORE);

	return (roles->any & ROLE_SET(ROLE_MORE)) &&
	       !roles_rest(roles, ROLES_EMPTY | ROLE_SET(ROLE_MORE) | ROLE_SET(ROLE_YES)) &&
	       (!opens || around <= roles->count - around + 1);
}

static bool says_only(const struct roles *roles, enum role role, uint64_t but)
{
	return (roles->any & ROLE_SET(role)) &&
	       !roles_rest(roles, ROLES_EMPTY | ROLE_SET(role) | but);
}

static bool ask_on(const struct talk *talk, const struct roles *roles, struct followup *f)
{
	if (!*talk->answered) {
		/* More of what? Nothing was asked yet. */
		if (!*talk->context && wants_more(roles))
			f->kind = FOLLOWUP_MORE;
	} else if (says_only(roles, ROLE_SOURCE, ROLE_SET(ROLE_MORE))) {
		f->kind = FOLLOWUP_SOURCE;
	} else if (says_only(roles, ROLE_SHORTER, ROLE_SET(ROLE_YES))) {
		f->kind = FOLLOWUP_SHORTER;
	} else if (wants_more(roles)) {
		f->kind = FOLLOWUP_MORE;
	}
	return f->kind != FOLLOWUP_NONE;
}

/* "they said the same about blockchain" tells, and so does "not in my street"; but "I am in Pune"
 * and "not India, America" say what is meant. */
static bool is_remark(const struct reading *r, const struct roles *roles)
{
	const uint64_t meant = ROLE_SET(ROLE_PLACE) | ROLE_SET(ROLE_SUBJECT);

	if (r->clauses.any_asks || (roles->any & ROLE_SET(ROLE_CORRECTS)) ||
		((roles->any & meant) && !roles_rest(roles, ROLES_EMPTY | meant)))
		return false;
	return roles_open_with(roles, ROLE_SET(ROLE_TELLS)) ||
	       ((roles->any & ROLE_SET(ROLE_DENIES)) && !(roles->any & meant));
}

void followup_read(struct answer_engine *e, struct pool *pool, const struct talk *talk,
	const struct reading *reading, struct followup *f)
{
	struct roles roles;

	*f = (struct followup){0};
	if (!reading->u.count)
		return;
	roles_read(e, pool, &reading->chart, &roles);
	if (choose(e, reading, talk, &roles, f) || reply(talk, &roles, f) ||
		ask_on(talk, &roles, f) || !*talk->context)
		return;
	if (is_remark(reading, &roles))
		f->kind = FOLLOWUP_REMARK;
	else
		whole_make(e, pool, talk, reading, &roles, f);
}

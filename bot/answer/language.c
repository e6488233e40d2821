#include "language.h"

#include "closest.h"
#include "fields.h"
#include "grammar.h"
#include "pool.h"
#include "spelling.h"

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_ASKS_OPENING] = "asks-opening",
	[ROLE_ASKS_ANYWHERE] = "asks-anywhere",
	[ROLE_TELLS] = "tells",
	[ROLE_JOINS] = "joins",
	[ROLE_FILLER] = "filler",
	[ROLE_FUNCTION] = "function",
	[ROLE_SPEAKER] = "speaker",
	[ROLE_DOMAIN] = "domain",
	[ROLE_SUBJECT] = "subject",
	[ROLE_PLACE] = "place",
	[ROLE_REFERS] = "refers",
	[ROLE_PERSONS] = "persons",
	[ROLE_SPOTS] = "spots",
	[ROLE_LEADS] = "leads",
	[ROLE_MORE] = "more",
	[ROLE_SHORTER] = "shorter",
	[ROLE_YES] = "yes",
	[ROLE_NO] = "no",
	[ROLE_CORRECTS] = "corrects",
	[ROLE_DENIES] = "denies",
	[ROLE_COMPARES] = "compares",
	[ROLE_SOURCE] = "source",
	[ROLE_PICK_LAST] = "pick-last",
	[ROLE_PICK_NEXT] = "pick-next",
	[ROLE_PICK_BEFORE] = "pick-before",
	[ROLE_PICK_1] = "pick-1",
	[ROLE_PICK_1 + 1] = "pick-2",
	[ROLE_PICK_1 + 2] = "pick-3",
	[ROLE_PICK_1 + 3] = "pick-4",
	[ROLE_PICK_1 + 4] = "pick-5",
	[ROLE_PICK_1 + 5] = "pick-6",
	[ROLE_PICK_1 + 6] = "pick-7",
	[ROLE_PICK_1 + 7] = "pick-8",
	[ROLE_PICK_1 + 8] = "pick-9",
};

bool language_is_role(const struct language *language, uint32_t concept)
{
	return concept >= language->roles[0] && concept <= language->roles[ROLE_COUNT - 1];
}

bool language_is_silent(const struct language *language, uint32_t concept)
{
	const uint32_t *roles = language->roles;

	return concept == roles[ROLE_FUNCTION] || concept == roles[ROLE_FILLER] ||
	       concept == roles[ROLE_SPEAKER] || concept == roles[ROLE_ASKS_OPENING] ||
	       concept == roles[ROLE_ASKS_ANYWHERE];
}

void language_init(struct language *language, struct grammar *grammar)
{
	*language = (struct language){.dictionary = "en_US"};
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		struct place nowhere = {"", 0, 0}, earlier;
		char name[32];

		/* A name that no file can write, so that a concept may be called as it likes. */
		snprintf(name, sizeof(name), "role %s", role_names[i]);
		language->roles[i] = grammar_concept(grammar, name, nowhere);
		(void)grammar_define(grammar, language->roles[i], nowhere, &earlier);
		/* "As a nurse" hides the nurse; the others only mark what stands there. */
		if (i != ROLE_SPEAKER)
			grammar_set_transparent(grammar, language->roles[i]);
	}
}

static void read_pairs(const struct node *map, const char *what, struct spelling *spelling,
	void (*add)(struct spelling *, const char *, const char *), struct pool *pool,
	struct problems *problems)
{
	if (!map || !fields_is(map, NODE_MAP, what, problems))
		return;
	for (const struct node *n = map->first; n; n = n->next)
		add(spelling, n->key, fields_text(n, pool, problems));
}

static void check_endings(const struct node *map, struct problems *problems)
{
	for (const struct node *n = map ? map->first : NULL; n; n = n->next)
		if (n->key && !strchr(n->key, '\''))
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"`%s` is no ending: one has an apostrophe in it, as n't has",
				n->key);
}

void language_read_spelling(struct language *language, const struct node *root,
	struct spelling *spelling, struct pool *pool, struct problems *problems)
{
	const char *dictionary = fields_text(fields_get(root, "dictionary"), pool, problems);

	if (dictionary)
		language->dictionary = dictionary;
	read_pairs(fields_get(root, "spellings"), "`spellings`", spelling, spelling_add, pool,
		problems);
	read_pairs(fields_get(root, "endings"), "`endings`", spelling, spelling_add_ending, pool,
		problems);
	check_endings(fields_get(root, "endings"), problems);
	read_pairs(
		fields_get(root, "cases"), "`cases`", spelling, spelling_add_case, pool, problems);
}

static void read_role(uint32_t role, const struct node *list, struct grammar *grammar,
	bool with_concepts, struct problems *problems)
{
	if (!fields_is(list, NODE_LIST, "a role", problems))
		return;
	for (const struct node *n = list->first; n; n = n->next) {
		if (n->kind != NODE_SCALAR)
			fields_is(n, NODE_SCALAR, "an item", problems);
		else if (with_concepts || !strchr(n->text, '<'))
			grammar_add(grammar, role, n->text, strlen(n->text), n->at, problems);
	}
}

void language_read_roles(struct language *language, const struct node *root,
	struct grammar *grammar, bool with_concepts, struct problems *problems)
{
	const struct node *roles = fields_get(root, "roles");

	if (!roles || !fields_is(roles, NODE_MAP, "`roles`", problems))
		return;
	for (const struct node *n = roles->first; n; n = n->next) {
		const char *meant = closest_word(n->key, role_names, ROLE_COUNT);
		size_t i = 0;

		while (i < ROLE_COUNT && strcmp(role_names[i], n->key))
			i++;
		if (i == ROLE_COUNT)
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"there is no role `%s`; %s%s%s", n->key,
				meant ? "did you mean `" : "careerbot-pack(5) lists them",
				meant ? meant : "", meant ? "`?" : "");
		else
			read_role(language->roles[i], n, grammar, with_concepts, problems);
	}
}

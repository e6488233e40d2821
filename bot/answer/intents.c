#include "intents.h"

#include "grammar.h"
#include "knowledge.h"
#include "mem.h"
#include "pool.h"
#include "regexp.h"
#include "strmap.h"
#include "utf8.h"

struct intents {
	struct pool *pool;
	struct intent *items;
	size_t count, cap;
	struct pattern *patterns;
	size_t pattern_count, pattern_cap;
	struct texts *near, *foreign; /* a block each */
	size_t near_count, near_cap, foreign_count, foreign_cap;
	struct strmap by_id; /* value: number + 1 */
	size_t lent;
};

struct intents *intents_new(void)
{
	struct intents *intents = mem_alloc(1, sizeof(*intents));

	intents->pool = pool_new(128 * 1024);
	strmap_init(&intents->by_id);
	return intents;
}

void intents_free(struct intents **intents)
{
	struct intents *in = *intents;

	if (!in)
		return;
	for (size_t i = 0; i < in->pattern_count; i++)
		regexp_free(&in->patterns[i].regex);
	strmap_release(&in->by_id);
	mem_free(in->items);
	mem_free(in->patterns);
	mem_free(in->near);
	mem_free(in->foreign);
	pool_free(&in->pool);
	mem_free(in);
	*intents = NULL;
}

/* --- concepts --- */

static void read_items(uint32_t concept, const struct node *list, struct grammar *grammar,
	struct problems *problems)
{
	for (const struct node *n = list->first; n; n = n->next) {
		if (n->kind == NODE_SCALAR && *n->text)
			grammar_add(grammar, concept, n->text, strlen(n->text), n->at, problems);
		else if (n->kind == NODE_SCALAR)
			problems_add(problems, PROBLEM_ERROR, n->at, "nothing stands here");
		else if (n->kind == NODE_LIST)
			problems_add(problems, PROBLEM_ERROR, n->at,
				"a list in a list; [ ] means \"may be missing\" only in `say`, and an item "
				"that needs it is quoted");
		else
			fields_is(n, NODE_SCALAR, "an item of a concept", problems);
	}
}

static void read_concepts(const struct node *map, struct grammar *grammar,
	struct problems *problems)
{
	if (!fields_is(map, NODE_MAP, "`concepts`", problems))
		return;
	for (const struct node *n = map->first; n; n = n->next) {
		uint32_t concept = grammar_concept(grammar, n->key, n->key_at);
		struct place earlier;

		if (strpbrk(n->key, " <>@"))
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"a concept's name is one word without < > or @; use hyphens");
		if (!grammar_define(grammar, concept, n->key_at, &earlier))
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"the concept <%s> is also in %s:%u:%u", n->key, earlier.path,
				earlier.line, earlier.col);
		else if (fields_is(n, NODE_LIST, "a concept", problems))
			read_items(concept, n, grammar, problems);
		if (n->kind == NODE_LIST && !n->first)
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"the concept <%s> is empty, so nobody can ever say it", n->key);
	}
}

/* --- patterns --- */

enum { REGEX_NEEDS_MAX = 8 }; /* of one regex that are looked at */

static struct pattern *add_pattern(struct intents *in, enum pattern_kind kind, const char *text,
	struct place at)
{
	struct pattern *p;

	MEM_GROW(&in->patterns, &in->pattern_cap, in->pattern_count + 1);
	p = &in->patterns[in->pattern_count++];
	*p = (struct pattern){
		.kind = kind, .intent = (uint32_t)in->count, .text = text, .at = at};
	return p;
}

/* A list of words and concepts, for all, unless and keys. */
static uint32_t *read_conditions(struct intents *in, const struct node *list,
	struct grammar *grammar, size_t *count, struct problems *problems)
{
	uint32_t *concepts;
	size_t n = 0;

	*count = 0;
	if (!list ||
		!fields_is(list, NODE_LIST,
			list->key ? pool_printf(in->pool, "`%s`", list->key) : "this", problems))
		return NULL;
	for (const struct node *item = list->first; item; item = item->next)
		n++;
	concepts = pool_alloc(in->pool, n, sizeof(*concepts));
	for (const struct node *item = list->first; item; item = item->next)
		if (fields_is(item, NODE_SCALAR, "an item", problems))
			concepts[(*count)++] = grammar_phrase_concept(grammar, item->text,
				strlen(item->text), item->at, problems);
	return concepts;
}

/* One list, or a list of lists: alternatives. */
static void read_all(struct intents *in, const struct node *node, struct grammar *grammar,
	struct problems *problems)
{
	const struct node *list = node;

	if (!node || !fields_is(node, NODE_LIST, "`all`", problems))
		return;
	if (node->first && node->first->kind == NODE_LIST)
		list = node->first;
	for (; list; list = list == node ? NULL : list->next) {
		size_t count;
		uint32_t *concepts = read_conditions(in, list, grammar, &count, problems);
		struct pattern *p;

		if (!count)
			continue;
		p = add_pattern(in, PATTERN_ALL, "", list->at);
		p->concepts = concepts;
		p->concept_count = count;
	}
}

static void read_say(struct intents *in, const struct node *node, struct grammar *grammar,
	struct problems *problems)
{
	struct texts lines = fields_lines(node, in->pool, problems);

	for (size_t i = 0; i < lines.count; i++) {
		struct pattern *p = add_pattern(in, PATTERN_SAY, lines.items[i], lines.at[i]);

		p->concepts = pool_alloc(in->pool, 1, sizeof(*p->concepts));
		p->concepts[0] = grammar_phrase_concept(grammar, lines.items[i],
			strlen(lines.items[i]), lines.at[i], problems);
		p->concept_count = 1;
	}
}

/* What a regex cannot do without is what it is found by. */
static void read_terms(struct intents *in, struct pattern *p, struct grammar *grammar)
{
	struct needed needs[REGEX_NEEDS_MAX];

	p->term_count = regexp_needs(p->text, strlen(p->text), needs, ARRAY_LEN(needs));
	p->terms = pool_alloc(in->pool, p->term_count, sizeof(*p->terms));
	for (size_t i = 0; i < p->term_count; i++)
		p->terms[i] = grammar_term(grammar, needs[i].text, needs[i].len, needs[i].whole);
}

static void read_regex(struct intents *in, const struct node *node, struct grammar *grammar,
	struct problems *problems)
{
	struct texts lines = fields_lines(node, in->pool, problems);

	for (size_t i = 0; i < lines.count; i++) {
		const char *text = lines.items[i];
		char message[160];
		size_t offset;
		struct regexp *regex =
			regexp_new(text, strlen(text), message, sizeof(message), &offset);
		struct pattern *p;

		if (!regex) {
			struct place at = lines.at[i];

			at.col += (unsigned)utf8_count(text, offset);
			problems_add(problems, PROBLEM_ERROR, at, "this regex is wrong here: %s",
				message);
			continue;
		}
		p = add_pattern(in, PATTERN_REGEX, text, lines.at[i]);
		p->regex = regex;
		read_terms(in, p, grammar);
	}
}

/* --- an intent --- */

static void read_tests(struct intents *in, struct intent *intent, const struct node *node,
	struct problems *problems)
{
	struct texts lines = fields_lines(node, in->pool, problems);

	intent->tests = pool_alloc(in->pool, lines.count, sizeof(*intent->tests));
	for (size_t i = 0; i < lines.count; i++) {
		const char *text = lines.items[i];

		if ((text[0] != '+' && text[0] != '-') || text[1] != ' ') {
			problems_add(problems, PROBLEM_ERROR, lines.at[i],
				"a test begins with `+ ` (must come here) or `- ` (must not)");
			continue;
		}
		intent->tests[intent->test_count++] = (struct test_line){
			.text = text + 2 + strspn(text + 2, " "),
			.here = text[0] == '+',
			.at = lines.at[i],
		};
	}
}

static bool is_ours(struct intents *in, const struct node *id, struct problems *problems)
{
	void **seen = strmap_put(&in->by_id, pool_strdup(in->pool, id->text));

	if (*seen) {
		const struct place *at = &in->items[(uintptr_t)*seen - 1].at;

		problems_add(problems, PROBLEM_ERROR, id->at, "the intent %s is also in %s:%u:%u",
			id->text, at->path, at->line, at->col);
		return false;
	}
	*seen = (void *)((uintptr_t)in->count + 1);
	return true;
}

static void read_intent(struct intents *in, const struct node *map, struct grammar *grammar,
	struct problems *problems)
{
	static const char *const allowed[] = {"id", "answer", "all", "say", "regex", "unless",
		"keys", "like", "after", "tests", "sure", "uncovered", "nearest", NULL};
	struct intent intent = {.at = map->at};
	const struct node *id;
	size_t patterns = in->pattern_count, errors = problems_count(problems, PROBLEM_ERROR);

	if (!fields_is(map, NODE_MAP, "an intent", problems))
		return;
	fields_only(map, allowed, problems);
	id = fields_get(map, "id");
	if (!id || id->kind != NODE_SCALAR || !*id->text) {
		problems_add(problems, PROBLEM_ERROR, map->at, "this intent has no `id`");
		return;
	}
	if (!is_ours(in, id, problems))
		return;
	intent.id = pool_strdup(in->pool, id->text);
	intent.uncovered = fields_text(fields_get(map, "uncovered"), in->pool, problems);
	intent.answer = fields_text(fields_get(map, "answer"), in->pool, problems);
	if (intent.uncovered && intent.answer)
		problems_add(problems, PROBLEM_ERROR, fields_get(map, "answer")->at,
			"%s has both `answer` and `uncovered`; it is one or the other", intent.id);
	if (!intent.uncovered && !intent.answer)
		intent.answer = intent.id;
	intent.nearest = fields_texts(fields_get(map, "nearest"), in->pool, problems);
	intent.sure = fields_bool(fields_get(map, "sure"), problems);
	read_all(in, fields_get(map, "all"), grammar, problems);
	read_say(in, fields_get(map, "say"), grammar, problems);
	read_regex(in, fields_get(map, "regex"), grammar, problems);
	intent.unless = read_conditions(in, fields_get(map, "unless"), grammar,
		&intent.unless_count, problems);
	intent.keys =
		read_conditions(in, fields_get(map, "keys"), grammar, &intent.key_count, problems);
	intent.after = fields_texts(fields_get(map, "after"), in->pool, problems);
	intent.like = fields_lines(fields_get(map, "like"), in->pool, problems);
	read_tests(in, &intent, fields_get(map, "tests"), problems);
	/* Where something is wrong with what should lead there, that was said. */
	if (in->pattern_count == patterns && !intent.like.count &&
		problems_count(problems, PROBLEM_ERROR) == errors)
		problems_add(problems, PROBLEM_ERROR, map->at,
			"nothing leads to %s; give it `like` sentences, `say`, `all` or `regex`",
			intent.id);
	MEM_GROW(&in->items, &in->cap, in->count + 1);
	in->items[in->count++] = intent;
}

/* --- a file --- */

static void keep_lines(struct intents *in, const struct node *node, struct texts **blocks,
	size_t *count, size_t *cap, struct problems *problems)
{
	if (!node)
		return;
	MEM_GROW(blocks, cap, *count + 1);
	(*blocks)[(*count)++] = fields_lines(node, in->pool, problems);
}

void intents_read_negatives(struct intents *in, const struct node *root, bool near, bool foreign,
	struct problems *problems)
{
	if (near)
		keep_lines(in, fields_get(root, "near"), &in->near, &in->near_count, &in->near_cap,
		problems);
	if (foreign)
		keep_lines(in, fields_get(root, "foreign"), &in->foreign, &in->foreign_count,
		&in->foreign_cap, problems);
}

void intents_read(struct intents *in, const struct node *root, struct grammar *grammar,
	struct problems *problems)
{
	const struct node *concepts = fields_get(root, "concepts");
	const struct node *intents = fields_get(root, "intents");

	fields_only_in_file(root, &fields_patterns, &fields_knowledge, problems);
	if (concepts)
		read_concepts(concepts, grammar, problems);
	if (intents && fields_is(intents, NODE_LIST, "`intents`", problems))
		for (const struct node *n = intents->first; n; n = n->next)
			read_intent(in, n, grammar, problems);
	intents_read_negatives(in, root, true, true, problems);
}

void intents_read_lent(struct intents *in, const struct node *root, struct grammar *grammar,
	struct problems *problems)
{
	const struct node *lent = fields_get(root, "lent");
	size_t before = in->count;

	if (lent && fields_is(lent, NODE_LIST, "`lent`", problems))
		for (const struct node *n = lent->first; n; n = n->next)
			read_intent(in, n, grammar, problems);
	for (size_t i = before; i < in->count; i++)
		in->items[i].lent = true;
	in->lent += in->count - before;
}

size_t intents_lent(const struct intents *in)
{
	return in->lent;
}

/* --- checking --- */

bool intents_id_fits(const char *id, const char *meant)
{
	size_t len = strlen(meant);

	if (len >= 1 && meant[len - 1] == '*')
		return !strncmp(id, meant, len - 1);
	return !strcmp(id, meant);
}

struct said {
	struct place at;
	bool teaches;
};

/* A sentence under two intents teaches nothing, and one that teaches proves nothing as a test. */
static void check_sentence(struct strmap *seen, struct pool *pool, const char *text,
	struct place at, bool teaches, struct problems *problems)
{
	void **slot = strmap_put(seen, text);
	struct said *said = *slot;

	if (!said) {
		said = pool_alloc(pool, 1, sizeof(*said));
		*said = (struct said){at, teaches};
		*slot = said;
	} else if (teaches && said->teaches) {
		problems_add(problems, PROBLEM_ERROR, at, "this sentence also stands in %s:%u:%u",
			said->at.path, said->at.line, said->at.col);
	} else if (teaches != said->teaches) {
		problems_add(problems, PROBLEM_ERROR, at,
			"this test sentence also teaches, in %s:%u:%u; a test must be a sentence that the "
			"engine has not seen", said->at.path, said->at.line, said->at.col);
	}
}

/* A template may be said by a `like` sentence too; a test may not. */
static void note_template(struct strmap *seen, struct pool *pool, const struct pattern *p)
{
	void **slot = strmap_put(seen, p->text);

	if (!*slot) {
		struct said *said = pool_alloc(pool, 1, sizeof(*said));

		*said = (struct said){p->at, true};
		*slot = said;
	}
}

static void check_sentences(const struct intents *in, struct problems *problems)
{
	struct pool *pool = pool_new(16 * 1024);
	struct strmap seen;

	strmap_init(&seen);
	for (size_t i = 0; i < in->count; i++)
		for (size_t k = 0; k < in->items[i].like.count; k++)
			check_sentence(&seen, pool, in->items[i].like.items[k],
				in->items[i].like.at[k], true, problems);
	for (size_t i = 0; i < in->near_count; i++)
		for (size_t k = 0; k < in->near[i].count; k++)
			check_sentence(&seen, pool, in->near[i].items[k], in->near[i].at[k], true,
				problems);
	for (size_t i = 0; i < in->foreign_count; i++)
		for (size_t k = 0; k < in->foreign[i].count; k++)
			check_sentence(&seen, pool, in->foreign[i].items[k], in->foreign[i].at[k],
				true, problems);
	for (size_t i = 0; i < in->pattern_count; i++)
		if (in->patterns[i].kind == PATTERN_SAY)
			note_template(&seen, pool, &in->patterns[i]);
	for (size_t i = 0; i < in->count; i++)
		for (size_t k = 0; k < in->items[i].test_count; k++)
			check_sentence(&seen, pool, in->items[i].tests[k].text,
				in->items[i].tests[k].at, false, problems);
	strmap_release(&seen);
	pool_free(&pool);
}

static void check_family(const struct intents *in, const struct texts *ids, const char *key,
	struct problems *problems)
{
	for (size_t i = 0; i < ids->count; i++) {
		size_t k = 0;

		while (k < in->count && !intents_id_fits(in->items[k].id, ids->items[i]))
			k++;
		if (k == in->count)
			problems_add(problems, PROBLEM_ERROR, ids->at[i],
				"`%s` names %s, and there is no such intent", key, ids->items[i]);
	}
}

void intents_check(const struct intents *in, const struct knowledge *knowledge,
	struct problems *problems)
{
	for (size_t i = 0; i < in->count; i++) {
		const struct intent *intent = &in->items[i];

		if (intent->answer && !knowledge_may_have(knowledge, intent->answer))
			problems_add(problems, PROBLEM_ERROR, intent->at,
				"there is no answer %s in knowledge/%s", intent->answer,
				knowledge_meant(knowledge, in->pool, intent->answer));
		for (size_t k = 0; k < intent->nearest.count; k++)
			if (!knowledge_may_have(knowledge, intent->nearest.items[k]))
				problems_add(problems, PROBLEM_ERROR, intent->nearest.at[k],
					"`nearest` names %s, and there is no such answer%s",
					intent->nearest.items[k],
					knowledge_meant(
						knowledge, in->pool, intent->nearest.items[k]));
		check_family(in, &intent->after, "after", problems);
	}
	check_sentences(in, problems);
}

/* --- looking --- */

size_t intents_count(const struct intents *in)
{
	return in->count;
}

const struct intent *intents_at(const struct intents *in, size_t i)
{
	return &in->items[i];
}

size_t intents_pattern_count(const struct intents *in)
{
	return in->pattern_count;
}

const struct pattern *intents_pattern(const struct intents *in, size_t i)
{
	return &in->patterns[i];
}

const struct texts *intents_near(const struct intents *in, size_t *count)
{
	*count = in->near_count;
	return in->near;
}

const struct texts *intents_foreign(const struct intents *in, size_t *count)
{
	*count = in->foreign_count;
	return in->foreign;
}

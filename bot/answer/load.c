#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "decide.h"
#include "dictionary.h"
#include "engine.h"
#include "grammar.h"
#include "lessons.h"
#include "matcher.h"
#include "mem.h"
#include "model.h"
#include "pool.h"
#include "rarity.h"
#include "repair.h"
#include "spelling.h"
#include "words.h"
#include "yaml.h"

/* A pattern file between its reading and the end of loading. */
struct source {
	const struct node *root;
	unsigned pack;
	bool borrowed; /* of the default pack, for its language and negatives alone */
};

struct loader {
	struct answer_engine *engine;
	const struct answer_options *options;
	struct problems *problems;
	struct pool *trees;
	struct lessons *lessons;
	unsigned pack; /* the one being read */
	struct source *sources;
	size_t count, cap;
	bool has_near, has_foreign; /* lines of the packs' own */
	const char **broken; /* pattern files that are no YAML */
	size_t broken_count, broken_cap;
};

/* --- files --- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_yaml(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* What looks as if it were meant to be read, and is not. */
static bool is_mislaid(const char *folder, const char *name)
{
	const char *dot = strrchr(name, '.');
	char path[PATH_MAX];
	struct stat st;

	if (dot && (!strcasecmp(dot, ".yaml") || !strcasecmp(dot, ".yml")))
		return strcmp(dot, ".yaml") != 0 && strcmp(dot, ".yml") != 0;
	if (strstr(name, ".yaml.txt") || strstr(name, ".yml.txt"))
		return true;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* For the look for what will disappoint. */
static void note_mislaid(struct loader *l, const char *pack, const char *name)
{
	struct answer_engine *e = l->engine;
	const char *folder = pool_printf(e->pool, "%s/%s", pack, name);
	struct dirent **entries;
	int n = scandir(folder, &entries, NULL, by_name);

	for (int i = 0; i < n; i++) {
		if (entries[i]->d_name[0] != '.' && is_mislaid(folder, entries[i]->d_name)) {
			MEM_GROW(&e->mislaid, &e->mislaid_cap, e->mislaid_count + 1);
			e->mislaid[e->mislaid_count++] =
				pool_printf(e->pool, "%s/%s", folder, entries[i]->d_name);
		}
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

static bool has_folder(struct loader *l, const char *pack, const char *name)
{
	struct stat st;

	return stat(pool_printf(l->engine->pool, "%s/%s", pack, name), &st) == 0;
}

/* A folder that is none, or no pack at all, is one mistake and not two. */
static bool has_folders(struct loader *l, const char *pack)
{
	struct place at = {pool_strdup(l->engine->pool, pack), 0, 0};

	if (has_folder(l, pack, "knowledge") || has_folder(l, pack, "patterns"))
		return true;
	problems_add(l->problems, PROBLEM_ERROR, at,
		has_folder(l, pack, ".")
			? "this is no pack; a pack is a folder with knowledge/ and patterns/ in it"
			: "there is no such folder; a pack is a folder with knowledge/ and "
			  "patterns/ in "
			  "it");
	return false;
}

static void each_file(struct loader *l, const char *pack, const char *folder,
	void (*each)(struct loader *l, const char *path))
{
	const char *path = pool_printf(l->engine->pool, "%s/%s", pack, folder);
	struct dirent **entries;
	int n = scandir(path, &entries, is_yaml, by_name);

	if (n < 0) {
		problems_add(l->problems, PROBLEM_ERROR, (struct place){path, 0, 0},
			"%s; a pack is a folder with knowledge/ and patterns/ in it",
			errno == ENOENT ? "there is no such folder" : strerror(errno));
		return;
	}
	if (!n)
		problems_add(l->problems, PROBLEM_ERROR, (struct place){path, 0, 0},
			"no .yaml file is in this folder");
	for (int i = 0; i < n; i++) {
		each(l, pool_printf(l->engine->pool, "%s/%s", path, entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
}

static void read_knowledge(struct loader *l, const char *path)
{
	knowledge_read(l->engine->knowledge, path, l->pack, l->problems);
}

static void read_voice(struct loader *l, const char *path)
{
	knowledge_read_voice(l->engine->knowledge, path, l->problems);
}

static void add_source(struct loader *l, const char *path, bool borrowed)
{
	const struct node *root = yaml_read(l->trees, path, l->problems);

	if (!root) {
		MEM_GROW(&l->broken, &l->broken_cap, l->broken_count + 1);
		l->broken[l->broken_count++] = path;
		return;
	}
	if (!fields_is(root, NODE_MAP, "a pattern file", l->problems))
		return;
	MEM_GROW(&l->sources, &l->cap, l->count + 1);
	l->sources[l->count++] = (struct source){root, l->pack, borrowed};
}

static void read_own(struct loader *l, const char *path)
{
	add_source(l, path, false);
}

static void read_borrowed(struct loader *l, const char *path)
{
	add_source(l, path, true);
}

static bool ends_with(const char *text, const char *end)
{
	size_t a = strlen(text), b = strlen(end);

	return a >= b && !strcmp(text + a - b, end);
}

static bool is_decide(const struct source *s)
{
	return ends_with(s->root->at.path, "/decide.yaml");
}

static bool any_has(const struct loader *l, bool borrowed, const char *key)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->sources[i].borrowed == borrowed && fields_get(l->sources[i].root, key))
			return true;
	return false;
}

static bool any_decides(const struct loader *l, bool borrowed)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->sources[i].borrowed == borrowed && is_decide(&l->sources[i]))
			return true;
	return false;
}

static bool is_about_bot(const struct node *intent)
{
	const struct node *id = intent->kind == NODE_MAP ? fields_get(intent, "id") : NULL;

	return id && decide_is_about_bot(id->text);
}

/* Whether the packs have manners of their own, so that none need be lent. */
static bool has_manners(const struct loader *l)
{
	const struct knowledge *k = l->engine->knowledge;

	for (size_t i = 0; i < knowledge_count(k); i++)
		if (decide_is_about_bot(knowledge_at(k, i)->id))
			return true;
	for (size_t i = 0; i < l->count; i++) {
		const struct node *list = fields_get(l->sources[i].root, "intents");

		if (!list || list->kind != NODE_LIST || l->sources[i].borrowed)
			continue;
		for (const struct node *n = list->first; n; n = n->next)
			if (is_about_bot(n))
				return true;
	}
	return false;
}

static bool is_among(const struct answer_options *options, const char *pack)
{
	for (size_t i = 0; i < options->pack_count; i++)
		if (!strcmp(options->packs[i], pack))
			return true;
	return false;
}

static void read_files(struct loader *l)
{
	const struct answer_options *o = l->options;

	for (size_t i = 0; i < o->pack_count; i++) {
		if (!has_folders(l, o->packs[i]))
			continue;
		l->pack = (unsigned)i;
		each_file(l, o->packs[i], "knowledge", read_knowledge);
		each_file(l, o->packs[i], "patterns", read_own);
		note_mislaid(l, o->packs[i], "knowledge");
		note_mislaid(l, o->packs[i], "patterns");
	}
	if (!o->default_pack || is_among(o, o->default_pack))
		return;
	each_file(l, o->default_pack, "knowledge", read_voice);
	if (!any_has(l, false, "roles") || !any_has(l, false, "near") ||
		!any_has(l, false, "foreign") || !any_decides(l, false) || !has_manners(l))
		each_file(l, o->default_pack, "patterns", read_borrowed);
}

/* --- what the files say --- */

static void use_language(struct loader *l)
{
	struct answer_engine *e = l->engine;
	bool borrowed = !any_has(l, false, "roles");

	/* Spelling first: everything that follows is normalised with it. */
	for (size_t i = 0; i < l->count; i++)
		if (l->sources[i].borrowed == borrowed)
			language_read_spelling(&e->language, l->sources[i].root, e->spelling,
				e->pool, l->problems);
	for (size_t i = 0; i < l->count; i++)
		if (l->sources[i].borrowed == borrowed) {
			grammar_set_scope(e->grammar, l->sources[i].pack);
			language_read_roles(&e->language, l->sources[i].root, e->grammar, !borrowed,
				l->problems);
		}
}

static void borrow_manners(struct loader *l)
{
	struct answer_engine *e = l->engine;

	for (size_t i = 0; i < l->count; i++)
		if (l->sources[i].borrowed)
			intents_read_lent(e->intents, l->sources[i].root, e->grammar, l->problems);
	for (size_t i = intents_count(e->intents) - intents_lent(e->intents);
		i < intents_count(e->intents); i++)
		knowledge_lend(e->knowledge, intents_at(e->intents, i)->id);
}

static void use_patterns(struct loader *l)
{
	struct answer_engine *e = l->engine;
	bool decides = any_decides(l, false);

	l->has_near = any_has(l, false, "near");
	l->has_foreign = any_has(l, false, "foreign");
	for (size_t i = 0; i < l->count; i++) {
		const struct source *s = &l->sources[i];

		if (is_decide(s)) {
			if (s->borrowed != decides)
				thresholds_read(&e->thresholds, s->root, l->problems);
		} else if (!s->borrowed) {
			grammar_set_scope(e->grammar, s->pack);
			intents_read(e->intents, s->root, e->grammar, l->problems);
		} else {
			intents_read_negatives(
				e->intents, s->root, !l->has_near, !l->has_foreign, l->problems);
		}
	}
	if (!has_manners(l))
		borrow_manners(l);
	e->near = (uint32_t)intents_count(e->intents);
	e->foreign = e->near + 1;
	e->classes = e->near + 2;
}

static void forgive(void *userdata, const char *key)
{
	grammar_forgive(userdata, key);
}

/* --- learning --- */

enum { NEGATIVES_BORROWED = 100 }; /* at least, and four for each sentence of the pack's own */

static void add_lessons(
	struct loader *l, const struct texts *texts, uint32_t class, size_t *counter)
{
	for (size_t i = 0; i < texts->count; i++)
		lessons_add(l->lessons, texts->items[i], class);
	*counter += texts->count;
}

/* Borrowed sentences must not drown the few of a small pack: so many of them, evenly taken. */
static struct texts thinned(struct pool *pool, const struct texts *texts, size_t keep)
{
	struct texts thin = {0};

	if (texts->count <= keep)
		return *texts;
	thin.items = pool_alloc(pool, keep, sizeof(*thin.items));
	thin.at = pool_alloc(pool, keep, sizeof(*thin.at));
	for (; thin.count < keep; thin.count++) {
		size_t i = thin.count * texts->count / keep;

		thin.items[thin.count] = texts->items[i];
		thin.at[thin.count] = texts->at[i];
	}
	return thin;
}

static void add_negatives(struct loader *l, const struct texts *blocks, size_t count, bool borrowed,
	uint32_t class, size_t *counter)
{
	size_t keep = NEGATIVES_BORROWED + 4 * l->engine->likes;

	for (size_t i = 0; i < count; i++) {
		struct texts texts =
			borrowed ? thinned(l->engine->arena, &blocks[i], keep / count) : blocks[i];

		add_lessons(l, &texts, class, counter);
	}
}

static void gather(struct loader *l)
{
	struct answer_engine *e = l->engine;
	const struct texts *blocks;
	bool borrowed;
	size_t n;

	for (uint32_t i = 0; i < intents_count(e->intents); i++)
		add_lessons(l, &intents_at(e->intents, i)->like, i, &e->likes);
	blocks = intents_near(e->intents, &n);
	/* What is near another pack's subject is foreign to this one's. */
	borrowed = !l->has_near;
	add_negatives(l, blocks, n, borrowed, borrowed ? e->foreign : e->near, &e->nears);
	blocks = intents_foreign(e->intents, &n);
	add_negatives(l, blocks, n, !l->has_foreign, e->foreign, &e->foreigns);
	for (size_t i = 0; i < intents_count(e->intents); i++)
		e->tests += intents_at(e->intents, i)->test_count;
}

/* --- the whole --- */

static struct answer_engine *engine_new(void)
{
	struct answer_engine *e = mem_alloc(1, sizeof(*e));

	e->pool = pool_new(16 * 1024);
	e->arena = pool_new(256 * 1024); /* several times what a usual message takes */
	e->words = words_new();
	e->spelling = spelling_new();
	e->grammar = grammar_new(e->words, e->spelling);
	e->knowledge = knowledge_new();
	e->intents = intents_new();
	e->thresholds = thresholds_default;
	language_init(&e->language, e->grammar);
	return e;
}

void answer_engine_free(struct answer_engine **engine)
{
	struct answer_engine *e = *engine;

	if (!e)
		return;
	model_free(&e->model);
	feature_free(&e->features);
	matcher_free(&e->matcher);
	intents_free(&e->intents);
	knowledge_free(&e->knowledge);
	repair_free(&e->repair);
	dictionary_free(&e->dictionary);
	phrase_index_free(&e->phrases);
	rarity_free(&e->rarity);
	grammar_free(&e->grammar);
	spelling_free(&e->spelling);
	words_free(&e->words);
	mem_free(e->mislaid);
	pool_free(&e->arena);
	pool_free(&e->pool);
	mem_free(e);
	*engine = NULL;
}

static bool is_teachable(const struct answer_engine *e)
{
	return e->classes <= MODEL_CLASSES_MAX;
}

/* What the model sees is looked for in every message; where there is none, only what the language
 * needs, and what patterns in question ask for. */
static void index_phrases(struct answer_engine *e)
{
	size_t count = grammar_concept_count(e->grammar);
	bool *always = mem_alloc(count, sizeof(*always));

	for (uint32_t c = 0; c < count; c++)
		always[c] = language_is_role(&e->language, c) ||
			    (is_teachable(e) && grammar_is_named(e->grammar, c));
	for (size_t i = 0; is_teachable(e) && i < intents_count(e->intents); i++) {
		const struct intent *intent = intents_at(e->intents, i);

		for (size_t k = 0; k < intent->key_count; k++)
			always[intent->keys[k]] = true;
	}
	e->phrases = phrase_index_new(e->grammar, e->rarity, always);
	mem_free(always);
}

struct answer_engine *answer_engine_load(
	const struct answer_options *options, struct problems *problems)
{
	struct answer_engine *e = engine_new();
	struct loader l = {.engine = e, .options = options, .problems = problems};
	size_t errors = problems_count(problems, PROBLEM_ERROR);

	l.trees = pool_new(256 * 1024);
	e->pack = pool_strdup(e->pool, options->packs[0]);
	read_files(&l);
	use_language(&l);
	use_patterns(&l);
	for (size_t i = 0; i < l.broken_count; i++)
		yaml_each_key(l.broken[i], forgive, e->grammar);
	knowledge_check(e->knowledge, problems);
	intents_check(e->intents, e->knowledge, problems);
	grammar_finish(e->grammar, problems);
	if (problems_count(problems, PROBLEM_ERROR) > errors) {
		answer_engine_free(&e);
		goto out;
	}
	e->dictionary = dictionary_new(e->language.dictionary, options->dictionary);
	dictionary_prepare(e->dictionary);
	/* Before all that is made of them: of a large pack they are the most. */
	pool_free(&l.trees);
	l.lessons = lessons_new(e);
	gather(&l);
	e->repair = repair_new(e->words, e->spelling, e->dictionary);
	e->rarity = rarity_new(e->grammar);
	index_phrases(e);
	e->matcher = matcher_new(e->intents, e->rarity, e->phrases);
	e->features = feature_new(&e->language, e->grammar, e->words);
	if (is_teachable(e))
		lessons_teach(l.lessons);
out:
	lessons_free(&l.lessons);
	pool_free(&l.trees);
	mem_free(l.sources);
	mem_free(l.broken);
	return e;
}

struct answer_counts answer_engine_counts(const struct answer_engine *e)
{
	return (struct answer_counts){
		.answers = knowledge_count(e->knowledge) - intents_lent(e->intents),
		.intents = intents_count(e->intents) - intents_lent(e->intents),
		.concepts = grammar_named_count(e->grammar) - ROLE_COUNT,
		.likes = e->likes,
		.near = e->nears,
		.foreign = e->foreigns,
		.tests = e->tests,
		.features = feature_total(e->features),
	};
}

#include "knowledge.h"

#include "closest.h"
#include "mem.h"
#include "pool.h"
#include "strmap.h"

struct knowledge {
	struct pool *pool;
	struct knowledge_answer *answers;
	size_t count, cap;
	struct strmap by_id; /* value: number + 1 */
	struct strmap voice; /* name -> struct voice_line */
	struct strmap lost;  /* names in files that are broken */
	const char *voice_path;
	unsigned voice_pack;
	struct place *unheard; /* voices of other packs than that */
	size_t unheard_count, unheard_cap;
};

struct voice_line {
	struct texts texts;
	struct place at;
	bool borrowed;
};

/* What the program says by name; careerbot-pack(5) tells what each is for. */
static const char *const voice_names[] = {"about", "admin-help", "ago-hours", "ago-minutes",
	"ask-back", "awake-again", "block-admin", "blocked", "bot.about", "bot.goodbye",
	"bot.greeting", "bot.help", "bot.thanks", "command-about", "command-ask", "command-block",
	"command-join", "command-leave", "command-privacy", "command-reload", "command-report",
	"command-rooms", "command-say", "command-status", "command-topics", "command-unblock",
	"delayed", "encrypted", "error-busy", "failed", "file", "form-address", "form-answer",
	"form-erase", "form-nick", "form-password", "form-question", "form-room", "form-text",
	"form-topic", "ignored", "joining", "joining-for-now", "left", "left-for-now", "more",
	"more-none", "more-of-what", "no-problem", "noise", "not-in-room", "not-understood",
	"not-understood-room", "part-unanswered", "privacy-beyond", "privacy-erased",
	"privacy-kept", "privacy-nothing", "privacy-stored", "private-only-short", "profile",
	"quiet-obeyed", "reload-failed", "reloaded", "reloading", "reported", "retracted",
	"room-inside", "room-mute", "room-outside", "rooms-added", "rooms-none", "said",
	"source-line", "status", "status-trouble", "suggest", "suggest-one", "too-fast", "topics",
	"topics-more", "unblocked", "uncovered", "uncovered-with", "yes-no-which"};

struct knowledge *knowledge_new(void)
{
	struct knowledge *k = mem_alloc(1, sizeof(*k));

	k->pool = pool_new(32 * 1024);
	strmap_init(&k->by_id);
	strmap_init(&k->voice);
	strmap_init(&k->lost);
	return k;
}

void knowledge_free(struct knowledge **knowledge)
{
	struct knowledge *k = *knowledge;

	if (!k)
		return;
	strmap_release(&k->by_id);
	strmap_release(&k->voice);
	strmap_release(&k->lost);
	mem_free(k->answers);
	mem_free(k->unheard);
	pool_free(&k->pool);
	mem_free(k);
	*knowledge = NULL;
}

static struct texts required(
	struct knowledge *k, const struct node *map, const char *key, struct problems *problems)
{
	struct texts texts = fields_texts(fields_get(map, key), k->pool, problems);

	if (!texts.count)
		problems_add(problems, PROBLEM_ERROR, map->key_at, "the answer %s has no `%s`",
			map->key, key);
	return texts;
}

static void read_answer(struct knowledge *k, const struct node *map, struct problems *problems)
{
	static const char *const allowed[] = {
		"title", "ask", "section", "source", "short", "text", "related", "items", NULL};
	struct knowledge_answer answer = {.at = map->key_at};
	void **seen;

	if (!fields_is(map, NODE_MAP, "an answer", problems))
		return;
	fields_only(map, allowed, problems);
	answer.id = pool_strdup(k->pool, map->key);
	answer.title = fields_text(fields_get(map, "title"), k->pool, problems);
	if (!answer.title) {
		problems_add(problems, PROBLEM_ERROR, map->key_at, "the answer %s has no `title`",
			map->key);
		answer.title = "";
	}
	answer.ask = fields_text(fields_get(map, "ask"), k->pool, problems);
	answer.section = fields_texts(fields_get(map, "section"), k->pool, problems);
	answer.source = fields_text(fields_get(map, "source"), k->pool, problems);
	answer.brief = required(k, map, "short", problems);
	answer.whole = required(k, map, "text", problems);
	answer.related = fields_texts(fields_get(map, "related"), k->pool, problems);
	answer.items = fields_texts(fields_get(map, "items"), k->pool, problems);
	seen = strmap_put(&k->by_id, answer.id);
	if (*seen) {
		const struct place *at = &k->answers[(uintptr_t)*seen - 1].at;

		problems_add(problems, PROBLEM_ERROR, map->key_at,
			"the answer %s is also in %s:%u:%u", answer.id, at->path, at->line,
			at->col);
		return;
	}
	*seen = (void *)((uintptr_t)k->count + 1);
	MEM_GROW(&k->answers, &k->cap, k->count + 1);
	k->answers[k->count++] = answer;
}

static void read_voice_line(
	struct knowledge *k, const struct node *n, bool borrowed, struct problems *problems)
{
	const char *meant = closest_word(n->key, voice_names, ARRAY_LEN(voice_names));
	struct voice_line *line = pool_alloc(k->pool, 1, sizeof(*line));

	if (!meant)
		problems_add(problems, PROBLEM_ERROR, n->key_at,
			"the bot never says `%s`; the career pack has all its lines in "
			"knowledge/voice.yaml",
			n->key);
	else if (strcmp(meant, n->key) != 0)
		problems_add(problems, PROBLEM_ERROR, n->key_at,
			"the bot never says `%s`; did you mean `%s`?", n->key, meant);
	line->at = n->key_at;
	line->borrowed = borrowed;
	line->texts = fields_texts(n, k->pool, problems);
	if (!line->texts.count)
		problems_add(problems, PROBLEM_ERROR, n->key_at, "nothing stands here");
	*strmap_put(&k->voice, pool_strdup(k->pool, n->key)) = line;
}

static void read_voice(
	struct knowledge *k, const struct node *map, const char *path, struct problems *problems)
{
	if (!fields_is(map, NODE_MAP, "`voice`", problems))
		return;
	if (!k->voice_path)
		k->voice_path = path;
	for (const struct node *n = map->first; n; n = n->next) {
		const struct voice_line *before = strmap_get(&k->voice, n->key);

		if (before)
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"the line `%s` is also in %s:%u:%u", n->key, before->at.path,
				before->at.line, before->at.col);
		else
			read_voice_line(k, n, false, problems);
	}
}

/* Only the lines that the voice lacks; those that are there to be lent before the lender's own. */
static void borrow_voice(struct knowledge *k, const struct node *map, bool lent, const char *path,
	struct problems *problems)
{
	if (!fields_is(map, NODE_MAP, lent ? "`lent`" : "`voice`", problems))
		return;
	if (!k->voice_path)
		k->voice_path = path;
	for (const struct node *n = map->first; n; n = n->next) {
		const struct voice_line *before = strmap_get(&k->voice, n->key);

		if (!before || (lent && before->borrowed))
			read_voice_line(k, n, true, problems);
	}
}

static void lose(void *userdata, const char *key)
{
	struct knowledge *k = userdata;

	*strmap_put(&k->lost, pool_strdup(k->pool, key)) = k;
}

static struct node *read_tree(
	struct knowledge *k, struct pool *scratch, const char *path, struct problems *problems)
{
	struct node *root = yaml_read(scratch, path, problems);

	if (!root)
		yaml_each_key(path, lose, k);
	if (!root || !fields_is(root, NODE_MAP, "a knowledge file", problems))
		return NULL;
	fields_only_in_file(root, &fields_knowledge, &fields_patterns, problems);
	return root;
}

void knowledge_read(struct knowledge *k, const char *path, unsigned pack, struct problems *problems)
{
	struct pool *scratch = pool_new(64 * 1024);
	struct node *root = read_tree(k, scratch, path, problems);
	const struct node *answers = root ? fields_get(root, "answers") : NULL;
	const struct node *voice = root ? fields_get(root, "voice") : NULL;

	if (answers && fields_is(answers, NODE_MAP, "`answers`", problems))
		for (const struct node *n = answers->first; n; n = n->next)
			read_answer(k, n, problems);
	if (voice && k->voice_path && k->voice_pack != pack) {
		MEM_GROW(&k->unheard, &k->unheard_cap, k->unheard_count + 1);
		k->unheard[k->unheard_count++] = voice->key_at;
	} else if (voice) {
		k->voice_pack = pack;
		read_voice(k, voice, path, problems);
	}
	pool_free(&scratch);
}

void knowledge_read_voice(struct knowledge *k, const char *path, struct problems *problems)
{
	struct pool *scratch = pool_new(64 * 1024);
	struct node *root = read_tree(k, scratch, path, problems);
	const struct node *voice = root ? fields_get(root, "voice") : NULL;
	const struct node *lent = root ? fields_get(root, "lent") : NULL;

	if (voice)
		borrow_voice(k, voice, false, path, problems);
	if (lent)
		borrow_voice(k, lent, true, path, problems);
	pool_free(&scratch);
}

enum { EXAMPLES = 6, EXAMPLES_BRIEF = 3 };

/* Some of the pack's own answers, evenly taken. */
static struct texts pick_examples(struct knowledge *k)
{
	size_t own = 0;
	struct texts ids = {0};

	while (own < k->count && strncmp(k->answers[own].id, "bot.", 4) != 0)
		own++;
	ids.count = own < EXAMPLES ? own : EXAMPLES;
	ids.items = pool_alloc(k->pool, ids.count, sizeof(*ids.items));
	ids.at = pool_alloc(k->pool, ids.count, sizeof(*ids.at));
	for (size_t i = 0; i < ids.count; i++) {
		ids.items[i] = k->answers[i * own / ids.count].id;
		ids.at[i] = k->answers[i * own / ids.count].at;
	}
	return ids;
}

static struct texts with_examples(
	struct knowledge *k, const struct texts *lines, const struct texts *ids, size_t most)
{
	struct texts texts = {.at = lines->at, .count = lines->count};

	texts.items = pool_alloc(k->pool, lines->count, sizeof(*texts.items));
	for (size_t i = 0; i < lines->count; i++) {
		const char *text = lines->items[i];

		for (size_t n = 0; n < ids->count && n < most; n++) {
			const struct knowledge_answer *a = knowledge_find(k, ids->items[n]);

			text = pool_printf(
				k->pool, "%s\n%zu. %s", text, n + 1, a->ask ? a->ask : a->title);
		}
		texts.items[i] = text;
	}
	return texts;
}

void knowledge_lend(struct knowledge *k, const char *id)
{
	const struct voice_line *line = strmap_get(&k->voice, id);
	struct knowledge_answer answer = {.id = pool_strdup(k->pool, id)};

	if (!line)
		return;
	answer.title = answer.id;
	answer.at = line->at;
	answer.brief = answer.whole = line->texts;
	if (!strcmp(id, "bot.help")) {
		answer.items = pick_examples(k);
		answer.brief = with_examples(k, &line->texts, &answer.items, EXAMPLES_BRIEF);
		answer.whole = with_examples(k, &line->texts, &answer.items, EXAMPLES);
	}
	*strmap_put(&k->by_id, answer.id) = (void *)((uintptr_t)k->count + 1);
	MEM_GROW(&k->answers, &k->cap, k->count + 1);
	k->answers[k->count++] = answer;
}

const struct place *knowledge_unheard(const struct knowledge *k, size_t *count)
{
	*count = k->unheard_count;
	return k->unheard;
}

const char *knowledge_meant(const struct knowledge *k, struct pool *pool, const char *id)
{
	const char **ids = pool_alloc(pool, k->count, sizeof(*ids));
	const char *meant;

	for (size_t i = 0; i < k->count; i++)
		ids[i] = k->answers[i].id;
	meant = closest_word(id, ids, k->count);
	return meant ? pool_printf(pool, "; did you mean %s?", meant) : "";
}

static void check_ids(struct knowledge *k, const struct knowledge_answer *answer,
	const struct texts *ids, const char *key, struct problems *problems)
{
	for (size_t i = 0; i < ids->count; i++)
		if (!knowledge_may_have(k, ids->items[i]))
			problems_add(problems, PROBLEM_ERROR, ids->at[i],
				"`%s` of %s names %s, and there is no such answer%s", key,
				answer->id, ids->items[i],
				knowledge_meant(k, k->pool, ids->items[i]));
}

void knowledge_check(struct knowledge *k, struct problems *problems)
{
	for (size_t i = 0; i < k->count; i++) {
		check_ids(k, &k->answers[i], &k->answers[i].related, "related", problems);
		check_ids(k, &k->answers[i], &k->answers[i].items, "items", problems);
	}
	if (!k->voice_path)
		return;
	for (size_t i = 0; i < ARRAY_LEN(voice_names); i++)
		if (strncmp(voice_names[i], "bot.", 4) != 0 &&
			!strmap_get(&k->voice, voice_names[i]) &&
			!strmap_get(&k->lost, voice_names[i]))
			problems_add(problems, PROBLEM_ERROR, (struct place){k->voice_path, 0, 0},
				"the voice has no `%s`", voice_names[i]);
}

size_t knowledge_count(const struct knowledge *k)
{
	return k->count;
}

const struct knowledge_answer *knowledge_at(const struct knowledge *k, size_t i)
{
	return &k->answers[i];
}

const struct knowledge_answer *knowledge_find(const struct knowledge *k, const char *id)
{
	uintptr_t found = (uintptr_t)strmap_get(&k->by_id, id);

	return found ? &k->answers[found - 1] : NULL;
}

bool knowledge_may_have(const struct knowledge *k, const char *id)
{
	return knowledge_find(k, id) || strmap_get(&k->lost, id);
}

const struct texts *knowledge_voice_lines(const struct knowledge *k, const char *name)
{
	const struct voice_line *line = strmap_get(&k->voice, name);

	return line ? &line->texts : NULL;
}

const char *knowledge_voice(const struct knowledge *k, const char *name, unsigned turn)
{
	const struct texts *texts = knowledge_voice_lines(k, name);

	return texts && texts->count ? texts->items[turn % texts->count] : "";
}

bool knowledge_has_voice(const struct knowledge *k)
{
	return k->voice.count > 0;
}

#include "fields.h"

#include "buf.h"
#include "closest.h"
#include "pool.h"

bool fields_is(const struct node *node, enum node_kind kind, const char *what,
	struct problems *problems)
{
	static const char list[] = "a list was expected: in [ ] with commas between its items, or one "
				   "item a line, each with `- ` before it";
	static const char *const expected[] = {
		[NODE_SCALAR] = "a single value was expected",
		[NODE_LIST] = list,
		[NODE_MAP] = "lines of `name: value` were expected",
	};

	if (node->kind == kind)
		return true;
	if (node->kind == NODE_SCALAR && !*node->text)
		problems_add(
			problems, PROBLEM_ERROR, node->at, "%s is empty; %s", what, expected[kind]);
	else if (node->kind == NODE_ALIAS)
		problems_add(problems, PROBLEM_ERROR, node->at,
			"%s begins with a `*`, which YAML takes for something else; put it in "
			"quotes",
			what);
	else
		problems_add(problems, PROBLEM_ERROR, node->at, "%s is %s; %s", what,
			node_kind_name(node->kind), expected[kind]);
	return false;
}

static bool is_sentence(const struct node *node, struct problems *problems)
{
	const char *name = node->key ? node->key : "text";

	switch (node->kind) {
	case NODE_SCALAR:
		if (node->comment_follows && strchr(node->text, ' ')) {
			problems_add(problems, PROBLEM_ERROR, node->at,
				"what stands after ` #` is taken for a comment; to keep it, write `%s: |` and "
				"the sentence in the next line, indented", name);
			return false;
		}
		return true;
	case NODE_MAP:
		problems_add(problems, PROBLEM_ERROR, node->at,
			"a sentence was meant, but its `: ` makes it a mapping; write `%s: |` and the "
			"sentence in the next line, indented", name);
		return false;
	case NODE_ALIAS:
		problems_add(problems, PROBLEM_ERROR, node->at,
			"a sentence was meant, but its * makes it an alias; write `%s: |` and the "
			"sentence in the next line, indented", name);
		return false;
	case NODE_LIST:
		problems_add(problems, PROBLEM_ERROR, node->at,
			"one sentence was meant, and this is a list");
		return false;
	}
	return false;
}

static const char *trimmed(const struct node *node, struct pool *pool)
{
	const char *text = node->text;
	size_t len;

	text += strspn(text, " \n");
	len = strlen(text);
	while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	return pool_strndup(pool, text, len);
}

const char *fields_text(const struct node *node, struct pool *pool, struct problems *problems)
{
	const char *text;

	if (!node)
		return NULL;
	if (!is_sentence(node, problems))
		return "";
	text = trimmed(node, pool);
	if (!*text)
		problems_add(problems, PROBLEM_ERROR, node->at, "nothing stands here");
	return text;
}

struct texts fields_texts(const struct node *node, struct pool *pool, struct problems *problems)
{
	struct texts texts = {0};
	size_t count = 1;

	if (!node)
		return texts;
	if (node->kind == NODE_LIST) {
		count = 0;
		for (const struct node *n = node->first; n; n = n->next)
			count++;
		node = node->first;
	}
	texts.items = pool_alloc(pool, count, sizeof(*texts.items));
	texts.at = pool_alloc(pool, count, sizeof(*texts.at));
	for (; node && texts.count < count; node = node->next) {
		texts.at[texts.count] = node->at;
		texts.items[texts.count++] = fields_text(node, pool, problems);
	}
	return texts;
}

struct texts fields_lines(const struct node *node, struct pool *pool, struct problems *problems)
{
	struct texts texts = {0};
	struct node_lines lines = {.scalar = node};
	struct place at;
	const char *line;
	size_t len, cap = 1;

	if (!node)
		return texts;
	if (node->kind != NODE_SCALAR) {
		problems_add(problems, PROBLEM_ERROR, node->at,
			"`%s` is %s; write `%s: |` and the sentences in the next lines, indented, one a line",
			node->key, node_kind_name(node->kind), node->key);
		return texts;
	}
	if (!node->literal && strchr(node->text, ' ') && !node->quoted) {
		problems_add(problems, PROBLEM_ERROR, node->at,
			"sentences stand in a block: write `%s: |` and the sentences in the next "
			"lines, "
			"indented, one a line",
			node->key);
		return texts;
	}
	for (const char *p = node->text; *p; p++)
		cap += *p == '\n';
	texts.items = pool_alloc(pool, cap, sizeof(*texts.items));
	texts.at = pool_alloc(pool, cap, sizeof(*texts.at));
	while ((line = node_line(&lines, &len, &at))) {
		texts.at[texts.count] = at;
		texts.items[texts.count++] = pool_strndup(pool, line, len);
	}
	return texts;
}

bool fields_bool(const struct node *node, struct problems *problems)
{
	if (!node)
		return false;
	if (node->kind == NODE_SCALAR && !strcmp(node->text, "true"))
		return true;
	if (node->kind != NODE_SCALAR || strcmp(node->text, "false"))
		problems_add(problems, PROBLEM_ERROR, node->at, "`%s` is either true or false",
			node->key);
	return false;
}

const struct node *fields_get(const struct node *map, const char *key)
{
	for (const struct node *n = map->first; n; n = n->next)
		if (n->key && !strcmp(n->key, key))
			return n;
	return NULL;
}

static bool is_among(const char *name, const char *const *names)
{
	while (*names && strcmp(*names, name))
		names++;
	return *names;
}

static void report_stranger(
	const struct node *stranger, const char *const *allowed, struct problems *problems)
{
	const char *meant;
	struct buf names;
	size_t count = 0;

	while (allowed[count])
		count++;
	meant = closest_word(stranger->key, allowed, count);
	buf_init(&names, BUF_LINE);
	if (meant)
		buf_addf(&names, "did you mean `%s`?", meant);
	else
		for (size_t i = 0; i < count; i++)
			buf_addf(&names, "%s`%s`",
				i == 0          ? "what may stand here: "
				: i + 1 < count ? ", "
						: " and ",
				allowed[i]);
	problems_add(problems, PROBLEM_ERROR, stranger->key_at, "`%s` means nothing here; %s",
		stranger->key, names.data);
	buf_release(&names);
}

void fields_only(const struct node *map, const char *const *allowed, struct problems *problems)
{
	for (const struct node *n = map->first; n; n = n->next)
		if (!is_among(n->key, allowed))
			report_stranger(n, allowed, problems);
}

void fields_only_in_file(const struct node *root, const struct file_kind *kind,
	const struct file_kind *other, struct problems *problems)
{
	for (const struct node *n = root->first; n; n = n->next)
		if (!is_among(n->key, kind->names) && is_among(n->key, other->names))
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"`%s` stands in a file below %s/, and this one is below %s/",
				n->key, other->folder, kind->folder);
		else if (!is_among(n->key, kind->names))
			report_stranger(n, kind->names, problems);
}

const struct file_kind fields_knowledge = {
	"knowledge", (const char *const[]){"answers", "voice", "source", "lent", NULL}};
const struct file_kind fields_patterns = {
	"patterns", (const char *const[]){"concepts", "intents", "near", "foreign", "lent",
			    "dictionary", "spellings", "endings", "cases", "roles", NULL}};

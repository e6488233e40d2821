#include "fields.h"

#include "pool.h"

bool fields_is(const struct node *node, enum node_kind kind, const char *what,
	struct problems *problems)
{
	if (node->kind == kind)
		return true;
	problems_add(problems, PROBLEM_ERROR, node->at, "%s is %s; it should be %s", what,
		node_kind_name(node->kind), node_kind_name(kind));
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
			"sentences stand in a block: write `%s: |` and the sentences in the next lines, "
			"indented, one a line", node->key);
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

void fields_only(const struct node *map, const char *const *allowed, struct problems *problems)
{
	for (const struct node *n = map->first; n; n = n->next) {
		const char *const *a = allowed;

		while (*a && strcmp(*a, n->key))
			a++;
		if (!*a)
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"`%s` means nothing here; what may stand here is in careerbot-pack(5)",
				n->key);
	}
}

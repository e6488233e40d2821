#include "spelling.h"

#include "pool.h"
#include "mem.h"
#include "strmap.h"

enum { RULE_WORDS_MAX = 6 };

struct phrase {
	const char *words[RULE_WORDS_MAX];
	uint32_t lens[RULE_WORDS_MAX];
	size_t count;
};

struct rule {
	struct phrase typed, meant;
	struct rule *next; /* with the same first word, the longest first */
};

struct ending {
	const char *text;
	size_t len;
	const char *meant;
	struct ending *next;
};

struct spelling {
	struct pool *pool;
	struct strmap rules; /* first word -> struct rule */
	size_t longest;      /* first word of a rule, in bytes */
	struct strmap cases; /* typed -> meant */
	bool small_cases;    /* there is one without a capital */
	struct ending *endings;
};

struct spelling *spelling_new(void)
{
	struct spelling *spelling = mem_alloc(1, sizeof(*spelling));

	spelling->pool = pool_new(16 * 1024);
	strmap_init(&spelling->rules);
	strmap_init(&spelling->cases);
	return spelling;
}

void spelling_free(struct spelling **spelling)
{
	if (!*spelling)
		return;
	strmap_release(&(*spelling)->rules);
	strmap_release(&(*spelling)->cases);
	pool_free(&(*spelling)->pool);
	mem_free(*spelling);
	*spelling = NULL;
}

static struct phrase split(struct pool *pool, const char *text)
{
	struct phrase phrase = {.count = 0};

	for (const char *p = text; *p && phrase.count < RULE_WORDS_MAX;) {
		size_t len = strcspn(p, " ");

		if (len) {
			phrase.words[phrase.count] = pool_strndup(pool, p, len);
			phrase.lens[phrase.count++] = (uint32_t)len;
		}
		p += len + (p[len] == ' ');
	}
	return phrase;
}

void spelling_add(struct spelling *spelling, const char *typed, const char *meant)
{
	struct rule *rule = pool_alloc(spelling->pool, 1, sizeof(*rule));
	struct rule **at;

	rule->typed = split(spelling->pool, typed);
	rule->meant = split(spelling->pool, meant);
	if (!rule->typed.count)
		return;
	if (rule->typed.lens[0] > spelling->longest)
		spelling->longest = rule->typed.lens[0];
	at = (struct rule **)strmap_put(&spelling->rules, rule->typed.words[0]);
	while (*at && (*at)->typed.count > rule->typed.count)
		at = &(*at)->next;
	rule->next = *at;
	*at = rule;
}

void spelling_add_ending(struct spelling *spelling, const char *ending, const char *meant)
{
	struct ending *item = pool_alloc(spelling->pool, 1, sizeof(*item));
	struct ending **at = &spelling->endings;

	if (!strchr(ending, '\''))
		return;
	item->text = pool_strdup(spelling->pool, ending);
	item->len = strlen(ending);
	item->meant = pool_strdup(spelling->pool, meant);
	while (*at && (*at)->len >= item->len)
		at = &(*at)->next;
	item->next = *at;
	*at = item;
}

static bool has_capital(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < 'a' || text[i] > 'z')
			return true; /* perhaps one of another alphabet */
	return false;
}

void spelling_add_case(struct spelling *spelling, const char *typed, const char *meant)
{
	spelling->small_cases |= !has_capital(typed, strlen(typed));
	*strmap_put(&spelling->cases, pool_strdup(spelling->pool, typed)) =
		pool_strdup(spelling->pool, meant);
}

const char *spelling_case(const struct spelling *spelling, const char *typed, size_t len)
{
	if (!spelling->small_cases && !has_capital(typed, len))
		return NULL;
	return strmap_get_len(&spelling->cases, typed, len);
}

const char *spelling_ending(const struct spelling *spelling, const char *word, size_t len,
	size_t *stem_len)
{
	for (const struct ending *e = spelling->endings; e; e = e->next)
		if (len > e->len && !memcmp(word + len - e->len, e->text, e->len)) {
			*stem_len = len - e->len;
			return e->meant;
		}
	return NULL;
}

bool spelling_has(const struct spelling *spelling, const char *word, size_t len)
{
	return len <= spelling->longest && strmap_get_len(&spelling->rules, word, len);
}

static bool fits(const struct phrase *phrase, const struct token *tokens, size_t count)
{
	if (phrase->count > count)
		return false;
	for (size_t i = 0; i < phrase->count; i++)
		if (tokens[i].len != phrase->lens[i] || (i && tokens[i].before != MARK_NONE) ||
			memcmp(tokens[i].text, phrase->words[i], phrase->lens[i]))
			return false;
	return true;
}

static const struct rule *rule_at(const struct spelling *spelling, const struct token *tokens,
	size_t count)
{
	const struct rule *rule = tokens->len > spelling->longest ? NULL
		: strmap_get_len(&spelling->rules, tokens->text, tokens->len);

	while (rule && !fits(&rule->typed, tokens, count))
		rule = rule->next;
	return rule;
}

struct token *spelling_rewrite(const struct spelling *spelling, struct pool *pool,
	struct token *tokens, size_t *count)
{
	size_t n, first = 0, left = *count;
	struct token *out;

	while (left && !rule_at(spelling, tokens + first, left))
		first++, left--;
	if (!left)
		return tokens;
	out = pool_alloc(pool, first + left * RULE_WORDS_MAX, sizeof(*out));
	memcpy(out, tokens, first * sizeof(*out));
	n = first;
	for (size_t i = first; i < *count;) {
		const struct rule *rule = rule_at(spelling, tokens + i, *count - i);

		if (!rule) {
			out[n++] = tokens[i++];
			continue;
		}
		for (size_t k = 0; k < rule->meant.count; k++)
			out[n++] = (struct token){
				.text = rule->meant.words[k],
				.len = rule->meant.lens[k],
				.before = k ? MARK_NONE : tokens[i].before,
			};
		i += rule->typed.count;
	}
	*count = n;
	return out;
}

#include "corpus.h"

#include "chance.h"
#include "mem.h"
#include "pool.h"
#include "strmap.h"

enum { SEED = 7, VOCABULARY = 20000, SYLLABLES_MAX = 4, SLIPS = 540, FLOOD = 64 * 1024 };

struct corpus {
	struct pool *pool;
	uint64_t seed;
	struct chance chance;
	const char *words[VOCABULARY]; /* the more frequent first */
	double sums[VOCABULARY];       /* of their frequencies up to each */
	struct made_intent *intents;
	size_t intent_count;
	const char **said; /* the words of the patterns, those that are said often first */
	size_t said_count;
	const char **messages;
	size_t message_count;
};

static uint32_t below(struct corpus *c, uint32_t bound)
{
	return chance_below(&c->chance, bound);
}

static bool happens(struct corpus *c, uint32_t percent)
{
	return below(c, 100) < percent;
}

/* --- words --- */

static const char *make_word(struct corpus *c)
{
	static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
	char word[2 * SYLLABLES_MAX];
	size_t len = 0;

	for (uint32_t left = 2 + below(c, SYLLABLES_MAX - 1); left; left--) {
		word[len++] = consonants[below(c, sizeof(consonants) - 1)];
		word[len++] = vowels[below(c, sizeof(vowels) - 1)];
	}
	return pool_strndup(c->pool, word, len);
}

static void make_words(struct corpus *c)
{
	struct strmap seen;
	double sum = 0.0;

	strmap_init(&seen);
	for (size_t n = 0; n < VOCABULARY;) {
		const char *word = make_word(c);
		void **slot = strmap_put(&seen, word);

		if (*slot)
			continue;
		*slot = c;
		c->words[n] = word;
		sum += 1.0 / (double)(n + 10);
		c->sums[n++] = sum;
	}
	strmap_release(&seen);
}

/* A number below count, the smaller the likelier. */
static size_t pick(struct corpus *c, size_t count)
{
	double at = below(c, 1u << 31) / (double)(1u << 31) * c->sums[count - 1];
	size_t low = 0, high = count - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->sums[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const char *pick_word(struct corpus *c)
{
	return c->words[pick(c, VOCABULARY)];
}

/* --- patterns --- */

static void make_intent(struct corpus *c, struct made_intent *intent, size_t number)
{
	for (size_t i = 0; i < MADE_CONCEPTS; i++)
		for (size_t k = 0; k < MADE_WORDS; k++)
			intent->concepts[i][k] = pick_word(c);
	intent->has_regex = number % 10 == 0;
	for (size_t i = 0; i < ARRAY_LEN(intent->regex); i++)
		intent->regex[i] = pick_word(c);
	intent->has_say = number % 7 == 0;
	for (size_t i = 0; i < ARRAY_LEN(intent->say); i++)
		intent->say[i] = pick_word(c);
	intent->has_likes = number % 20 == 0;
	for (size_t i = 0; i < MADE_LIKES; i++)
		for (size_t k = 0; k < MADE_LIKE_WORDS; k++)
			intent->likes[i][k] = pick_word(c);
}

struct corpus *corpus_new(size_t intents)
{
	struct corpus *c = mem_alloc(1, sizeof(*c));

	c->pool = pool_new(1024 * 1024);
	c->seed = SEED;
	c->chance = chance_from_seed(&c->seed);
	make_words(c);
	c->intents = mem_alloc(intents, sizeof(*c->intents));
	c->intent_count = intents;
	for (size_t i = 0; i < intents; i++)
		make_intent(c, &c->intents[i], i);
	return c;
}

void corpus_free(struct corpus **corpus)
{
	if (!*corpus)
		return;
	mem_free((*corpus)->intents);
	mem_free((*corpus)->said);
	mem_free((*corpus)->messages);
	pool_free(&(*corpus)->pool);
	mem_free(*corpus);
	*corpus = NULL;
}

size_t corpus_intents(const struct corpus *c)
{
	return c->intent_count;
}

const struct made_intent *corpus_intent(const struct corpus *c, size_t i)
{
	return &c->intents[i];
}

/* --- files --- */

static void put_concepts(FILE *out, const struct made_intent *intent, size_t number)
{
	for (size_t i = 0; i < MADE_CONCEPTS; i++) {
		fprintf(out, "  made-%zu-%zu: [", number, i);
		for (size_t k = 0; k < MADE_WORDS; k++)
			fprintf(out, "%s%s", k ? ", " : "", intent->concepts[i][k]);
		fprintf(out, "]\n");
	}
}

static void put_intent(FILE *out, const struct made_intent *intent, size_t n)
{
	fprintf(out, "  - id: made.%zu\n    all: [<made-%zu-0>, <made-%zu-1>, <made-%zu-2>]\n", n,
		n, n, n);
	if (intent->has_regex)
		fprintf(out, "    regex: |\n      \\b%s\\b.*\\b%ss?\\b\n", intent->regex[0],
			intent->regex[1]);
	if (intent->has_say)
		fprintf(out, "    say: |\n      (%s|%s) [%s] <made-%zu-0> %s\n", intent->say[0],
			intent->say[1], intent->say[2], n, intent->say[3]);
	if (!intent->has_likes)
		return;
	fprintf(out, "    like: |\n");
	for (size_t i = 0; i < MADE_LIKES; i++) {
		fprintf(out, "     ");
		for (size_t k = 0; k < MADE_LIKE_WORDS; k++)
			fprintf(out, " %s", intent->likes[i][k]);
		fprintf(out, "\n");
	}
}

static FILE *open_below(const char *folder, const char *name)
{
	struct pool *scratch = pool_new(512);
	FILE *out = fopen(pool_printf(scratch, "%s/%s", folder, name), "w");

	pool_free(&scratch);
	return out;
}

int corpus_write(const struct corpus *c, const char *folder)
{
	FILE *patterns = open_below(folder, "patterns/made.yaml");
	FILE *knowledge = open_below(folder, "knowledge/made.yaml");
	int ret = -1;

	if (!patterns || !knowledge)
		goto out;
	fprintf(patterns, "concepts:\n");
	for (size_t i = 0; i < c->intent_count; i++)
		put_concepts(patterns, &c->intents[i], i);
	fprintf(patterns, "intents:\n");
	for (size_t i = 0; i < c->intent_count; i++)
		put_intent(patterns, &c->intents[i], i);
	fprintf(knowledge, "answers:\n");
	for (size_t i = 0; i < c->intent_count; i++)
		fprintf(knowledge, "  made.%zu: {title: t, short: s, text: x}\n", i);
	ret = 0;
out:
	if (patterns && fclose(patterns) == EOF)
		ret = -1;
	if (knowledge && fclose(knowledge) == EOF)
		ret = -1;
	return ret;
}

/* --- messages --- */

/* Lengths in words: lognormal with median 8, from 3 to 40; in a thousand messages so many have
 * three words, four, and so on. */
static size_t pick_length(struct corpus *c)
{
	static const unsigned char shares[] = {84, 85, 97, 98, 93, 83, 72, 62, 53, 44, 37, 31, 26,
		21, 18, 15, 12, 10, 9, 7, 6, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 4};
	uint32_t at = below(c, 1000);
	size_t i = 0;

	while (at >= shares[i])
		at -= shares[i++];
	return 3 + i;
}

/* A letter dropped, or two swapped. */
static const char *slip(struct corpus *c, const char *word)
{
	char *typed = pool_strdup(c->pool, word);
	size_t len = strlen(word), at = 1 + below(c, (uint32_t)len - 2);

	if (len > 4 && happens(c, 50)) {
		memmove(typed + at, typed + at + 1, len - at);
	} else {
		typed[at] = word[at + 1];
		typed[at + 1] = word[at];
	}
	return typed;
}

static const char *foreign_word(struct corpus *c)
{
	char word[7];

	for (size_t i = 0; i < sizeof(word); i++)
		word[i] = (char)('a' + below(c, 26));
	return pool_strndup(c->pool, word, sizeof(word));
}

static const char *join(struct corpus *c, const char *const *words, size_t count)
{
	size_t len = 0;
	char *text, *end;

	for (size_t i = 0; i < count; i++)
		len += strlen(words[i]) + 1;
	text = end = pool_alloc(c->pool, len + 1, 1);
	for (size_t i = 0; i < count; i++)
		end = stpcpy(i ? stpcpy(end, " ") : end, words[i]);
	return text;
}

/* Only words that some pattern has are in the vocabulary. */
static void gather_said(struct corpus *c)
{
	struct strmap seen;

	strmap_init(&seen);
	c->said = mem_alloc(VOCABULARY, sizeof(*c->said));
	for (size_t i = 0; i < c->intent_count * MADE_CONCEPTS * MADE_WORDS; i++) {
		const struct made_intent *intent = &c->intents[i / (MADE_CONCEPTS * MADE_WORDS)];
		const char *word = intent->concepts[i / MADE_WORDS % MADE_CONCEPTS][i % MADE_WORDS];
		void **slot = strmap_put(&seen, word);
		size_t at = below(c, (uint32_t)c->said_count + 1);

		if (*slot)
			continue;
		*slot = c;
		c->said[c->said_count++] = c->said[at];
		c->said[at] = word;
	}
	strmap_release(&seen);
}

static const char *pick_said(struct corpus *c)
{
	return c->said[pick(c, c->said_count)];
}

static const char *make_message(struct corpus *c)
{
	const char *words[40];
	size_t len = pick_length(c), at = below(c, (uint32_t)len);

	for (size_t i = 0; i < len; i++)
		words[i] = pick_said(c);
	if (happens(c, 30)) {
		const struct made_intent *meant = &c->intents[below(c, (uint32_t)c->intent_count)];

		/* Three places that differ: two steps of a third at most. */
		for (size_t i = 0; i < MADE_CONCEPTS; i++) {
			words[at] = meant->concepts[i][below(c, MADE_WORDS)];
			at = (at + 1 + below(c, (uint32_t)len / 3)) % len;
		}
	}
	for (size_t i = 0; i < len; i++)
		if (happens(c, 5))
			words[i] = happens(c, 50) ? slip(c, words[i]) : foreign_word(c);
	return join(c, words, len);
}

void corpus_talk(struct corpus *c, size_t messages)
{
	gather_said(c);
	c->messages = mem_alloc(messages, sizeof(*c->messages));
	while (c->message_count < messages)
		c->messages[c->message_count++] = make_message(c);
}

size_t corpus_messages(const struct corpus *c)
{
	return c->message_count;
}

const char *corpus_message(const struct corpus *c, size_t i)
{
	return c->messages[i];
}

/* --- what takes long --- */

static const char *flood_of(struct corpus *c, const char *what)
{
	size_t len = strlen(what), count = FLOOD / len;
	char *text = pool_alloc(c->pool, count * len + 1, 1);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, what, len);
	return text;
}

static const char *slips(struct corpus *c)
{
	const char *words[SLIPS];
	size_t count = 0;

	while (count < SLIPS) {
		const char *word = pick_word(c);

		/* So long that they are repaired, and that they all fit in. */
		if (strlen(word) == 6)
			words[count++] = slip(c, word);
	}
	return join(c, words, count);
}

const char *corpus_hard_name(enum corpus_hard which)
{
	static const char *const names[] = {"64 KiB of a sentence", "64 KiB of one letter",
		"64 KiB of brackets", "64 KiB of words in brackets", "the whole vocabulary",
		"540 slips of the keyboard"};

	return names[which];
}

const char *corpus_hard(struct corpus *c, enum corpus_hard which)
{
	switch (which) {
	case HARD_SENTENCE:
		return flood_of(c, "which bank can a dog with a long tail take the bus to? ");
	case HARD_LETTER:
		return flood_of(c, "a");
	case HARD_BRACKETS:
		return flood_of(c, "(");
	case HARD_NESTED:
		return flood_of(c, "(how (");
	case HARD_VOCABULARY:
		return join(c, c->words, VOCABULARY);
	case HARD_SLIPS:
	default:
		return slips(c);
	}
}

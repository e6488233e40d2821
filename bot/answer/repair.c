#include "repair.h"

#include "dictionary.h"
#include "mem.h"
#include "normalise.h"
#include "pool.h"
#include "spelling.h"
#include "strmap.h"
#include "words.h"

enum {
	REPAIR_MIN = 4,  /* letters of a word that may be repaired */
	REPAIR_TWO = 8,  /* from here on two slips are believed */
	REPAIR_MAX = 20, /* longer words are found by one slip only: pairs grow as the square */
	WORD_LONGEST = 32,
	TARGET_USES = 3,    /* sentences that must use a word before a slip may have meant it */
	SLIP_RARER = 20,    /* times that a slip is used less than the word that is meant */
	FREQUENT_USES = 25, /* … before a real word may be a slip for it */
	JOIN_MIN = 6,       /* letters of a word torn in two */
	CANDIDATES_MAX = 64,
	ASKED_MAX = 64 /* words of a message that the dictionary is asked about; more are let be */
};

/* Of one word: itself, each letter left out, each two. */
enum { VARIANTS_MAX = 1 + REPAIR_MAX + REPAIR_MAX * (REPAIR_MAX - 1) / 2 };

struct entry {
	uint32_t hash; /* of the word with letters left out */
	uint32_t word;
};

struct repair {
	const struct words *words;
	const struct spelling *spelling;
	struct dictionary *dictionary;
	struct entry *entries; /* grouped by bucket */
	uint32_t *buckets;     /* where each begins; one more than there are */
	uint32_t mask;
	unsigned char *standing; /* by word: enum standing, found out when it is first met */
};

enum standing { STANDING_UNASKED, STANDING_WORD, STANDING_SLIP };

/* --- the index --- */

typedef void each_variant(void *userdata, const char *text, size_t len);

/* The word itself, and with one or, if `twice`, two letters left out. */
static void variants(const char *word, size_t len, bool twice, each_variant *each, void *userdata)
{
	char one[WORD_LONGEST], two[WORD_LONGEST];

	each(userdata, word, len);
	for (size_t i = 0; i < len; i++) {
		memcpy(one, word, i);
		memcpy(one + i, word + i + 1, len - i - 1);
		each(userdata, one, len - 1);
		for (size_t k = i; twice && k < len - 1; k++) {
			memcpy(two, one, k);
			memcpy(two + k, one + k + 1, len - k - 2);
			each(userdata, two, len - 2);
		}
	}
}

static bool believes_two(size_t len)
{
	return len >= REPAIR_TWO && len <= REPAIR_MAX;
}

static bool is_target(const struct words *words, uint32_t word)
{
	size_t len = words_len(words, word);

	if (len < REPAIR_MIN - 1 || len > WORD_LONGEST)
		return false;
	return words_is_meant(words, word) || words_uses(words, word) >= TARGET_USES;
}

struct filling {
	struct repair *repair;
	uint32_t word;
	bool counting;
};

static void put_variant(void *userdata, const char *text, size_t len)
{
	struct filling *f = userdata;
	uint32_t hash = strmap_hash(text, len);
	uint32_t *bucket = &f->repair->buckets[hash & f->repair->mask];

	if (f->counting)
		(*bucket)++;
	else
		f->repair->entries[--*bucket] = (struct entry){hash, f->word};
}

static void put_all(struct repair *repair, bool counting)
{
	for (uint32_t w = 0; w < words_count(repair->words); w++) {
		struct filling f = {repair, w, counting};

		if (is_target(repair->words, w))
			variants(words_text(repair->words, w), words_len(repair->words, w),
				believes_two(words_len(repair->words, w)), put_variant, &f);
	}
}

struct repair *repair_new(
	const struct words *words, const struct spelling *spelling, struct dictionary *dictionary)
{
	struct repair *repair = mem_alloc(1, sizeof(*repair));
	size_t size = 1024;

	repair->words = words;
	repair->spelling = spelling;
	repair->dictionary = dictionary;
	while (size < 8 * words_count(words))
		size *= 2;
	repair->mask = (uint32_t)size - 1;
	repair->standing = mem_alloc(words_count(words), sizeof(*repair->standing));
	repair->buckets = mem_alloc(size + 1, sizeof(*repair->buckets));
	put_all(repair, true);
	/* Each bucket's count becomes its end; filling it downwards leaves its beginning. */
	for (size_t i = 1; i <= size; i++)
		repair->buckets[i] += repair->buckets[i - 1];
	repair->entries = mem_alloc(repair->buckets[size], sizeof(*repair->entries));
	put_all(repair, false);
	return repair;
}

void repair_free(struct repair **repair)
{
	if (!*repair)
		return;
	mem_free((*repair)->entries);
	mem_free((*repair)->buckets);
	mem_free((*repair)->standing);
	mem_free(*repair);
	*repair = NULL;
}

/* --- how far apart two words are --- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters inserted, left out, changed, or two neighbours swapped (optimal string alignment). */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][WORD_LONGEST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b_len; j++)
		last[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t cost = a[i - 1] != b[j - 1];

			row[j] = least(least(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[b_len];
}

static bool same_letters(const char *a, const char *b, size_t len)
{
	int counts[256] = {0};

	for (size_t i = 0; i < len; i++) {
		counts[(unsigned char)a[i]]++;
		counts[(unsigned char)b[i]]--;
	}
	for (size_t i = 0; i < len; i++)
		if (counts[(unsigned char)a[i]])
			return false;
	return true;
}

static bool are_neighbours(char a, char b)
{
	static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
	int ax = -1, ay = -1, bx = -1, by = -1;

	for (int y = 0; y < 3; y++)
		for (int x = 0; rows[y][x]; x++) {
			if (rows[y][x] == a)
				ax = x, ay = y;
			if (rows[y][x] == b)
				bx = x, by = y;
		}
	return ax >= 0 && bx >= 0 && ax - bx <= 1 && bx - ax <= 1 && ay - by <= 1 && by - ay <= 1;
}

/* "helo" for "hello"; meant is longer by one letter. */
static bool lacks_double(const char *typed, size_t len, const char *meant)
{
	size_t i = 0;

	while (i < len && typed[i] == meant[i])
		i++;
	return i > 0 && meant[i] == meant[i - 1] && !memcmp(typed + i, meant + i + 1, len - i);
}

/* Smaller is likelier. */
static int cost_of(
	const struct repair *repair, const char *typed, size_t len, uint32_t word, size_t slips)
{
	const char *meant = words_text(repair->words, word);
	size_t meant_len = words_len(repair->words, word);
	uint32_t uses = words_uses(repair->words, word);
	int cost = (int)slips * 100;

	if (typed[0] != meant[0])
		cost += 40;
	if (len + 1 == meant_len)
		cost -= lacks_double(typed, len, meant) ? 25 : 10;
	if (len == meant_len) {
		if (same_letters(typed, meant, len))
			cost -= 30;
		else
			for (size_t i = 0; i < len; i++)
				if (typed[i] != meant[i] && are_neighbours(typed[i], meant[i]))
					cost -= 10;
	}
	for (uint32_t n = uses; n > 1; n /= 2)
		cost -= 3;
	return cost;
}

/* --- one word --- */

struct search {
	const struct repair *repair;
	const char *typed;
	size_t len, slips_max, least_uses;
	uint32_t best;
	int best_cost;
	uint32_t seen[CANDIDATES_MAX];
	size_t seen_count;
	uint32_t hashes[VARIANTS_MAX]; /* of the word with letters left out */
	size_t hash_count;
};

static bool first_letter_alone(const char *a, const char *b, size_t len)
{
	return a[0] != b[0] && !memcmp(a + 1, b + 1, len - 1);
}

static void weigh(struct search *s, uint32_t word)
{
	const char *meant = words_text(s->repair->words, word);
	size_t meant_len = words_len(s->repair->words, word), slips;
	int cost;

	for (size_t i = 0; i < s->seen_count; i++)
		if (s->seen[i] == word)
			return;
	if (s->seen_count == CANDIDATES_MAX)
		return;
	s->seen[s->seen_count++] = word;
	if (words_uses(s->repair->words, word) < s->least_uses)
		return;
	if (meant_len == s->len && first_letter_alone(s->typed, meant, s->len))
		return;
	slips = distance(s->typed, s->len, meant, meant_len);
	if (slips > s->slips_max)
		return;
	cost = cost_of(s->repair, s->typed, s->len, word, slips);
	if (cost < s->best_cost || (cost == s->best_cost && word < s->best)) {
		s->best = word;
		s->best_cost = cost;
	}
}

/* Memory is far away: all buckets are sent for before the first is looked into. */
static void send_for(void *userdata, const char *text, size_t len)
{
	struct search *s = userdata;
	uint32_t hash = strmap_hash(text, len);

	__builtin_prefetch(&s->repair->buckets[hash & s->repair->mask]);
	s->hashes[s->hash_count++] = hash;
}

static void look(struct search *s, uint32_t hash)
{
	const struct repair *repair = s->repair;
	uint32_t bucket = hash & repair->mask;

	for (uint32_t i = repair->buckets[bucket]; i < repair->buckets[bucket + 1]; i++)
		if (repair->entries[i].hash == hash)
			weigh(s, repair->entries[i].word);
}

/* How often a word must be used that is meant by one that is in the vocabulary too. */
static size_t rarer_by(const struct repair *repair, uint32_t word)
{
	return word == WORD_NONE ? 0 : (size_t)SLIP_RARER * words_uses(repair->words, word);
}

/* Among those that at least so many sentences use. */
static uint32_t nearest_word(
	const struct repair *repair, const char *typed, size_t len, size_t least_uses)
{
	struct search s;

	s.repair = repair;
	s.typed = typed;
	s.len = len;
	s.slips_max = len >= REPAIR_TWO ? 2 : 1;
	s.least_uses = least_uses;
	s.best = WORD_NONE;
	s.best_cost = INT32_MAX;
	s.seen_count = s.hash_count = 0;
	variants(typed, len, believes_two(len), send_for, &s);
	for (size_t i = 0; i < s.hash_count; i++)
		__builtin_prefetch(&repair->entries[repair->buckets[s.hashes[i] & repair->mask]]);
	for (size_t i = 0; i < s.hash_count; i++)
		look(&s, s.hashes[i]);
	return s.best;
}

static bool is_plain(const struct token *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (t->text[i] < 'a' || t->text[i] > 'z')
			return false;
	return true;
}

/* "dose" for "does": a real word, but a swap away from one that is said far more often here. */
static uint32_t frequent_swap(const struct repair *repair, const struct token *t)
{
	char swapped[6];

	if (t->len < 3 || t->len > 5)
		return WORD_NONE;
	for (size_t i = 1; i + 1 < t->len; i++) {
		uint32_t word;

		memcpy(swapped, t->text, t->len);
		swapped[i] = t->text[i + 1];
		swapped[i + 1] = t->text[i];
		word = words_find(repair->words, swapped, t->len);
		if (word != WORD_NONE && words_uses(repair->words, word) >= FREQUENT_USES)
			return word;
	}
	return WORD_NONE;
}

static void become(const struct repair *repair, struct token *t, uint32_t word)
{
	t->typed = t->text;
	t->text = words_text(repair->words, word);
	t->len = (uint32_t)words_len(repair->words, word);
	t->word = word;
}

/* soo -> so, where that is a word. */
static uint32_t undoubled(const struct repair *repair, const struct token *t)
{
	char shorter[WORD_LONGEST];

	for (size_t i = 1; i < t->len; i++) {
		uint32_t word;

		if (t->text[i] != t->text[i - 1])
			continue;
		memcpy(shorter, t->text, i);
		memcpy(shorter + i, t->text + i + 1, t->len - i - 1);
		word = words_find(repair->words, shorter, t->len - 1);
		if (word != WORD_NONE && words_uses(repair->words, word) >= TARGET_USES)
			return word;
	}
	return WORD_NONE;
}

/* *asked: how often that was asked for this message. */
static bool is_real(const struct repair *repair, const struct token *t, unsigned *asked)
{
	return ++*asked > ASKED_MAX || dictionary_knows(repair->dictionary, t->text, t->len);
}

/* machinelearning -> machine learning */
static size_t split_at(const struct repair *repair, const struct token *t)
{
	for (size_t i = t->len - 2; i >= 2; i--) {
		uint32_t left = words_find(repair->words, t->text, i);
		uint32_t right = words_find(repair->words, t->text + i, t->len - i);

		if (left != WORD_NONE && right != WORD_NONE &&
			words_uses(repair->words, left) >= TARGET_USES &&
			words_uses(repair->words, right) >= TARGET_USES &&
			(i >= 4 || t->len - i >= 4))
			return i;
	}
	return 0;
}

struct output {
	struct token *tokens;
	size_t count;
	bool changed;
	unsigned asked; /* words, of the dictionary */
};

static void put(struct output *out, struct token t)
{
	out->tokens[out->count++] = t;
}

/* engi neer -> engineer: neither is a word, together they are. Returns whether b was used up. */
static bool join(
	const struct repair *repair, struct pool *pool, struct token *a, const struct token *b)
{
	char joined[WORD_LONGEST];
	size_t len = a->len + b->len;
	uint32_t word;

	if (len < JOIN_MIN || len > WORD_LONGEST || b->before != MARK_NONE || !is_plain(b) ||
		b->word != WORD_NONE)
		return false;
	memcpy(joined, a->text, a->len);
	memcpy(joined + a->len, b->text, b->len);
	word = words_find(repair->words, joined, len);
	if (word == WORD_NONE || !is_target(repair->words, word))
		return false;
	a->typed = pool_printf(pool, "%s %s", a->text, b->text);
	a->text = words_text(repair->words, word);
	a->len = (uint32_t)words_len(repair->words, word);
	a->word = word;
	return true;
}

static void put_halves(const struct repair *repair, struct pool *pool, const struct token *t,
	size_t at, struct output *out)
{
	struct token left = *t, right = *t;

	left.text = pool_strndup(pool, t->text, at);
	left.len = (uint32_t)at;
	left.word = words_find(repair->words, left.text, left.len);
	left.typed = t->text;
	right.text = pool_strdup(pool, t->text + at);
	right.len = t->len - (uint32_t)at;
	right.word = words_find(repair->words, right.text, right.len);
	right.before = MARK_NONE;
	put(out, left);
	put(out, right);
	out->changed = true;
}

/* The word that was meant, or WORD_NONE; *halves: where two were run together, else 0. The
 * dictionary is asked only where something hangs on it: that costs more than all else. */
static uint32_t meant_by(
	const struct repair *repair, const struct token *t, unsigned *asked, size_t *halves)
{
	uint32_t word = t->len < REPAIR_MIN
				? WORD_NONE
				: nearest_word(repair, t->text, t->len, rarer_by(repair, t->word));
	uint32_t swap = frequent_swap(repair, t);

	if (word != WORD_NONE)
		return is_real(repair, t, asked) ? swap : word;
	if (swap != WORD_NONE)
		return swap;
	word = undoubled(repair, t);
	if (word == WORD_NONE && t->len >= JOIN_MIN)
		*halves = split_at(repair, t);
	if ((word != WORD_NONE || *halves) && is_real(repair, t, asked)) {
		*halves = 0;
		word = WORD_NONE;
	}
	return word;
}

static void mend(const struct repair *repair, struct pool *pool, struct token t, struct output *out)
{
	uint32_t word = WORD_NONE;
	size_t halves = 0;

	if (is_plain(&t) && t.len <= WORD_LONGEST && t.len >= 3)
		word = meant_by(repair, &t, &out->asked, &halves);
	if (halves) {
		put_halves(repair, pool, &t, halves, out);
		return;
	}
	if (word != WORD_NONE) {
		become(repair, &t, word);
		out->changed = true;
	}
	put(out, t);
}

/* What only some sentences of the pack use may be a slip that their writers made. */
static bool is_word(const struct repair *repair, const struct token *t)
{
	unsigned char *standing = &repair->standing[t->word];

	if (t->len < REPAIR_MIN || words_is_meant(repair->words, t->word) ||
		words_uses(repair->words, t->word) >= FREQUENT_USES || !is_plain(t) ||
		t->len > WORD_LONGEST)
		return true;
	if (*standing == STANDING_UNASKED)
		*standing = nearest_word(repair, t->text, t->len, rarer_by(repair, t->word)) ==
					    WORD_NONE
				    ? STANDING_WORD
				    : STANDING_SLIP;
	return *standing == STANDING_WORD;
}

static bool is_settled(const struct repair *repair, const struct token *t)
{
	if (t->word != WORD_NONE && is_word(repair, t))
		return true;
	return spelling_has(repair->spelling, t->text, t->len);
}

void repair_look_up(const struct words *words, struct utterance *u)
{
	for (size_t i = 0; i < u->count; i++)
		u->tokens[i].word = words_find(words, u->tokens[i].text, u->tokens[i].len);
}

void repair_utterance(struct repair *repair, struct pool *pool, struct utterance *u)
{
	struct output out = {0};
	bool unknown = false;

	repair_look_up(repair->words, u);
	for (size_t i = 0; i < u->count; i++)
		unknown |= !is_settled(repair, &u->tokens[i]);
	if (!unknown)
		return;
	out.tokens = pool_alloc(pool, 2 * u->count, sizeof(*out.tokens));
	for (size_t i = 0; i < u->count; i++) {
		struct token t = u->tokens[i];

		if (is_settled(repair, &t)) {
			put(&out, t);
		} else if (i + 1 < u->count && is_plain(&t) &&
			   join(repair, pool, &t, &u->tokens[i + 1])) {
			put(&out, t);
			out.changed = true;
			i++;
		} else {
			mend(repair, pool, t, &out);
		}
	}
	if (!out.changed)
		return;
	u->tokens = out.tokens;
	u->count = out.count;
	utterance_join(u, pool);
}

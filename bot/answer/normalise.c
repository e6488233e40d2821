#include "normalise.h"

#include <utf8proc.h>

#include "pool.h"
#include "spelling.h"
#include "utf8.h"
#include "words.h"

struct scanner {
	const struct spelling *spelling;
	struct pool *pool;
	const char *text;
	size_t len, pos;
	bool shouting; /* all in capitals: capitals tell nothing */
	bool asks;     /* there was a question mark */
	enum mark mark;
	struct token *tokens;
	size_t count, cap;
};

/* --- Unicode --- */

static bool is_ascii(const char *text, size_t len)
{
	uint64_t eight;

	for (; len >= sizeof(eight); text += sizeof(eight), len -= sizeof(eight)) {
		memcpy(&eight, text, sizeof(eight));
		if (eight & UINT64_C(0x8080808080808080))
			return false;
	}
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* NFKC, default-ignorable code points dropped. Bad bytes become U+FFFD first, since utf8proc
 * gives up on them. */
static char *compose(struct pool *pool, const char *text, size_t *len)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
					  UTF8PROC_IGNORE;
	char *clean = pool_alloc(pool, 3 * *len + 1, 1);
	utf8proc_int32_t *wide;
	utf8proc_ssize_t n, room;
	size_t size, used = 0;
	char *out;

	for (size_t i = 0; i < *len; i += size)
		used += utf8_put(clean + used, utf8_next(text + i, *len - i, &size));
	room = utf8proc_decompose((const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)used, NULL, 0,
		options);
	if (room < 0)
		BUG("utf8proc refuses clean UTF-8");
	wide = pool_alloc(pool, (size_t)room + 1, sizeof(*wide));
	n = utf8proc_decompose((const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)used, wide, room,
		options);
	n = utf8proc_normalize_utf32(wide, n, options);
	out = pool_alloc(pool, 4 * (size_t)n + 1, 1);
	used = 0;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		used += utf8_put(out + used, (uint32_t)wide[i]);
	*len = used;
	return out;
}

/* --- what a code point is to us --- */

enum kind { KIND_SPACE, KIND_WORD, KIND_DIGIT, KIND_APOSTROPHE, KIND_COMMA, KIND_STOP, KIND_QUESTION, KIND_SIGN };

static const unsigned char ascii_kinds[0x80] = {
	['a' ... 'z'] = KIND_WORD,
	['A' ... 'Z'] = KIND_WORD,
	['0' ... '9'] = KIND_DIGIT,
	['\''] = KIND_APOSTROPHE,
	['`'] = KIND_APOSTROPHE,
	['?'] = KIND_QUESTION,
	['.'] = KIND_STOP,
	['!'] = KIND_STOP,
	['\n'] = KIND_STOP,
	['\r'] = KIND_STOP,
	[';'] = KIND_STOP,
	[','] = KIND_COMMA,
	[':'] = KIND_COMMA,
	['('] = KIND_COMMA,
	[')'] = KIND_COMMA,
	['['] = KIND_COMMA,
	[']'] = KIND_COMMA,
	['$'] = KIND_SIGN,
	['%'] = KIND_SIGN,
	['='] = KIND_SIGN,
	['&'] = KIND_SIGN,
};

static bool is_plain(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte < 0x80 && (ascii_kinds[byte] == KIND_WORD || ascii_kinds[byte] == KIND_DIGIT);
}

static enum kind kind_of_wide(uint32_t cp)
{
	switch (cp) {
	case 0x2018:
	case 0x2019:
	case 0x00B4:
	case 0x02BC:
		return KIND_APOSTROPHE;
	case 0x061F:
		return KIND_QUESTION;
	case 0x3002:
	case 0x0964:
		return KIND_STOP;
	case 0x2013:
	case 0x2014:
		return KIND_COMMA;
	case 0x20AC:
	case 0xA3:
	case 0x20B9:
		return KIND_SIGN;
	}
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
		return KIND_WORD;
	case UTF8PROC_CATEGORY_SO: /* emoji among them */
		return KIND_COMMA;
	default:
		return KIND_SPACE;
	}
}

static enum kind kind_of(uint32_t cp)
{
	return cp < 0x80 ? (enum kind)ascii_kinds[cp] : kind_of_wide(cp);
}

static uint32_t peek(const struct scanner *s, size_t at, size_t *size)
{
	*size = at < s->len;
	if (at >= s->len || (unsigned char)s->text[at] < 0x80)
		return at < s->len ? (unsigned char)s->text[at] : 0;
	return utf8_next(s->text + at, s->len - at, size);
}

static enum kind kind_at(const struct scanner *s, size_t at)
{
	size_t size;

	return at < s->len ? kind_of(peek(s, at, &size)) : KIND_SPACE;
}

/* --- tokens --- */

/* text: of the pool or the pack, NUL-ended. */
static void put_token(struct scanner *s, const char *text, size_t len)
{
	if (s->count == s->cap) {
		struct token *more = pool_alloc(s->pool, 2 * s->cap + 24, sizeof(*more));

		if (s->count)
			memcpy(more, s->tokens, s->count * sizeof(*more));
		s->tokens = more;
		s->cap = 2 * s->cap + 24;
	}
	s->tokens[s->count] = (struct token){
		.text = text,
		.len = (uint32_t)len,
		.word = WORD_NONE,
		.before = s->count ? s->mark : MARK_NONE,
	};
	s->count++;
	s->mark = MARK_NONE;
}

static void add_token(struct scanner *s, const char *text, size_t len)
{
	put_token(s, pool_strndup(s->pool, text, len), len);
}

/* A meaning from the pack: one or more words. */
static void add_words(struct scanner *s, const char *words)
{
	while (*words) {
		size_t len = strcspn(words, " ");

		if (len)
			add_token(s, words, len);
		words += len + (words[len] == ' ');
	}
}

static char *fold_ascii(struct scanner *s, const char *text, size_t len)
{
	char *out = pool_strndup(s->pool, text, len);

	for (size_t i = 0; i < len; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] + 'a' - 'A');
		else if (out[i] == '`')
			out[i] = '\'';
	return out;
}

/* Folds into pool memory; length may change. */
static char *fold(struct scanner *s, const char *text, size_t len, size_t *folded)
{
	size_t size, used = 0;
	char *out;

	*folded = len;
	if (is_ascii(text, len))
		return fold_ascii(s, text, len);
	out = pool_alloc(s->pool, 4 * len + 1, 1);
	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = utf8_next(text + i, len - i, &size);

		if (kind_of(cp) == KIND_APOSTROPHE)
			out[used++] = '\'';
		else if (cp < 0x80)
			out[used++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp);
		else
			used += utf8_put(out + used, (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp));
	}
	*folded = used;
	/* In lower case an accent may find the letter to join: İ with an acute is í. */
	return is_ascii(out, used) ? out : compose(s->pool, out, folded);
}

/* soooo -> soo: three or more of a letter are emphasis, two may be spelling. */
static size_t squeeze(char *word, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		bool letter = word[i] >= 'a' && word[i] <= 'z';

		if (letter && used >= 2 && word[used - 1] == word[i] && word[used - 2] == word[i])
			continue;
		word[used++] = word[i];
	}
	return used;
}

/* Apostrophes at the end mark nothing: the students' -> the students. Before that there may be
 * endings: can't has a rule of its own; don't is do + n't, and shouldn't've takes two. */
static void add_folded(struct scanner *s, char *word, size_t len)
{
	const char *meant = NULL;
	size_t stem = 0;

	while (len && word[len - 1] == '\'')
		len--;
	if (memchr(word, '\'', len) && !spelling_has(s->spelling, word, len))
		meant = spelling_ending(s->spelling, word, len, &stem);
	if (meant) {
		add_folded(s, word, stem);
		add_words(s, meant);
	} else if (len) {
		word[len] = '\0';
		put_token(s, word, len);
	}
}

static void add_word(struct scanner *s, const char *typed, size_t len)
{
	const char *meant = s->shouting ? NULL : spelling_case(s->spelling, typed, len);
	size_t folded;
	char *word;

	if (meant) {
		add_words(s, meant);
		return;
	}
	word = fold(s, typed, len, &folded);
	add_folded(s, word, squeeze(word, folded));
}

/* U.S. and e.g.: letters with a stop after each are one word, in capitals as if typed so. */
static size_t dotted_end(const struct scanner *s, size_t at, char *letters, size_t max)
{
	size_t n = 0;

	letters[0] = '\0';
	if (at + 1 >= s->len || s->text[at + 1] != '.')
		return 0;
	while (n + 1 < max && kind_at(s, at) == KIND_WORD && at + 1 < s->len &&
		(unsigned char)s->text[at] < 0x80 && s->text[at + 1] == '.') {
		char c = s->text[at];

		letters[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
		at += 2;
	}
	if (n && kind_at(s, at) == KIND_WORD && kind_at(s, at + 1) != KIND_WORD && n + 1 < max &&
		(unsigned char)s->text[at] < 0x80) {
		/* the last may lack its stop: U.S.A */
		char c = s->text[at];

		letters[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
		at++;
	}
	letters[n] = '\0';
	return n >= 2 ? at : 0;
}

static void scan_word(struct scanner *s)
{
	size_t start = s->pos, size, end;
	char letters[12];

	end = dotted_end(s, start, letters, sizeof(letters));
	if (end) {
		bool shouting = s->shouting;

		s->shouting = false;
		add_word(s, letters, strlen(letters));
		s->shouting = shouting;
		s->pos = end;
		return;
	}
	for (;;) {
		uint32_t cp;
		enum kind kind;

		while (s->pos < s->len && is_plain(s->text[s->pos]))
			s->pos++;
		cp = peek(s, s->pos, &size);
		kind = kind_of(cp);
		if (kind == KIND_WORD || kind == KIND_DIGIT) {
			s->pos += size;
		} else if (kind == KIND_APOSTROPHE && s->pos > start) {
			s->pos += size;
		} else if (s->pos > start && (cp == '+' || cp == '#') && s->pos - start <= 2 &&
			   (unsigned char)s->text[start] < 0x80) {
			s->pos++; /* c++, c#, f# */
		} else {
			break;
		}
	}
	add_word(s, s->text + start, s->pos - start);
}

/* 1,300 is 1300, 7.4 stays, $100k and 20% are two words each. */
static void scan_number(struct scanner *s)
{
	char number[32];
	size_t used = 0;

	while (s->pos < s->len && used + 1 < sizeof(number)) {
		char c = s->text[s->pos];
		bool digit_next = kind_at(s, s->pos + 1) == KIND_DIGIT;

		if (kind_at(s, s->pos) == KIND_DIGIT || (kind_at(s, s->pos) == KIND_WORD && (unsigned char)c < 0x80))
			number[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
		else if (c == '.' && digit_next)
			number[used++] = c;
		else if (c != ',' || !digit_next)
			break;
		s->pos++;
	}
	if (number[used - 1] == '.') /* too long a number, cut at its point */
		used--;
	add_token(s, number, used);
}

static bool is_lower(const struct scanner *s, size_t at)
{
	return at < s->len && ((s->text[at] >= 'a' && s->text[at] <= 'z') ||
				      (s->text[at] >= '0' && s->text[at] <= '9'));
}

/* A sign between two words: "maths + Python". */
static bool stands_between_words(const struct scanner *s)
{
	return s->pos >= 2 && s->text[s->pos - 1] == ' ' && kind_at(s, s->pos - 2) == KIND_WORD &&
	       kind_at(s, s->pos + 1) == KIND_SPACE && kind_at(s, s->pos + 2) == KIND_WORD;
}

static void raise_mark(struct scanner *s, enum mark mark)
{
	if (mark > s->mark)
		s->mark = mark;
}

static void scan(struct scanner *s)
{
	while (s->pos < s->len) {
		size_t size;
		uint32_t cp = peek(s, s->pos, &size);

		switch (kind_of(cp)) {
		case KIND_WORD:
			scan_word(s);
			continue;
		case KIND_DIGIT:
			scan_number(s);
			continue;
		case KIND_SIGN:
			if (cp == '&')
				add_token(s, "and", 3);
			else
				add_token(s, s->text + s->pos, size);
			break;
		case KIND_COMMA:
			raise_mark(s, MARK_COMMA);
			break;
		case KIND_STOP:
			/* node.js is no two sentences */
			raise_mark(s, cp == '.' && is_lower(s, s->pos + 1) ? MARK_COMMA : MARK_STOP);
			break;
		case KIND_QUESTION:
			raise_mark(s, MARK_QUESTION);
			s->asks = true;
			break;
		case KIND_SPACE:
			if (cp == '+' && stands_between_words(s))
				add_token(s, "and", 3);
			break;
		case KIND_APOSTROPHE:
			break;
		}
		s->pos += size;
	}
}

static bool is_shouting(const char *text, size_t len)
{
	size_t upper = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] >= 'a' && text[i] <= 'z')
			return false;
		upper += text[i] >= 'A' && text[i] <= 'Z';
	}
	return upper > 8;
}

void utterance_join(struct utterance *u, struct pool *pool)
{
	size_t len = 1, used = 0;
	char *text;

	for (size_t i = 0; i < u->count; i++)
		len += u->tokens[i].len + 1;
	text = pool_alloc(pool, len, 1);
	for (size_t i = 0; i < u->count; i++) {
		struct token *t = &u->tokens[i];

		if (i)
			text[used++] = t->before >= MARK_STOP ? '\n' : ' ';
		t->start = (uint32_t)used;
		memcpy(text + used, t->text, t->len);
		used += t->len;
	}
	u->text = text;
	u->len = used;
}

void normalise(const struct spelling *spelling, struct pool *pool, const char *text, size_t len,
	struct utterance *out)
{
	struct scanner s = {.spelling = spelling, .pool = pool};

	if (len > NORMALISE_MAX)
		len = utf8_floor_word(text, len, NORMALISE_MAX);
	s.text = is_ascii(text, len) ? text : compose(pool, text, &len);
	s.len = len;
	s.shouting = is_shouting(s.text, s.len);
	scan(&s);
	*out = (struct utterance){.count = s.count, .last = s.mark};
	out->tokens = spelling_rewrite(spelling, pool, s.tokens, &out->count);
	out->asks_by_mark = s.asks;
	/* What a rewriting put there is looked up like any other word. */
	for (size_t i = 0; i < out->count; i++)
		out->tokens[i].word = WORD_NONE;
	utterance_join(out, pool);
}

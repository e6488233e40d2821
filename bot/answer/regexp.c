#include "regexp.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "mem.h"

struct regexp {
	pcre2_code *code;
	bool jit_tried;
};

/* One match context and one result block serve all patterns: matches never nest. */
static struct {
	pcre2_match_context *context;
	pcre2_match_data *data;
} shared;

static void make_shared(void)
{
	if (shared.data)
		return;
	shared.context = pcre2_match_context_create(NULL);
	shared.data = pcre2_match_data_create(1, NULL);
	if (!shared.context || !shared.data)
		BUG("PCRE2 has no memory for a match context");
	pcre2_set_match_limit(shared.context, REGEXP_STEPS);
	pcre2_set_depth_limit(shared.context, REGEXP_STEPS);
	pcre2_set_heap_limit(shared.context, REGEXP_HEAP_KIB);
}

struct regexp *regexp_new(
	const char *pattern, size_t len, char *message, size_t size, size_t *offset)
{
	int code;
	PCRE2_SIZE at;
	struct regexp *regex;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, len,
		PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C |
			PCRE2_NO_AUTO_CAPTURE,
		&code, &at, NULL);

	if (!compiled) {
		if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, size) < 0)
			snprintf(message, size, "PCRE2 error %d", code);
		/* Of an unfinished "(*LIMIT_MATCH=2" it is the byte behind the end. */
		*offset = at < len ? at : len;
		return NULL;
	}
	make_shared();
	regex = mem_alloc(1, sizeof(*regex));
	regex->code = compiled;
	return regex;
}

void regexp_free(struct regexp **regex)
{
	if (!*regex)
		return;
	pcre2_code_free((*regex)->code);
	mem_free(*regex);
	*regex = NULL;
}

enum regexp_result regexp_match(
	struct regexp *regex, const char *text, size_t len, size_t *start, size_t *end)
{
	int result;

	if (!regex->jit_tried) {
		regex->jit_tried = true;
		/* Refused where memory may not be both written and run: the interpreter serves. */
		(void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
	}
	result = pcre2_match(regex->code, (PCRE2_SPTR)text, len, 0, PCRE2_NO_UTF_CHECK, shared.data,
		shared.context);
	if (result >= 0) {
		PCRE2_SIZE *vector = pcre2_get_ovector_pointer(shared.data);

		*start = vector[0];
		*end = vector[1];
		return REGEXP_YES;
	}
	return result == PCRE2_ERROR_NOMATCH ? REGEXP_NO : REGEXP_LIMIT;
}

/* --- what must be said --- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Alternatives, quotation, options, looking around, verbs: nothing is evident then. */
static bool is_tricky(const char *pattern, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (pattern[i] == '|' || pattern[i] == 'Q')
			return true;
		if (pattern[i] != '(' || i + 1 == len)
			continue;
		if (pattern[i + 1] == '*')
			return true;
		if (pattern[i + 1] == '?' && (i + 2 == len || pattern[i + 2] != ':'))
			return true;
	}
	return false;
}

/* Whether what stands before may be missing, by the quantifier that stands here. */
static bool is_optional(const char *pattern, size_t len, size_t at)
{
	return at < len && (pattern[at] == '?' || pattern[at] == '*' || pattern[at] == '{');
}

/* Whether a word must end here. */
static bool is_border(const char *pattern, size_t len, size_t at)
{
	if (at < len && pattern[at] == ' ')
		return !is_optional(pattern, len, at + 1);
	return at + 1 < len && pattern[at] == '\\' && pattern[at + 1] == 'b' &&
	       !is_optional(pattern, len, at + 2);
}

/* Behind the class of characters that begins here; the end where that is hard to tell. */
static size_t skip_class(const char *pattern, size_t len, size_t at)
{
	at++;
	at += at < len && pattern[at] == '^';
	at += at < len && pattern[at] == ']'; /* as the first it is one of the characters */
	while (at < len && pattern[at] != ']') {
		if (pattern[at] == '[') /* perhaps [:alpha:] */
			return len;
		at += pattern[at] == '\\' ? 2 : 1;
	}
	return at + 1;
}

/* Behind the braces of a quantifier or a character's code. */
static size_t skip_braces(const char *pattern, size_t len, size_t at)
{
	while (at < len && pattern[at] != '}')
		at++;
	return at + 1;
}

enum { BEGINNING_MIN = 3 }; /* letters; too many words begin with fewer */

/* What the letters from start to end show, where a word must begin with them. */
static struct needed what_is_needed(const char *pattern, size_t len, size_t start, size_t end)
{
	struct needed needed = {pattern + start, end - start, is_border(pattern, len, end)};

	if (needed.len && is_optional(pattern, len, end))
		needed.len--;
	if (!needed.whole && needed.len < BEGINNING_MIN)
		needed.len = 0;
	return needed;
}

size_t regexp_needs(const char *pattern, size_t len, struct needed *out, size_t max)
{
	size_t count = 0, depth = 0, i = is_tricky(pattern, len) ? len : 0;

	while (i < len) {
		char c = pattern[i];
		bool opens = c == ' ' || (c == '\\' && i + 1 < len && pattern[i + 1] == 'b');
		struct needed needed;
		size_t start;

		if (c == '[')
			i = skip_class(pattern, len, i);
		else if (c == '{')
			i = skip_braces(pattern, len, i);
		else
			i += c == '\\' ? 2 : 1;
		depth += c == '(';
		depth -= c == ')' && depth;
		if (!opens)
			continue;
		start = i;
		while (i < len && is_letter(pattern[i]))
			i++;
		needed = what_is_needed(pattern, len, start, i);
		if (!depth && needed.len && count < max)
			out[count++] = needed;
	}
	return count;
}

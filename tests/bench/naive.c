#include "naive.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "buf.h"
#include "mem.h"

struct naive {
	pcre2_code **codes;
	size_t count;
	pcre2_match_data *data;
};

static void put_either(struct buf *out, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_addf(out, "%s%s", i ? "|" : "(?:", words[i]);
	buf_add_str(out, ")");
}

static void put_regex(struct buf *out, const struct made_intent *intent)
{
	buf_add_str(out, "^");
	for (size_t i = 0; i < MADE_CONCEPTS; i++) {
		buf_add_str(out, "(?=.*\\b");
		put_either(out, intent->concepts[i], MADE_WORDS);
		buf_add_str(out, "\\b)");
	}
	if (intent->has_regex)
		buf_addf(out, "|\\b%s\\b.*\\b%ss?\\b", intent->regex[0], intent->regex[1]);
	if (intent->has_say) {
		buf_add_str(out, "|\\b");
		put_either(out, intent->say, 2);
		buf_addf(out, "(?: %s)? ", intent->say[2]);
		put_either(out, intent->concepts[0], MADE_WORDS);
		buf_addf(out, " %s\\b", intent->say[3]);
	}
}

static pcre2_code *compile(const struct buf *regex)
{
	int error;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile(
		(PCRE2_SPTR)regex->data, regex->len, PCRE2_NO_AUTO_CAPTURE, &error, &at, NULL);

	if (!code)
		BUG("a regex made up for measuring does not compile");
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

struct naive *naive_new(const struct corpus *corpus)
{
	struct naive *n = mem_alloc(1, sizeof(*n));
	struct buf regex;

	n->count = corpus_intents(corpus);
	n->codes = mem_alloc(n->count, sizeof(*n->codes));
	n->data = pcre2_match_data_create(1, NULL);
	buf_init(&regex, BUF_LINE);
	for (size_t i = 0; i < n->count; i++) {
		buf_clear(&regex);
		put_regex(&regex, corpus_intent(corpus, i));
		n->codes[i] = compile(&regex);
	}
	buf_release(&regex);
	return n;
}

void naive_free(struct naive **naive)
{
	struct naive *n = *naive;

	if (!n)
		return;
	for (size_t i = 0; i < n->count; i++)
		pcre2_code_free(n->codes[i]);
	pcre2_match_data_free(n->data);
	mem_free(n->codes);
	mem_free(n);
	*naive = NULL;
}

void naive_match(struct naive *n, const char *text, size_t len, bool *fits)
{
	for (size_t i = 0; i < n->count; i++)
		fits[i] = pcre2_match(n->codes[i], (PCRE2_SPTR)text, len, 0, 0, n->data, NULL) >= 0;
}

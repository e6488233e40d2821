/* utterance.h - what was said, as tokens.
 *
 * Layer: answer. Plain data in the message's arena. Marks are what stood
 * between words: they cut an utterance into clauses and sentences.
 */
#ifndef BOT_UTTERANCE_H
#define BOT_UTTERANCE_H

#include "base.h"

enum mark {
	MARK_NONE,
	MARK_COMMA,   /* comma, dash, bracket, emoji: a pause */
	MARK_STOP,    /* a sentence ends, or a line */
	MARK_QUESTION /* … with a question mark */
};

struct token {
	const char *text; /* folded; NUL-ended */
	uint32_t len;
	uint32_t word;     /* its number in the vocabulary, or WORD_NONE */
	enum mark before;  /* what stands between it and the token before */
	const char *typed; /* what it was before repair; NULL: not repaired */
	uint32_t start;    /* byte offset in utterance.text */
};

struct utterance {
	struct token *tokens;
	size_t count;
	enum mark last;   /* what stands behind the last token */
	const char *text; /* the tokens with a space between, a newline for MARK_STOP and _QUESTION:
			   * what the patterns are matched against */
	size_t len;
	bool asks_by_mark; /* there is a question mark anywhere */
};

#endif

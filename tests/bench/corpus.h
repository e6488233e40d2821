/* corpus.h - packs and messages made up to measure the engine with: the same on every machine.
 *
 * Words are shared out by Zipf's law, among patterns and, in an order of its own, among messages:
 * else nearly every message would fit some of ten thousand patterns by chance.
 */
#ifndef TESTS_CORPUS_H
#define TESTS_CORPUS_H

#include "base.h"

enum { MADE_CONCEPTS = 3, MADE_WORDS = 4, MADE_LIKES = 3, MADE_LIKE_WORDS = 6 };

/* An intent: its concepts in any order, and of some intents more. */
struct made_intent {
	const char *concepts[MADE_CONCEPTS][MADE_WORDS];
	const char *regex[2]; /* \bFIRST\b.*\bSECONDs?\b */
	const char *say[4];   /* (FIRST|SECOND) [THIRD] <its first concept> FOURTH */
	bool has_regex, has_say;
	bool has_likes;
	const char *likes[MADE_LIKES][MADE_LIKE_WORDS];
};

struct corpus;

struct corpus *corpus_new(size_t intents);
void corpus_free(struct corpus **corpus);

size_t corpus_intents(const struct corpus *corpus);
const struct made_intent *corpus_intent(const struct corpus *corpus, size_t i);
/* Writes a pack into the folder, which is there and empty. -1 with errno set. */
int corpus_write(const struct corpus *corpus, const char *folder) BOT_MUST_USE;

/* Makes messages, once: of 3 to 40 words, half of them up to 8; three in ten hold a word of each
 * concept of an intent; one word in twenty is in no pattern, half of those a slip of the keyboard. */
void corpus_talk(struct corpus *corpus, size_t messages);
size_t corpus_messages(const struct corpus *corpus);
const char *corpus_message(const struct corpus *corpus, size_t i);

/* Messages that somebody made up to take long. */
enum corpus_hard {
	HARD_SENTENCE,
	HARD_LETTER,
	HARD_BRACKETS,
	HARD_NESTED,
	HARD_VOCABULARY,
	HARD_SLIPS,
	HARD_COUNT
};
const char *corpus_hard_name(enum corpus_hard which);
const char *corpus_hard(struct corpus *corpus, enum corpus_hard which);

#endif

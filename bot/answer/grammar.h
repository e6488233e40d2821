/* grammar.h - concepts: names for all the ways to say one thing.
 *
 * Layer: answer. A concept has phrases; a phrase is a row of elements, each a
 * word, a word's beginning (wage*), up to four words of any kind (a lone *),
 * another concept, or a group: (this|that), and [this|that] which may be
 * missing. Templates and conditions of intents are phrases too, of concepts
 * without a name.
 */
#ifndef BOT_GRAMMAR_H
#define BOT_GRAMMAR_H

#include "problems.h"

struct spelling;
struct words;

enum element_kind { ELEMENT_WORD, ELEMENT_PREFIX, ELEMENT_CONCEPT, ELEMENT_GROUP, ELEMENT_GAP };

struct element {
	enum element_kind kind;
	bool optional;
	uint32_t id; /* of the word, prefix, concept or group */
};

enum { PHRASE_MAX = 24, GAP_WORDS = 4 };

struct phrase {
	uint32_t concept; /* what it is a way to say */
	uint32_t count;
	const struct element *elements;
};

#define CONCEPT_NONE UINT32_MAX

struct grammar;

struct grammar *grammar_new(struct words *words, const struct spelling *spelling);
void grammar_free(struct grammar **grammar);

/* --- building --- */

/* Names are looked up within a scope, one for each pack. */
void grammar_set_scope(struct grammar *grammar, unsigned scope);

/* The concept of that name, declared here or earlier; `at` is where it is first spoken of. */
uint32_t grammar_concept(struct grammar *grammar, const char *name, struct place at);
/* A concept without a name; the same text gives the same concept. */
uint32_t grammar_phrase_concept(struct grammar *grammar, const char *text, size_t len,
	struct place at, struct problems *problems);
/* Adds a way to say it, in the syntax of concepts and templates. Mistakes go to problems. */
void grammar_add(struct grammar *grammar, uint32_t concept, const char *text, size_t len,
	struct place at, struct problems *problems);
/* A word, or if not whole a word's beginning, just as it stands in normalised text. */
struct element grammar_term(struct grammar *grammar, const char *text, size_t len, bool whole);
/* Marks a concept as defined; returns false if it was already, with the earlier place. */
bool grammar_define(struct grammar *grammar, uint32_t concept, struct place at,
	struct place *earlier);
/* A concept that a broken file may define: references to it are no mistakes. */
void grammar_forgive(struct grammar *grammar, const char *name);
/* By default a named concept hides those that stand inside it; this one shall not. */
void grammar_set_transparent(struct grammar *grammar, uint32_t concept);
/* Finds references to what is not there, and circles. Once. */
void grammar_finish(struct grammar *grammar, struct problems *problems);

/* --- looking --- */

size_t grammar_concept_count(const struct grammar *grammar);
size_t grammar_named_count(const struct grammar *grammar);
/* As in the files, without brackets; for a concept without a name, its text. */
const char *grammar_concept_name(const struct grammar *grammar, uint32_t concept);
bool grammar_is_named(const struct grammar *grammar, uint32_t concept);
/* Whether it only bundles others, each phrase of it being one concept: then it says nothing that
 * they don't. */
bool grammar_is_bundle(const struct grammar *grammar, uint32_t concept);
/* Whether a span of it hides the shorter ones inside. */
bool grammar_hides(const struct grammar *grammar, uint32_t concept);

/* How many words, prefixes or concepts there are: ids are below that. */
size_t grammar_ids(const struct grammar *grammar, enum element_kind kind);
const struct words *grammar_words(const struct grammar *grammar);

struct phrase_list {
	const uint32_t *phrases; /* numbers for grammar_phrase() */
	size_t count;
};
size_t grammar_phrase_count(const struct grammar *grammar);
const struct phrase *grammar_phrase(const struct grammar *grammar, uint32_t number);
/* The ways to say a concept, the alternatives of a group. */
struct phrase_list grammar_alternatives(const struct grammar *grammar, uint32_t concept);
bool grammar_is_group(const struct grammar *grammar, uint32_t concept);

enum { GRAMMAR_PREFIXES_MAX = 8 }; /* of one word that are worth knowing */
/* The prefixes that a word begins with: at most max, written to out; returns how many. */
size_t grammar_prefixes(const struct grammar *grammar, const char *text, size_t len,
	uint32_t *out, size_t max);

#endif

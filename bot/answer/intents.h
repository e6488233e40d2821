/* intents.h - how people ask: the intents of the pattern files.
 *
 * Layer: answer. Source: patterns/ of a pack, careerbot-pack(5).
 * Ownership: all text lives as long as the intents; concepts belong to the
 *   grammar they were read into.
 */
#ifndef BOT_INTENTS_H
#define BOT_INTENTS_H

#include "fields.h"
#include "language.h"

struct element;
struct grammar;
struct knowledge;
struct regexp;
struct spelling;

enum pattern_kind { PATTERN_ALL, PATTERN_SAY, PATTERN_REGEX };

struct pattern {
	enum pattern_kind kind;
	uint32_t intent;
	uint32_t *concepts; /* all of them must be there; a template is one */
	size_t concept_count;
	struct regexp *regex;
	struct element *terms; /* words and beginnings without which the regex cannot match */
	size_t term_count;
	const char *text; /* as written */
	struct place at;
};

struct test_line {
	const char *text;
	bool here; /* + must come here, - must not */
	struct place at;
};

struct intent {
	const char *id;
	const char *answer;    /* id of its answer; NULL when uncovered */
	const char *uncovered; /* what to say instead; NULL when there is an answer */
	struct texts nearest;  /* ids of answers, when uncovered */
	bool sure;
	bool lent; /* of the default pack, for want of an own */
	uint32_t *unless;
	size_t unless_count;
	uint32_t *keys;
	size_t key_count;
	struct texts after; /* ids, or salary.* */
	struct texts like;
	struct test_line *tests;
	size_t test_count;
	struct place at;
};

struct intents;

struct intents *intents_new(void);
void intents_free(struct intents **intents);

/* Reads one file's concepts, intents, near and foreign lines. The file's tree was read before. */
void intents_read(struct intents *intents, const struct node *root, struct grammar *grammar,
	struct problems *problems);
/* Only its near lines, its foreign ones, or both. */
void intents_read_negatives(struct intents *intents, const struct node *root, bool near,
	bool foreign, struct problems *problems);
/* The intents that it lends to packs which have no manners of their own; they stand last. */
void intents_read_lent(struct intents *intents, const struct node *root, struct grammar *grammar,
	struct problems *problems);
size_t intents_lent(const struct intents *intents);
/* Once all is read: answers that are not there, sentences that stand twice, tests that teach. */
void intents_check(const struct intents *intents, const struct knowledge *knowledge,
	struct problems *problems);

size_t intents_count(const struct intents *intents);
const struct intent *intents_at(const struct intents *intents, size_t i);
size_t intents_pattern_count(const struct intents *intents);
const struct pattern *intents_pattern(const struct intents *intents, size_t i);
const struct texts *intents_near(const struct intents *intents, size_t *count);
const struct texts *intents_foreign(const struct intents *intents, size_t *count);

/* Whether the id is the one meant, or of the family meant (salary.*). */
bool intents_id_fits(const char *id, const char *meant);

#endif

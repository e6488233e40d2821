/* language.h - what the engine must know of the language people write in.
 *
 * Layer: answer. All of it is data: patterns/words.yaml, careerbot-pack(5).
 */
#ifndef BOT_LANGUAGE_H
#define BOT_LANGUAGE_H

#include "problems.h"

struct grammar;
struct node;
struct pool;
struct spelling;

/* What a word or phrase does in a question. Each is a concept of the grammar. */
enum role {
	ROLE_ASKS_OPENING,  /* opens a question: what, is */
	ROLE_ASKS_ANYWHERE, /* makes a sentence a question: I wonder */
	ROLE_TELLS,         /* opens a sentence that tells: i, they */
	ROLE_JOINS,         /* may join two questions: and, also */
	ROLE_FILLER,        /* says nothing: lol, please */
	ROLE_FUNCTION,      /* words without content: the, of */
	ROLE_SPEAKER,       /* who speaks, not what is asked: as a nurse */
	ROLE_DOMAIN,        /* the subject of the pack is in sight */
	ROLE_SUBJECT,       /* whom or what a question is about */
	ROLE_PLACE,
	ROLE_REFERS,  /* stands for something said before: that, they */
	ROLE_PERSONS, /* … for people: they */
	ROLE_SPOTS,   /* … for a place: there */
	ROLE_LEADS,   /* opens a follow-up: what about */
	ROLE_MORE,    /* tell me more */
	ROLE_SHORTER, /* in short, please */
	ROLE_YES,
	ROLE_NO,
	ROLE_CORRECTS,  /* no, I meant */
	ROLE_DENIES,    /* what comes next is not meant: not */
	ROLE_COMPARES,  /* different from */
	ROLE_SOURCE,    /* says who? */
	ROLE_PICK_LAST, /* the last one */
	ROLE_PICK_NEXT, /* the next one */
	ROLE_PICK_BEFORE, /* the one before that */
	ROLE_PICK_1,    /* the first, to ROLE_PICK_1 + 8, the ninth */
	ROLE_COUNT = ROLE_PICK_1 + 9
};

struct language {
	uint32_t roles[ROLE_COUNT]; /* concepts */
	const char *dictionary;     /* "en_US" */
};

/* Whether its words carry no content: function words, fillers, who speaks, what opens a question.
 */
bool language_is_silent(const struct language *language, uint32_t concept);
void language_init(struct language *language, struct grammar *grammar);
/* Whether the concept is one of the roles, which are declared in a row. */
bool language_is_role(const struct language *language, uint32_t concept);
/* Spelling rules first: every sentence and phrase of the pack is normalised with them. */
void language_read_spelling(struct language *language, const struct node *root,
	struct spelling *spelling, struct pool *pool, struct problems *problems);
/* with_concepts: false for a pack that borrows the language of another, whose concepts it lacks. */
void language_read_roles(struct language *language, const struct node *root,
	struct grammar *grammar, bool with_concepts, struct problems *problems);

#endif

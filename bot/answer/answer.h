/* answer.h - text in, reply out: the whole engine, as any chat program sees it.
 *
 * Layer: answer, on base and text. Knows no XMPP, no database, no time but the
 * one it is handed.
 * Ownership: an engine is immutable once loaded, but for its scratch arena, so
 *   it serves one thread. What a reply points to lives until the next call
 *   with the same engine. Talks belong to the caller and outlive an engine: a
 *   reload swaps the engine and keeps the talks.
 */
#ifndef BOT_ANSWER_H
#define BOT_ANSWER_H

#include "problems.h"

struct clock;

/* --- the engine: one or more packs, loaded whole or not at all --- */

struct answer_options {
	const char *const *packs; /* folders with knowledge/ and patterns/ in them */
	size_t pack_count;
	const char *default_pack; /* lends its voice, near and foreign lines, thresholds and manners
				   * (greetings, help) to packs without their own, and single lines
				   * to a voice that lacks them; NULL: no pack to fall back to */
	const char *dictionary;   /* folder of en_US.aff and en_US.dic; NULL: the system's */
};

struct answer_engine;

/* Loads, compiles and trains. Everything wrong with the files goes to problems, all in one run;
 * NULL when any of it is an error. */
struct answer_engine *answer_engine_load(
	const struct answer_options *options, struct problems *problems) BOT_MUST_USE;
void answer_engine_free(struct answer_engine **engine);

/* Runs the tests that stand beside the patterns; each that fails is an error in problems.
 * Returns how many were run. */
size_t answer_engine_test(struct answer_engine *engine, struct problems *problems);
/* Looks for what is no mistake but will disappoint: warnings in problems. */
void answer_engine_lint(struct answer_engine *engine, struct problems *problems);

struct answer_counts {
	size_t answers, intents, concepts, likes, near, foreign, tests, features;
};
struct answer_counts answer_engine_counts(const struct answer_engine *engine);

/* What can be asked about: the answers that have a section of the source, or all where none has;
 * in the order of the files. */
struct answer_topic {
	const char *id, *title;
	const char *ask; /* a question that leads there */
};
/* Writes at most cap of them; returns how many there are. */
size_t answer_engine_topics(
	const struct answer_engine *engine, struct answer_topic *topics, size_t cap);

/* --- talks: what was said before, per asker and place --- */

struct answer_talks;

/* At most max talks; the one longest silent makes way. A talk is forgotten after silence of
 * max_age_ms. */
struct answer_talks *answer_talks_new(size_t max, int64_t max_age_ms, const struct clock *clock);
void answer_talks_free(struct answer_talks **talks);
/* Forgets one talk, as when its asker wants to be forgotten. */
void answer_talks_forget(struct answer_talks *talks, const char *key);

/* --- asking --- */

enum answer_place {
	ANSWER_DIRECT,   /* the full text */
	ANSWER_ROOM,     /* addressed in a room: the short form */
	ANSWER_OVERHEARD /* said in a room to nobody in particular: a confident answer, or silence
			  */
};

/* What keeps us from saying the same thing twice in a short time: whether a line of the pack may be
 * said, asked of one variant after the other. The first that may is said; where none may, it is the
 * one whose turn it is. */
struct answer_variety {
	bool (*allows)(void *userdata, const char *line);
	void *userdata;
};

enum { ANSWER_IDS_MAX = 4 };

struct answer_ids {
	const char *ids[ANSWER_IDS_MAX];
	size_t count;
};

struct answer_question {
	const char *text; /* as received; any bytes; what is over 4 KiB is cut at a word */
	size_t len;
	enum answer_place place;
	const char *talk;  /* opaque key of asker and place; NULL: no talk */
	const char *elder; /* key of the same asker's talk elsewhere, which this one goes on with
			    * if that was the later one; NULL: none */
	struct answer_ids about; /* which answers it refers to, as a reply to an older message does;
				  * none: to what was said last */
	const struct answer_variety *variety; /* NULL: variants simply take turns */
	bool explain;                         /* fill in reply.explanation */
};

enum answer_outcome {
	ANSWER_ANSWER,    /* ids in answers, their text in text */
	ANSWER_CLARIFY,   /* asks back which of `suggest` is meant */
	ANSWER_SUGGEST,   /* not sure: offers `suggest` */
	ANSWER_UNCOVERED, /* near the subject, but the source does not tell; `nearest` is what it
			     has */
	ANSWER_UNKNOWN,   /* not understood */
	ANSWER_SILENT     /* nothing should be said; text is "" */
};
const char *answer_outcome_name(enum answer_outcome outcome); /* "answer", "clarify", … */

struct answer_candidate {
	const char *id;       /* of the intent */
	double score;         /* 0 to 1: the share of belief, all readings together being 1 */
	struct place at;      /* of its definition */
	const char *evidence; /* the features that spoke for it, in words */
};

struct answer_explanation {
	const char *normalised;
	const char *repairs;                       /* "enginer -> engineer, …" or "" */
	const char *rule;                          /* which rule decided, in words */
	const char *unused;                        /* content words that nothing explained */
	const char *concepts;                      /* what was recognised: "<pay: salary> …" */
	const struct answer_candidate *candidates; /* best first */
	size_t candidate_count;
};

struct answer_reply {
	enum answer_outcome outcome;
	struct answer_ids answers, nearest, suggest;
	const char *text;  /* UTF-8; lines end in '\n' but the last */
	double confidence; /* that the first answer, else the first suggestion, is what was asked;
			    * 0 if there is none */
	const struct answer_explanation *explanation; /* NULL unless asked for */
};

/* Never fails: what cannot be understood has an outcome of its own. talks may be NULL when
 * question->talk is. */
void answer_ask(struct answer_engine *engine, struct answer_talks *talks,
	const struct answer_question *question, struct answer_reply *reply);

/* --- the voice: what the bot says that is no answer --- */

/* A line of knowledge/voice.yaml by name, one of its variants; `turn` chooses, so that the next
 * turn gets another. {word} is replaced by value where both are given. Never NULL: a name that
 * voice.yaml lacks is caught at load. */
const char *answer_voice(struct answer_engine *engine, const char *name, unsigned turn,
	const char *word, const char *value);

#endif

/* engine.h - what the parts of the engine share once the packs are loaded.
 *
 * Layer: answer, private to it; answer.h is what others see.
 */
#ifndef BOT_ENGINE_H
#define BOT_ENGINE_H

#include "answer.h"
#include "feature.h"
#include "intents.h"
#include "knowledge.h"
#include "language.h"
#include "thresholds.h"

struct dictionary;
struct grammar;
struct matcher;
struct model;
struct phrase_index;
struct pool;
struct rarity;
struct repair;
struct spelling;
struct words;

struct answer_engine {
	struct pool *pool;  /* lives as long as the engine */
	struct pool *arena; /* cleared at the beginning of each question */
	struct words *words;
	struct spelling *spelling;
	struct grammar *grammar;
	struct rarity *rarity;
	struct phrase_index *phrases;
	struct language language;
	struct dictionary *dictionary;
	struct repair *repair;
	struct knowledge *knowledge;
	struct intents *intents;
	struct matcher *matcher;
	struct feature_table *features;
	struct model *model; /* NULL: it stepped aside, patterns decide alone */
	struct thresholds thresholds;
	/* Classes of the model: the intents by number, then these two. */
	uint32_t near, foreign, classes;
	size_t likes, nears, foreigns, tests;
	const char **mislaid; /* files beside those of the packs that nobody reads */
	size_t mislaid_count, mislaid_cap;
	const char *pack; /* of the first pack, for messages */
};

/* What somebody wrote, read whole: normalised, repaired, looked up. */
void engine_hear(struct answer_engine *engine, struct pool *pool, const char *text, size_t len,
	struct reading *reading);
/* Chart, clauses and matches of an utterance whose words were looked up. */
void engine_read(struct answer_engine *engine, struct pool *pool, struct utterance *utterance,
	struct reading *reading);
/* Whether the class leads to an answer: an intent that is not uncovered. */
bool engine_is_answer(const struct answer_engine *engine, uint32_t class);

#endif

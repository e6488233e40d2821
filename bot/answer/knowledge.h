/* knowledge.h - what can be answered, and the bot's own voice.
 *
 * Layer: answer. Source: knowledge/ of a pack, careerbot-pack(5).
 * Ownership: all text lives as long as the knowledge.
 */
#ifndef BOT_KNOWLEDGE_H
#define BOT_KNOWLEDGE_H

#include "fields.h"

struct knowledge_answer {
	const char *id;
	const char *title;
	const char *ask;     /* a question that leads here, for suggestions; NULL where none */
	struct texts section; /* where in the source; none for answers about the bot itself */
	const char *source;  /* who said it and when; NULL likewise */
	struct texts brief;  /* `short`: for a room; at least one */
	struct texts whole;  /* `text`: for a direct message; at least one */
	struct texts related, items;
	struct place at;
};

struct knowledge;

struct knowledge *knowledge_new(void);
void knowledge_free(struct knowledge **knowledge);

/* Reads one file; whether it is answers or voice is seen by its keys. The voice is that of the
 * first pack, by number, that has one, in one file of it or several. */
void knowledge_read(
	struct knowledge *knowledge, const char *path, unsigned pack, struct problems *problems);
/* Where the voices stand that are not used. */
const struct place *knowledge_unheard(const struct knowledge *knowledge, size_t *count);
/* Only its voice, and only the lines that are not there yet. */
void knowledge_read_voice(struct knowledge *knowledge, const char *path,
	struct problems *problems);
/* Makes an answer of the voice line that is named as it is, for an intent that is lent. */
void knowledge_lend(struct knowledge *knowledge, const char *id);
/* Once all is read: references that lead nowhere, voice lines that are missing. */
void knowledge_check(struct knowledge *knowledge, struct problems *problems);

size_t knowledge_count(const struct knowledge *knowledge);
const struct knowledge_answer *knowledge_at(const struct knowledge *knowledge, size_t i);
/* NULL where there is no such id. */
const struct knowledge_answer *knowledge_find(const struct knowledge *knowledge, const char *id);

/* Whether there is such an answer, or a file that cannot be read may have it. */
bool knowledge_may_have(const struct knowledge *knowledge, const char *id);

/* "; did you mean pay.india?", or "" where no id is much alike. */
const char *knowledge_meant(const struct knowledge *knowledge, struct pool *pool, const char *id);

/* All variants of a voice line; NULL for a name that is not there. */
const struct texts *knowledge_voice_lines(const struct knowledge *knowledge, const char *name);
/* One of them; turn chooses. "" for a name that is not there. */
const char *knowledge_voice(const struct knowledge *knowledge, const char *name, unsigned turn);
bool knowledge_has_voice(const struct knowledge *knowledge);

#endif

/* archives.h - reading what was said while we were away: our own archive, for
 * direct messages, and that of each room.
 *
 * Layer: xmpp. Every archive by itself, page by page from the oldest message on,
 * no more than a bounded number of pages at once; one that fails is tried again,
 * each time later, from where it failed. What comes is believed only from the
 * archive that was asked, under the id of the question that is open.
 * Source: XEP-0313, XEP-0059.
 */
#ifndef BOT_ARCHIVES_H
#define BOT_ARCHIVES_H

#include "queries.h"
#include "session.h"

struct mam_result;

struct archives_events {
	/* From where to begin; room: NULL for our own. */
	struct chat_mark (*came_back)(void *userdata, const char *room);
	/* One message, in the order of the archive. */
	void (*found)(void *userdata, const char *room, const struct mam_result *result);
	/* After CHAT_ARCHIVE_FAILED it is tried again. */
	void (*ended)(void *userdata, const char *room, enum chat_archive how);
	void *userdata;
};

struct archives;

/* own_jid is borrowed: the account's bare address. */
struct archives *archives_new(const struct wire *wire, struct queries *queries, const char *own_jid,
	const struct archives_events *events, const struct clock *clock,
	const struct chance *chance);
void archives_free(struct archives **archives);

/* Before a room (bare JID in normal form; NULL: our server) lets anything through: from where to
 * read its archive is settled now. What was going on with it is over. */
void archives_expect(struct archives *archives, const char *room);
/* There is one, and nothing is lost between it and what comes by itself from now on: reads it. */
void archives_read(struct archives *archives, const char *room);
/* There is none. */
void archives_none(struct archives *archives, const char *room);
/* Forgets one without a word … */
void archives_forget(struct archives *archives, const char *room);
/* … or all, before their queries are dropped. */
void archives_offline(struct archives *archives);

/* true: the stanza comes, or claims to come, from an archive, and is dealt with. */
bool archives_take(struct archives *archives, xmpp_stanza_t *stanza);

/* Tries again what has failed. */
void archives_tick(struct archives *archives);
/* When archives_tick() should be called again; INT64_MAX: need not be. */
int64_t archives_next_ms(const struct archives *archives);

#endif

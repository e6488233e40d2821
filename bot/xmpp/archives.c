#include "archives.h"

#include "jid.h"
#include "log.h"
#include "mam.h"
#include "mem.h"
#include "ns.h"
#include "pool.h"

enum {
	PAGES_AT_ONCE = 40,   /* two thousand messages … */
	RETRY_MS = 30 * 1000, /* … before a pause, which doubles */
	TRIES_MAX = 7         /* over an hour; then only after the next gap */
};

struct archive {
	char *jid;  /* bare, normal */
	char *room; /* the same; NULL: our own */
	int64_t since_ms;
	char *after;       /* the message to go on behind; NULL: begin at since_ms */
	char query_id[33]; /* of the page that is open; "": none is */
	size_t pages;      /* since the last pause */
	unsigned tries;
	int64_t retry_at;
};

struct archives {
	const struct wire *wire;
	struct queries *queries;
	const char *own_jid;
	struct archives_events events;
	const struct clock *clock;
	const struct chance *chance;
	struct pool *pool; /* of the stanza that is being read */
	struct archive *list;
	size_t count, cap;
};

struct archives *archives_new(const struct wire *wire, struct queries *queries, const char *own_jid,
	const struct archives_events *events, const struct clock *clock,
	const struct chance *chance)
{
	struct archives *archives = mem_alloc(1, sizeof(*archives));

	*archives = (struct archives){.wire = wire,
		.queries = queries,
		.own_jid = own_jid,
		.events = *events,
		.clock = clock,
		.chance = chance,
		.pool = pool_new(1024)};
	return archives;
}

static void archive_release(struct archive *archive)
{
	mem_free(archive->jid);
	mem_free(archive->room);
	mem_free(archive->after);
}

void archives_free(struct archives **archives)
{
	if (!*archives)
		return;
	archives_offline(*archives);
	mem_free((*archives)->list);
	pool_free(&(*archives)->pool);
	mem_free(*archives);
	*archives = NULL;
}

/* --- the list --- */

static struct archive *find(const struct archives *archives, const char *jid)
{
	for (size_t i = 0; i < archives->count; i++)
		if (!strcmp(archives->list[i].jid, jid))
			return &archives->list[i];
	return NULL;
}

static struct archive *find_asked(const struct archives *archives, const char *query_id)
{
	for (size_t i = 0; i < archives->count; i++)
		if (*query_id && !strcmp(archives->list[i].query_id, query_id))
			return &archives->list[i];
	return NULL;
}

static const char *jid_of(const struct archives *archives, const char *room)
{
	return room ? room : archives->own_jid;
}

void archives_forget(struct archives *archives, const char *room)
{
	struct archive *archive = find(archives, jid_of(archives, room));

	if (!archive)
		return;
	archive_release(archive);
	*archive = archives->list[--archives->count];
}

void archives_offline(struct archives *archives)
{
	for (size_t i = 0; i < archives->count; i++)
		archive_release(&archives->list[i]);
	archives->count = 0;
}

void archives_expect(struct archives *archives, const char *room)
{
	struct chat_mark from = archives->events.came_back(archives->events.userdata, room);

	archives_forget(archives, room);
	MEM_GROW(&archives->list, &archives->cap, archives->count + 1);
	archives->list[archives->count++] = (struct archive){
		.jid = mem_strdup(jid_of(archives, room)),
		.room = mem_strdup(room),
		.since_ms = from.since_ms,
		.after = mem_strdup(from.after_id),
		.retry_at = INT64_MAX,
	};
}

/* --- how it ends --- */

/* The archive may be another, or gone, when this returns. */
static void end(struct archives *archives, struct archive *archive, enum chat_archive how)
{
	char *room = mem_strdup(archive->room);

	log_debug("the archive of %s is %s", archive->jid,
		how == CHAT_ARCHIVE_READ ? "read to its end" : "not to be read");
	archives_forget(archives, room);
	archives->events.ended(archives->events.userdata, room, how);
	mem_free(room);
}

void archives_none(struct archives *archives, const char *room)
{
	struct archive *archive = find(archives, jid_of(archives, room));

	if (archive)
		end(archives, archive, CHAT_ARCHIVE_NONE);
}

static void fail(struct archives *archives, struct archive *archive, const char *why)
{
	int64_t pause = (int64_t)RETRY_MS << archive->tries;

	if (++archive->tries == TRIES_MAX) {
		wire_report(archives->wire, LOG_WARN,
			"the archive of %s cannot be read (%s): what was asked there meanwhile is "
			"lost",
			archive->jid, why);
		end(archives, archive, CHAT_ARCHIVE_NONE);
		return;
	}
	wire_report(archives->wire, LOG_WARN, "the archive of %s: %s; next attempt in %lld s",
		archive->jid, why, (long long)pause / 1000);
	archive->pages = 0;
	archive->retry_at = clock_mono_ms(archives->clock) + pause;
	archives->events.ended(archives->events.userdata, archive->room, CHAT_ARCHIVE_FAILED);
}

/* --- pages --- */

static void page_came(void *userdata, const char *query_id, xmpp_stanza_t *answer);

static void ask(struct archives *archives, struct archive *archive)
{
	const struct mam_start start = {archive->after, archive->since_ms};
	xmpp_stanza_t *query;
	xmpp_stanza_t *iq =
		queries_ask(archives->queries, "set", archive->jid, "query", NS_MAM, &query);

	archive->retry_at = INT64_MAX;
	chance_id(archives->chance, archive->query_id);
	mam_fill_query(query, archive->query_id, &start);
	queries_send(
		archives->queries, iq, QUERIES_PATIENCE_MS, archive->query_id, page_came, archives);
}

void archives_read(struct archives *archives, const char *room)
{
	struct archive *archive = find(archives, jid_of(archives, room));

	if (archive && !*archive->query_id)
		ask(archives, archive);
}

/* There is none, or none for us. */
static bool is_for_good(const char *condition)
{
	static const char *const conditions[] = {"feature-not-implemented", "forbidden",
		"not-allowed", "not-authorized", "registration-required", "service-unavailable"};

	for (size_t i = 0; i < ARRAY_LEN(conditions); i++)
		if (!strcmp(condition, conditions[i]))
			return true;
	return false;
}

static void refused(struct archives *archives, struct archive *archive, xmpp_stanza_t *answer)
{
	const char *condition = stanza_condition(archives->pool, answer);

	if (!strcmp(condition, "item-not-found") && archive->after) {
		/* What we read last is no longer in it (XEP-0059 section 2.2). */
		mem_free(archive->after);
		archive->after = NULL;
		ask(archives, archive);
	} else if (is_for_good(condition)) {
		end(archives, archive, CHAT_ARCHIVE_NONE);
	} else {
		fail(archives, archive, condition);
	}
}

static void turn_page(
	struct archives *archives, struct archive *archive, const struct mam_page *page)
{
	bool stands_still = page->last && archive->after && !strcmp(page->last, archive->after);

	if (page->complete || !page->last) {
		end(archives, archive, CHAT_ARCHIVE_READ);
		return;
	}
	mem_free(archive->after);
	archive->after = mem_strdup(page->last);
	if (stands_still)
		fail(archives, archive, "it gives the same page again");
	else if (++archive->pages < PAGES_AT_ONCE)
		ask(archives, archive);
	else
		fail(archives, archive, "there is more in it than is read at once");
}

static void page_came(void *userdata, const char *query_id, xmpp_stanza_t *answer)
{
	struct archives *archives = userdata;
	struct archive *archive = find_asked(archives, query_id);
	struct mam_page page;

	if (!archive)
		return;
	archive->query_id[0] = '\0';
	if (!answer)
		fail(archives, archive, "it does not answer");
	else if (stanza_has_type(answer, "error"))
		refused(archives, archive, answer);
	else if (!mam_read_page(&page, archives->pool, answer))
		fail(archives, archive, "it answers something else");
	else
		turn_page(archives, archive, &page);
	pool_clear(archives->pool);
}

/* --- what is in them --- */

/* Our server may leave `from` out when it speaks for our account. */
static bool is_from(const struct archive *archive, xmpp_stanza_t *stanza)
{
	const char *from = xmpp_stanza_get_from(stanza);

	return from ? jid_is_bare(from) && jid_same_bare(archive->jid, from) : !archive->room;
}

bool archives_take(struct archives *archives, xmpp_stanza_t *stanza)
{
	struct archive *archive;
	struct mam_result result;

	if (!stanza_has(stanza, "result", NS_MAM))
		return false;
	archive = mam_read_result(&result, archives->pool, stanza) && result.query_id
			  ? find_asked(archives, result.query_id)
			  : NULL;
	if (!archive || !is_from(archive, stanza))
		log_debug("passed over a message out of an archive that was not asked");
	else
		archives->events.found(archives->events.userdata, archive->room, &result);
	pool_clear(archives->pool);
	return true;
}

/* --- time --- */

void archives_tick(struct archives *archives)
{
	int64_t now = clock_mono_ms(archives->clock);

	for (size_t i = 0; i < archives->count; i++)
		if (archives->list[i].retry_at <= now)
			ask(archives, &archives->list[i]);
}

int64_t archives_next_ms(const struct archives *archives)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < archives->count; i++)
		if (archives->list[i].retry_at < next)
			next = archives->list[i].retry_at;
	return next;
}

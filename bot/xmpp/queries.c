#include "queries.h"

#include "jid.h"
#include "mem.h"

/* Enough for a start in many rooms; a flood of strangers must not make it grow. */
enum { OPEN_MAX = 256 };

struct query {
	char id[33];
	char *to; /* NULL: our server */
	char *subject;
	int64_t deadline;
	query_done *done;
	void *userdata;
};

struct queries {
	const struct wire *wire;
	const char *own_jid;
	const struct clock *clock;
	const struct chance *chance;
	struct query *open;
	size_t count, cap;
};

struct queries *queries_new(const struct wire *wire, const char *own_jid, const struct clock *clock,
	const struct chance *chance)
{
	struct queries *queries = mem_alloc(1, sizeof(*queries));

	*queries = (struct queries){
		.wire = wire, .own_jid = own_jid, .clock = clock, .chance = chance};
	return queries;
}

static void query_release(struct query *query)
{
	mem_free(query->to);
	mem_free(query->subject);
}

void queries_free(struct queries **queries)
{
	if (!*queries)
		return;
	for (size_t i = 0; i < (*queries)->count; i++)
		query_release(&(*queries)->open[i]);
	mem_free((*queries)->open);
	mem_free(*queries);
	*queries = NULL;
}

xmpp_stanza_t *queries_ask(struct queries *queries, const char *type, const char *to,
	const char *name, const char *ns, xmpp_stanza_t **query)
{
	xmpp_stanza_t *iq = stanza_new(queries->wire->ctx, "iq", NULL);

	stanza_set(iq, "type", type);
	stanza_set(iq, "to", to);
	*query = stanza_add(iq, name, ns);
	return iq;
}

void queries_send(struct queries *queries, xmpp_stanza_t *iq, int64_t patience_ms,
	const char *subject, query_done *done, void *userdata)
{
	struct query *query;

	if (queries->count == OPEN_MAX) {
		xmpp_stanza_release(iq);
		done(userdata, subject, NULL);
		return;
	}
	MEM_GROW(&queries->open, &queries->cap, queries->count + 1);
	query = &queries->open[queries->count++];
	*query = (struct query){
		.to = mem_strdup(xmpp_stanza_get_to(iq)),
		.subject = mem_strdup(subject),
		.deadline = clock_mono_ms(queries->clock) + patience_ms,
		.done = done,
		.userdata = userdata,
	};
	chance_id(queries->chance, query->id);
	xmpp_stanza_set_id(iq, query->id);
	wire_send(queries->wire, iq);
}

/* Takes the question out before its asker hears, who may ask the next one. */
static void finish(struct queries *queries, size_t i, xmpp_stanza_t *answer)
{
	struct query query = queries->open[i];

	queries->open[i] = queries->open[--queries->count];
	query.done(query.userdata, query.subject, answer);
	query_release(&query);
}

/* Our server may answer for itself with our own address, with its own, or with none. */
static bool is_from_server(const struct queries *queries, const char *from)
{
	struct jid own;

	return !from || jid_same_bare(from, queries->own_jid) ||
	       (jid_read(&own, queries->own_jid) && strlen(from) == own.domain_len &&
		       !memcmp(from, own.domain, own.domain_len));
}

static bool answers(const struct queries *queries, const struct query *query, xmpp_stanza_t *iq)
{
	const char *id = xmpp_stanza_get_id(iq), *from = xmpp_stanza_get_from(iq);

	if (!id || strcmp(id, query->id))
		return false;
	if (!query->to)
		return is_from_server(queries, from);
	if (!from)
		return !strcmp(query->to, queries->own_jid);
	return !strcmp(from, query->to);
}

bool queries_answer(struct queries *queries, xmpp_stanza_t *iq)
{
	for (size_t i = 0; i < queries->count; i++)
		if (answers(queries, &queries->open[i], iq)) {
			finish(queries, i, iq);
			return true;
		}
	return false;
}

void queries_tick(struct queries *queries)
{
	int64_t now = clock_mono_ms(queries->clock);

	/* Downwards, since finish() fills the gap with the last one; what is asked anew on the way
	 * has a deadline in the future. */
	for (size_t i = queries->count; i-- > 0;)
		if (i < queries->count && queries->open[i].deadline <= now)
			finish(queries, i, NULL);
}

void queries_drop(struct queries *queries)
{
	/* Those asked on the way are not for this stream: leave them no room to go on for ever. */
	for (size_t left = queries->count; left && queries->count; left--)
		finish(queries, queries->count - 1, NULL);
}

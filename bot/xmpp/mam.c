#include "mam.h"

#include "ns.h"
#include "pool.h"
#include "stamp.h"

static void add_field(xmpp_stanza_t *form, const char *name, const char *type, const char *value)
{
	xmpp_stanza_t *field = stanza_add(form, "field", NULL);

	stanza_set(field, "var", name);
	stanza_set(field, "type", type);
	stanza_add_text(field, "value", NULL, value);
}

void mam_fill_query(xmpp_stanza_t *query, const char *query_id, const struct mam_start *start)
{
	xmpp_stanza_t *form = stanza_add(query, "x", NS_DATA_FORM);
	xmpp_stanza_t *set = stanza_add(query, "set", NS_RSM);
	char stamp[STAMP_SIZE], max[16];

	stanza_set(query, "queryid", query_id);
	stanza_set(form, "type", "submit");
	add_field(form, "FORM_TYPE", "hidden", NS_MAM);
	if (!start->after && stamp_write(stamp, start->since_ms))
		add_field(form, "start", NULL, stamp);
	snprintf(max, sizeof(max), "%d", MAM_PAGE_MAX);
	stanza_add_text(set, "max", NULL, max);
	if (start->after)
		stanza_add_text(set, "after", NULL, start->after);
}

bool mam_read_result(struct mam_result *result, struct pool *pool, xmpp_stanza_t *stanza)
{
	xmpp_stanza_t *found = stanza_child(stanza, "result", NS_MAM);
	xmpp_stanza_t *forwarded = found ? stanza_child(found, "forwarded", NS_FORWARD) : NULL;
	xmpp_stanza_t *message =
		forwarded ? stanza_child(forwarded, "message", XMPP_NS_CLIENT) : NULL;
	xmpp_stanza_t *delay = forwarded ? stanza_child(forwarded, "delay", NS_DELAY) : NULL;
	const char *stamp = delay ? xmpp_stanza_get_attribute(delay, "stamp") : NULL;

	if (!message)
		return false;
	*result = (struct mam_result){
		.query_id = stanza_attribute(pool, found, "queryid"),
		.archive_id = stanza_attribute(pool, found, "id"),
		.message = message,
	};
	if (!stamp || !stamp_read(stamp, &result->sent_ms))
		result->sent_ms = 0;
	return true;
}

bool mam_read_page(struct mam_page *page, struct pool *pool, xmpp_stanza_t *iq)
{
	xmpp_stanza_t *fin = stanza_child(iq, "fin", NS_MAM);
	xmpp_stanza_t *set = fin ? stanza_child(fin, "set", NS_RSM) : NULL;
	xmpp_stanza_t *last = set ? stanza_child(set, "last", NS_RSM) : NULL;
	const char *complete = fin ? xmpp_stanza_get_attribute(fin, "complete") : NULL;
	const char *id = last ? stanza_text(pool, last, MAM_ID_MAX) : "";

	if (!fin)
		return false;
	page->complete = complete && (!strcmp(complete, "true") || !strcmp(complete, "1"));
	page->last = *id ? id : NULL;
	return true;
}

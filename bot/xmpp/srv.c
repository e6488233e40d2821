#include "srv.h"

#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>

enum { LABEL_MAX = 63, TARGET_OFFSET = 6 /* after priority, weight and port */ };

static const char host_chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

bool srv_is_host(const char *name)
{
	if (strlen(name) > SRV_HOST_MAX)
		return false;
	for (;;) {
		size_t label = strspn(name, host_chars);

		if (!label || label > LABEL_MAX)
			return false;
		name += label;
		if (!*name)
			return true;
		if (*name++ != '.')
			return false;
	}
}

/* The target of a record; the empty text: the root of all names. Returns whether it has one. */
static bool read_target(char target[NS_MAXDNAME], const ns_msg *message, const ns_rr *record)
{
	const unsigned char *data = ns_rr_rdata(*record);

	return ns_rr_rdlen(*record) > TARGET_OFFSET &&
	       dn_expand(ns_msg_base(*message), ns_msg_end(*message), data + TARGET_OFFSET, target,
		       NS_MAXDNAME) > 0;
}

static bool read_record(struct srv *srv, const ns_rr *record, const char *target)
{
	const unsigned char *data = ns_rr_rdata(*record);

	srv->priority = (uint16_t)ns_get16(data);
	srv->weight = (uint16_t)ns_get16(data + 2);
	srv->port = (uint16_t)ns_get16(data + 4);
	if (!srv->port || !srv_is_host(target))
		return false;
	memcpy(srv->host, target, strlen(target) + 1);
	return true;
}

enum srv_answer srv_read(struct srv *records, size_t *count, const unsigned char *answer,
	size_t len, bool direct_tls)
{
	char target[NS_MAXDNAME];
	bool refused = false;
	ns_msg message;
	ns_rr record;

	*count = 0;
	if (len > SRV_ANSWER_MAX || ns_initparse(answer, (int)len, &message))
		return SRV_NONE;
	for (int i = 0; i < ns_msg_count(message, ns_s_an) && *count < SRV_MAX; i++) {
		struct srv *srv = &records[*count];

		if (ns_parserr(&message, ns_s_an, i, &record))
			break;
		/* An alias may stand before what it leads to. */
		if (ns_rr_type(record) != ns_t_srv || ns_rr_class(record) != ns_c_in ||
			!read_target(target, &message, &record))
			continue;
		if (!*target)
			refused = true;
		srv->direct_tls = direct_tls;
		*count += read_record(srv, &record, target);
	}
	return *count ? SRV_SOME : refused ? SRV_REFUSED : SRV_NONE;
}

/* Where the first of count records comes from. */
static size_t choose(const struct srv *records, size_t count, const struct chance *chance)
{
	uint32_t sum = 0, mark;
	size_t i = 0;

	for (size_t n = 0; n < count; n++)
		sum += records[n].weight;
	if (!sum)
		return chance_below(chance, (uint32_t)count);
	mark = chance_below(chance, sum + 1);
	for (sum = records[0].weight; sum < mark; sum += records[i].weight)
		i++;
	return i;
}

static bool stands_before(const struct srv *a, const struct srv *b)
{
	if (a->priority != b->priority)
		return a->priority < b->priority;
	/* So that those without weight have their small chance. */
	return !a->weight && b->weight;
}

static void move(struct srv *records, size_t from, size_t to)
{
	struct srv moved = records[from];

	memmove(&records[to + 1], &records[to], (from - to) * sizeof(*records));
	records[to] = moved;
}

static void sort(struct srv *records, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		size_t to = i;

		while (to && stands_before(&records[i], &records[to - 1]))
			to--;
		move(records, i, to);
	}
}

void srv_order(struct srv *records, size_t count, const struct chance *chance)
{
	size_t end;

	sort(records, count);
	for (size_t i = 0; i < count; i++) {
		for (end = i; end < count && records[end].priority == records[i].priority; end++)
			;
		move(records, i + choose(records + i, end - i, chance), i);
	}
}

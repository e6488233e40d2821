#include "dialer.h"

#include "clock.h"
#include "err.h"
#include "log.h"
#include "mem.h"
#include "race.h"

enum {
	TARGETS_MAX = 8,          /* each costs two look-ups */
	SERVICES_MS = 5 * 1000,   /* some routers swallow questions for SRV */
	ADDRESSES_MS = 10 * 1000, /* what DNS has not said by then it doesn't say */
	FIRST_NAMES_MS = 250,     /* how long the first target's addresses are waited for */
	STARTTLS_PORT = 5222,
	DIRECT_TLS_PORT = 5223
};

enum stage { STAGE_IDLE, STAGE_SERVICES, STAGE_RACE, STAGE_OVER };

/* The order is that in which addresses are preferred. */
static const enum resolver_kind families[] = {RESOLVER_IPV6, RESOLVER_IPV4};
static const enum resolver_kind services[] = {RESOLVER_STARTTLS, RESOLVER_DIRECT_TLS};

struct target {
	struct srv at;
	struct resolver_question *questions[ARRAY_LEN(families)]; /* NULL: answered, or not asked */
};

struct dialer {
	const struct resolver *resolver;
	const struct clock *clock;
	const struct chance *chance;
	struct race *race;
	enum stage stage;
	int64_t since;
	enum dialer_tls tls;
	char *name; /* of what was asked for, domain or host */
	struct resolver_question *questions[ARRAY_LEN(services)]; /* as above */
	bool refused[ARRAY_LEN(services)];
	bool unsure; /* one of them was not answered */
	struct srv found[ARRAY_LEN(services) * SRV_MAX];
	size_t found_count;
	struct target targets[TARGETS_MAX];
	size_t target_count;
	struct err err;           /* why there is nobody */
	enum dialer_state failed; /* how that is to be taken */
};

struct dialer *dialer_new(const struct resolver *resolver, const struct race_net *net,
	const struct clock *clock, const struct chance *chance)
{
	struct dialer *dialer = mem_alloc(1, sizeof(*dialer));

	dialer->resolver = resolver;
	dialer->clock = clock;
	dialer->chance = chance;
	dialer->race = race_new(net, clock);
	return dialer;
}

static void drop(struct dialer *dialer, struct resolver_question **questions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		dialer->resolver->drop(dialer->resolver->userdata, &questions[i]);
}

static void drop_names(struct dialer *dialer)
{
	for (size_t i = 0; i < dialer->target_count; i++)
		drop(dialer, dialer->targets[i].questions, ARRAY_LEN(families));
}

void dialer_stop(struct dialer *dialer)
{
	drop(dialer, dialer->questions, ARRAY_LEN(services));
	drop_names(dialer);
	race_clear(dialer->race);
	mem_free(dialer->name);
	dialer->name = NULL;
	dialer->found_count = dialer->target_count = 0;
	dialer->stage = STAGE_IDLE;
}

void dialer_free(struct dialer **dialer)
{
	if (!*dialer)
		return;
	dialer_stop(*dialer);
	race_free(&(*dialer)->race);
	mem_free(*dialer);
	*dialer = NULL;
}

static struct resolver_question *ask(
	struct dialer *dialer, enum resolver_kind kind, const char *name)
{
	return dialer->resolver->ask(dialer->resolver->userdata, kind, name);
}

/* Returns whether the question is out no more, and with an answer. */
static bool take_answer(
	struct dialer *dialer, struct resolver_question **question, struct resolver_answer *answer)
{
	return *question &&
	       dialer->resolver->answered(dialer->resolver->userdata, question, answer);
}

static bool all_answered(struct resolver_question *const *questions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (questions[i])
			return false;
	return true;
}

/* --- from targets to addresses --- */

static void add_address(
	struct dialer *dialer, size_t target, size_t nth, union resolver_address address)
{
	const struct srv *at = &dialer->targets[target].at;

	if (address.any.sa_family == AF_INET6)
		address.v6.sin6_port = htons(at->port);
	else
		address.v4.sin_port = htons(at->port);
	race_add(dialer->race, target, at->priority, nth, &address);
}

/* What the resolver has to say, when there is no address at all to fail. That DNS could not be
 * asked is told before that it knows of nothing. */
static void note_answer(struct dialer *dialer, const char *host, enum resolver_result result)
{
	if (result == RESOLVER_FAILED)
		err_set(&dialer->err, ERR_SYSTEM, "the address of %s could not be looked up", host);
	else if (result == RESOLVER_NOTHING && dialer->err.code != ERR_SYSTEM)
		err_set(&dialer->err, ERR_CLOSED, "%s has no address", host);
}

static void take_addresses(struct dialer *dialer)
{
	struct resolver_answer answer;

	for (size_t t = 0; t < dialer->target_count; t++)
		for (size_t f = 0; f < ARRAY_LEN(families); f++) {
			struct target *target = &dialer->targets[t];

			if (!take_answer(dialer, &target->questions[f], &answer))
				continue;
			note_answer(dialer, target->at.host, answer.result);
			for (size_t i = 0; i < answer.count; i++)
				add_address(dialer, t, i, answer.addresses[i]);
		}
}

static bool names_are_known(const struct dialer *dialer)
{
	for (size_t i = 0; i < dialer->target_count; i++)
		if (!all_answered(dialer->targets[i].questions, ARRAY_LEN(families)))
			return false;
	return true;
}

/* Those that DNS has said nothing about by now. */
static void give_names_up(struct dialer *dialer)
{
	for (size_t t = 0; t < dialer->target_count; t++)
		if (!all_answered(dialer->targets[t].questions, ARRAY_LEN(families)))
			note_answer(dialer, dialer->targets[t].at.host, RESOLVER_FAILED);
	drop_names(dialer);
}

static void begin_race(struct dialer *dialer)
{
	dialer->stage = STAGE_RACE;
	dialer->since = clock_mono_ms(dialer->clock);
	for (size_t t = 0; t < dialer->target_count; t++) {
		struct target *target = &dialer->targets[t];
		union resolver_address address;

		log_debug("to try: %s port %u, %s", target->at.host, target->at.port,
			target->at.direct_tls ? "direct TLS" : "STARTTLS");
		if (resolver_read_address(&address, target->at.host)) {
			add_address(dialer, t, 0, address);
			continue;
		}
		for (size_t f = 0; f < ARRAY_LEN(families); f++)
			target->questions[f] = ask(dialer, families[f], target->at.host);
	}
}

static enum dialer_state give_up(struct dialer *dialer, enum dialer_state how)
{
	const struct err *failure = race_failure(dialer->race);

	if (failure->code)
		dialer->err = *failure;
	if (failure->code && race_count(dialer->race) > 1)
		err_prefix(&dialer->err, "none of the %zu addresses answers; the last was",
			race_count(dialer->race));
	dialer->stage = STAGE_OVER;
	dialer->failed = how;
	return how;
}

static enum dialer_state run_race(struct dialer *dialer, struct dialer_line *line)
{
	int64_t waited = clock_mono_ms(dialer->clock) - dialer->since;
	union resolver_address address;
	size_t winner;

	take_addresses(dialer);
	if (waited >= ADDRESSES_MS)
		give_names_up(dialer);
	if (waited < FIRST_NAMES_MS &&
		!all_answered(dialer->targets[0].questions, ARRAY_LEN(families)))
		return DIALER_BUSY;
	switch (race_poll(dialer->race, &line->fd, &winner, &address)) {
	case RACE_RUNNING:
		return DIALER_BUSY;
	case RACE_LOST:
		return names_are_known(dialer) ? give_up(dialer, DIALER_FAILED) : DIALER_BUSY;
	case RACE_WON:
		break;
	}
	line->host = dialer->targets[winner].at.host;
	line->port = dialer->targets[winner].at.port;
	line->direct_tls = dialer->targets[winner].at.direct_tls;
	race_write_digits(line->address, &address);
	return DIALER_CONNECTED;
}

/* --- from a domain to targets --- */

static void add_target(struct dialer *dialer, const struct srv *at)
{
	if (dialer->target_count < TARGETS_MAX)
		dialer->targets[dialer->target_count++] = (struct target){.at = *at};
}

/* Where it is when nobody says otherwise. */
static void aim_at(struct dialer *dialer, const char *host, uint16_t port)
{
	struct srv at = {.direct_tls = dialer->tls == DIALER_DIRECT_TLS};

	at.port = port ? port : at.direct_tls ? DIRECT_TLS_PORT : STARTTLS_PORT;
	snprintf(at.host, sizeof(at.host), "%s", host);
	add_target(dialer, &at);
}

static bool wants(const struct dialer *dialer, size_t service)
{
	static const enum dialer_tls kinds[] = {DIALER_STARTTLS, DIALER_DIRECT_TLS};

	return dialer->tls == DIALER_ANY_TLS || dialer->tls == kinds[service];
}

static bool take_services(struct dialer *dialer)
{
	struct resolver_answer answer;

	for (size_t s = 0; s < ARRAY_LEN(services); s++) {
		if (!take_answer(dialer, &dialer->questions[s], &answer))
			continue;
		dialer->refused[s] = answer.result == RESOLVER_REFUSED;
		dialer->unsure |= answer.result == RESOLVER_FAILED;
		memcpy(&dialer->found[dialer->found_count], answer.services,
			answer.count * sizeof(*answer.services));
		dialer->found_count += answer.count;
	}
	return all_answered(dialer->questions, ARRAY_LEN(services));
}

static enum dialer_state find_services(struct dialer *dialer)
{
	size_t usual = dialer->tls == DIALER_DIRECT_TLS;

	if (!take_services(dialer)) {
		if (clock_mono_ms(dialer->clock) - dialer->since < SERVICES_MS)
			return DIALER_BUSY;
		dialer->unsure = true;
	}
	drop(dialer, dialer->questions, ARRAY_LEN(services));
	srv_order(dialer->found, dialer->found_count, dialer->chance);
	for (size_t i = 0; i < dialer->found_count; i++)
		add_target(dialer, &dialer->found[i]);
	if (!dialer->found_count && dialer->refused[usual]) {
		err_set(&dialer->err, ERR_REFUSED,
			"DNS says that %s offers no XMPP%s: name its `host`, if that is wrong",
			dialer->name, usual ? " with direct TLS" : "");
		return give_up(dialer, dialer->unsure ? DIALER_FAILED : DIALER_DENIED);
	}
	if (!dialer->found_count)
		aim_at(dialer, dialer->name, 0);
	begin_race(dialer);
	return DIALER_BUSY;
}

static void ask_for_services(struct dialer *dialer)
{
	dialer->stage = STAGE_SERVICES;
	dialer->unsure = false;
	dialer->since = clock_mono_ms(dialer->clock);
	for (size_t s = 0; s < ARRAY_LEN(services); s++) {
		dialer->refused[s] = false;
		if (wants(dialer, s))
			dialer->questions[s] = ask(dialer, services[s], dialer->name);
	}
}

void dialer_begin(struct dialer *dialer, const char *domain, const char *host, uint16_t port,
	enum dialer_tls tls)
{
	const char *name = host ? host : domain;
	union resolver_address address;
	bool is_address = resolver_read_address(&address, name);

	dialer_stop(dialer);
	dialer->name = mem_strdup(name);
	dialer->tls = tls;
	err_set(&dialer->err, ERR_CLOSED, "%s has no address", name);
	if (!is_address && !srv_is_host(name)) {
		err_set(&dialer->err, ERR_INPUT,
			"\"%s\" is no name that DNS knows: name the server's `host`", name);
		give_up(dialer, DIALER_DENIED);
	} else if (host || is_address) {
		aim_at(dialer, name, host ? port : 0);
		begin_race(dialer);
	} else {
		ask_for_services(dialer);
	}
}

enum dialer_state dialer_poll(struct dialer *dialer, struct dialer_line *line, struct err *err)
{
	enum dialer_state state = dialer->failed;

	switch (dialer->stage) {
	case STAGE_IDLE:
		BUG("nobody has been dialled");
	case STAGE_SERVICES:
		state = find_services(dialer);
		break;
	case STAGE_RACE:
		state = run_race(dialer, line);
		break;
	case STAGE_OVER:
		break;
	}
	if (state == DIALER_FAILED || state == DIALER_DENIED)
		*err = dialer->err;
	return state;
}

size_t dialer_left(const struct dialer *dialer)
{
	size_t left = race_left(dialer->race);

	for (size_t t = 0; t < dialer->target_count; t++)
		for (size_t f = 0; f < ARRAY_LEN(families); f++)
			left += dialer->targets[t].questions[f] != NULL;
	return left;
}

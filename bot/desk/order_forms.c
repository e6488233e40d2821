/* Orders given by the forms of a client. */
#include "order.h"

#include "desk_inner.h"

enum { BLANKS_MAX = 3, CHOICES_MAX = 200 };

#define FORM_TYPE_PREFIX "urn:x-careerbot:"

/* A blank of a form; its label is a line of the voice. */
struct blank {
	const char *name;
	enum form_kind kind;
	const char *label;
	bool required;
};

/* The form in which an order is given; its name is a line of the voice. Without a blank it is
 * obeyed at once. */
static const struct blueprint {
	const char *node;
	enum order_kind kind;
	const char *name;
	struct blank blanks[BLANKS_MAX];
} blueprints[] = {
	{"ask", ORDER_ASK, "command-ask", {{"question", FORM_LINE, "form-question", true}}},
	{"topics", ORDER_TOPICS, "command-topics", {{"topic", FORM_CHOICE, "form-topic", true}}},
	{"about", ORDER_ABOUT, "command-about", {{0}}},
	{"privacy", ORDER_PRIVACY, "command-privacy",
		{{"stored", FORM_WORDS, NULL, false}, {"erase", FORM_YES_NO, "form-erase", false}}},
	{"join", ORDER_JOIN, "command-join",
		{{"room", FORM_ADDRESS, "form-room", true}, {"nick", FORM_LINE, "form-nick", false},
			{"password", FORM_SECRET, "form-password", false}}},
	{"leave", ORDER_LEAVE, "command-leave", {{"room", FORM_CHOICE, "form-room", true}}},
	{"rooms", ORDER_ROOMS, "command-rooms", {{0}}},
	{"say", ORDER_SAY, "command-say",
		{{"room", FORM_CHOICE, "form-room", true},
			{"text", FORM_LINES, "form-text", true}}},
	{"block", ORDER_BLOCK, "command-block", {{"address", FORM_ADDRESS, "form-address", true}}},
	{"report", ORDER_REPORT, "command-report",
		{{"address", FORM_ADDRESS, "form-address", true}}},
	{"unblock", ORDER_UNBLOCK, "command-unblock",
		{{"address", FORM_ADDRESS, "form-address", true}}},
	{"status", ORDER_STATUS, "command-status", {{0}}},
	{"reload", ORDER_RELOAD, "command-reload", {{0}}},
};

/* One step on its way. */
struct step {
	struct desk *desk;
	struct turn turn;
	const struct blueprint *blueprint;
	const struct adhoc_call *call;
	struct pool *pool;
	struct adhoc_answer *answer;
};

/* --- who may what --- */

static bool may_run(
	struct desk *desk, const struct chat_message *who, const struct blueprint *blueprint)
{
	if (desk_ignores(desk, who))
		return false;
	return !order_is_for_admins(blueprint->kind) ||
	       (desk->powers.join && desk_is_admin(desk, who));
}

static const struct blueprint *find_blueprint(const char *node)
{
	for (size_t i = 0; i < ARRAY_LEN(blueprints); i++)
		if (!strcmp(blueprints[i].node, node))
			return &blueprints[i];
	return NULL;
}

/* A line of the voice, in pool. */
static const char *voice(struct desk *desk, struct pool *pool, const char *name)
{
	const char *line = answer_voice(desk->engine, name, 0, NULL, NULL);

	return pool_strndup(pool, line, strcspn(line, "\n"));
}

size_t desk_commands(struct desk *desk, const struct chat_message *who, struct pool *pool,
	const struct adhoc_command **commands)
{
	struct adhoc_command *list = pool_alloc(pool, ARRAY_LEN(blueprints), sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(blueprints); i++)
		if (may_run(desk, who, &blueprints[i]))
			list[count++] = (struct adhoc_command){
				blueprints[i].node, voice(desk, pool, blueprints[i].name)};
	*commands = list;
	return count;
}

enum adhoc_access desk_command_access(
	struct desk *desk, const struct chat_message *who, const char *node)
{
	const struct blueprint *blueprint = find_blueprint(node);

	if (!blueprint)
		return ADHOC_UNKNOWN;
	return may_run(desk, who, blueprint) ? ADHOC_ALLOWED : ADHOC_FORBIDDEN;
}

/* --- forms --- */

static struct form_option *new_options(
	const struct step *step, struct form_field *field, size_t count)
{
	struct form_option *options = pool_alloc(step->pool, count, sizeof(*options));

	field->options = options;
	field->option_count = count;
	return options;
}

static void offer_topics(const struct step *step, struct form_field *field)
{
	struct answer_topic topics[CHOICES_MAX];
	size_t count = answer_engine_topics(step->desk->engine, topics, CHOICES_MAX);
	struct form_option *options;

	if (count > CHOICES_MAX)
		count = CHOICES_MAX;
	options = new_options(step, field, count);
	for (size_t i = 0; i < count; i++)
		options[i] = (struct form_option){pool_strdup(step->pool, topics[i].title),
			pool_strdup(step->pool, topics[i].id)};
}

static void offer_rooms(const struct step *step, struct form_field *field)
{
	const struct desk_powers *powers = &step->desk->powers;
	const struct chat_seat *seats;
	size_t count = powers->seats(powers->userdata, step->pool, &seats);
	struct form_option *options = new_options(step, field, count);

	for (size_t i = 0; i < count; i++)
		options[i] = (struct form_option){seats[i].jid, seats[i].jid};
}

/* What stands in it before anybody writes. */
static void fill_in(struct step *step, const struct blank *blank, struct form_field *field)
{
	const struct order stored = {.kind = ORDER_PRIVACY};
	struct buf words;

	switch (blank->kind) {
	case FORM_CHOICE:
		if (step->blueprint->kind == ORDER_TOPICS)
			offer_topics(step, field);
		else
			offer_rooms(step, field);
		break;
	case FORM_WORDS:
		buf_init(&words, BUF_REPLY);
		(void)order_obey(step->desk, &step->turn, &stored, &words);
		field->value = pool_strdup(step->pool, words.data);
		buf_release(&words);
		break;
	case FORM_YES_NO:
		field->value = "0";
		break;
	default:
		break;
	}
}

static const char *form_type(const struct step *step)
{
	return pool_printf(step->pool, FORM_TYPE_PREFIX "%s", step->blueprint->node);
}

static void note(struct step *step, enum adhoc_note kind, const char *words)
{
	size_t len = strlen(words);

	while (len && (words[len - 1] == '\n' || words[len - 1] == ' '))
		len--;
	step->answer->note = kind;
	step->answer->words = pool_strndup(step->pool, words, len);
}

static void show_blanks(struct step *step)
{
	const struct blueprint *blueprint = step->blueprint;
	struct adhoc_answer *answer = step->answer;
	struct form *form = &answer->form;

	*form = (struct form){.type = form_type(step),
		.title = voice(step->desk, step->pool, blueprint->name),
		.fields = pool_alloc(step->pool, BLANKS_MAX, sizeof(*form->fields))};
	for (const struct blank *blank = blueprint->blanks;
		form->field_count < BLANKS_MAX && blank->name; blank++) {
		struct form_field *field = &form->fields[form->field_count++];

		*field = (struct form_field){.kind = blank->kind,
			.name = blank->name,
			.label = blank->label ? voice(step->desk, step->pool, blank->label) : NULL,
			.required = blank->required};
		fill_in(step, blank, field);
	}
	answer->outcome = ADHOC_ASKS;
	answer->stage = 0;
	answer->has_next = blueprint->kind == ORDER_TOPICS;
	answer->can_complete = true;
}

/* The first form, unless there is nothing to choose from in it. */
static void begin(struct step *step)
{
	const struct form_field *first;

	show_blanks(step);
	first = step->answer->form.fields;
	if (first->kind != FORM_CHOICE || first->option_count)
		return;
	*step->answer = (struct adhoc_answer){.outcome = ADHOC_DONE};
	note(step, ADHOC_INFO, voice(step->desk, step->pool, "rooms-none"));
}

/* Several lines, and answers, are easier to read in a form. label NULL: the command's name. */
static void show_words(struct step *step, const char *label, const char *words)
{
	struct form_field *field = pool_alloc(step->pool, 1, sizeof(*field));

	*field = (struct form_field){.kind = FORM_WORDS,
		.name = "answer",
		.label = label ? label : voice(step->desk, step->pool, step->blueprint->name),
		.value = pool_strdup(step->pool, words)};
	step->answer->form = (struct form){.type = form_type(step),
		.title = voice(step->desk, step->pool, step->blueprint->name),
		.fields = field,
		.field_count = 1};
}

/* --- obeying --- */

static const char *value(const struct step *step, const char *name)
{
	return form_value(&step->call->values, name);
}

static bool is_filled_in(const struct step *step)
{
	const struct blank *blank = step->blueprint->blanks;

	for (size_t i = 0; i < BLANKS_MAX; i++)
		if (blank[i].required && !value(step, blank[i].name))
			return false;
	return true;
}

static const char *question_of(const struct step *step)
{
	struct answer_topic topics[CHOICES_MAX];
	size_t count = answer_engine_topics(step->desk->engine, topics, CHOICES_MAX);

	for (size_t i = 0; i < count && i < CHOICES_MAX; i++)
		if (!strcmp(topics[i].id, value(step, "topic")))
			return pool_strdup(step->pool, topics[i].ask);
	return NULL;
}

/* false: it was filled in with what cannot be chosen. */
static bool read_order(const struct step *step, struct order *order)
{
	const char *room = value(step, "room"), *text = value(step, "text");

	*order = (struct order){
		.kind = step->blueprint->kind,
		.address = room ? room : value(step, "address"),
		.nick = value(step, "nick"),
		.password = value(step, "password"),
		.text = text ? text : value(step, "question"),
	};
	if (order->kind != ORDER_TOPICS)
		return true;
	order->kind = ORDER_ASK;
	order->text = question_of(step);
	return order->text;
}

static bool is_yes(const char *text)
{
	return text && (!strcmp(text, "1") || !strcmp(text, "true"));
}

/* Obeys, and shows what there is to say. */
static void obey(struct step *step)
{
	struct adhoc_answer *answer = step->answer;
	struct order order;
	struct buf reply;
	bool well;

	if (!is_filled_in(step) || !read_order(step, &order)) {
		answer->outcome = ADHOC_INCOMPLETE;
		return;
	}
	buf_init(&reply, BUF_REPLY);
	if (order.kind == ORDER_PRIVACY && !is_yes(value(step, "erase"))) {
		order_say(step->desk, &reply, "privacy-kept", NULL, 0);
		well = true;
	} else {
		if (order.kind == ORDER_PRIVACY)
			order.kind = ORDER_FORGET;
		well = order_obey(step->desk, &step->turn, &order, &reply);
		rate_take(step->desk->rate, &step->turn.asker, NULL, step->turn.now);
	}
	if (!well && step->blueprint->blanks[0].name)
		show_blanks(step);
	if (!well)
		note(step, ADHOC_ERROR, reply.data);
	else if (order.kind == ORDER_ASK)
		show_words(step, voice(step->desk, step->pool, "form-answer"), reply.data);
	else if (strchr(reply.data, '\n'))
		show_words(step, NULL, reply.data);
	else
		note(step, ADHOC_INFO, reply.data);
	buf_release(&reply);
}

static bool is_too_fast(const struct step *step)
{
	const struct turn *turn = &step->turn;

	return !order_is_for_admins(step->blueprint->kind) &&
	       rate_ask(step->desk->rate, &turn->asker, NULL, turn->now) != RATE_WELL;
}

static void slow_down(struct step *step)
{
	if (step->blueprint->blanks[0].name)
		show_blanks(step);
	note(step, ADHOC_WARN, voice(step->desk, step->pool, "too-fast"));
}

/* An answer that one can go back from, to choose another topic. */
static void show_topic(struct step *step)
{
	struct adhoc_answer *answer = step->answer;

	obey(step);
	if (answer->outcome != ADHOC_DONE)
		return;
	answer->outcome = ADHOC_ASKS;
	answer->stage = 1;
	answer->can_complete = true;
}

void desk_command_run(struct desk *desk, const struct adhoc_call *call, struct pool *pool,
	struct adhoc_answer *answer)
{
	struct step step = {.desk = desk,
		.blueprint = find_blueprint(call->node),
		.call = call,
		.pool = pool,
		.answer = answer};
	bool has_blanks = step.blueprint->blanks[0].name;

	pool_clear(desk->pool);
	step.turn = turn_of(desk, call->who);
	/* It is no message, and moves no mark in an archive. */
	step.turn.seen = (struct journal_message){0};
	if (is_too_fast(&step))
		slow_down(&step);
	else if (has_blanks && !call->completes && call->stage == 0)
		begin(&step);
	else if (call->completes && call->stage == 2)
		; /* the answer was shown already */
	else if (has_blanks && !call->completes)
		show_topic(&step);
	else
		obey(&step);
}

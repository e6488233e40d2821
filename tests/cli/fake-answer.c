#include "fake-answer.h"

#include "mem.h"

struct fake_answer fake_answer;

struct answer_engine {
	bool doubtful, failing;
	char text[64];
};

struct answer_talks {
	unsigned turns;
};

static const struct place somewhere = {"patterns/pay.yaml", 12, 3};

struct answer_engine *answer_engine_load(
	const struct answer_options *options, struct problems *problems)
{
	struct answer_engine *engine = mem_alloc(1, sizeof(*engine));
	bool broken = false;

	memset(fake_answer.packs, 0, sizeof(fake_answer.packs));
	for (size_t i = 0; i < options->pack_count; i++) {
		size_t len = strlen(fake_answer.packs);

		snprintf(fake_answer.packs + len, sizeof(fake_answer.packs) - len, "%s%s",
			i ? " " : "", options->packs[i]);
		broken |= !strcmp(options->packs[i], "broken");
		engine->doubtful |= !strcmp(options->packs[i], "doubtful");
		engine->failing |= !strcmp(options->packs[i], "failing");
	}
	snprintf(fake_answer.default_pack, sizeof(fake_answer.default_pack), "%s",
		options->default_pack ? options->default_pack : "none");
	if (broken) {
		problems_add(problems, PROBLEM_ERROR, somewhere, "there is no concept <pya>");
		problems_add(problems, PROBLEM_ERROR, somewhere, "there is no concept <inda>");
		mem_free(engine);
		return NULL;
	}
	fake_answer.engines++;
	return engine;
}

void answer_engine_free(struct answer_engine **engine)
{
	if (*engine)
		fake_answer.engines--;
	mem_free(*engine);
	*engine = NULL;
}

size_t answer_engine_test(struct answer_engine *engine, struct problems *problems)
{
	if (engine->failing)
		problems_add(problems, PROBLEM_ERROR, somewhere, "`what's the pay` goes elsewhere");
	return 7;
}

void answer_engine_lint(struct answer_engine *engine, struct problems *problems)
{
	if (engine->doubtful)
		problems_add(
			problems, PROBLEM_WARNING, somewhere, "this pattern has no index word");
}

struct answer_counts answer_engine_counts(const struct answer_engine *engine)
{
	(void)engine;
	return (struct answer_counts){.answers = 61, .intents = 70};
}

struct answer_talks *answer_talks_new(size_t max, int64_t max_age_ms, const struct clock *clock)
{
	(void)max, (void)max_age_ms, (void)clock;
	fake_answer.talks++;
	return mem_alloc(1, sizeof(struct answer_talks));
}

void answer_talks_free(struct answer_talks **talks)
{
	if (*talks)
		fake_answer.talks--;
	mem_free(*talks);
	*talks = NULL;
}

void answer_talks_forget(struct answer_talks *talks, const char *key)
{
	(void)key;
	talks->turns = 0;
}

static bool begins(const struct answer_question *question, const char *word)
{
	return question->len >= strlen(word) && !memcmp(question->text, word, strlen(word));
}

static const struct answer_candidate candidates[] = {
	{"salary.india", 0.928, {"patterns/pay.yaml", 12, 3}, "<pay: pay> <india: india>"},
	{"salary.us", 0.051, {"patterns/pay.yaml", 40, 3}, "<pay: pay>"},
	{"(foreign)", 0.021, {"somewhere", 0, 0}, ""},
};
static const struct answer_explanation explanation = {
	.normalised = "pay in india",
	.repairs = "indai -> india, pyy -> pay",
	.rule = "one reading stands out",
	.unused = "monthly really",
	.concepts = "<pay: pay> <india: india>",
	.candidates = candidates,
	.candidate_count = ARRAY_LEN(candidates),
};

void answer_ask(struct answer_engine *engine, struct answer_talks *talks,
	const struct answer_question *question, struct answer_reply *reply)
{
	fake_answer.place = question->place;
	*reply = (struct answer_reply){.outcome = ANSWER_UNKNOWN, .text = "Pardon?"};
	if (begins(question, "pay")) {
		reply->outcome = ANSWER_ANSWER;
		reply->answers = (struct answer_ids){{"salary.india"}, 1};
		reply->text = "Between this\nand \"that\".";
		reply->confidence = 0.928;
	} else if (begins(question, "or")) {
		reply->outcome = ANSWER_CLARIFY;
		reply->suggest = (struct answer_ids){{"salary.us", "salary.india"}, 2};
		reply->text = "This or that?";
		reply->confidence = 0.5;
	} else if (begins(question, "uncovered")) {
		reply->outcome = ANSWER_UNCOVERED;
		reply->nearest = (struct answer_ids){{"salary.us"}, 1};
		reply->text = "That is not told.";
	} else if (begins(question, "silent")) {
		reply->outcome = ANSWER_SILENT;
		reply->text = "";
	} else if (begins(question, "again")) {
		snprintf(engine->text, sizeof(engine->text), "%u before",
			question->talk ? talks->turns : 0);
		reply->text = engine->text;
	}
	if (question->talk)
		talks->turns++;
	if (question->explain)
		reply->explanation = &explanation;
}

const char *answer_outcome_name(enum answer_outcome outcome)
{
	static const char *const names[] = {
		"answer", "clarify", "suggest", "uncovered", "unknown", "silent"};

	return names[outcome];
}

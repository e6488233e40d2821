#include "fake-answer.h"

#include "base.h"

struct fake_asked fake_asked;

struct answer_engine {
	char text[4000];
};

struct answer_engine *fake_engine(void)
{
	static struct answer_engine engine;

	fake_asked = (struct fake_asked){0};
	return &engine;
}

const char *answer_outcome_name(enum answer_outcome outcome)
{
	static const char *const names[] = {
		"answer", "clarify", "suggest", "uncovered", "unknown", "silent"};

	return names[outcome];
}

void answer_talks_forget(struct answer_talks *talks, const char *key)
{
	(void)talks;
	snprintf(fake_asked.forgotten, sizeof(fake_asked.forgotten), "%s", key);
}

static const char *long_text(struct answer_engine *engine)
{
	size_t len = 0;

	for (int line = 1; line <= 20; line++)
		len += (size_t)snprintf(engine->text + len, sizeof(engine->text) - len, "%sline %d",
			line > 1 ? "\n" : "", line);
	return engine->text;
}

/* The first of two that may be said. */
static const char *variant(
	const struct answer_question *question, const char *one, const char *other)
{
	const struct answer_variety *variety = question->variety;

	if (!variety || variety->allows(variety->userdata, one))
		return one;
	return variety->allows(variety->userdata, other) ? other : one;
}

static bool begins(const char *text, const char *word)
{
	return !strncmp(text, word, strlen(word));
}

void answer_ask(struct answer_engine *engine, struct answer_talks *talks,
	const struct answer_question *question, struct answer_reply *reply)
{
	(void)talks;
	fake_asked.count++;
	snprintf(fake_asked.text, sizeof(fake_asked.text), "%s", question->text);
	snprintf(fake_asked.talk, sizeof(fake_asked.talk), "%s",
		question->talk ? question->talk : "");
	snprintf(fake_asked.elder, sizeof(fake_asked.elder), "%s",
		question->elder ? question->elder : "");
	fake_asked.place = question->place;
	fake_asked.about[0] = '\0';
	for (size_t i = 0; i < question->about.count; i++)
		snprintf(fake_asked.about + strlen(fake_asked.about),
			sizeof(fake_asked.about) - strlen(fake_asked.about), "%s ",
			question->about.ids[i]);
	*reply = (struct answer_reply){.outcome = ANSWER_ANSWER, .confidence = 0.9};
	reply->answers = (struct answer_ids){.ids = {"salary.overview", "why.pay"}, .count = 2};
	if (begins(question->text, "pay")) {
		reply->text = "The pay is good.";
		return;
	}
	if (question->place == ANSWER_OVERHEARD || begins(question->text, "hm"))
		*reply = (struct answer_reply){.outcome = ANSWER_SILENT, .text = ""};
	else if (begins(question->text, "long"))
		reply->text = long_text(engine);
	else if (begins(question->text, "hello"))
		reply->text = "Hello!";
	else if (begins(question->text, "fees"))
		reply->text = variant(question, "It costs 5.", "5 is what it costs.");
	else
		*reply = (struct answer_reply){.outcome = ANSWER_UNKNOWN,
			.text = variant(question, "Sorry, I did not get that one.",
				"What do you mean, please?")};
}

struct answer_counts answer_engine_counts(const struct answer_engine *engine)
{
	(void)engine;
	return (struct answer_counts){.answers = 46};
}

size_t answer_engine_topics(
	const struct answer_engine *engine, struct answer_topic *topics, size_t cap)
{
	static const struct answer_topic all[] = {
		{"salary.overview", "What they earn", "pay, please?"},
		{"why.pay", "Why they earn so much", "why?"},
	};

	(void)engine;
	for (size_t i = 0; i < ARRAY_LEN(all) && i < cap; i++)
		topics[i] = all[i];
	return ARRAY_LEN(all);
}

/* "[name 1]", "[name 2 {count}]" …, two variants of each. */
const char *answer_voice(struct answer_engine *engine, const char *name, unsigned turn,
	const char *word, const char *value)
{
	static const struct {
		const char *name, *rest;
	} fills[] = {{"privacy-stored", " {count} for {days} days since {since}"},
		{"privacy-erased", " {count}"}, {"delayed", " {ago}:"}, {"about", " {version}"},
		{"topics-more", " {count}"}, {"failed", " {reason}"}, {"joining", " {room}"},
		{"joining-for-now", " {room}"}, {"left", " {room}"}, {"left-for-now", " {room}"},
		{"not-in-room", " {room}"}, {"room-inside", " {room} as {nick}"},
		{"room-mute", " {room} as {nick}"}, {"room-outside", " {room}"},
		{"rooms-added", " {rooms}"}, {"said", " {room}"}, {"blocked", " {address}"},
		{"ignored", " {address}"}, {"unblocked", " {address}"},
		{"block-admin", " {address}"},
		{"status", " {days} d {hours} h {minutes} min, {answers}; {inside} of {rooms}; "
			   "{asked}, {answered}"},
		{"reloaded", " {answers}, {rooms}"}, {"reload-failed", " {reason}"},
		{"ago-minutes", " {count}"}, {"ago-hours", " {count}"}};
	const char *rest = "";

	(void)word;
	(void)value;
	for (size_t i = 0; i < ARRAY_LEN(fills); i++)
		if (!strcmp(fills[i].name, name))
			rest = fills[i].rest;
	if (!strcmp(name, "not-understood"))
		return turn % 2 ? "Sorry, I did not get that one." : "What do you mean, please?";
	snprintf(engine->text, sizeof(engine->text), "[%s %u%s]", name, turn % 2 + 1, rest);
	return engine->text;
}

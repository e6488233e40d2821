/* fuzz-ask.c - talks with the whole engine, on the small pack of the engine's tests.
 *
 * An empty line ends a message. One that begins with # is said in a room, one
 * with ~ is overheard there, one with ! comes after a long silence.
 */
#include "fuzz.h"

#include "answer.h"
#include "buf.h"
#include "clock.h"
#include "engine.h"
#include "pool.h"
#include "utf8.h"

enum { TURNS_MAX = 8, AGE_MS = 1000, ARENA_MAX = 64 * 1024 * 1024 };

static struct answer_engine *load(void)
{
	const char *data = getenv("TEST_DATA");
	struct problems *problems = problems_new();
	struct answer_engine *engine;
	struct buf pack;

	buf_init(&pack, BUF_LINE);
	buf_addf(&pack, "%s/tests/answer/packs/library", data ? data : ".");
	engine = answer_engine_load(
		&(struct answer_options){
			.packs = (const char *const[]){pack.data}, .pack_count = 1},
		problems);
	if (!engine) {
		problems_print(problems, stderr);
		BUG("the pack does not load; TEST_DATA is to name the source folder");
	}
	buf_release(&pack);
	problems_free(&problems);
	return engine;
}

static bool is_text(const char *text, size_t most)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ' && text[i] != '\n')
			return false;
	return len <= most && utf8_valid(text, len);
}

static void check_ids(const struct answer_ids *ids)
{
	HOLDS(ids->count <= ANSWER_IDS_MAX);
	for (size_t i = 0; i < ids->count; i++)
		HOLDS(is_text(ids->ids[i], BUF_LINE) && *ids->ids[i]);
}

static void check_explanation(const struct answer_explanation *x)
{
	HOLDS(is_text(x->normalised, BUF_QUESTION) && is_text(x->repairs, BUF_LINE));
	HOLDS(is_text(x->rule, BUF_LINE) && *x->rule);
	HOLDS(is_text(x->unused, BUF_LINE) && is_text(x->concepts, BUF_LINE));
	for (size_t i = 0; i < x->candidate_count; i++) {
		const struct answer_candidate *c = &x->candidates[i];

		HOLDS(c->score >= 0 && c->score <= 1.0001 && is_text(c->evidence, BUF_LINE));
		HOLDS(!i || c->score <= x->candidates[i - 1].score);
	}
}

/* The contracts of answer.h. */
static void check_reply(const struct answer_question *question, const struct answer_reply *r)
{
	HOLDS(is_text(r->text, BUF_REPLY));
	HOLDS((r->outcome == ANSWER_SILENT) == !*r->text);
	HOLDS((r->outcome == ANSWER_ANSWER) == (r->answers.count > 0));
	HOLDS(r->confidence >= 0 && r->confidence <= 1);
	HOLDS(r->answers.count || r->suggest.count || r->confidence == 0);
	HOLDS(question->place != ANSWER_OVERHEARD || r->outcome == ANSWER_ANSWER ||
		r->outcome == ANSWER_SILENT);
	check_ids(&r->answers);
	check_ids(&r->nearest);
	check_ids(&r->suggest);
	HOLDS(!r->explanation == !question->explain);
	if (r->explanation)
		check_explanation(r->explanation);
}

static void ask(struct answer_engine *engine, struct answer_talks *talks, struct clock_hand *hand,
	const char *text, size_t len)
{
	struct answer_question q = {.talk = "somebody"};
	struct answer_reply reply;

	for (; len && strchr("#~!", *text) && *text; text++, len--) {
		if (*text == '!')
			hand->mono += AGE_MS + 1;
		else
			q.place = *text == '#' ? ANSWER_ROOM : ANSWER_OVERHEARD;
	}
	q.text = text;
	q.len = len;
	q.explain = len % 2;
	answer_ask(engine, talks, &q, &reply);
	check_reply(&q, &reply);
	HOLDS(pool_size(engine->arena) <= ARENA_MAX);
	hand->mono++;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct answer_engine *engine;
	struct clock_hand hand = {1000, 1000};
	const struct clock clock = clock_by_hand(&hand);
	struct answer_talks *talks = answer_talks_new(1, AGE_MS, &clock);
	const char *text = (const char *)data;

	if (!engine)
		engine = load();
	for (size_t turn = 0; turn < TURNS_MAX && size; turn++) {
		const char *end = memmem(text, size, "\n\n", 2);
		size_t len = end ? (size_t)(end - text) : size;

		ask(engine, talks, &hand, text, len);
		len += end ? 2 : 0;
		text += len;
		size -= len;
	}
	answer_talks_free(&talks);
	return 0;
}

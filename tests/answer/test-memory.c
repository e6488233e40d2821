/* test-memory.c - a message is answered without asking the system for memory.
 *
 * The linker leads every malloc(), calloc() and realloc() of our code through
 * here. What the dictionary's library does inside is its own affair.
 */
#include "packs.h"

#include "clock.h"

static size_t asked;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size)
{
	asked++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	asked++;
	return __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	asked++;
	return __real_realloc(p, size);
}

static const char *const said[] = {
	"what does a machine learning engineer earn in the us?",
	"and in india?",
	"tell me more",
	"where is that from?",
	"how is that different from a data scientist?",
	"wich skils do i ned, and how long does it take",
	"what's the weather like",
	"hello",
	"so my cousin who is a nurse wants out. what would she have to learn first?",
	"qualifications",
	"the second one",
	"ʇɥƃᴉɹ, c'est la vie — ça va?",
	"xkcdq wvvbn",
	"",
	"lol",
};

static size_t asked_for(struct answer_engine *engine, struct answer_talks *talks, const char *text,
	enum answer_place place, const char *talk)
{
	struct answer_question question = {
		.text = text, .len = strlen(text), .place = place, .talk = talk};
	struct answer_reply reply;
	size_t before = asked;

	answer_ask(engine, talks, &question, &reply);
	return asked - before;
}

static void answer_ask__asks__for_no_memory(void **state)
{
	static const enum answer_place places[] = {ANSWER_DIRECT, ANSWER_ROOM, ANSWER_OVERHEARD};
	struct answer_talks *talks = answer_talks_new(4, 60 * 1000, &clock_system);
	struct loaded loaded;

	(void)state;
	packs_load_well(&loaded, "career");
	assert_true(asked > 0); /* the counting works */
	/* Once for what is made at first use: the dictionary, patterns compiled to machine code. */
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		asked_for(loaded.engine, talks, said[i], ANSWER_DIRECT, NULL);
	for (size_t p = 0; p < ARRAY_LEN(places); p++)
		for (size_t i = 0; i < ARRAY_LEN(said); i++) {
			size_t n = asked_for(loaded.engine, talks, said[i], places[p], "a talk");

			if (n)
				fail_msg("`%s` asked for memory %zu times", said[i], n);
		}
	packs_unload(&loaded);
	answer_talks_free(&talks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answer_ask__asks__for_no_memory),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}

/* fuzz-knowledge.c - a file of answers or of the bot's voice. */
#include "fuzz.h"

#include "knowledge.h"
#include "utf8.h"

static bool is_good(const char *text)
{
	return *text && utf8_valid(text, strlen(text));
}

static void check_texts(const struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		HOLDS(is_good(texts->items[i]) && texts->at[i].line);
}

/* What the engine relies on, once there is no mistake. */
static void check_answers(const struct knowledge *k)
{
	for (size_t i = 0; i < knowledge_count(k); i++) {
		const struct knowledge_answer *a = knowledge_at(k, i);

		HOLDS(knowledge_find(k, a->id) == a);
		HOLDS(is_good(a->title) && a->brief.count && a->whole.count);
		HOLDS((!a->ask || is_good(a->ask)) && (!a->source || is_good(a->source)));
		check_texts(&a->brief);
		check_texts(&a->whole);
		check_texts(&a->section);
		check_texts(&a->related);
		check_texts(&a->items);
	}
	for (unsigned turn = 0; turn < 3; turn++)
		HOLDS(!knowledge_has_voice(k) || is_good(knowledge_voice(k, "suggest", turn)));
}

static void check_key(void *userdata, const char *key)
{
	(void)userdata;
	HOLDS(*key && !strpbrk(key, ": \n"));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *path = fuzz_file(data, size);
	struct problems *problems = problems_new();
	struct knowledge *knowledge = knowledge_new(), *borrowed = knowledge_new();

	knowledge_read(knowledge, path, 0, problems);
	knowledge_check(knowledge, problems);
	if (!problems_count(problems, PROBLEM_ERROR))
		check_answers(knowledge);
	knowledge_read_voice(borrowed, path, problems);
	HOLDS(!knowledge_count(borrowed));
	yaml_each_key(path, check_key, NULL);
	fuzz_print(problems);
	knowledge_free(&borrowed);
	knowledge_free(&knowledge);
	problems_free(&problems);
	return 0;
}

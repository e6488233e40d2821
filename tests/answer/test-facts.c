/* test-facts.c - the answers of the career pack state what they must.
 *
 * Source: tests/quality/facts.tsv, whose head tells its form.
 */
#include "base.h"

#include "packs.h"

#include <ctype.h>

#include "buf.h"
#include "engine.h"
#include "file.h"

enum { FACTS_MIN = 40 };

static struct loaded loaded;

static int setup(void **state)
{
	(void)state;
	packs_load_well(&loaded, "career");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	packs_unload(&loaded);
	return 0;
}

/* Of ASCII only: the marks around a quotation are no letters. */
static bool is_word(char c)
{
	return isalnum((unsigned char)c);
}

/* Lower case, and any run of space one space. */
static void flatten(struct buf *out, const char *text)
{
	buf_clear(out);
	for (; *text; text++) {
		char c = isspace((unsigned char)*text) ? ' ' : (char)tolower((unsigned char)*text);

		if (c != ' ' || (out->len && out->data[out->len - 1] != ' '))
			buf_add_char(out, c);
	}
}

/* Whether the words stand in the text, begun and ended at the edges of words. */
static bool states(const char *text, const char *words, size_t len)
{
	for (const char *p = text; (p = memmem(p, strlen(p), words, len)); p++)
		if ((p == text || !is_word(p[-1]) || !is_word(*words)) &&
			(!is_word(p[len]) || !is_word(words[len - 1])))
			return true;
	return false;
}

static bool states_any(const char *text, const char *alternatives, size_t len)
{
	const char *end = alternatives + len;

	while (alternatives < end) {
		const char *bar = memchr(alternatives, '|', (size_t)(end - alternatives));
		const char *stop = bar ? bar : end;

		if (states(text, alternatives, (size_t)(stop - alternatives)))
			return true;
		alternatives = stop + 1;
	}
	return false;
}

/* Returns how many facts are missing in this variant of the text. */
static unsigned check_text(const char *id, const char *text, const char *facts)
{
	unsigned missing = 0;

	while (*facts) {
		const char *comma = strstr(facts, ", ");
		size_t len = comma ? (size_t)(comma - facts) : strlen(facts);

		if (!states_any(text, facts, len)) {
			print_error("%s does not state: %.*s\n", id, (int)len, facts);
			missing++;
		}
		facts += len + (comma ? 2 : 0);
	}
	return missing;
}

static unsigned check_line(char *line)
{
	char *facts = strchr(line, '\t');
	const struct knowledge_answer *answer;
	unsigned missing = 0;
	struct buf text;

	assert_non_null(facts);
	*facts++ = '\0';
	answer = knowledge_find(loaded.engine->knowledge, line);
	if (!answer)
		fail_msg("there is no answer %s", line);
	buf_init(&text, BUF_REPLY);
	for (size_t i = 0; i < answer->whole.count; i++) {
		flatten(&text, answer->whole.items[i]);
		missing += check_text(answer->id, text.data, facts);
	}
	buf_release(&text);
	return missing;
}

static void knowledge_text__states__every_fact_of_its_answer(void **state)
{
	const char *data = getenv("TEST_DATA");
	unsigned missing = 0, lines = 0;
	struct err err = {0};
	char *path, *save = NULL;
	struct buf facts;

	(void)state;
	assert_non_null(data);
	assert_true(asprintf(&path, "%s/tests/quality/facts.tsv", data) > 0);
	buf_init(&facts, BUF_FILE);
	if (file_read(&facts, path, &err) < 0)
		fail_msg("%s", err.text);
	for (char *line = strtok_r(facts.data, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		if (*line == '#')
			continue;
		missing += check_line(line);
		lines++;
	}
	buf_release(&facts);
	free(path);
	assert_int_equal(missing, 0);
	assert_true(lines >= FACTS_MIN);
}

/* The room's form fits a line or two, and each answer can be told to a person. */
static void knowledge_brief__stays__short_enough_for_a_room(void **state)
{
	enum { BRIEF_MAX = 450 };

	(void)state;
	for (size_t i = 0; i < knowledge_count(loaded.engine->knowledge); i++) {
		const struct knowledge_answer *a = knowledge_at(loaded.engine->knowledge, i);

		for (size_t k = 0; k < a->brief.count; k++)
			if (strlen(a->brief.items[k]) > BRIEF_MAX)
				fail_msg("%s: %zu bytes", a->id, strlen(a->brief.items[k]));
		assert_true(*a->title != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knowledge_text__states__every_fact_of_its_answer),
		cmocka_unit_test(knowledge_brief__stays__short_enough_for_a_room),
	};

	return cmocka_run_group_tests_name("facts", tests, setup, teardown);
}

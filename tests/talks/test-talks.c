/* test-talks.c - holds the engine to the talks in this folder.
 *
 * A file is a talk with the career pack. A line begins with what it is:
 *
 *   # a comment
 *   > said in a direct message            room anna> said in a room, to the bot
 *                                          overheard bob> … to nobody in particular
 *   = answer salary.us mle.steps           outcome, and all its ids in order
 *   = uncovered | unknown                  one of these
 *   + $148,485                             the reply holds this, in any case …
 *   - Germany                              … and does not hold this
 *   ~ 30                                   so many minutes pass
 *
 * What is expected stands below what was said. Everybody has a talk of their
 * own at each place, as the desk keeps them.
 */
#include "base.h"

#include "testing.h"

#include <dirent.h>

#include "answer.h"
#include "buf.h"
#include "clock.h"
#include "file.h"

enum { TALKS_MAX = 100, TALK_AGE_MS = 30 * 60 * 1000, WRONG_SHOWN = 600 };

static struct {
	struct answer_engine *engine;
	char *folder;
} hall;

struct play {
	const char *name; /* of the file */
	unsigned line;
	struct clock_hand hand;
	struct clock clock;
	struct answer_talks *talks;
	struct answer_reply reply;
	bool said;
	unsigned wrong;
};

static void wrong(struct play *p, const char *what, const char *expected)
{
	print_error("%s:%u: %s `%s`\n    %s", p->name, p->line, what, expected,
		answer_outcome_name(p->reply.outcome));
	for (size_t i = 0; i < p->reply.answers.count; i++)
		print_error(" %s", p->reply.answers.ids[i]);
	print_error(": %.*s\n", WRONG_SHOWN, p->reply.text);
	p->wrong++;
}

/* "dm", "room anna" … before the >. */
static bool is_speaker(const char *head, size_t len, enum answer_place *place)
{
	static const struct {
		const char *word;
		enum answer_place place;
	} places[] = {{"overheard", ANSWER_OVERHEARD}, {"room", ANSWER_ROOM}, {"", ANSWER_DIRECT}};

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		size_t n = strlen(places[i].word);

		if (len >= n && !memcmp(head, places[i].word, n) &&
			(len == n || (n && head[n] == ' '))) {
			*place = places[i].place;
			return true;
		}
	}
	return false;
}

static void say(struct play *p, enum answer_place place, const char *key, const char *text)
{
	struct answer_question question = {
		.text = text,
		.len = strlen(text),
		.place = place,
		.talk = key,
	};

	answer_ask(hall.engine, p->talks, &question, &p->reply);
	p->said = true;
	p->hand.mono += 1000;
}

static const struct answer_ids *ids_of(const struct answer_reply *reply)
{
	if (reply->outcome == ANSWER_UNCOVERED)
		return &reply->nearest;
	return reply->outcome == ANSWER_ANSWER ? &reply->answers : &reply->suggest;
}

/* One alternative: "answer salary.us mle.steps". Ids are compared if any are given. */
static bool is_outcome(const struct answer_reply *reply, const char *text, size_t len)
{
	const char *name = answer_outcome_name(reply->outcome), *end = text + len;
	const struct answer_ids *ids = ids_of(reply);
	size_t n = strlen(name), count = 0;

	if (len < n || memcmp(text, name, n) || (len > n && text[n] != ' '))
		return false;
	for (text += n; text < end; count++) {
		size_t id;

		text += strspn(text, " ");
		id = strcspn(text, " |");
		if (!id || text >= end)
			break;
		if (count == ids->count || strlen(ids->ids[count]) != id ||
			memcmp(ids->ids[count], text, id))
			return false;
		text += id;
	}
	return !count || count == ids->count;
}

static void expect_outcome(struct play *p, const char *text)
{
	for (const char *at = text;;) {
		size_t len = strcspn(at, "|");
		bool last = !at[len];

		if (is_outcome(&p->reply, at, len))
			return;
		if (last)
			break;
		at += len + 1;
		at += strspn(at, " ");
	}
	wrong(p, "expected", text);
}

static bool holds(const char *text, const char *words)
{
	return strcasestr(text, words) != NULL;
}

static void play_line(struct play *p, char *line)
{
	size_t speaker = strcspn(line, ">");
	enum answer_place place = ANSWER_DIRECT;

	if (!*line || *line == '#')
		return;
	if (line[1] == ' ' && strchr("=+-~", *line)) {
		if (*line != '~' && !p->said)
			fail_msg("%s:%u: nothing was said yet", p->name, p->line);
		if (*line == '=')
			expect_outcome(p, line + 2);
		else if (*line == '~')
			p->hand.mono += strtol(line + 2, NULL, 10) * 60 * 1000;
		else if (holds(p->reply.text, line + 2) != (*line == '+'))
			wrong(p, *line == '+' ? "the reply does not hold" : "the reply holds",
				line + 2);
		return;
	}
	if (line[speaker] != '>' || line[speaker + 1] != ' ' || !is_speaker(line, speaker, &place))
		fail_msg("%s:%u: a line that is none of > = + - ~ #: %s", p->name, p->line, line);
	line[speaker] = '\0';
	/* What is overheard belongs to the talk in that room. */
	say(p, place, place == ANSWER_OVERHEARD ? strchr(line, ' ') : line, line + speaker + 2);
}

static void play(void **state)
{
	struct play p = {.name = *state, .hand = {.mono = 1}};
	struct err err = {0};
	struct buf text;
	char *path;

	p.clock = clock_by_hand(&p.hand);
	p.talks = answer_talks_new(8, TALK_AGE_MS, &p.clock);
	assert_true(asprintf(&path, "%s/%s", hall.folder, p.name) > 0);
	buf_init(&text, BUF_FILE);
	if (file_read(&text, path, &err) < 0)
		fail_msg("%s", err.text);
	for (char *line = text.data; *line;) {
		char *end = line + strcspn(line, "\n");
		bool last = !*end;

		*end = '\0';
		p.line++;
		play_line(&p, line);
		if (last)
			break;
		line = end + 1;
	}
	buf_release(&text);
	free(path);
	answer_talks_free(&p.talks);
	if (p.wrong)
		fail_msg("%u expectations of %s were not met", p.wrong, p.name);
	assert_true(p.said);
}

static int open_hall(void **state)
{
	const char *pack = getenv("TEST_DATA");
	const struct answer_options options = {.packs = &pack, .pack_count = 1};
	struct problems *problems = problems_new();

	(void)state;
	hall.engine = answer_engine_load(&options, problems);
	problems_print(problems, stderr);
	problems_free(&problems);
	return hall.engine ? 0 : -1;
}

static int close_hall(void **state)
{
	(void)state;
	answer_engine_free(&hall.engine);
	return 0;
}

static int is_talk(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".talk");
}

/* All talks of the folder, or those named on the command line. */
int main(int argc, char **argv)
{
	struct CMUnitTest tests[TALKS_MAX];
	const char *data = getenv("TEST_DATA");
	struct dirent **entries = NULL;
	int count = 0, failed;

	if (!data || asprintf(&hall.folder, "%s/tests/talks", data) < 0)
		return 99;
	count = scandir(hall.folder, &entries, is_talk, alphasort);
	if (count <= 0 || count > TALKS_MAX)
		return 99;
	for (int i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){.name = entries[i]->d_name,
			.test_func = play,
			.initial_state = entries[i]->d_name};
	for (int i = 1; i < argc && i <= TALKS_MAX; i++)
		tests[i - 1] = (struct CMUnitTest){
			.name = argv[i], .test_func = play, .initial_state = argv[i]};
	failed = _cmocka_run_group_tests("conversations", tests,
		(size_t)(argc > 1 ? argc - 1 : count), open_hall, close_hall);
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	free(hall.folder);
	return failed;
}

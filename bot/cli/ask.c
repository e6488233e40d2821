#include "ask.h"

#include <errno.h>

#include "buf.h"
#include "clock.h"
#include "options.h"
#include "packs.h"
#include "exchange.h"

enum {
	LINE_CAP = 1024 * 1024,           /* of what is typed or piped in; the engine reads 4 KiB */
	TALK_AGE_MS = 24 * 60 * 60 * 1000 /* a talk in a terminal may wait for its owner */
};

static const char talk_key[] = "terminal";

struct asking {
	const struct options *options;
	struct console *console;
	struct answer_engine *engine;
	struct answer_talks *talks; /* NULL: questions have nothing to do with each other */
	bool said_something;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* What is printed for a person: the answer, and an empty line between two of them. */
static void put_text(struct asking *asking, const struct exchange *exchange)
{
	FILE *out = asking->console->out;
	const char *text = exchange->reply->text;
	bool explain = asking->options->explain;

	if (!*text && !explain)
		return;
	if (asking->said_something && !asking->console->asks_person)
		fputc('\n', out);
	asking->said_something = true;
	if (*text)
		fprintf(out, "%s\n", text);
	if (*text && explain)
		fputc('\n', out);
	if (explain)
		exchange_put_explanation(out, exchange);
	if (asking->console->asks_person)
		fputc('\n', out);
}

static int ask_one(struct asking *asking, const char *text, size_t len, struct err *err)
{
	const struct answer_question question = {
		.text = text,
		.len = len,
		.place = asking->options->place,
		.talk = asking->talks ? talk_key : NULL,
		.explain = asking->options->explain,
	};
	struct answer_reply reply;
	struct exchange exchange = {text, len, &reply, now_us()};

	answer_ask(asking->engine, asking->talks, &question, &reply);
	exchange.us = now_us() - exchange.us;
	if (asking->options->json)
		return exchange_put_json(asking->console->out, &exchange, err);
	put_text(asking, &exchange);
	if (fflush(asking->console->out) == EOF)
		return err_set_errno(err, errno, "cannot write the answer");
	return 0;
}

static bool is_blank(const struct buf *line)
{
	return strspn(line->data, " \t") == line->len;
}

/* The next line without its end. false at the end of the input. */
static bool read_line(FILE *in, struct buf *line)
{
	int c;

	buf_clear(line);
	while ((c = getc(in)) != EOF && c != '\n')
		buf_add_char(line, (char)c);
	if (c == '\n' && line->len && line->data[line->len - 1] == '\r')
		buf_truncate(line, line->len - 1);
	return c != EOF || line->len;
}

static void prompt(const struct asking *asking)
{
	if (!asking->console->asks_person || asking->options->json)
		return;
	fputs("> ", asking->console->out);
	fflush(asking->console->out);
}

static int ask_lines(struct asking *asking, struct err *err)
{
	struct console *console = asking->console;
	bool person = console->asks_person && !asking->options->json;
	struct buf line;
	int ret = 0;

	buf_init(&line, LINE_CAP);
	if (person)
		fputs("Ask a question. An empty line begins a new talk, Ctrl-D ends.\n",
			console->out);
	for (prompt(asking); ret == 0 && read_line(console->in, &line); prompt(asking)) {
		if (!is_blank(&line))
			ret = ask_one(asking, line.data, line.len, err);
		else if (asking->talks)
			answer_talks_forget(asking->talks, talk_key);
	}
	if (ret == 0 && ferror(console->in))
		ret = err_set_errno(err, errno, "cannot read the questions");
	if (person)
		fputc('\n', console->out);
	buf_release(&line);
	return ret;
}

/* The words of the command line are one question, so that it needs no quotes. */
static int ask_words(struct asking *asking, struct err *err)
{
	struct buf question;
	int ret;

	buf_init(&question, LINE_CAP);
	for (char **word = asking->options->words; *word; word++)
		buf_addf(&question, "%s%s", word == asking->options->words ? "" : " ", *word);
	if (is_blank(&question))
		ret = err_set(err, ERR_INPUT, "the question is empty");
	else
		ret = ask_one(asking, question.data, question.len, err);
	buf_release(&question);
	return ret;
}

static struct answer_engine *load(const struct options *options, struct console *console)
{
	struct problems *problems = problems_new();
	struct answer_engine *engine = packs_load(options->packs, options->pack_count, problems);
	size_t errors = problems_count(problems, PROBLEM_ERROR);

	problems_print(problems, console->err);
	if (!engine)
		fprintf(console->err,
			"careerbot ask: %zu error%s in the pack, so nothing was asked; mend what "
			"is "
			"named above\n",
			errors, cli_plural(errors));
	problems_free(&problems);
	return engine;
}

int ask_run(const struct options *options, struct console *console)
{
	struct asking asking = {.options = options, .console = console};
	bool person = console->asks_person && !*options->words;
	struct err err = {0};
	int ret;

	asking.engine = load(options, console);
	if (!asking.engine)
		return CLI_UNLOADABLE;
	if (options->conversation || person)
		asking.talks = answer_talks_new(1, TALK_AGE_MS, &clock_system);
	ret = *options->words ? ask_words(&asking, &err) : ask_lines(&asking, &err);
	if (ret < 0)
		fprintf(console->err, "careerbot ask: %s\n", err.text);
	answer_talks_free(&asking.talks);
	answer_engine_free(&asking.engine);
	if (ret < 0)
		return err.code == ERR_INPUT ? CLI_USAGE : CLI_TROUBLE;
	return CLI_WELL;
}

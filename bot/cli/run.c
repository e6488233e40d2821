#include "run.h"

#include "bot.h"
#include "buf.h"
#include "logging.h"
#include "options.h"
#include "rlimits.h"
#include "secret.h"
#include "signals.h"

struct running {
	const char *path; /* of the settings */
	struct console *console;
	struct bot *bot;
	bool ending;
};

static void start_logging(const struct running *running, const struct setup *setup)
{
	FILE *err = running->console->err;

	logging_init(setup->settings->log_level, logging_form(fileno(err)), err);
}

static int read_password(struct buf *password, const struct setup *setup, struct err *err)
{
	const char *path = setup->settings->account.password_file;
	struct err why;

	if (secret_read(password, path, &why) < 0)
		return err_set(err, why.code, "the password file %s %s", path, why.text);
	return 0;
}

/* "61 answers, 98 intents, 2 rooms" */
static void describe(struct buf *out, const struct setup *setup)
{
	struct answer_counts counts = answer_engine_counts(setup->engine);
	size_t rooms = setup->settings->room_count;

	buf_init(out, BUF_LINE);
	buf_addf(out, "%zu answers, %zu intents, %zu room%s", counts.answers, counts.intents, rooms,
		cli_plural(rooms));
}

/* --- loading anew --- */

static void not_reloaded(const struct running *running, struct problems *problems)
{
	size_t more = problems_count(problems, PROBLEM_ERROR) - 1;
	const char *first = problems_first(problems);

	if (more)
		log_error(
			"not reloaded, all stays as it was: %s (and %zu more: `careerbot check -c "
			"%s` shows them)",
			first, more, running->path);
	else
		log_error("not reloaded, all stays as it was: %s", first);
	bot_tell_changed(running->bot, first);
}

static void stay(const struct running *running, const char *why)
{
	log_error("not reloaded, all stays as it was: %s", why);
	bot_tell_changed(running->bot, why);
}

static void change(struct running *running, struct setup *setup, const char *password)
{
	bool wants_restart;
	struct buf loaded;

	describe(&loaded, setup);
	start_logging(running, setup);
	wants_restart = bot_change(running->bot, setup, password);
	log_info("reloaded: %s%s", loaded.data,
		wants_restart ? "; another account, server or journal waits for a restart" : "");
	bot_tell_changed(running->bot, NULL);
	buf_release(&loaded);
}

/* Beside what is in use, and in its place only if nothing is wrong with it. One line in the log
 * says which it was. */
static void reload(struct running *running)
{
	struct problems *problems = problems_new();
	struct setup setup = {0};
	struct buf password;
	struct err err;

	buf_init(&password, BUF_LINE);
	if (setup_load(&setup, running->path, problems) < 0)
		not_reloaded(running, problems);
	else if (read_password(&password, &setup, &err) < 0)
		stay(running, err.text);
	else
		change(running, &setup, password.data);
	setup_release(&setup);
	secret_release(&password);
	problems_free(&problems);
}

/* --- the loop --- */

static void heed_signals(struct running *running)
{
	unsigned came = signals_take();

	if (came & SIGNALS_END && !running->ending) {
		log_info("told to end: saying goodbye");
		running->ending = true;
		bot_stop(running->bot);
	}
	if ((bot_wants_change(running->bot) || came & SIGNALS_LOAD) && !running->ending)
		reload(running);
}

static int loop(struct running *running)
{
	enum session_end end;

	do {
		heed_signals(running);
		end = bot_turn(running->bot, signals_fd());
	} while (end == SESSION_ONGOING);
	if (end == SESSION_REFUSED) {
		fprintf(running->console->err,
			"careerbot run: the server refuses the account; look at `jid` and "
			"`password_file` in %s\n",
			running->path);
		return CLI_REFUSED;
	}
	log_info("ended");
	return CLI_WELL;
}

static void log_start(const struct setup *setup)
{
	struct buf loaded;
	struct err err;

	describe(&loaded, setup);
	log_info("careerbot " PACKAGE_VERSION ": %s", loaded.data);
	if (rlimits_set(&err) < 0)
		log_warn("%s", err.text);
	buf_release(&loaded);
}

/* Password, signals, log and bot; an exit status, with err set when it is not CLI_WELL. */
static int start(struct running *running, struct setup *setup, struct err *err)
{
	int status = CLI_UNLOADABLE;
	struct buf password;

	buf_init(&password, BUF_LINE);
	if (read_password(&password, setup, err) < 0)
		goto out;
	start_logging(running, setup);
	log_start(setup);
	if (bot_new(&running->bot, setup, password.data, &clock_system, &chance_system, err) < 0)
		goto out;
	status = signals_init(err) < 0 ? CLI_TROUBLE : CLI_WELL;
out:
	secret_release(&password);
	return status;
}

/* The last line, which says what to do. */
static void sum_up(const struct running *running, size_t errors, bool path_was_given)
{
	FILE *err = running->console->err;

	fprintf(err, "careerbot run: %zu error%s, so nothing was started; ", errors,
		cli_plural(errors));
	if (path_was_given)
		fprintf(err, "mend what is named above (`careerbot check -c %s` looks again)\n",
			running->path);
	else
		fputs("mend what is named above, or name other settings with `-c FILE` "
		      "(careerbot-settings(5) tells how to write them)\n",
			err);
}

static int load(const struct running *running, struct setup *setup, bool path_was_given)
{
	struct problems *problems = problems_new();
	int loaded = setup_load(setup, running->path, problems);

	problems_print(problems, running->console->err);
	if (loaded < 0)
		sum_up(running, problems_count(problems, PROBLEM_ERROR), path_was_given);
	problems_free(&problems);
	return loaded;
}

int run_run(const struct options *options, struct console *console)
{
	const char *path = options->settings_file ? options->settings_file : DEFAULT_SETTINGS;
	struct running running = {.path = path, .console = console};
	struct setup setup = {0};
	struct err err;
	int status;

	if (load(&running, &setup, options->settings_file) < 0)
		return CLI_UNLOADABLE;
	status = start(&running, &setup, &err);
	if (status == CLI_WELL)
		status = loop(&running);
	else
		fprintf(console->err, "careerbot run: %s\n", err.text);
	bot_free(&running.bot);
	setup_release(&setup);
	return status;
}

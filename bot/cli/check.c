#include "check.h"

#include "options.h"
#include "packs.h"
#include "settings.h"

static void put_settings(FILE *out, const char *path, const struct settings *settings)
{
	fprintf(out, "settings %s: account %s, %zu room%s, %zu admin%s\n", path,
		settings->account.jid, settings->room_count, cli_plural(settings->room_count),
		settings->admin_count, cli_plural(settings->admin_count));
}

static void put_pack(FILE *out, const struct answer_counts *counts, size_t tests)
{
	fprintf(out,
		"pack: %zu answer%s, %zu intent%s, %zu concept%s, %zu example sentence%s, "
		"%zu near, %zu foreign, %zu feature%s\n"
		"tests: %zu run\n",
		counts->answers, cli_plural(counts->answers), counts->intents,
		cli_plural(counts->intents), counts->concepts, cli_plural(counts->concepts),
		counts->likes, cli_plural(counts->likes), counts->near, counts->foreign,
		counts->features, cli_plural(counts->features), tests);
}

static void check_packs(
	const char *const *packs, size_t count, struct problems *problems, FILE *out)
{
	struct answer_engine *engine = packs_load(packs, count, problems);
	struct answer_counts counts;

	if (!engine)
		return;
	answer_engine_lint(engine, problems);
	counts = answer_engine_counts(engine);
	put_pack(out, &counts, answer_engine_test(engine, problems));
	answer_engine_free(&engine);
}

/* The packs to look at: those of the command line, else those that the settings name, else the
 * career pack. Settings that cannot be loaded name none; that they are wrong is known then. */
static void check_all(const struct options *options, struct problems *problems, FILE *out)
{
	struct settings *settings = NULL;

	if (options->settings_file)
		settings = settings_load(options->settings_file, problems);
	if (settings)
		put_settings(out, options->settings_file, settings);
	if (settings && !options->pack_count)
		check_packs(settings->packs, settings->pack_count, problems, out);
	else if (!options->settings_file || options->pack_count)
		check_packs(options->packs, options->pack_count, problems, out);
	settings_free(&settings);
}

/* "2 errors, 1 warning" */
static void put_counts(FILE *out, size_t errors, size_t warnings)
{
	fprintf(out, "%zu error%s, %zu warning%s", errors, cli_plural(errors), warnings,
		cli_plural(warnings));
}

static void sum_up(FILE *out, size_t errors, size_t warnings, bool bad)
{
	fputs("careerbot check: ", out);
	put_counts(out, errors, warnings);
	if (!bad)
		fputs("; it can be used as it is\n", out);
	else if (!errors)
		fputs(", which --strict counts as errors; mend what is named above\n", out);
	else
		fputs("; mend what is named above, and check again\n", out);
}

int check_run(const struct options *options, struct console *console)
{
	struct problems *problems = problems_new();
	size_t errors, warnings;
	bool bad;

	check_all(options, problems, console->out);
	errors = problems_count(problems, PROBLEM_ERROR);
	warnings = problems_count(problems, PROBLEM_WARNING);
	bad = errors || (options->strict && warnings);
	put_counts(console->out, errors, warnings);
	fputc('\n', console->out);
	fflush(console->out);
	problems_print(problems, console->err);
	if (errors || warnings)
		sum_up(console->err, errors, warnings, bad);
	problems_free(&problems);
	return bad ? CLI_TROUBLE : CLI_WELL;
}

/* How fast the engine is at any size, and whether that is fast enough: `make bench`.
 *
 *	bench PACK [INTENTS]…     PACK lends its language, voice and thresholds
 *
 * Each size runs in a process of its own. Exit status 0: every bar is met; 1: one is not; 2: it
 * cannot be measured. Times are the processor's, so that a busy machine does not lengthen them;
 *only p50 and p99 are by the clock. Of several passes the quietest counts.
 */
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "corpus.h"
#include "engine.h"
#include "feature.h"
#include "file.h"
#include "matcher.h"
#include "mem.h"
#include "naive.h"
#include "pool.h"

enum { MESSAGES = 20000, PASSES = 9, COMPARED = 200, NAIVE_MAX = 10000 };

/* The bars: at BAR_SIZE intents, against what it costs at LEAST_SIZE. */
enum { LEAST_SIZE = 100, BAR_SIZE = 10000 };
static const double mean_most = 10.0, growth_most = 3.0,
		    speedup_least = 1000.0; /* µs, times, times */
static const double load_most = 1.0, memory_most = 64.0, message_most = 5000.0; /* s, MiB, µs */

/* What one size gave; µs, MiB and s. */
struct row {
	size_t intents;
	double load, memory, peak;
	double mean, p50, p99;
	double naive; /* 0: not run */
	unsigned compared, different;
	double hard[HARD_COUNT];
	bool learns;
};

/* --- measuring --- */

static double now_us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double busy_us(void)
{
	return now_us(CLOCK_PROCESS_CPUTIME_ID);
}

/* A figure of /proc/self/status, in MiB. */
static double memory(const char *name)
{
	FILE *in = fopen("/proc/self/status", "r");
	char line[200];
	long kib = 0;

	while (in && fgets(line, sizeof(line), in))
		if (!strncmp(line, name, strlen(name)))
			kib = strtol(line + strlen(name), NULL, 10);
	if (in)
		fclose(in);
	return (double)kib / 1024.0;
}

static struct answer_engine *load(const char *folder, const char *lender)
{
	const char *packs[] = {folder};
	struct answer_options options = {.packs = packs, .pack_count = 1, .default_pack = lender};
	struct problems *problems = problems_new();
	struct answer_engine *engine = answer_engine_load(&options, problems);

	if (!engine)
		problems_print(problems, stderr);
	problems_free(&problems);
	return engine;
}

static void ask(struct answer_engine *engine, const char *text)
{
	struct answer_question question = {.text = text, .len = strlen(text)};
	struct answer_reply reply;

	answer_ask(engine, NULL, &question, &reply);
}

static int by_size(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

static void measure_messages(
	struct answer_engine *engine, const struct corpus *corpus, struct row *row)
{
	size_t count = corpus_messages(corpus);
	double *times = mem_alloc(count, sizeof(*times));

	for (int pass = 0; pass < PASSES; pass++) {
		double began = busy_us(), mean;

		for (size_t i = 0; i < count; i++) {
			times[i] = now_us(CLOCK_MONOTONIC);
			ask(engine, corpus_message(corpus, i));
			times[i] = now_us(CLOCK_MONOTONIC) - times[i];
		}
		mean = (busy_us() - began) / (double)count;
		if (pass && mean >= row->mean)
			continue;
		qsort(times, count, sizeof(*times), by_size);
		row->mean = mean;
		row->p50 = times[count / 2];
		row->p99 = times[count - count / 100];
	}
	mem_free(times);
}

static void measure_hard(struct answer_engine *engine, struct corpus *corpus, struct row *row)
{
	for (int which = 0; which < HARD_COUNT; which++) {
		const char *text = corpus_hard(corpus, (enum corpus_hard)which);

		for (int pass = 0; pass < PASSES; pass++) {
			double began = busy_us(), took;

			ask(engine, text);
			took = busy_us() - began;
			if (!pass || took < row->hard[which])
				row->hard[which] = took;
		}
	}
}

/* --- against the naive loop --- */

/* Which intents the engine finds in the message; its words as the patterns see them. */
static struct utterance find(
	struct answer_engine *engine, struct pool *pool, const char *text, bool *fits)
{
	struct reading reading;

	memset(fits, 0, intents_count(engine->intents) * sizeof(*fits));
	engine_hear(engine, pool, text, strlen(text), &reading);
	for (size_t i = 0; i < reading.matches.count; i++)
		fits[reading.matches.items[i].pattern->intent] = true;
	return reading.u;
}

static void compare(struct answer_engine *engine, const struct corpus *corpus, struct row *row)
{
	struct naive *naive = naive_new(corpus);
	struct pool *pool = pool_new(64 * 1024);
	size_t intents = corpus_intents(corpus), step = corpus_messages(corpus) / COMPARED;
	/* Ours has room for those too that PACK lends; they come behind the others. */
	bool *ours = mem_alloc(intents_count(engine->intents), sizeof(*ours)),
	     *theirs = mem_alloc(intents, sizeof(*theirs));

	for (; row->compared < COMPARED; row->compared++) {
		const char *text = corpus_message(corpus, row->compared * step);
		struct utterance u = find(engine, pool, text, ours);
		double began = busy_us();

		naive_match(naive, u.text, u.len, theirs);
		row->naive += (busy_us() - began) / COMPARED;
		if (memcmp(ours, theirs, intents * sizeof(*ours))) {
			row->different++;
			fprintf(stderr, "%zu intents, not the same: %s\n", intents, text);
		}
		pool_clear(pool);
	}
	mem_free(theirs);
	mem_free(ours);
	pool_free(&pool);
	naive_free(&naive);
}

/* --- one size --- */

static int measure(const char *folder, const char *lender, size_t intents, struct row *row)
{
	double began = busy_us();
	struct answer_engine *engine = load(folder, lender);
	struct corpus *corpus;

	if (!engine)
		return -1;
	*row = (struct row){.intents = intents, .load = (busy_us() - began) / 1e6};
	row->memory = memory("VmRSS:");
	row->peak = memory("VmHWM:");
	row->learns = engine->model;
	corpus = corpus_new(intents);
	corpus_talk(corpus, MESSAGES);
	measure_messages(engine, corpus, row);
	measure_hard(engine, corpus, row);
	if (intents <= NAIVE_MAX)
		compare(engine, corpus, row);
	corpus_free(&corpus);
	answer_engine_free(&engine);
	return 0;
}

static int write_pack(const char *folder, size_t intents)
{
	struct corpus *corpus = corpus_new(intents);
	int ret = corpus_write(corpus, folder);

	corpus_free(&corpus);
	return ret;
}

/* In a process of its own, so that one size's memory is not counted for the next. The row comes
 * through a pipe. */
static int apart(const char *folder, const char *lender, size_t intents, struct row *row)
{
	int ends[2], status;
	ssize_t got;
	pid_t child;

	if (pipe(ends) < 0)
		return -1;
	child = fork();
	if (child < 0)
		return -1;
	if (!child) {
		if (row ? measure(folder, lender, intents, row) : write_pack(folder, intents))
			_exit(1);
		_exit(row && write(ends[1], row, sizeof(*row)) != sizeof(*row));
	}
	close(ends[1]);
	got = row ? read(ends[0], row, sizeof(*row)) : 0;
	close(ends[0]);
	if (waitpid(child, &status, 0) < 0 || status)
		return -1;
	return row && got != sizeof(*row) ? -1 : 0;
}

/* --- the pack's folder --- */

static const char *const parts[] = {
	"knowledge/made.yaml", "patterns/made.yaml", "knowledge", "patterns", ""};

static int make_folder(char *folder)
{
	char path[200];

	if (!mkdtemp(folder))
		return -1;
	for (size_t i = 2; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		if (mkdir(path, 0700) < 0)
			return -1;
	}
	return 0;
}

static void remove_folder(const char *folder)
{
	char path[200];

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		remove(path);
	}
}

static int run(const char *lender, size_t intents, struct row *row)
{
	char folder[] = "/tmp/careerbot-bench-XXXXXX";
	int ret = -1;

	if (make_folder(folder) == 0 && apart(folder, lender, intents, NULL) == 0)
		ret = apart(folder, lender, intents, row);
	remove_folder(folder);
	return ret;
}

/* --- telling --- */

static void print_machine(void)
{
	FILE *in = fopen("/proc/cpuinfo", "r");
	char line[200], *name = NULL;

	while (in && !name && fgets(line, sizeof(line), in))
		if (!strncmp(line, "model name", 10))
			name = strstr(line, ": ");
	printf("%s, %ld processors\n", name ? strtok_r(name + 2, "\n", &name) : "a machine",
		sysconf(_SC_NPROCESSORS_ONLN));
	if (in)
		fclose(in);
	printf("%8s %7s %9s %9s %9s %8s %8s %11s %8s %6s\n", "intents", "load", "memory", "at peak",
		"mean", "p50", "p99", "naive loop", "faster", "same");
	fflush(stdout);
}

static void print_row(const struct row *r)
{
	printf("%8zu %5.2f s %5.1f MiB %5.1f MiB %6.2f µs %5.1f µs %5.1f µs", r->intents, r->load,
		r->memory, r->peak, r->mean, r->p50, r->p99);
	if (r->naive > 0.0)
		printf(" %8.0f µs %7.0fx %3u/%u", r->naive, r->naive / r->mean,
			r->compared - r->different, r->compared);
	printf("%s\n", r->learns ? "" : "  (patterns alone)");
	fflush(stdout);
}

static bool holds(bool met, const char *what, double value, double bar, const char *unit)
{
	printf("%-4s %s: %.2f %s, the bar is %.0f %s\n", met ? "ok" : "MISS", what, value, unit,
		bar, unit);
	return met;
}

static bool at_most(const char *what, double value, double most, const char *unit)
{
	return holds(value <= most, what, value, most, unit);
}

static bool check_bars(const struct row *least, const struct row *bar)
{
	bool met = true;

	printf("at %zu intents:\n", bar->intents);
	met &= at_most("a message, on average", bar->mean, mean_most, "µs");
	met &= at_most("to one of 100 intents", bar->mean / least->mean, growth_most, "times");
	met &= holds(bar->naive / bar->mean >= speedup_least, "faster than the naive loop",
		bar->naive / bar->mean, speedup_least, "times");
	met &= at_most("loading", bar->load, load_most, "s");
	met &= at_most("memory, at the peak", bar->peak, memory_most, "MiB");
	for (int i = 0; i < HARD_COUNT; i++)
		met &= at_most(
			corpus_hard_name((enum corpus_hard)i), bar->hard[i], message_most, "µs");
	return met;
}

int main(int argc, char **argv)
{
	static const size_t usual[] = {100, 1000, 10000, 50000};
	size_t count = argc > 2 ? (size_t)argc - 2 : ARRAY_LEN(usual);
	struct row least = {0}, bar = {0};
	bool met = true;

	if (argc < 2) {
		fprintf(stderr, "usage: bench PACK [INTENTS]...\n");
		return 2;
	}
	print_machine();
	for (size_t i = 0; i < count; i++) {
		size_t intents = argc > 2 ? strtoul(argv[i + 2], NULL, 10) : usual[i];
		struct row row;

		if (run(argv[1], intents, &row) < 0) {
			fprintf(stderr, "a pack of %zu intents cannot be measured\n", intents);
			return 2;
		}
		print_row(&row);
		met &= !row.different;
		if (intents == LEAST_SIZE)
			least = row;
		if (intents == BAR_SIZE)
			bar = row;
	}
	if (least.intents && bar.intents)
		met &= check_bars(&least, &bar);
	return !met;
}

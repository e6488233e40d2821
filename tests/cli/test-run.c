/* The parts that careerbot run is made of. What it does as a whole is seen on the wire. */
#include "testing.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rlimits.h"
#include "logging.h"
#include "session.h"
#include "signals.h"

static volatile sig_atomic_t interrupts;

/* In place of libxmpp.a. */
void session_interrupt(void)
{
	interrupts++;
}

static bool is_readable(int fd)
{
	struct pollfd waits = {.fd = fd, .events = POLLIN};

	return poll(&waits, 1, 0) == 1;
}

static void signals_take__tells__what_came(void **state)
{
	static const struct {
		int number;
		unsigned means;
		int interrupts; /* of a session that connects */
	} cases[] = {
		{SIGTERM, SIGNALS_END, 1},
		{SIGINT, SIGNALS_END, 1},
		{SIGHUP, SIGNALS_LOAD, 0},
	};
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(signals_init(&err), 0);
		interrupts = 0;
		assert_false(is_readable(signals_fd()));
		assert_int_equal(signals_take(), 0);
		raise(cases[i].number);
		assert_true(is_readable(signals_fd()));
		assert_int_equal(interrupts, cases[i].interrupts);
		assert_int_equal(signals_take(), cases[i].means);
		assert_int_equal(signals_take(), 0);
		assert_false(is_readable(signals_fd()));
		signals_release();
	}
}

static void signals_take__tells__of_both(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(signals_init(&err), 0);
	raise(SIGHUP);
	raise(SIGHUP);
	raise(SIGTERM);
	raise(SIGPIPE); /* and this is nothing */
	assert_int_equal(signals_take(), SIGNALS_END | SIGNALS_LOAD);
	signals_release();
}

static void signals_init__lets__a_second_interrupt_through(void **state)
{
	int status;
	pid_t child;

	(void)state;
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		struct err err;

		if (signals_init(&err) < 0)
			_exit(1);
		raise(SIGINT);
		raise(SIGINT);
		_exit(2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
}

/* Touches that many MiB of stack. */
static unsigned dig(unsigned mib)
{
	volatile char page[1 << 20];

	memset((char *)page, (int)mib, sizeof(page));
	return mib ? dig(mib - 1) + (unsigned char)page[mib] - mib : (unsigned char)page[0];
}

static void rlimits_set__lets__the_stack_grow(void **state)
{
	int status;
	pid_t child;

	(void)state;
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		struct err err;
		struct rlimit limit;

		if (getrlimit(RLIMIT_STACK, &limit) < 0)
			_exit(1);
		if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < 64 << 20)
			_exit(0); /* nothing can be seen here */
		if (rlimits_set(&err) < 0)
			_exit(2);
		_exit(dig(56) == 0 ? 0 : 3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void logging_put__writes__the_form_of_the_place(void **state)
{
	static const struct {
		enum logging_form form;
		enum log_level level;
		const char *line;
	} cases[] = {
		{LOGGING_PLAIN, LOG_INFO, "info: it is up\n"},
		{LOGGING_JOURNAL, LOG_ERROR, "<3>error: it is up\n"},
		{LOGGING_JOURNAL, LOG_DEBUG, "<7>debug: it is up\n"},
		{LOGGING_DATED, LOG_WARN, "2026-11-22 09:30:01 warning: it is up\n"},
	};

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len;
		char *text;
		FILE *out = open_memstream(&text, &len);

		logging_put(out, cases[i].form, cases[i].level, 1795339801, "it is up");
		fclose(out);
		assert_string_equal(text, cases[i].line);
		free(text);
	}
}

static void logging_form__knows__systemd(void **state)
{
	FILE *file = tmpfile();
	char stream[64];
	struct stat st;

	(void)state;
	assert_int_equal(fstat(fileno(file), &st), 0);
	snprintf(stream, sizeof(stream), "%llu:%llu", (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino);
	unsetenv("JOURNAL_STREAM");
	unsetenv("INVOCATION_ID");
	assert_int_equal(logging_form(fileno(file)), LOGGING_DATED);
	setenv("INVOCATION_ID", "0123", 1);
	assert_int_equal(logging_form(fileno(file)), LOGGING_PLAIN);
	setenv("JOURNAL_STREAM", "1:1", 1);
	assert_int_equal(logging_form(fileno(file)), LOGGING_PLAIN);
	setenv("JOURNAL_STREAM", stream, 1);
	assert_int_equal(logging_form(fileno(file)), LOGGING_JOURNAL);
	unsetenv("JOURNAL_STREAM");
	unsetenv("INVOCATION_ID");
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_take__tells__what_came),
		cmocka_unit_test(signals_take__tells__of_both),
		cmocka_unit_test(signals_init__lets__a_second_interrupt_through),
		cmocka_unit_test(rlimits_set__lets__the_stack_grow),
		cmocka_unit_test(logging_put__writes__the_form_of_the_place),
		cmocka_unit_test(logging_form__knows__systemd),
	};

	return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}

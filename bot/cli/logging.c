#include "logging.h"

#include <sys/stat.h>

#include "buf.h"

static struct {
	FILE *out;
	enum logging_form form;
} current;

enum logging_form logging_form(int fd)
{
	const char *journal = getenv("JOURNAL_STREAM"); /* device:inode of systemd's own socket */
	char ours[64];
	struct stat st;

	if (journal && fstat(fd, &st) == 0) {
		snprintf(ours, sizeof(ours), "%llu:%llu", (unsigned long long)st.st_dev,
			(unsigned long long)st.st_ino);
		if (!strcmp(journal, ours))
			return LOGGING_JOURNAL;
	}
	return getenv("INVOCATION_ID") ? LOGGING_PLAIN : LOGGING_DATED;
}

void logging_put(
	FILE *out, enum logging_form form, enum log_level level, time_t now, const char *line)
{
	static const int priorities[] = {
		[LOG_ERROR] = 3, [LOG_WARN] = 4, [LOG_INFO] = 6, [LOG_DEBUG] = 7};
	struct buf whole; /* written at once, so that no other line gets into it */
	struct tm local;
	char date[32];

	buf_init(&whole, 2 * BUF_LINE);
	if (form == LOGGING_JOURNAL)
		buf_addf(&whole, "<%d>", priorities[level]);
	if (form == LOGGING_DATED && localtime_r(&now, &local) &&
		strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S ", &local))
		buf_add_str(&whole, date);
	buf_addf(&whole, "%s: %s\n", log_level_name(level), line);
	fwrite(whole.data, 1, whole.len, out);
	fflush(out);
	buf_release(&whole);
}

static void sink(void *userdata, enum log_level level, const char *line)
{
	(void)userdata;
	logging_put(current.out, current.form, level, time(NULL), line);
}

void logging_init(enum log_level level, enum logging_form form, FILE *out)
{
	current.out = out;
	current.form = form;
	log_init(level, sink, NULL);
}

#include "log.h"

#include <stdarg.h>

#include "buf.h"
#include "utf8.h"

static struct {
	enum log_level level;
	log_sink *sink;
	void *userdata;
} current = {.level = LOG_INFO};

static const char *const names[] = {
	[LOG_ERROR] = "error", [LOG_WARN] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

void log_init(enum log_level level, log_sink *sink, void *userdata)
{
	current.level = level;
	current.sink = sink;
	current.userdata = userdata;
}

bool log_wants(enum log_level level)
{
	return level <= current.level;
}

const char *log_level_name(enum log_level level)
{
	return names[level];
}

static void add_escaped(struct buf *out, const char *text, size_t len)
{
	size_t size;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = utf8_next(text + i, len - i, &size);

		if (cp == '\n')
			buf_add_str(out, "\\n");
		else if (cp == '\t')
			buf_add_str(out, "\\t");
		else if (cp < 0x20 || cp == 0x7F || (cp == UTF8_BAD && size == 1))
			buf_addf(out, "\\x%02x", (unsigned)(unsigned char)text[i]);
		else if ((cp >= 0x80 && cp < 0xA0) || (cp >= 0x200B && cp <= 0x200F) ||
			 (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069))
			/* C1 controls, and what turns or hides text in a terminal */
			buf_addf(out, "\\u%04x", (unsigned)cp);
		else
			buf_add(out, text + i, size);
	}
}

static void BOT_PRINTF(2, 0) emit(enum log_level level, const char *fmt, va_list args)
{
	struct buf raw, line;

	if (!log_wants(level))
		return;
	buf_init(&raw, BUF_LINE);
	buf_init(&line, BUF_LINE);
	buf_vaddf(&raw, fmt, args);
	add_escaped(&line, raw.data, raw.len);
	if (current.sink)
		current.sink(current.userdata, level, line.data);
	else
		fprintf(stderr, "%s: %s\n", names[level], line.data);
	buf_release(&line);
	buf_release(&raw);
}

#define DEFINE_LOG(name, level) \
	void name(const char *fmt, ...) \
	{ \
		va_list args; \
\
		va_start(args, fmt); \
		emit(level, fmt, args); \
		va_end(args); \
	}

DEFINE_LOG(log_error, LOG_ERROR)
DEFINE_LOG(log_warn, LOG_WARN)
DEFINE_LOG(log_info, LOG_INFO)
DEFINE_LOG(log_debug, LOG_DEBUG)

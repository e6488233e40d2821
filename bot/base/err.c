#include "err.h"

#include <stdarg.h>

#include "utf8.h"

/* snprintf cuts at a byte; a message must stay UTF-8. */
static void keep_valid(struct err *err)
{
	size_t len = strlen(err->text);

	err->text[utf8_floor(err->text, len, len)] = '\0';
}

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return -1;
	err->code = code;
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	keep_valid(err);
	return -1;
}

int err_set_errno(struct err *err, int errnum, const char *fmt, ...)
{
	char why[128];
	va_list args;
	size_t len;

	if (!err)
		return -1;
	err->code = ERR_SYSTEM;
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	len = strlen(err->text);
	snprintf(err->text + len, sizeof(err->text) - len, ": %s",
		strerror_r(errnum, why, sizeof(why)));
	keep_valid(err);
	return -1;
}

int err_prefix(struct err *err, const char *fmt, ...)
{
	char rest[sizeof(err->text)];
	va_list args;
	size_t len;

	if (!err)
		return -1;
	memcpy(rest, err->text, sizeof(rest));
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	len = strlen(err->text);
	snprintf(err->text + len, sizeof(err->text) - len, ": %s", rest);
	keep_valid(err);
	return -1;
}

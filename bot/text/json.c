#include "json.h"

#include <errno.h>

#include "buf.h"
#include "utf8.h"

json_t *json_text(const char *text, size_t len)
{
	json_t *string;
	struct buf clean;

	/* A bad byte becomes three. */
	buf_init(&clean, 3 * len + 1);
	utf8_clean(&clean, text, len, false);
	string = json_stringn(clean.data, clean.len);
	buf_release(&clean);
	if (!string)
		BUG("jansson refuses clean UTF-8");
	return string;
}

int json_put_line(FILE *out, json_t *object, struct err *err)
{
	/* Six digits: 0.93 is to stay 0.93. */
	size_t flags = JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6);
	int bad = json_dumpf(object, out, flags) < 0 || putc('\n', out) == EOF || fflush(out) == EOF;

	json_decref(object);
	return bad ? err_set_errno(err, errno, "cannot write the JSON line") : 0;
}

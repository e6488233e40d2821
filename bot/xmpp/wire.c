#include "wire.h"

#include <stdarg.h>

#include "buf.h"

void wire_send(const struct wire *wire, xmpp_stanza_t *stanza)
{
	wire->send(wire->userdata, stanza);
	xmpp_stanza_release(stanza);
}

void wire_report(const struct wire *wire, enum log_level level, const char *fmt, ...)
{
	struct buf line;
	va_list args;

	buf_init(&line, BUF_LINE);
	va_start(args, fmt);
	buf_vaddf(&line, fmt, args);
	va_end(args);
	wire->report(wire->userdata, level, line.data);
	buf_release(&line);
}

#include "terminal.h"

void terminal_run(struct terminal *terminal, terminal_command *command,
	const struct options *options, const char *in, size_t len, bool asks_person)
{
	/* fmemopen() refuses to open nothing. */
	FILE *input = len ? fmemopen((char *)in, len, "r") : fopen("/dev/null", "r");
	size_t out_len, err_len;
	struct console console = {
		.in = input,
		.out = open_memstream(&terminal->out, &out_len),
		.err = open_memstream(&terminal->err, &err_len),
		.asks_person = asks_person,
	};

	terminal->status = command(options, &console);
	fclose(console.in);
	fclose(console.out);
	fclose(console.err);
}

void terminal_clear(struct terminal *terminal)
{
	free(terminal->out);
	free(terminal->err);
	*terminal = (struct terminal){0};
}

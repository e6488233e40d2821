#include <unistd.h>

#include "cli.h"

int main(int argc, char **argv)
{
	struct console console = {stdin, stdout, stderr, isatty(STDIN_FILENO)};

	return cli_main(argc, argv, &console);
}

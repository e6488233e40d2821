#include "base.h"

void base_bug(const char *file, int line, const char *what)
{
	fprintf(stderr, "careerbot: bug at %s:%d: %s\n", file, line, what);
	abort();
}

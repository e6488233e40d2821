#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "problems.h"
#include "utf8.h"

const char *fuzz_file(const unsigned char *data, size_t size)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz.yaml", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (ftruncate(fd, 0) < 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		BUG("a file in memory cannot be written");
	return path;
}

void fuzz_print(struct problems *problems)
{
	char *printed = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&printed, &len);

	if (!out)
		BUG("no memory for a stream");
	problems_print(problems, out);
	fclose(out);
	HOLDS(utf8_valid(printed, len));
	free(printed);
}

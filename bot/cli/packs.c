#include "packs.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

/* The folder this program was started from, without the end `/`; "" where the system won't tell. */
static void program_folder(struct buf *out)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));

	while (len > 0 && path[len - 1] != '/')
		len--;
	if (len > 1)
		buf_add(out, path, (size_t)len - 1);
}

/* Adds the folder without detours, where it is a checkout. */
static bool add_checkout(struct buf *out, const char *folder)
{
	char *real = realpath(folder, NULL);
	struct buf path;
	bool found;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%s/configure.ac", real ? real : "");
	found = real && access(path.data, R_OK) == 0;
	if (found)
		buf_add_str(out, real);
	buf_release(&path);
	free(real);
	return found;
}

void packs_career(struct buf *out)
{
	struct buf folder;

	buf_init(&folder, PATH_MAX);
	program_folder(&folder);
	/* The program in its final place uses what was installed with it, even on the machine that
	 * it was built on. */
	if (!strcmp(folder.data, BINDIR) ||
		(!add_checkout(out, folder.data) && !add_checkout(out, SOURCEDIR)))
		buf_add_str(out, PKGDATADIR);
	buf_release(&folder);
}

struct answer_engine *packs_load(const char *const *packs, size_t count, struct problems *problems)
{
	struct answer_options options = {.packs = packs, .pack_count = count};
	struct answer_engine *engine;
	struct buf career;
	const char *only;
	struct stat st;

	buf_init(&career, PATH_MAX);
	packs_career(&career);
	only = career.data;
	if (!count) {
		options.packs = &only;
		options.pack_count = 1;
	}
	if (stat(career.data, &st) == 0)
		options.default_pack = career.data;
	engine = answer_engine_load(&options, problems);
	buf_release(&career);
	return engine;
}

/* replay.c - a fuzz target without libFuzzer: its seeds, one by one.
 *
 * The seeds of fuzz-NAME stand in tests/fuzz/seeds/NAME; files may be named
 * instead. An input that breaks something ends the program.
 */
#include "fuzz.h"

#include <dirent.h>

#include "buf.h"
#include "file.h"

static void replay(size_t number, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct err err;
	struct buf text;

	buf_init(&text, BUF_FILE);
	if (file_read(&text, path, &err) < 0) {
		printf("not ok %zu - %s\n", number, err.text);
	} else {
		LLVMFuzzerTestOneInput((const unsigned char *)text.data, text.len);
		printf("ok %zu - %s\n", number, slash ? slash + 1 : path);
	}
	fflush(stdout);
	buf_release(&text);
}

static int is_seed(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_seed, alphasort);
	struct buf path;

	if (count <= 0) {
		printf("1..1\nnot ok 1 - no seeds in %s\n", folder);
		return 1;
	}
	printf("1..%d\n", count);
	buf_init(&path, BUF_LINE);
	for (int i = 0; i < count; i++) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", folder, entries[i]->d_name);
		replay((size_t)i + 1, path.data);
		free(entries[i]);
	}
	buf_release(&path);
	free(entries);
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '-'), *data = getenv("TEST_DATA");
	struct buf folder;
	int status = 0;

	if (argc > 1) {
		printf("1..%d\n", argc - 1);
		for (int i = 1; i < argc; i++)
			replay((size_t)i, argv[i]);
		return 0;
	}
	buf_init(&folder, BUF_LINE);
	buf_addf(&folder, "%s/tests/fuzz/seeds/%s", data ? data : ".", name ? name + 1 : argv[0]);
	status = replay_folder(folder.data);
	buf_release(&folder);
	return status;
}

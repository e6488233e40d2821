#include "packs.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "file.h"

static const char *const halves[] = {"knowledge", "patterns"};

static char *path_of(const char *folder, const char *file)
{
	char *path;

	assert_true(asprintf(&path, "%s/%s", folder, file) > 0);
	return path;
}

char *packs_path(const char *name)
{
	const char *data = getenv("TEST_DATA");
	char *path;

	assert_non_null(data);
	if (!strcmp(name, "career"))
		return strdup(data);
	assert_true(asprintf(&path, "%s/tests/answer/packs/%s", data, name) > 0);
	return path;
}

/* --- loading --- */

void packs_load(struct loaded *loaded, const char *folder)
{
	const struct answer_options options = {.packs = &folder, .pack_count = 1};
	size_t size;
	FILE *out;

	loaded->problems = problems_new();
	loaded->engine = answer_engine_load(&options, loaded->problems);
	out = open_memstream(&loaded->printed, &size);
	problems_print(loaded->problems, out);
	fclose(out);
}

void packs_unload(struct loaded *loaded)
{
	answer_engine_free(&loaded->engine);
	problems_free(&loaded->problems);
	free(loaded->printed);
	loaded->printed = NULL;
}

void packs_load_well(struct loaded *loaded, const char *name)
{
	char *folder = packs_path(name);

	packs_load(loaded, folder);
	free(folder);
	if (!loaded->engine)
		fail_msg("%s", loaded->printed);
}

/* --- copies --- */

static void read_whole(struct buf *text, const char *path)
{
	struct err err = {0};

	buf_init(text, BUF_FILE);
	if (file_read(text, path, &err) < 0)
		fail_msg("%s", err.text);
}

static void write_whole(const char *path, const char *text, size_t len)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, len, out), len);
	fclose(out);
}

static void copy_half(const char *from, const char *to)
{
	DIR *dir = opendir(from);
	struct dirent *entry;

	assert_non_null(dir);
	assert_int_equal(mkdir(to, 0700), 0);
	while ((entry = readdir(dir))) {
		char *source = path_of(from, entry->d_name), *target = path_of(to, entry->d_name);
		struct buf text;

		if (entry->d_name[0] != '.') {
			read_whole(&text, source);
			write_whole(target, text.data, text.len);
			buf_release(&text);
		}
		free(source);
		free(target);
	}
	closedir(dir);
}

void packs_copy(struct pack_copy *copy, const char *name)
{
	char *folder = packs_path(name);

	snprintf(copy->folder, sizeof(copy->folder), "pack-XXXXXX");
	assert_non_null(mkdtemp(copy->folder));
	for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
		char *from = path_of(folder, halves[i]), *to = path_of(copy->folder, halves[i]);

		copy_half(from, to);
		free(from);
		free(to);
	}
	free(folder);
}

void packs_remove(struct pack_copy *copy)
{
	for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
		char *half = path_of(copy->folder, halves[i]);
		DIR *dir = opendir(half);
		struct dirent *entry;

		while (dir && (entry = readdir(dir))) {
			char *path = path_of(half, entry->d_name);

			if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
				remove(path);
			free(path);
		}
		if (dir)
			closedir(dir);
		rmdir(half);
		free(half);
	}
	rmdir(copy->folder);
}

void packs_edit(const struct pack_copy *copy, const char *file, const char *old, const char *new)
{
	char *path = path_of(copy->folder, file);
	struct buf before, after;
	const char *at;

	read_whole(&before, path);
	at = strstr(before.data, old);
	if (!at)
		fail_msg("`%s` is not in %s", old, file);
	buf_init(&after, BUF_FILE);
	buf_add(&after, before.data, (size_t)(at - before.data));
	buf_add_str(&after, new);
	buf_add_str(&after, at + strlen(old));
	write_whole(path, after.data, after.len);
	buf_release(&after);
	buf_release(&before);
	free(path);
}

void packs_write(const struct pack_copy *copy, const char *file, const char *text)
{
	char *path = path_of(copy->folder, file);

	write_whole(path, text, strlen(text));
	free(path);
}

char *packs_line(const struct pack_copy *copy, const char *file, unsigned n)
{
	char *path = path_of(copy->folder, file), *line;
	struct buf text;
	const char *p;

	read_whole(&text, path);
	p = text.data;
	while (--n && *p) {
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	line = strndup(p, strcspn(p, "\n"));
	buf_release(&text);
	free(path);
	return line;
}

void packs_drop(const struct pack_copy *copy, const char *file)
{
	char *path = path_of(copy->folder, file);

	assert_int_equal(remove(path), 0);
	free(path);
}

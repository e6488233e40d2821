#include "scene.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static const char account[] = "account:\n"
			      "  jid: bot@example.org\n"
			      "  password_file: password\n";

const char *scene_path(struct scene *scene, const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", scene->folder, name);
	return path;
}

void scene_write(struct scene *scene, const char *name, const char *text, int mode)
{
	const char *path = scene_path(scene, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, (mode_t)mode), 0);
	close(fd);
}

int scene_setup(void **state)
{
	struct scene *scene = mem_alloc(1, sizeof(*scene));

	snprintf(scene->folder, sizeof(scene->folder), "scene-XXXXXX");
	assert_non_null(mkdtemp(scene->folder));
	scene->problems = problems_new();
	scene_write(scene, "password", "hunter2\n", 0600);
	unsetenv("CREDENTIALS_DIRECTORY");
	unsetenv("STATE_DIRECTORY");
	*state = scene;
	return 0;
}

int scene_teardown(void **state)
{
	struct scene *scene = *state;
	DIR *dir = opendir(scene->folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			remove(scene_path(scene, entry->d_name));
	if (dir)
		closedir(dir);
	rmdir(scene->folder);
	settings_free(&scene->settings);
	problems_free(&scene->problems);
	free(scene->printed);
	mem_free(scene);
	return 0;
}

void scene_load(struct scene *scene, const char *text)
{
	size_t len;
	FILE *out;

	settings_free(&scene->settings);
	problems_free(&scene->problems);
	free(scene->printed);
	scene->problems = problems_new();
	scene_write(scene, "settings.yaml", text, 0640);
	scene->settings = settings_load(scene_path(scene, "settings.yaml"), scene->problems);
	out = open_memstream(&scene->printed, &len);
	problems_print(scene->problems, out);
	fclose(out);
}

void scene_load_with_account(struct scene *scene, const char *text)
{
	char whole[2048];

	assert_true(strlen(account) + strlen(text) < sizeof(whole));
	snprintf(whole, sizeof(whole), "%s%s", account, text);
	scene_load(scene, whole);
}

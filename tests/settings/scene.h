/* scene.h - a folder of its own with settings in it, for one test.
 *
 * The folder is made in the current one, which is the build folder, and is
 * taken away with all that was put into it.
 */
#ifndef TESTS_SCENE_H
#define TESTS_SCENE_H

#include "testing.h"

#include "settings.h"

struct scene {
	char folder[64];
	struct problems *problems;
	struct settings *settings;
	char *printed; /* the problems */
};

/* cmocka's setup and teardown; *state is the scene. A password file `password` is there. */
int scene_setup(void **state);
int scene_teardown(void **state);

void scene_write(struct scene *scene, const char *name, const char *text, int mode);
/* Writes settings.yaml and loads it. */
void scene_load(struct scene *scene, const char *text);
/* As scene_load(), of text of which the account is no concern. */
void scene_load_with_account(struct scene *scene, const char *text);
/* The path of a file of the scene, until the next call. */
const char *scene_path(struct scene *scene, const char *name);

#endif

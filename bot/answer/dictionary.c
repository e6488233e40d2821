#include "dictionary.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "mem.h"
#include "pool.h"

enum { WORD_MAX = 40 }; /* longer words are nobody's slip */

struct dictionary {
	char *aff, *dic;
	Hunhandle *hunspell;
	bool tried;
	bool opening; /* by a thread; until it is joined, all of this is its own */
	pthread_t opener;
	bool minds_capitals; /* some words are right in small letters alone */
};

struct dictionary *dictionary_new(const char *language, const char *folder)
{
	static const char system_folder[] = "/usr/share/hunspell";
	struct dictionary *dictionary = mem_alloc(1, sizeof(*dictionary));
	struct pool *scratch = pool_new(512);

	if (!folder)
		folder = system_folder;
	dictionary->aff = mem_strdup(pool_printf(scratch, "%s/%s.aff", folder, language));
	dictionary->dic = mem_strdup(pool_printf(scratch, "%s/%s.dic", folder, language));
	pool_free(&scratch);
	return dictionary;
}

/* Whether the rules of spelling have a way to say so. */
static bool may_mind_capitals(const char *aff)
{
	FILE *in = fopen(aff, "r");
	char line[200];
	bool found = false;

	while (in && !found && fgets(line, sizeof(line), in))
		found = !strncmp(line, "KEEPCASE", 8) || !strncmp(line, "CHECKSHARPS", 11);
	if (in)
		fclose(in);
	return found;
}

static void open_now(struct dictionary *dictionary)
{
	/* Hunspell itself is silent about a missing file, and then knows no word at all. */
	if (!access(dictionary->aff, R_OK) && !access(dictionary->dic, R_OK))
		dictionary->hunspell = Hunspell_create(dictionary->aff, dictionary->dic);
	dictionary->minds_capitals = may_mind_capitals(dictionary->aff);
}

static void *open_beside(void *userdata)
{
	open_now(userdata);
	return NULL;
}

/* A processor to spare; as many as this process may use. */
static bool has_second_processor(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 1;
}

void dictionary_prepare(struct dictionary *dictionary)
{
	sigset_t all, before;

	if (dictionary->tried || !has_second_processor())
		return;
	/* Signals are for the thread that was there before. */
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before))
		return;
	dictionary->opening = !pthread_create(&dictionary->opener, NULL, open_beside, dictionary);
	dictionary->tried = dictionary->opening;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void wait_for_opener(struct dictionary *dictionary)
{
	if (dictionary->opening)
		pthread_join(dictionary->opener, NULL);
	dictionary->opening = false;
}

bool dictionary_open(struct dictionary *dictionary)
{
	wait_for_opener(dictionary);
	if (!dictionary->tried)
		open_now(dictionary);
	dictionary->tried = true;
	return dictionary->hunspell;
}

void dictionary_free(struct dictionary **dictionary)
{
	if (!*dictionary)
		return;
	wait_for_opener(*dictionary);
	if ((*dictionary)->hunspell)
		Hunspell_destroy((*dictionary)->hunspell);
	mem_free((*dictionary)->aff);
	mem_free((*dictionary)->dic);
	mem_free(*dictionary);
	*dictionary = NULL;
}

const char *dictionary_path(const struct dictionary *dictionary)
{
	return dictionary->dic;
}

static bool spells(struct dictionary *dictionary, const char *word)
{
	return Hunspell_spell(dictionary->hunspell, word) != 0;
}

static void upper(char *c)
{
	if (*c >= 'a' && *c <= 'z')
		*c -= 'a' - 'A';
}

/* colour -> color, organise -> organize, analyse -> analyze */
static bool spells_american(struct dictionary *dictionary, char *word, size_t len)
{
	char *at;

	at = strstr(word, "our");
	if (at && at > word) {
		memmove(at + 1, at + 2, len - (size_t)(at + 2 - word) + 1);
		return spells(dictionary, word);
	}
	/* the last one: visualise has another in its stem */
	for (size_t i = len - 1; i > 1 && len > 5; i--)
		if (word[i] == 's' && (word[i - 1] == 'i' || word[i - 1] == 'y')) {
			word[i] = 'z';
			return spells(dictionary, word);
		}
	return false;
}

/* India is in the dictionary, and people write india. */
static bool spells_anyhow(struct dictionary *dictionary, char *form, size_t len)
{
	if (dictionary->minds_capitals) {
		if (spells(dictionary, form))
			return true;
		upper(form);
		if (spells(dictionary, form))
			return true;
	}
	for (size_t i = 0; i < len; i++)
		upper(form + i);
	/* In capitals it is right if it is right in any of the three, found at one go. */
	return spells(dictionary, form);
}

bool dictionary_knows(struct dictionary *dictionary, const char *word, size_t len)
{
	char form[WORD_MAX + 1];

	if (!dictionary_open(dictionary) || len == 0 || len > WORD_MAX)
		return true;
	memcpy(form, word, len);
	form[len] = '\0';
	if (spells_anyhow(dictionary, form, len))
		return true;
	memcpy(form, word, len);
	return spells_american(dictionary, form, len);
}

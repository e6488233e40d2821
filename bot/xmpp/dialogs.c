#include "dialogs.h"

#include "mem.h"
#include "pool.h"

enum {
	DIALOGS_MAX = 64,
	DIALOGS_EACH = 4, /* of one person */
	AGE_MS = 10 * 60 * 1000,
	POOL_BLOCK = 1024
};

struct dialogs {
	const struct clock *clock;
	const struct chance *chance;
	struct dialog *list[DIALOGS_MAX];
	size_t count;
};

struct dialogs *dialogs_new(const struct clock *clock, const struct chance *chance)
{
	struct dialogs *dialogs = mem_alloc(1, sizeof(*dialogs));

	*dialogs = (struct dialogs){.clock = clock, .chance = chance};
	return dialogs;
}

static void dialog_free(struct dialog *dialog)
{
	pool_free(&dialog->pool);
	mem_free(dialog);
}

static void drop(struct dialogs *dialogs, size_t i)
{
	dialog_free(dialogs->list[i]);
	dialogs->list[i] = dialogs->list[--dialogs->count];
}

void dialogs_end(struct dialogs *dialogs, const struct dialog *dialog)
{
	for (size_t i = 0; dialog && i < dialogs->count; i++)
		if (dialogs->list[i] == dialog) {
			drop(dialogs, i);
			return;
		}
}

void dialogs_clear(struct dialogs *dialogs)
{
	while (dialogs->count)
		drop(dialogs, dialogs->count - 1);
}

void dialogs_free(struct dialogs **dialogs)
{
	if (!*dialogs)
		return;
	dialogs_clear(*dialogs);
	mem_free(*dialogs);
	*dialogs = NULL;
}

void dialogs_tick(struct dialogs *dialogs)
{
	int64_t now = clock_mono_ms(dialogs->clock);

	for (size_t i = dialogs->count; i-- > 0;)
		if (now - dialogs->list[i]->used_ms >= AGE_MS)
			drop(dialogs, i);
}

/* Drops the oldest, of asker if one is given, where there are `most` of them. */
static void make_way(struct dialogs *dialogs, const char *asker, size_t most)
{
	size_t oldest = 0, found = 0;

	for (size_t i = 0; i < dialogs->count; i++) {
		const struct dialog *dialog = dialogs->list[i];

		if (asker && strcmp(dialog->asker, asker))
			continue;
		if (!found++ || dialog->used_ms < dialogs->list[oldest]->used_ms)
			oldest = i;
	}
	if (found >= most)
		drop(dialogs, oldest);
}

struct dialog *dialogs_begin(struct dialogs *dialogs, const struct adhoc_call *call)
{
	struct dialog *dialog = mem_alloc(1, sizeof(*dialog));

	make_way(dialogs, call->who->asker, DIALOGS_EACH);
	make_way(dialogs, NULL, DIALOGS_MAX);
	chance_id(dialogs->chance, dialog->id);
	dialog->pool = pool_new(POOL_BLOCK);
	dialog->from = pool_strdup(dialog->pool, call->who->from);
	dialog->asker = pool_strdup(dialog->pool, call->who->asker);
	dialog->node = pool_strdup(dialog->pool, call->node);
	dialogs->list[dialogs->count++] = dialog;
	return dialog;
}

struct dialog *dialogs_find(const struct dialogs *dialogs, const char *id)
{
	for (size_t i = 0; i < dialogs->count; i++)
		if (!strcmp(dialogs->list[i]->id, id))
			return dialogs->list[i];
	return NULL;
}

static void add_value(
	struct form_values *values, struct pool *pool, const char *name, const char *text)
{
	values->list[values->count++] =
		(struct form_value){pool_strdup(pool, name), text ? pool_strdup(pool, text) : NULL};
}

/* In a pool of its own each time, so that going back and forth does not make it grow. */
void dialogs_keep(struct dialogs *dialogs, struct dialog *dialog, const struct form_values *known,
	const struct adhoc_answer *answer)
{
	struct pool *pool = pool_new(POOL_BLOCK);
	const struct form *form = &answer->form;
	struct form_values values = {
		pool_alloc(pool, known->count + form->field_count, sizeof(*values.list)), 0};

	for (size_t i = 0; i < known->count; i++)
		add_value(&values, pool, known->list[i].name, known->list[i].value);
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];
		bool is_new = field->name && field->kind != FORM_WORDS;

		for (size_t k = 0; is_new && k < values.count; k++)
			is_new = strcmp(values.list[k].name, field->name) != 0;
		if (is_new)
			add_value(&values, pool, field->name, NULL);
	}
	dialog->from = pool_strdup(pool, dialog->from);
	dialog->asker = pool_strdup(pool, dialog->asker);
	dialog->node = pool_strdup(pool, dialog->node);
	pool_free(&dialog->pool);
	dialog->pool = pool;
	dialog->values = values;
	dialog->stage = answer->stage;
	dialog->has_next = answer->has_next;
	dialog->can_complete = answer->can_complete || !answer->has_next;
	dialog->used_ms = clock_mono_ms(dialogs->clock);
}

#include "form.h"

const char *form_value(const struct form_values *values, const char *name)
{
	for (size_t i = 0; values && name && i < values->count; i++) {
		const struct form_value *value = &values->list[i];

		if (!strcmp(value->name, name))
			return value->value && *value->value ? value->value : NULL;
	}
	return NULL;
}

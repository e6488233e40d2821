#include "thresholds.h"

#include "fields.h"

const struct thresholds thresholds_default = {
	.scope = 0.45,
	.answer = 0.22,
	.keyless = 0.32,
	.unknown = 0.04,
	.plain = 0.55,
	.rival = 0.65,
	.suggest = 0.10,
	.overheard = 0.85,
	.part = 0.50,
};

/* strtod() follows the locale's decimal point; a file does not. */
static bool read_number(const char *text, double *value)
{
	double result = 0.0, unit = 1.0;
	bool digits = false, point = false;

	for (; *text; text++) {
		if (*text == '.' && !point) {
			point = true;
			continue;
		}
		if (*text < '0' || *text > '9')
			return false;
		digits = true;
		result = result * 10.0 + (*text - '0');
		if (point)
			unit *= 10.0;
	}
	*value = result / unit;
	return digits;
}

void thresholds_read(struct thresholds *t, const struct node *root, struct problems *problems)
{
	const struct {
		const char *key;
		double *value;
	} known[] = {
		{"scope", &t->scope},
		{"answer", &t->answer},
		{"keyless", &t->keyless},
		{"unknown", &t->unknown},
		{"plain", &t->plain},
		{"rival", &t->rival},
		{"suggest", &t->suggest},
		{"overheard", &t->overheard},
		{"part", &t->part},
	};

	for (const struct node *n = root->first; n; n = n->next) {
		size_t i = 0;
		double value;

		if (!strcmp(n->key, "measured-on"))
			continue;
		while (i < ARRAY_LEN(known) && strcmp(known[i].key, n->key))
			i++;
		if (i == ARRAY_LEN(known))
			problems_add(problems, PROBLEM_ERROR, n->key_at,
				"there is no threshold `%s`", n->key);
		else if (n->kind != NODE_SCALAR || !read_number(n->text, &value) || value > 1.0)
			problems_add(problems, PROBLEM_ERROR, n->at, "`%s` is a number from 0 to 1",
				n->key);
		else
			*known[i].value = value;
	}
}

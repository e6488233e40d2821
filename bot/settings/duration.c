#include "duration.h"

#include <strings.h>

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{"ms", 1},
	{"millisecond", 1},
	{"s", DURATION_SECOND},
	{"sec", DURATION_SECOND},
	{"second", DURATION_SECOND},
	{"min", DURATION_MINUTE},
	{"minute", DURATION_MINUTE},
	{"h", DURATION_HOUR},
	{"hour", DURATION_HOUR},
	{"day", DURATION_DAY},
	{"d", DURATION_DAY},
};

/* Length of the unit called so, in one or several; 0 for no unit. */
static int64_t unit_ms(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		size_t unit_len = strlen(units[i].name);
		bool plural = unit_len > 2 && len == unit_len + 1 && (name[len - 1] | 0x20) == 's';

		if ((len == unit_len || plural) && !strncasecmp(name, units[i].name, unit_len))
			return units[i].ms;
	}
	return 0;
}

int duration_parse(const char *text, int64_t *ms, struct err *err)
{
	int64_t count = 0, unit, product;
	const char *p = text;

	while (*p >= '0' && *p <= '9')
		if (__builtin_mul_overflow(count, 10, &count) ||
			__builtin_add_overflow(count, *p++ - '0', &count))
			return err_set(
				err, ERR_LIMIT, "`%.40s` is longer than can be counted", text);
	if (p == text)
		return err_set(err, ERR_INPUT,
			"`%.40s` is no time: a whole number and a unit, as in `5 s` or `10 min`",
			text);
	while (*p == ' ')
		p++;
	if (!*p)
		return err_set(err, ERR_INPUT, "`%.40s` of what? Write `%.20s s` or `%.20s min`",
			text, text, text);
	unit = unit_ms(p);
	if (!unit)
		return err_set(err, ERR_INPUT,
			"`%.40s` is no unit of time; there are ms, s, min, h and days", p);
	if (__builtin_mul_overflow(count, unit, &product))
		return err_set(err, ERR_LIMIT, "`%.40s` is longer than can be counted", text);
	*ms = product;
	return 0;
}

#include "stamp.h"

/* Reads exactly `digits` digits at *at and moves on. */
static bool read_number(const char **at, int digits, int *value)
{
	int read = 0;

	for (int i = 0; i < digits; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		read = 10 * read + (**at - '0');
	}
	*value = read;
	return true;
}

static bool read_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static int read_fraction_ms(const char **at)
{
	int ms = 0, weight = 100;

	if (**at != '.')
		return 0;
	for ((*at)++; **at >= '0' && **at <= '9'; (*at)++, weight /= 10)
		ms += weight * (**at - '0');
	return ms;
}

/* "Z", "+hh:mm", "-hh:mm"; the old form has none of them and is UTC. */
static bool read_zone(const char **at, bool may_be_missing, int *minutes)
{
	int sign, hour, minute;

	*minutes = 0;
	if (read_char(at, 'Z') || (may_be_missing && !**at))
		return true;
	if (**at != '+' && **at != '-')
		return false;
	sign = *(*at)++ == '+' ? 1 : -1;
	if (!read_number(at, 2, &hour) || !read_char(at, ':') || !read_number(at, 2, &minute) ||
		hour > 23 || minute > 59)
		return false;
	*minutes = sign * (60 * hour + minute);
	return true;
}

bool stamp_read(const char *text, int64_t *ms)
{
	const char *at = text;
	struct tm tm = {0};
	bool old;
	int zone, fraction;

	if (!read_number(&at, 4, &tm.tm_year))
		return false;
	old = *at != '-';
	if ((!old && !read_char(&at, '-')) || !read_number(&at, 2, &tm.tm_mon) ||
		(!old && !read_char(&at, '-')) || !read_number(&at, 2, &tm.tm_mday) ||
		!read_char(&at, 'T') || !read_number(&at, 2, &tm.tm_hour) || !read_char(&at, ':') ||
		!read_number(&at, 2, &tm.tm_min) || !read_char(&at, ':') ||
		!read_number(&at, 2, &tm.tm_sec))
		return false;
	fraction = read_fraction_ms(&at);
	if (!read_zone(&at, old, &zone) || *at)
		return false;
	if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31 ||
		tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	*ms = ((int64_t)timegm(&tm) - 60 * zone) * 1000 + fraction;
	return true;
}

bool stamp_write(char out[STAMP_SIZE], int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	if (!gmtime_r(&seconds, &tm) || tm.tm_year < -900 || tm.tm_year > 8099)
		return false;
	return strftime(out, STAMP_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) == STAMP_SIZE - 1;
}

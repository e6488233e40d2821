#include "trouble.h"

#include "log.h"

enum { TELL_EVERY_MS = 3600 * 1000 };

int trouble_after(struct trouble *trouble, int result, const struct err *err)
{
	int64_t now = clock_mono_ms(trouble->clock);

	if (result >= 0 || (trouble->there && now - trouble->told_ms < TELL_EVERY_MS))
		return result;
	log_error("%s; answers go on, but are not written down", err->text);
	trouble->there = true;
	trouble->told_ms = now;
	return result;
}

int trouble_after_write(struct trouble *trouble, int result, const struct err *err)
{
	/* A full disk can still be read: what was only read proves nothing. */
	if (result >= 0 && trouble->there) {
		log_info("the journal can be written again");
		trouble->there = false;
	}
	return trouble_after(trouble, result, err);
}

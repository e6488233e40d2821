/* Orders in plain words. */
#include "order.h"

#include "pool.h"
#include "wish.h"

bool order_is_for_admins(enum order_kind kind)
{
	return kind >= ORDER_HELP;
}

static const struct word {
	const char *word;
	enum order_kind kind;
	bool wants_address;
	bool wants_text; /* behind the address */
} words[] = {
	{.word = "block", .kind = ORDER_BLOCK, .wants_address = true},
	{.word = "join", .kind = ORDER_JOIN, .wants_address = true},
	{.word = "leave", .kind = ORDER_LEAVE, .wants_address = true},
	{.word = "reload", .kind = ORDER_RELOAD},
	{.word = "report", .kind = ORDER_REPORT, .wants_address = true},
	{.word = "rooms", .kind = ORDER_ROOMS},
	{.word = "say", .kind = ORDER_SAY, .wants_address = true, .wants_text = true},
	{.word = "status", .kind = ORDER_STATUS},
	{.word = "unblock", .kind = ORDER_UNBLOCK, .wants_address = true},
};

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t\n");
}

/* The next word in pool; *text moves behind it. */
static const char *take_word(const char **text, struct pool *pool)
{
	const char *start = skip_blanks(*text);
	size_t len = strcspn(start, " \t\n");

	*text = skip_blanks(start + len);
	return pool_strndup(pool, start, len);
}

static const struct word *find_word(const char *said)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!strcasecmp(words[i].word, said))
			return &words[i];
	return NULL;
}

static struct order read_admin(const char *text, struct pool *pool)
{
	const struct word *word = find_word(take_word(&text, pool));
	struct order order = {0};
	const char *rest = text;

	/* "rooms", but not "rooms are nice"; "join us" is talk, "join" alone a slip. */
	if (!word || (!word->wants_address && *rest))
		return order;
	order.kind = word->kind;
	if (!word->wants_address)
		return order;
	order.address = take_word(&rest, pool);
	if (!*order.address || (word->wants_text && strchr(order.address, '@') && !*rest))
		order = (struct order){.kind = ORDER_HELP};
	else if (!strchr(order.address, '@'))
		order.kind = ORDER_NONE;
	else if (word->wants_text)
		order.text = rest;
	else if (word->kind == ORDER_JOIN)
		order.nick = *rest ? rest : NULL;
	else if (*rest)
		/* An occupant's nick may have blanks in it. */
		order.address = text;
	return order;
}

struct order order_read(const char *text, bool by_admin, struct pool *pool)
{
	static const enum order_kind kinds[] = {
		[WISH_TOPICS] = ORDER_TOPICS,
		[WISH_ABOUT] = ORDER_ABOUT,
		[WISH_STORED] = ORDER_PRIVACY,
		[WISH_FORGET] = ORDER_FORGET,
	};
	struct order order = {0};
	enum wish wish;

	if (by_admin)
		order = read_admin(text, pool);
	if (order.kind)
		return order;
	wish = wish_of(text);
	if (wish < ARRAY_LEN(kinds))
		order.kind = kinds[wish];
	return order;
}

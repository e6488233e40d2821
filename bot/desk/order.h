/* order.h - something that the bot is told to do, in words or by a form: it
 * is the same thing then.
 *
 * Layer: desk. Only a message that says nothing else is an order.
 * Ownership: what an order points to is the caller's.
 */
#ifndef BOT_ORDER_H
#define BOT_ORDER_H

#include "base.h"

struct buf;
struct desk;
struct pool;
struct turn;

enum order_kind {
	ORDER_NONE,
	ORDER_ASK,
	ORDER_TOPICS,
	ORDER_ABOUT,
	ORDER_PRIVACY, /* what is stored of me? */
	ORDER_FORGET,  /* erase it */
	/* admins only, from here on */
	ORDER_HELP, /* words that lack something */
	ORDER_JOIN,
	ORDER_LEAVE,
	ORDER_ROOMS,
	ORDER_SAY,
	ORDER_BLOCK,
	ORDER_REPORT, /* block, and tell the server why */
	ORDER_UNBLOCK,
	ORDER_STATUS,
	ORDER_RELOAD
};

/* What it needs not is NULL. */
struct order {
	enum order_kind kind;
	const char *address; /* of a room, an account or an occupant */
	const char *nick, *password;
	const char *text;
};

bool order_is_for_admins(enum order_kind kind);

/* Reads plain words; text in pool. ORDER_NONE: they are something else. */
struct order order_read(const char *text, bool by_admin, struct pool *pool);

/* Does it, and adds what is to be said about that to reply. false: it could not be done. */
bool order_obey(
	struct desk *desk, const struct turn *turn, const struct order *order, struct buf *reply);
/* The part of that which is for admins. */
bool order_obey_admin(
	struct desk *desk, const struct turn *turn, const struct order *order, struct buf *reply);

/* Adds a line of the voice, and a new line where something stands before it. */
struct wording_fill;
void order_say(struct desk *desk, struct buf *reply, const char *name,
	const struct wording_fill *fills, size_t fill_count);

#endif

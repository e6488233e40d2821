/* rooms_inner.h - our rooms from within, for rooms.c, which knows which they are and
 * when something is due in one, and rooms_seat.c, which sends what that is.
 *
 * Layer: xmpp.
 */
#ifndef BOT_ROOMS_INNER_H
#define BOT_ROOMS_INNER_H

#include "rooms.h"

struct rooms {
	const struct wire *wire;
	const struct identity *identity;
	struct queries *queries;
	struct archives *archives; /* NULL: none are read */
	const struct clock *clock;
	const struct chance *chance;
	struct room **list;
	size_t count, cap;
	int64_t next_join_at;
	bool online;
	void (*lost)(void *userdata, const char *jid);
	void *userdata;
};

/* Asks to be let in. */
void rooms_seat_take(struct rooms *rooms, struct room *room);
/* Says goodbye, where we are in it or on the way. */
void rooms_seat_leave(const struct rooms *rooms, const struct room *room);
/* Likewise, whatever we take ourselves for. */
void rooms_seat_vacate(const struct rooms *rooms, const struct room *room);
/* Sends our presence anew. */
void rooms_seat_show(const struct rooms *rooms, struct room *room);
/* Asks it by a self-ping whether we are still in. */
void rooms_seat_ping(struct rooms *rooms, struct room *room);
/* Opens to others what was made by our coming. */
void rooms_seat_accept(struct rooms *rooms, struct room *room);

#endif

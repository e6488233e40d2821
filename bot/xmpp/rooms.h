/* rooms.h - all rooms we are to be in: joins them at a bearable pace, keeps
 * our seats, leaves those no longer wanted.
 *
 * Layer: xmpp. Source: XEP-0045, XEP-0410.
 */
#ifndef BOT_ROOMS_H
#define BOT_ROOMS_H

#include "identity.h"
#include "queries.h"
#include "room.h"

struct rooms;

struct rooms *rooms_new(const struct wire *wire, const struct identity *identity,
	struct queries *queries, const struct clock *clock, const struct chance *chance);
void rooms_free(struct rooms **rooms);

/* The rooms to be in, from now on; their JIDs are in normal form. Others are left. */
void rooms_set(struct rooms *rooms, const struct session_room *wanted, size_t count);
/* By any address in it; NULL: none of ours. */
struct room *rooms_find(const struct rooms *rooms, const char *jid);

void rooms_online(struct rooms *rooms);
void rooms_offline(struct rooms *rooms);
/* Says goodbye to all; they are not joined again on this stream. */
void rooms_leave(struct rooms *rooms);

/* false: it is from no room of ours. */
bool rooms_presence(struct rooms *rooms, const struct presence *presence);
/* The room's configuration has changed: ask it anew what it can do. */
void rooms_reconfigured(struct rooms *rooms, struct room *room);

/* Does what is due. */
void rooms_tick(struct rooms *rooms);
/* When rooms_tick() should be called again. */
int64_t rooms_next_ms(const struct rooms *rooms);

#endif

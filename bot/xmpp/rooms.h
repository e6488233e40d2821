/* rooms.h - all rooms we are to be in: joins them at a bearable pace, keeps
 * our seats, leaves those no longer wanted; has what was missed read on coming in.
 *
 * Layer: xmpp. Source: XEP-0045, XEP-0410.
 */
#ifndef BOT_ROOMS_H
#define BOT_ROOMS_H

#include "archives.h"
#include "identity.h"
#include "queries.h"
#include "room.h"

struct rooms;

struct rooms *rooms_new(const struct wire *wire, const struct identity *identity,
	struct queries *queries, const struct clock *clock, const struct chance *chance);
void rooms_free(struct rooms **rooms);
/* Has what was missed in a room read on coming in. Borrowed; NULL, as at first: is not done. */
void rooms_read_archives(struct rooms *rooms, struct archives *archives);

/* The rooms to be in, from now on; their JIDs are in normal form. Others are left. */
void rooms_set(struct rooms *rooms, const struct session_room *wanted, size_t count);
/* One room more, which rooms_set() leaves alone; its JID is in normal form. One that is there
 * already is tried anew, with the password if there is one. false: there are too many. */
bool rooms_add(struct rooms *rooms, const struct session_room *wanted);
/* Leaves and forgets a room; false: it is none of ours. */
bool rooms_drop(struct rooms *rooms, const char *jid);
/* Is told when a room that was added is lost for good: left, kicked out of, closed. */
void rooms_tell_lost(
	struct rooms *rooms, void (*lost)(void *userdata, const char *jid), void *userdata);
size_t rooms_count(const struct rooms *rooms);
const struct room *rooms_at(const struct rooms *rooms, size_t i);
/* By any address in it; NULL: none of ours. */
struct room *rooms_find(const struct rooms *rooms, const char *jid);

void rooms_online(struct rooms *rooms);
void rooms_offline(struct rooms *rooms);
/* Says goodbye to all; they are not joined again on this stream. */
void rooms_leave(struct rooms *rooms);

/* Our presence has changed: tells them where we are. */
void rooms_show(const struct rooms *rooms);

/* false: it is from no room of ours. */
bool rooms_presence(struct rooms *rooms, const struct presence *presence);
/* The room's configuration has changed: ask it anew what it can do. */
void rooms_reconfigured(struct rooms *rooms, struct room *room);

/* Does what is due. Rooms that are lost are gone after it. */
void rooms_tick(struct rooms *rooms);
/* When rooms_tick() should be called again. */
int64_t rooms_next_ms(const struct rooms *rooms);

#endif

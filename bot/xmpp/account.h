/* account.h - the settings of a session, checked and kept.
 *
 * Layer: xmpp. Addresses come out in normal form, so that they can be compared
 * byte by byte with those from the wire.
 */
#ifndef BOT_ACCOUNT_H
#define BOT_ACCOUNT_H

#include "err.h"
#include "session.h"
#include "stream.h"

/* All owned by the account. */
struct account {
	struct pool *pool;
	char *password;
	struct stream_settings stream;
	const char *bare;   /* our address without resource */
	const char *folded; /* its local part, folded: what people call us in a talk of two */
	const char *version;
};

int account_init(struct account *account, const struct session_settings *settings,
	struct err *err) BOT_MUST_USE;
void account_release(struct account *account);

/* Whether the settings are of this very account at the same place; the password may differ. */
bool account_is_same(const struct account *account, const struct session_settings *settings);
void account_set_password(struct account *account, const char *password);

/* A room's settings checked, their address in normal form in the pool. */
int account_room(struct session_room *room, struct pool *pool, const struct session_room *settings,
	struct err *err) BOT_MUST_USE;
/* The rooms of the settings, in the pool. NULL with err set: one of them is no room. */
const struct session_room *account_rooms(
	struct pool *pool, const struct session_settings *settings, struct err *err);

#endif

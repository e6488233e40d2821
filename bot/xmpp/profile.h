/* profile.h - what others see of us when they look: name, description,
 * picture.
 *
 * Layer: xmpp. Kept by the server, so each login looks at what is there, and
 * publishes only what differs. What somebody else wrote into the other fields of
 * the vCard stays. A server that keeps no such things is asked no further.
 * Nothing waits for it, and no trouble with it is worth more than a line.
 * Source: XEP-0054, XEP-0084, XEP-0153, XEP-0163, XEP-0172.
 */
#ifndef BOT_PROFILE_H
#define BOT_PROFILE_H

#include "identity.h"
#include "queries.h"
#include "session.h"

struct profile;

/* shown: our presence is to be sent anew, since the picture named in it is to be had now. */
struct profile *profile_new(const struct wire *wire, struct queries *queries,
	struct identity *identity, void (*shown)(void *userdata), void *userdata);
void profile_free(struct profile **profile);

/* Copied; NULL: nothing is to be published, or what is there touched. */
void profile_set(struct profile *profile, const struct session_profile *wanted);
/* Looks, and publishes what differs; once it is all as wanted, nothing, until that changes. */
void profile_online(struct profile *profile);

#endif

#include "invitation.h"

#include "jid.h"
#include "ns.h"
#include "pool.h"

static const char *room_address(struct pool *pool, const char *text)
{
	const char *normal = text ? jid_normal(pool, text) : NULL;
	struct jid jid;

	return normal && jid_read(&jid, normal) && jid.local_len ? jid_bare(pool, normal) : NULL;
}

static bool read_passed_on(
	struct invitation *invitation, struct pool *pool, xmpp_stanza_t *x, xmpp_stanza_t *invite)
{
	xmpp_stanza_t *password = stanza_child(x, "password", NS_MUC_USER);
	const char *inviter = stanza_attribute(pool, invite, "from");

	invitation->room = room_address(pool, invitation->from);
	invitation->inviter = inviter ? inviter : "";
	if (password)
		invitation->password = stanza_text(pool, password, JID_PART_MAX);
	return invitation->room;
}

bool invitation_read(struct invitation *invitation, struct pool *pool, xmpp_stanza_t *message)
{
	xmpp_stanza_t *x = stanza_child(message, "x", NS_MUC_USER);
	xmpp_stanza_t *invite = x ? stanza_child(x, "invite", NS_MUC_USER) : NULL;
	const char *from = stanza_attribute(pool, message, "from");

	if (!from)
		return false;
	*invitation = (struct invitation){.from = jid_bare(pool, from)};
	/* Both servers put the direct form beside what a room passes on, for old clients. */
	if (invite)
		return jid_is_bare(from) && read_passed_on(invitation, pool, x, invite);
	/* An occupant who whispers is nobody that a server vouches for. */
	if (x)
		return false;
	x = stanza_child(message, "x", NS_CONFERENCE);
	if (!x)
		return false;
	invitation->room = room_address(pool, stanza_attribute(pool, x, "jid"));
	invitation->password = stanza_attribute(pool, x, "password");
	return invitation->room;
}

/* --- whether it counts --- */

static bool is_listed(const struct invitation_trust *trust, const char *address)
{
	struct jid jid;

	if (!jid_read(&jid, address))
		return false;
	for (size_t i = 0; i < trust->count; i++) {
		const char *entry = trust->list[i];

		if (strchr(entry, '@') ? jid_same_bare(entry, address)
				       : strlen(entry) == jid.domain_len &&
						 !memcmp(entry, jid.domain, jid.domain_len))
			return true;
	}
	return false;
}

/* Whether address is at the domain of `whose`, or somewhere below it. */
static bool is_within(const char *address, const char *whose)
{
	struct jid jid, above;
	size_t lead;

	if (!jid_read(&jid, address) || !jid_read(&above, whose) ||
		jid.domain_len < above.domain_len)
		return false;
	lead = jid.domain_len - above.domain_len;
	return !memcmp(jid.domain + lead, above.domain, above.domain_len) &&
	       (lead == 0 || jid.domain[lead - 1] == '.');
}

bool invitation_counts(const struct invitation *invitation, const struct invitation_trust *trust)
{
	const char *from = invitation->from, *inviter = invitation->inviter;

	if (is_listed(trust, from))
		return true;
	return inviter && is_listed(trust, inviter) &&
	       (is_within(from, inviter) || is_within(from, trust->own_jid));
}

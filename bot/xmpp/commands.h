/* commands.h - commands that people run by forms of their client: the protocol.
 *
 * Layer: xmpp. What a command means, and who may run it, its provider knows.
 * Source: XEP-0050.
 */
#ifndef BOT_COMMANDS_H
#define BOT_COMMANDS_H

#include "adhoc.h"
#include "chance.h"
#include "clock.h"
#include "stanza.h"

struct commands;
struct rooms;

/* All borrowed. */
struct commands *commands_new(const struct adhoc_provider *provider, const struct rooms *rooms,
	const char *own_jid, const struct clock *clock, const struct chance *chance);
void commands_free(struct commands **commands);
/* The stream has ended, and with it all sessions. */
void commands_forget(struct commands *commands);
/* Forgets sessions whose time is over. */
void commands_tick(struct commands *commands);

/* Answers, owned by the caller. The <command/> of an IQ of type set: */
xmpp_stanza_t *commands_serve(struct commands *commands, xmpp_stanza_t *iq, xmpp_stanza_t *command);
/* Disco, for the node of the list of commands and for those of commands; NULL: for another. */
xmpp_stanza_t *commands_items(const struct commands *commands, xmpp_stanza_t *iq, const char *node);
xmpp_stanza_t *commands_info(const struct commands *commands, xmpp_stanza_t *iq, const char *node);

#endif

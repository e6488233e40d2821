/* xml.h - stanzas from text, and a pretend wire, for the tests of xmpp.
 *
 * stanza(): parsed, in the namespace of a client's stream; lives until the test
 * group ends. The wire keeps what is sent and reported as text.
 */
#ifndef TESTS_XML_H
#define TESTS_XML_H

#include "testing.h"

#include "buf.h"
#include "chance.h"
#include "clock.h"
#include "pool.h"
#include "session.h"
#include "wire.h"

struct xml_world {
	xmpp_ctx_t *ctx;
	struct pool *pool;
	struct wire wire;
	struct buf sent;     /* a stanza a line */
	struct buf reported; /* "level: text" a line */
	struct clock_hand hand;
	struct clock clock;
	uint64_t seed;
	struct chance chance;
	xmpp_stanza_t *kept[256];
	size_t kept_count;
};

void xml_world_init(struct xml_world *world);
void xml_world_release(struct xml_world *world);
/* Group set-up and tear-down; *state becomes the world. */
int xml_setup(void **state);
int xml_teardown(void **state);

/* " xmlns='jabber:client'" is put behind the first name. Fails the test where it is no XML. */
xmpp_stanza_t *xml_stanza(struct xml_world *world, const char *text);
/* The text of a stanza, owned by the world. */
const char *xml_text(struct xml_world *world, xmpp_stanza_t *stanza);
/* What has been sent since the last call. */
const char *xml_sent(struct xml_world *world);
const char *xml_reported(struct xml_world *world);
/* The value of the first id='…' in text. */
const char *xml_id_in(struct xml_world *world, const char *text);
void xml_pass(struct xml_world *world, int64_t ms);

void xml_assert_contains(
	const char *text, const char *part, bool wanted, const char *file, int line);
#define assert_contains(text, part) xml_assert_contains((text), (part), true, __FILE__, __LINE__)
#define assert_lacks(text, part) xml_assert_contains((text), (part), false, __FILE__, __LINE__)

#endif

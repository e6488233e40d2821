#include "xml.h"

#include "mem.h"

static void keep_sent(void *userdata, xmpp_stanza_t *stanza)
{
	struct xml_world *world = userdata;

	buf_addf(&world->sent, "%s\n", xml_text(world, stanza));
}

static void keep_report(void *userdata, enum log_level level, const char *line)
{
	struct xml_world *world = userdata;

	buf_addf(&world->reported, "%s: %s\n", log_level_name(level), line);
}

void xml_world_init(struct xml_world *world)
{
	*world = (struct xml_world){.pool = pool_new(4096), .seed = 1, .hand = {1000, 1000}};
	xmpp_initialize();
	world->ctx = xmpp_ctx_new(NULL, NULL);
	world->wire = (struct wire){world->ctx, keep_sent, keep_report, world};
	buf_init(&world->sent, BUF_STANZA);
	buf_init(&world->reported, BUF_STANZA);
	world->clock = clock_by_hand(&world->hand);
	world->chance = chance_from_seed(&world->seed);
}

void xml_world_release(struct xml_world *world)
{
	for (size_t i = 0; i < world->kept_count; i++)
		xmpp_stanza_release(world->kept[i]);
	buf_release(&world->sent);
	buf_release(&world->reported);
	pool_free(&world->pool);
	xmpp_ctx_free(world->ctx);
	xmpp_shutdown();
}

int xml_setup(void **state)
{
	struct xml_world *world = mem_alloc(1, sizeof(*world));

	xml_world_init(world);
	*state = world;
	return 0;
}

int xml_teardown(void **state)
{
	xml_world_release(*state);
	mem_free(*state);
	return 0;
}

xmpp_stanza_t *xml_stanza(struct xml_world *world, const char *text)
{
	size_t name = strcspn(text, " />");
	xmpp_stanza_t *stanza = xmpp_stanza_new_from_string(
		world->ctx, pool_printf(world->pool, "%.*s xmlns='jabber:client'%s", (int)name,
				    text, text + name));

	if (!stanza)
		fail_msg("no XML: %s", text);
	if (world->kept_count == ARRAY_LEN(world->kept))
		fail_msg("too many stanzas in one group of tests");
	world->kept[world->kept_count++] = stanza;
	return stanza;
}

const char *xml_text(struct xml_world *world, xmpp_stanza_t *stanza)
{
	const char *copy;
	char *text;
	size_t len;

	if (xmpp_stanza_to_text(stanza, &text, &len))
		fail_msg("a stanza that cannot be written");
	copy = pool_strndup(world->pool, text, len);
	xmpp_free(world->ctx, text);
	return copy;
}

static const char *taken(struct xml_world *world, struct buf *from)
{
	const char *text = pool_strdup(world->pool, from->data);

	buf_clear(from);
	return text;
}

const char *xml_sent(struct xml_world *world)
{
	return taken(world, &world->sent);
}

const char *xml_reported(struct xml_world *world)
{
	return taken(world, &world->reported);
}

const char *xml_id_in(struct xml_world *world, const char *text)
{
	const char *id = strstr(text, " id=\"");

	if (!id)
		fail_msg("no id in %s", text);
	id += strlen(" id=\"");
	return pool_strndup(world->pool, id, strcspn(id, "\""));
}

void xml_pass(struct xml_world *world, int64_t ms)
{
	world->hand.mono += ms;
	world->hand.wall += ms;
}

void xml_assert_contains(
	const char *text, const char *part, bool wanted, const char *file, int line)
{
	if (!!strstr(text, part) == wanted)
		return;
	print_error("\"%s\" %s in \"%s\"\n", part, wanted ? "is not" : "is", text);
	_fail(file, line);
}

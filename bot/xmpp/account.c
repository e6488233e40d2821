#include "account.h"

#include "fold.h"
#include "jid.h"
#include "mem.h"
#include "pool.h"

enum { LOGIN_MS = 20 * 1000 };

static const char *copy_or_null(struct pool *pool, const char *text)
{
	return text ? pool_strdup(pool, text) : NULL;
}

int account_init(struct account *account, const struct session_settings *settings, struct err *err)
{
	struct pool *pool = pool_new(1024);
	const char *full = jid_normal(pool, settings->jid);
	struct jid jid;

	*account = (struct account){.pool = pool};
	if (!full || !jid_read(&jid, full) || !jid.local_len)
		return err_set(
			err, ERR_INPUT, "%s is not the address of an account", settings->jid);
	account->bare = jid_bare(pool, full);
	account->folded = fold_text(pool, jid.local, jid.local_len);
	account->version = pool_strdup(pool, settings->version);
	account->stream = (struct stream_settings){
		.jid = full,
		.host = copy_or_null(pool, settings->host),
		.port = settings->port,
		.tls = settings->tls,
		.ca_file = copy_or_null(pool, settings->ca_file),
		.patience_ms = LOGIN_MS,
	};
	account_set_password(account, settings->password);
	return 0;
}

/* Passwords are not left lying about in memory that is free. */
static void forget_password(struct account *account)
{
	if (account->password)
		explicit_bzero(account->password, strlen(account->password));
	mem_free(account->password);
}

void account_release(struct account *account)
{
	forget_password(account);
	pool_free(&account->pool);
	*account = (struct account){0};
}

static bool same_or_both_null(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool account_is_same(const struct account *account, const struct session_settings *settings)
{
	const struct stream_settings *stream = &account->stream;
	struct pool *pool = pool_new(512);
	const char *jid = jid_normal(pool, settings->jid);
	bool same = same_or_both_null(jid, stream->jid) &&
		    same_or_both_null(settings->host, stream->host) &&
		    same_or_both_null(settings->ca_file, stream->ca_file) &&
		    settings->port == stream->port && settings->tls == stream->tls;

	pool_free(&pool);
	return same;
}

void account_set_password(struct account *account, const char *password)
{
	forget_password(account);
	account->password = mem_strdup(password);
	account->stream.password = account->password;
}

int account_room(struct session_room *room, struct pool *pool, const struct session_room *settings,
	struct err *err)
{
	const char *normal = jid_normal(pool, settings->jid);
	struct jid jid;

	if (!normal || !jid_read(&jid, normal) || !jid.local_len || jid.resource)
		return err_set(err, ERR_INPUT, "%s is not the address of a room", settings->jid);
	if (!*settings->nick || strlen(settings->nick) > JID_PART_MAX)
		return err_set(err, ERR_INPUT, "\"%s\" cannot be a nick", settings->nick);
	*room = *settings;
	room->jid = normal;
	return 0;
}

const struct session_room *account_rooms(
	struct pool *pool, const struct session_settings *settings, struct err *err)
{
	/* One more, so that no rooms are not NULL. */
	struct session_room *rooms = pool_alloc(pool, settings->room_count + 1, sizeof(*rooms));

	for (size_t i = 0; i < settings->room_count; i++)
		if (account_room(&rooms[i], pool, &settings->rooms[i], err) < 0)
			return NULL;
	return rooms;
}

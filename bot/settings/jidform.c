#include "jidform.h"

#include <strings.h>

#include "utf8.h"

enum { PART_MAX = 1023 }; /* bytes of each part, RFC 7622 */

static bool space_or_control(unsigned char c)
{
	return c <= ' ' || c == 0x7F;
}

static int check_name(const char *name, size_t len, size_t *where, struct err *err)
{
	for (size_t i = 0; i < len; i++) {
		*where = i;
		if (space_or_control((unsigned char)name[i]))
			return err_set(err, ERR_INPUT, "a blank cannot stand in an address");
		if (strchr("\"&':<>", name[i]))
			return err_set(err, ERR_INPUT,
				"`%c` cannot stand in the name before the `@`", name[i]);
	}
	*where = 0;
	if (len == 0)
		return err_set(err, ERR_INPUT, "there is no name before the `@`");
	return 0;
}

static bool in_server_name(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       c == '-' || c == '.';
}

static int check_server(const char *server, size_t len, size_t *where, struct err *err)
{
	bool literal = len > 2 && server[0] == '[' && server[len - 1] == ']';

	*where = 0;
	if (len == 0)
		return err_set(err, ERR_INPUT, "the server's name is missing");
	for (size_t i = literal ? 1 : 0; i < len - literal; i++) {
		unsigned char c = (unsigned char)server[i];

		*where = i;
		if (c == '@')
			return err_set(err, ERR_INPUT, "a second `@`; an address has one");
		if (space_or_control(c))
			return err_set(err, ERR_INPUT, "a blank cannot stand in an address");
		if (!in_server_name(c) && !(literal && c == ':')) {
			size_t size;

			utf8_next(server + i, len - i, &size);
			return err_set(err, ERR_INPUT, "`%.*s` cannot stand in a server's name%s",
				(int)size, server + i,
				c == ':' ? "; a port is written in `port`" : "");
		}
		if (c == '.' && (i == 0 || server[i - 1] == '.'))
			return err_set(err, ERR_INPUT, "something is missing before this dot");
	}
	return 0;
}

static int check_resource(const char *resource, size_t *where, struct err *err)
{
	*where = 0;
	if (!*resource)
		return err_set(err, ERR_INPUT, "nothing stands behind the `/`");
	for (size_t i = 0; resource[i]; i++) {
		*where = i;
		if ((unsigned char)resource[i] < ' ' || resource[i] == 0x7F)
			return err_set(err, ERR_INPUT, "a control character in an address");
	}
	return 0;
}

int jidform_check(const char *text, enum jidform shape, size_t *where, struct err *err)
{
	size_t bare_len = strcspn(text, "/");
	const char *at = memchr(text, '@', bare_len);
	const char *server = at ? at + 1 : text;
	size_t server_len = bare_len - (size_t)(server - text);

	*where = 0;
	if (!strncasecmp(text, "xmpp:", 5))
		return err_set(
			err, ERR_INPUT, "leave out the `xmpp:`; the address alone is wanted");
	if (!at && shape != JIDFORM_BARE_OR_SERVER)
		return err_set(err, ERR_INPUT,
			"`%.80s` is no address; one looks like name@example.org", text);
	if (at && check_name(text, (size_t)(at - text), where, err) < 0)
		return -1;
	if (check_server(server, server_len, where, err) < 0) {
		*where += (size_t)(server - text);
		return -1;
	}
	*where = 0;
	if ((at && (size_t)(at - text) > PART_MAX) || server_len > PART_MAX ||
		strlen(text + bare_len) > PART_MAX + 1)
		return err_set(err, ERR_INPUT, "a part of this address is over %d bytes", PART_MAX);
	if (!text[bare_len])
		return 0;
	*where = bare_len;
	if (shape != JIDFORM_ACCOUNT)
		return err_set(err, ERR_INPUT, "leave out what begins with `/`");
	if (check_resource(text + bare_len + 1, where, err) < 0) {
		*where += bare_len + 1;
		return -1;
	}
	return 0;
}

void jidform_fold(char *text)
{
	for (; *text && *text != '/'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text |= 0x20;
}

#include "cause.h"

static bool starts_with(const char *line, const char *words)
{
	return !strncmp(line, words, strlen(words));
}

static bool contains(const char *line, const char *words)
{
	return strstr(line, words);
}

void evidence_add_log(
	struct evidence *evidence, xmpp_log_level_t level, const char *area, const char *line)
{
	/* Only what the server says before it knows us is a line with <failure> from itself. */
	if (starts_with(line, "RECV: <failure")) {
		evidence->refused_for_now = contains(line, "<temporary-auth-failure");
		return;
	}
	if (starts_with(line, "connection failed, error ")) {
		err_set(&evidence->detail, ERR_SYSTEM, "%s",
			strerror(
				(int)strtol(line + strlen("connection failed, error "), NULL, 10)));
		return;
	}
	if (level < XMPP_LEVEL_WARN && !starts_with(line, "Connection attempt timed out"))
		return;
	if (!strcmp(area, "auth") && contains(line, "Cannot authenticate with known methods"))
		evidence->refused = true;
	else if (contains(line, "TLS is not supported, but set as mandatory"))
		evidence_add_certificate(evidence, "the server offers no TLS");
	else if (!evidence->detail.code)
		err_set(&evidence->detail, ERR_SYSTEM, "%s", line);
}

void evidence_add_certificate(struct evidence *evidence, const char *reason)
{
	if (!evidence->untrusted)
		err_set(&evidence->detail, ERR_REFUSED, "%s", reason);
	evidence->untrusted = true;
}

static const struct {
	xmpp_error_type_t type;
	enum cause cause;
	const char *name;
} stream_errors[] = {
	{XMPP_SE_BAD_FORMAT, CAUSE_MISTAKE, "bad-format"},
	{XMPP_SE_BAD_NS_PREFIX, CAUSE_MISTAKE, "bad-namespace-prefix"},
	{XMPP_SE_CONFLICT, CAUSE_CONFLICT, "conflict"},
	{XMPP_SE_CONN_TIMEOUT, CAUSE_RESTART, "connection-timeout"},
	{XMPP_SE_HOST_GONE, CAUSE_MISTAKE, "host-gone"},
	{XMPP_SE_HOST_UNKNOWN, CAUSE_MISTAKE, "host-unknown"},
	{XMPP_SE_IMPROPER_ADDR, CAUSE_MISTAKE, "improper-addressing"},
	{XMPP_SE_INTERNAL_SERVER_ERROR, CAUSE_RESTART, "internal-server-error"},
	{XMPP_SE_INVALID_FROM, CAUSE_MISTAKE, "invalid-from"},
	{XMPP_SE_INVALID_ID, CAUSE_MISTAKE, "invalid-id"},
	{XMPP_SE_INVALID_NS, CAUSE_MISTAKE, "invalid-namespace"},
	{XMPP_SE_INVALID_XML, CAUSE_MISTAKE, "invalid-xml"},
	{XMPP_SE_NOT_AUTHORIZED, CAUSE_REFUSED, "not-authorized"},
	{XMPP_SE_POLICY_VIOLATION, CAUSE_OVERLOAD, "policy-violation"},
	{XMPP_SE_REMOTE_CONN_FAILED, CAUSE_RESTART, "remote-connection-failed"},
	{XMPP_SE_RESOURCE_CONSTRAINT, CAUSE_OVERLOAD, "resource-constraint"},
	{XMPP_SE_RESTRICTED_XML, CAUSE_MISTAKE, "restricted-xml"},
	{XMPP_SE_SEE_OTHER_HOST, CAUSE_ELSEWHERE, "see-other-host"},
	{XMPP_SE_SYSTEM_SHUTDOWN, CAUSE_RESTART, "system-shutdown"},
	{XMPP_SE_UNDEFINED_CONDITION, CAUSE_RESTART, "undefined-condition"},
	{XMPP_SE_UNSUPPORTED_ENCODING, CAUSE_MISTAKE, "unsupported-encoding"},
	{XMPP_SE_UNSUPPORTED_STANZA_TYPE, CAUSE_MISTAKE, "unsupported-stanza-type"},
	{XMPP_SE_UNSUPPORTED_VERSION, CAUSE_MISTAKE, "unsupported-version"},
	{XMPP_SE_XML_NOT_WELL_FORMED, CAUSE_MISTAKE, "not-well-formed"},
};

static enum cause cause_of_stream_error(const xmpp_stream_error_t *error, struct err *words)
{
	for (size_t i = 0; i < ARRAY_LEN(stream_errors); i++) {
		if (stream_errors[i].type != error->type)
			continue;
		err_set(words, ERR_CLOSED, "the server ended the stream: %s%s%s",
			stream_errors[i].name, error->text ? ", " : "",
			error->text ? error->text : "");
		return stream_errors[i].cause;
	}
	err_set(words, ERR_CLOSED, "the server ended the stream");
	return CAUSE_RESTART;
}

enum cause cause_decide(const struct evidence *evidence, int error,
	const xmpp_stream_error_t *stream_error, struct err *words)
{
	const char *lost;

	if (evidence->untrusted) {
		err_set(words, ERR_REFUSED, "the server cannot be trusted: %s",
			evidence->detail.text);
		return CAUSE_UNTRUSTED;
	}
	if (evidence->refused && evidence->refused_for_now) {
		err_set(words, ERR_CLOSED, "the server cannot check passwords just now");
		return CAUSE_RESTART;
	}
	if (evidence->refused) {
		err_set(words, ERR_REFUSED,
			"the server does not take the account: is the address right, and the "
			"password?");
		return CAUSE_REFUSED;
	}
	if (stream_error)
		return cause_of_stream_error(stream_error, words);
	lost = evidence->was_up ? "the connection was lost" : "no connection";
	if (evidence->detail.code)
		err_set(words, ERR_CLOSED, "%s: %s", lost, evidence->detail.text);
	else if (error > 6) /* below, libstrophe hands out codes of OpenSSL */
		err_set_errno(words, error, "%s", lost);
	else if (evidence->was_up)
		err_set(words, ERR_CLOSED, "%s", lost);
	else
		err_set(words, ERR_CLOSED, "no connection: refused, or closed by the server");
	return CAUSE_NETWORK;
}

#include "resolver.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <resolv.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"

enum { NO_CHILD = -1, NO_PIPE = -1 };

struct resolver_question {
	enum resolver_kind kind;
	pid_t child;
	int pipe;   /* where the answer comes from */
	size_t got; /* bytes of it */
	struct resolver_answer answer;
};

/* --- what the child does: it may block, and nobody else is there to be disturbed --- */

static enum resolver_result result_of_error(int error)
{
	return error == EAI_NONAME || error == EAI_NODATA || error == EAI_ADDRFAMILY
		       ? RESOLVER_NOTHING
		       : RESOLVER_FAILED;
}

static void find_addresses(struct resolver_answer *answer, const char *name, int family)
{
	struct addrinfo hints = {
		.ai_family = family, .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP};
	struct addrinfo *list = NULL;
	int error = getaddrinfo(name, NULL, &hints, &list);

	if (error) {
		answer->result = result_of_error(error);
		return;
	}
	for (const struct addrinfo *i = list; i && answer->count < RESOLVER_ADDRESSES_MAX;
		i = i->ai_next)
		if (i->ai_addrlen <= sizeof(answer->addresses[0]))
			memcpy(&answer->addresses[answer->count++], i->ai_addr, i->ai_addrlen);
	freeaddrinfo(list);
	answer->result = answer->count ? RESOLVER_FOUND : RESOLVER_NOTHING;
}

static void find_services(struct resolver_answer *answer, const char *domain, bool direct_tls)
{
	static const enum resolver_result results[] = {[SRV_SOME] = RESOLVER_FOUND,
		[SRV_NONE] = RESOLVER_NOTHING,
		[SRV_REFUSED] = RESOLVER_REFUSED};
	const char *service = direct_tls ? "_xmpps-client._tcp" : "_xmpp-client._tcp";
	unsigned char *message = mem_alloc(1, SRV_ANSWER_MAX);
	char name[SRV_HOST_MAX + sizeof("_xmpps-client._tcp.")];
	int len;

	snprintf(name, sizeof(name), "%s.%s", service, domain);
	/* Not res_search(3): a domain is never meant to be completed. */
	len = res_query(name, ns_c_in, ns_t_srv, message, SRV_ANSWER_MAX);
	if (len < 0)
		answer->result = h_errno == HOST_NOT_FOUND || h_errno == NO_DATA ? RESOLVER_NOTHING
										 : RESOLVER_FAILED;
	else
		answer->result = results[srv_read(answer->services, &answer->count, message,
			len < SRV_ANSWER_MAX ? (size_t)len : SRV_ANSWER_MAX, direct_tls)];
	mem_free(message);
}

static void find(struct resolver_answer *answer, enum resolver_kind kind, const char *name)
{
	switch (kind) {
	case RESOLVER_STARTTLS:
	case RESOLVER_DIRECT_TLS:
		find_services(answer, name, kind == RESOLVER_DIRECT_TLS);
		break;
	case RESOLVER_IPV6:
		find_addresses(answer, name, AF_INET6);
		break;
	case RESOLVER_IPV4:
		find_addresses(answer, name, AF_INET);
		break;
	}
}

static void be_the_child(int out, enum resolver_kind kind, const char *name)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGALRM, SIGPIPE};
	struct resolver_answer answer = {.result = RESOLVER_FAILED};
	const char *left = (const char *)&answer;
	const char *end = left + sizeof(answer);
	ssize_t written = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* The handlers belong to the parent, and would wake it. */
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		signal(numbers[i], SIG_DFL);
	find(&answer, kind, name);
	while (left < end && written >= 0) {
		written = write(out, left, (size_t)(end - left));
		left += written;
	}
	_exit(0); /* what the parent wants done at its end is not for us to do */
}

/* --- what the parent does --- */

static void start_child(struct resolver_question *question, const char *name)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	question->child = fork();
	if (!question->child)
		be_the_child(ends[1], question->kind, name);
	close(ends[1]);
	if (question->child > 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
		question->pipe = ends[0];
	else
		close(ends[0]);
}

static struct resolver_question *ask(void *userdata, enum resolver_kind kind, const char *name)
{
	struct resolver_question *question = mem_alloc(1, sizeof(*question));

	(void)userdata;
	*question = (struct resolver_question){.kind = kind, .child = NO_CHILD, .pipe = NO_PIPE};
	/* Also what makes the name fit. */
	if (srv_is_host(name))
		start_child(question, name);
	return question;
}

static void drop(void *userdata, struct resolver_question **question)
{
	struct resolver_question *q = *question;

	(void)userdata;
	if (!q)
		return;
	if (q->child > 0) {
		kill(q->child, SIGKILL);
		while (waitpid(q->child, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (q->pipe != NO_PIPE)
		close(q->pipe);
	mem_free(q);
	*question = NULL;
}

/* The child has read what strangers wrote: it is trusted with nothing but its own end. */
static bool is_sound(const struct resolver_question *question)
{
	const struct resolver_answer *answer = &question->answer;
	bool services = question->kind <= RESOLVER_DIRECT_TLS;
	int family = question->kind == RESOLVER_IPV6 ? AF_INET6 : AF_INET;

	if (question->got != sizeof(*answer) || answer->result > RESOLVER_FAILED ||
		(answer->result == RESOLVER_FOUND) != (answer->count > 0) ||
		answer->count > (services ? SRV_MAX : RESOLVER_ADDRESSES_MAX))
		return false;
	for (size_t i = 0; i < answer->count; i++) {
		const struct srv *srv = &answer->services[i];

		if (services ? !memchr(srv->host, '\0', sizeof(srv->host)) ||
					!srv_is_host(srv->host) || !srv->port
			     : answer->addresses[i].any.sa_family != family)
			return false;
	}
	return true;
}

/* Returns whether there is nothing more to come. */
static bool read_answer(struct resolver_question *question)
{
	char *bytes = (char *)&question->answer;
	ssize_t got;

	if (question->pipe == NO_PIPE)
		return true;
	do {
		got = read(question->pipe, bytes + question->got,
			sizeof(question->answer) - question->got);
		if (got > 0)
			question->got += (size_t)got;
	} while (got > 0 && question->got < sizeof(question->answer));
	return got >= 0 || (errno != EAGAIN && errno != EINTR);
}

static bool answered(
	void *userdata, struct resolver_question **question, struct resolver_answer *answer)
{
	if (!read_answer(*question))
		return false;
	if (is_sound(*question))
		*answer = (*question)->answer;
	else
		*answer = (struct resolver_answer){.result = RESOLVER_FAILED};
	drop(userdata, question);
	return true;
}

const struct resolver resolver_system = {ask, answered, drop, NULL};

bool resolver_read_address(union resolver_address *address, const char *text)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
	struct addrinfo *list = NULL;
	char bare[INET6_ADDRSTRLEN + 32]; /* an interface may be named behind a % */
	size_t len = strlen(text);
	bool brackets = *text == '[' && text[len - 1] == ']';

	if (len - 2 * brackets >= sizeof(bare))
		return false;
	snprintf(bare, sizeof(bare), "%.*s", (int)(len - 2 * brackets), text + brackets);
	/* Unlike inet_pton(3) it knows interfaces. */
	if (!*bare || getaddrinfo(bare, NULL, &hints, &list))
		return false;
	memset(address, 0, sizeof(*address));
	memcpy(address, list->ai_addr, list->ai_addrlen);
	freeaddrinfo(list);
	return true;
}

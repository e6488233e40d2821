/* nameserver.c - to be preloaded: asks the name server at 127.0.0.1 and $NAMESERVER_PORT alone,
 * as no file on a machine that is in use could be made to say for one process. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <nss.h>
#include <resolv.h>
#include <stdlib.h>

__attribute__((constructor)) static void ask_there(void)
{
	const char *port = getenv("NAMESERVER_PORT");

	if (!port || res_init())
		return;
	_res.nscount = 1;
	_res.nsaddr_list[0] = (struct sockaddr_in){.sin_family = AF_INET,
		.sin_port = htons((unsigned short)atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	__nss_configure_lookup("hosts", "dns");
}

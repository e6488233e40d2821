"""Finding the server: by DNS, and round what is dead, silent or wrong."""

import asyncio
import random
import socket
import ssl

from nameserver import NameServer
from sandbox import PATIENCE
from server import HOST
from test_session import SilentServer
from world import Skip

DEAD = "127.0.0.2"  # nobody listens there
GIVEN_UP_AFTER = 10  # an address that does not answer


async def is_in(bot, how, within=PATIENCE):
    await bot.logs(f"online as .* at {how}", within)


async def test_the_server_is_found_by_srv(world):
    async with NameServer(world.sandbox) as dns:
        dns.has_service(HOST, world.server.port, "xmpp.test")
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await is_in(bot, rf"xmpp\.test \(127\.0\.0\.1\) port {world.server.port} by STARTTLS")


async def test_direct_tls_is_found_by_srv(world):
    async with NameServer(world.sandbox) as dns:
        dns.has_service(HOST, world.server.port, "xmpp.test", priority=20)
        dns.has_service(HOST, world.server.tls_port, "xmpp.test", priority=10, direct_tls=True)
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await is_in(bot, f"xmpp.test .* port {world.server.tls_port} by direct TLS")
        starttls = world.has_bot(found_by=dns, account={"tls": "starttls"})
        await is_in(starttls, f"xmpp.test .* port {world.server.port} by STARTTLS")


class Proxy:
    """Another way to the server."""

    def __init__(self, host, port, to_port):
        self.address, self.to_port = (host, port), to_port

    async def __aenter__(self):
        try:
            self.server = await asyncio.start_server(self._client, *self.address)
        except OSError as error:
            raise Skip(str(error)) from error

    async def __aexit__(self, *_):
        self.server.close()

    async def _client(self, reader, writer):
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.to_port)
        await asyncio.gather(self._copy(reader, to_writer), self._copy(to_reader, writer))

    async def _copy(self, reader, writer):
        while data := await reader.read(4096):
            writer.write(data)
        writer.close()


async def test_without_srv_the_domain_is_the_server(world):
    address = f"127.{random.randrange(1, 255)}.{random.randrange(255)}.{random.randrange(1, 255)}"
    async with NameServer(world.sandbox) as dns, Proxy(address, 5222, world.server.port):
        dns.has_address(HOST, address)
        bot = world.has_bot(found_by=dns)
        await is_in(bot, rf"localhost \({address}\) port 5222 by STARTTLS")


async def test_silence_about_srv_is_taken_for_none(world):
    address = f"127.{random.randrange(1, 255)}.{random.randrange(255)}.{random.randrange(1, 255)}"
    async with NameServer(world.sandbox) as dns, Proxy(address, 5222, world.server.port):
        dns.silent.update({f"_xmpp-client._tcp.{HOST}", f"_xmpps-client._tcp.{HOST}"})
        dns.has_address(HOST, address)
        bot = world.has_bot(found_by=dns)
        await is_in(bot, "localhost", 5 + PATIENCE)


async def test_a_service_that_is_not_offered_is_left_alone(world):
    async with NameServer(world.sandbox) as dns:
        dns.has_service(HOST, 0, ".")
        dns.has_address(HOST, "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await bot.logs("DNS says that localhost offers no XMPP.*next attempt in 300 s")


async def test_ipv6_comes_first(world):
    port = world.server.port
    async with NameServer(world.sandbox) as dns, Proxy("::1", port, port):
        dns.has_service(HOST, port, "xmpp.test")
        dns.has_address("xmpp.test", "127.0.0.1")
        dns.has_address("xmpp.test", "::1")
        bot = world.has_bot(found_by=dns)
        await is_in(bot, rf"xmpp\.test \(::1\) port {port} by STARTTLS")


class Hole:
    """An address that answers nothing at all: its queue is full, and nobody takes from it."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.port = self.listener.getsockname()[1]
        self.waiting = [socket.socket() for _ in range(4)]
        for waiting in self.waiting:
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", self.port))
        return self

    def __exit__(self, *_):
        for s in (*self.waiting, self.listener):
            s.close()


async def test_dead_addresses_hold_nothing_up(world):
    with Hole() as one, Hole() as other, Hole() as third:
        holes = (one, other, third)
        async with NameServer(world.sandbox) as dns:
            for hole in holes:
                dns.has_service(HOST, hole.port, "dead.test", priority=10)
            dns.has_service(HOST, world.server.port, "xmpp.test", priority=20)
            dns.has_address("dead.test", "::1")
            dns.has_address("dead.test", "127.0.0.1")
            dns.has_address("xmpp.test", DEAD)
            dns.has_address("xmpp.test", "127.0.0.1")
            bot = world.has_bot(found_by=dns)
            await bot.logs("to try: dead.test")
            one_by_one = len(holes) * GIVEN_UP_AFTER
            await is_in(bot, f"xmpp.test .* port {world.server.port}", one_by_one - 1)


async def test_the_addresses_of_a_host_of_the_settings_are_tried_too(world):
    async with NameServer(world.sandbox) as dns:
        dns.has_service("xmpp.test", 1, "elsewhere.test")
        dns.has_address("xmpp.test", DEAD)
        dns.has_address("xmpp.test", "127.0.0.1")
        named = {"host": "xmpp.test", "port": world.server.port}
        bot = world.has_bot(found_by=dns, account=named)
        await is_in(bot, r"xmpp\.test \(127\.0\.0\.1\)")


async def test_after_a_silent_server_the_next_is_tried(world):
    async with NameServer(world.sandbox) as dns, SilentServer() as silent:
        dns.has_service(HOST, silent.port, "silent.test", priority=10)
        dns.has_service(HOST, world.server.port, "xmpp.test", priority=20)
        dns.has_address("silent.test", "127.0.0.1")
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await bot.logs("silent.test .*the login took too long; trying another server", 10 + PATIENCE)
        await is_in(bot, "xmpp.test")
        assert len(silent.lives) == 1


async def test_after_a_port_without_tls_the_next_is_tried(world):
    async with NameServer(world.sandbox) as dns:
        dns.has_service(HOST, world.server.port, "wrong.test", priority=10, direct_tls=True)
        dns.has_service(HOST, world.server.tls_port, "xmpp.test", priority=20, direct_tls=True)
        dns.has_address("wrong.test", "127.0.0.1")
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await bot.logs("wrong.test .*trying another server")
        await is_in(bot, "xmpp.test .* by direct TLS")
        world.server.kill()
        await bot.logs("warning: the connection was lost")


ELSEWHERE = """<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='s' version='1.0'
 xmlns:stream='http://etherx.jabber.org/streams' from='localhost'><stream:error><see-other-host
 xmlns='urn:ietf:params:xml:ns:xmpp-streams'>{}</see-other-host></stream:error></stream:stream>"""


async def test_who_is_sent_on_goes_in_the_same_manner(world):
    def send_on(_, writer):
        writer.write(ELSEWHERE.format(f"127.0.0.1:{world.server.tls_port}").encode())

    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(f"{world.server.certs}/{HOST}.crt", f"{world.server.certs}/{HOST}.key")
    signpost = await asyncio.start_server(send_on, "127.0.0.1", 0, ssl=tls)
    port = signpost.sockets[0].getsockname()[1]
    async with NameServer(world.sandbox) as dns, signpost:
        dns.has_service(HOST, port, "xmpp.test", direct_tls=True)
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns)
        await is_in(bot, f"127.0.0.1 port {world.server.tls_port} by direct TLS")


async def test_a_refused_account_is_not_carried_around(world):
    async with NameServer(world.sandbox) as dns:
        for priority in (10, 20):
            dns.has_service(HOST, world.server.port, "xmpp.test", priority=priority)
        dns.has_address("xmpp.test", "127.0.0.1")
        bot = world.has_bot(found_by=dns, password="not-the-password-5150")
        assert await bot.exits() == 77
        assert "trying another" not in bot.log(1000)


async def test_sigterm_ends_it_while_the_name_server_is_silent(world):
    async with NameServer(world.sandbox) as dns:
        dns.silent.update({f"_xmpp-client._tcp.{HOST}", f"_xmpps-client._tcp.{HOST}"})
        bot = world.has_bot(found_by=dns)
        await bot.logs("careerbot [0-9.]+:")
        await asyncio.sleep(1)
        bot.process.terminate()
        assert await bot.exits(10) == 0

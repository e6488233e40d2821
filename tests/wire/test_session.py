"""Logging in, staying, and coming back; and what it refuses to log in to."""

import asyncio
import signal

import careerbot
import certificates
from forwarder import Forwarder
from person import Person
from server import HOST
from world import BOT_IN_ROOM, FIGURE, QUESTION, QUESTIONS, ROOM

DAY = certificates.DAY
LOGIN_DEADLINE = 20
HANGS_UP = 12  # seconds after which a server does that which has had no goodbye in return
BACK_AGAIN = 60  # the first delay after a shutdown is up to 15 s, so that servers are not stormed


async def test_login_by_starttls(world):
    _, bot = await world.has_room_with_bot()
    world.server.stop()  # then all that it logged is in the file
    assert world.server.has_authenticated(careerbot.ACCOUNT)
    assert bot.libraries is None or bot.libraries in bot.memory_map()


async def test_login_by_direct_tls(world):
    guest = await world.has_person(room=ROOM)
    world.has_bot(account={"port": world.server.tls_port, "tls": "direct"})
    await guest.sees(BOT_IN_ROOM)


async def test_a_password_ends_it_with_77(world):
    bot = world.has_bot(password="not-the-password-8731")
    assert await bot.exits() == 77
    assert "not-the-password-8731" not in bot.log(1000)


async def refuses_to_log_in(world, why):
    bot = world.has_bot()
    await bot.logs(why)
    assert bot.is_running()
    assert bot.stop() == 0
    world.server.stop()
    assert not world.server.has_authenticated(careerbot.ACCOUNT)


async def test_an_expired_certificate_is_refused(world):
    server = world.new_server()
    server.certify(start=-2 * DAY, end=-DAY)
    server.start()
    await refuses_to_log_in(world, "certificate.*expired")


async def test_a_certificate_of_an_unknown_authority_is_refused(world):
    server = world.new_server()
    server.certify(certificates.Authority(world.sandbox, "foreign-ca"))
    server.start()
    await refuses_to_log_in(world, "certificate")


async def test_a_certificate_for_another_name_is_refused(world):
    server = world.new_server()
    server.certify(name="example.org")
    server.start()
    await refuses_to_log_in(world, "certificate|host ?name")


async def test_a_server_without_tls_is_refused(world):
    world.new_server(tls=False).start()
    await refuses_to_log_in(world, "TLS")


class SilentServer:
    """Takes every connection and never says a word. Knows when each came and went."""

    async def __aenter__(self):
        self.lives = []
        self.server = await asyncio.start_server(self._client, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def _client(self, reader, writer):
        loop = asyncio.get_running_loop()
        life = [loop.time(), None]
        self.lives.append(life)
        try:
            while await reader.read(4096):
                pass
        except ConnectionError:
            pass
        life[1] = loop.time()
        writer.close()


async def test_a_silent_server_is_given_up_and_tried_again(world):
    async with SilentServer() as plain, SilentServer() as direct:
        world.has_bot(account={"port": plain.port})
        world.has_bot(account={"port": direct.port, "tls": "direct"})
        for server in (plain, direct):
            while len(server.lives) < 2:  # until it tries again
                await asyncio.sleep(0.1)
            came, went = server.lives[0]
            assert LOGIN_DEADLINE - 5 < went - came < LOGIN_DEADLINE + 5, went - came
        for bot in world.bots:
            assert bot.stop() == 0


async def test_sigterm_ends_it_while_a_server_is_silent(world):
    async with SilentServer() as plain, SilentServer() as direct:
        world.has_bot(account={"port": plain.port})
        world.has_bot(account={"port": direct.port, "tls": "direct"})
        while not (plain.lives and direct.lives):
            await asyncio.sleep(0.05)
        for bot in world.bots:
            bot.process.terminate()
        for bot in world.bots:
            assert await bot.exits(LOGIN_DEADLINE / 2) == 0


async def comes_back(world):
    guest = Person(world.server, "guest", "later")
    world.people.append(guest)
    await guest.login()
    await guest.joins(ROOM, "guest")
    await guest.sees(BOT_IN_ROOM, BACK_AGAIN)
    guest.says(ROOM, f"careerbot: {QUESTION}")
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]
    guest.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]


async def test_it_comes_back_after_a_restart_of_the_server(world):
    await world.has_room_with_bot()
    world.server.stop()
    world.server.start()
    await comes_back(world)


async def test_it_comes_back_after_the_server_was_killed(world):
    await world.has_room_with_bot()
    world.server.kill()
    await asyncio.sleep(1)  # it will find nobody listening
    world.server.start()
    await comes_back(world)


async def test_it_waits_for_a_server_that_starts_later(world):
    world.server.stop()
    bot = world.has_bot()
    await asyncio.sleep(1)
    assert bot.is_running()
    world.server.start()
    await comes_back(world)


async def test_it_does_not_fight_for_its_account(world):
    guest, bot = await world.has_room_with_bot(account={"jid": f"{careerbot.JID}/here"})
    thief = Person(world.server, careerbot.ACCOUNT, "here")
    world.people.append(thief)
    await thief.login()
    await guest.misses(BOT_IN_ROOM)
    await asyncio.sleep(3)
    assert bot.is_running()
    assert thief.client.is_connected(), "it took the account back at once"


async def has_room_and_a_harsh_server(world):
    """One that ends the bot's stream as the guest, who tells it, likes."""
    world.needs("prosody", "what ends the stream here is a module of Prosody's")
    world.new_server_with("throw_out")
    return await world.has_room_with_bot()


async def test_it_waits_where_it_was_too_much_for_the_server(world):
    guest, bot = await has_room_and_a_harsh_server(world)
    guest.tells(HOST, f"{careerbot.ACCOUNT} policy-violation")
    await guest.misses(BOT_IN_ROOM)
    await bot.logs("policy-violation; next attempt in 60 s")
    assert bot.is_running()


# As when somebody logs in under the same resource.
THROW_OUT = """\
[ejabberd_sm:route(jid:make(Session), {exit, <<"another came">>})
    || {<<"careerbot">>, _, _} = Session <- ejabberd_sm:dirty_get_sessions_list()].
"""


async def test_it_hears_why_it_is_thrown_out_though_it_has_much_to_say(world):
    if world.kind == "prosody":
        world.new_server_with("throw_out")
    guest, bot = await world.has_room_with_idle_bot()  # it has nothing to write any more
    bot.signal(signal.SIGSTOP)
    for question, _ in QUESTIONS * 3:  # more than is read at once
        guest.tells(careerbot.JID, question)
    if world.kind == "prosody":
        guest.tells(HOST, f"{careerbot.ACCOUNT} conflict")
    else:
        await guest.sees_own(guest.says(ROOM, "that was all"))
        await world.server.evaluates(THROW_OUT)
    await guest.misses(BOT_IN_ROOM)
    await asyncio.sleep(HANGS_UP)
    bot.signal(signal.SIGCONT)
    await bot.logs("conflict.*; next attempt in 300 s")


async def test_it_goes_where_the_server_sends_it(world):
    guest, bot = await has_room_and_a_harsh_server(world)
    other = await Forwarder(world.server).start()
    guest.tells(HOST, f"{careerbot.ACCOUNT} see-other-host 127.0.0.1:{other.port}")
    await guest.misses(BOT_IN_ROOM)
    await guest.sees(BOT_IN_ROOM)
    assert other.lines, "it is back, but not where it was sent"
    other.stop()
    await bot.logs("next attempt in 1 s")
    await guest.misses(BOT_IN_ROOM)
    await guest.sees(BOT_IN_ROOM)

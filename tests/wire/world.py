"""What a wire test has around it: a server, the bot in a room, people."""

import asyncio
import os
import re
import time

import servers
from careerbot import JID, NICK, Careerbot
from person import Person, reply_to, stanza_id
from sandbox import Sandbox
from server import HOST, ROOMS

ROOM = f"career@{ROOMS}"
BOT_IN_ROOM = f"{ROOM}/{NICK}"

# What can be asked, each with something that its answer cannot lack.
QUESTIONS = (
    ("what does an ML engineer earn in India?", "7.4"),
    ("what does an ML engineer earn in New York?", "170,000"),
    ("what does an ML engineer earn in San Francisco?", "200,000"),
    ("what is machine learning?", "data"),
    ("which programming languages does an ML engineer need?", "Python"),
    ("how much maths does an ML engineer need?", "probability"),
    ("what does a data analyst do?", "munging"),
    ("what does an AI engineer do?", "neural"),
    ("how large is the demand for ML engineers?", "53"),
    ("in which industries do ML engineers work?", "healthcare"),
)
QUESTION, FIGURE = QUESTIONS[0]


class Skip(Exception):
    """What the test is about does not exist here."""


class World:
    """All of it is gone after the test. Nothing is started before it is asked for."""

    def __init__(self, program, kind="prosody", libstrophe=None, npm=None):
        """npm: a folder in which packages from npm are installed."""
        self.program = program
        self.npm = npm
        self.kind = kind
        self.libstrophe = libstrophe
        self.sandbox = Sandbox()
        self.people = []
        self.bots = []
        self._server = self._borrowed = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._borrowed:
            servers.give_back(self.kind, self._borrowed)
        self.sandbox.close()

    async def leave(self):
        for person in self.people:
            await person.logout()

    def needs(self, kind, why):
        """Skips the test where the server is another."""
        if self.kind != kind:
            raise Skip(why)

    def new_server(self, **options):
        """The server, for a test that has something to arrange before it starts."""
        self._server = servers.KINDS[self.kind](self.sandbox, **options)
        return self._server

    def new_server_with(self, module):
        """A Prosody, started, with mod_`module`.lua of this folder, which hears what is said to
        the server itself."""
        plugins = self.sandbox.mkdir("plugins")
        file = f"mod_{module}.lua"
        self.sandbox.copy(os.path.join(os.path.dirname(__file__), file), f"plugins/{file}")
        extra = f'VirtualHost "{HOST}"\n    modules_enabled = {{ "{module}" }}\n'
        return self.new_server(extra=f'plugin_paths = {{ "{plugins}" }}\n' + extra).start()

    @property
    def server(self):
        if self._server is None:
            self._server = self._borrowed = servers.borrow(self.kind)
        if self._server is None:
            self.new_server().start()
        return self._server

    def has_bot(self, rooms=(ROOM,), account=None, password=None, **settings):
        """A bot, started; where a test says so in `account`, against a server that is not ours."""
        name = f"bot{len(self.bots) + 1}"
        bot = Careerbot(self.sandbox, self.server, self.program, name, self.libstrophe)
        bot.configure(rooms, account, **settings)
        if password:
            bot.set_password(password)
        self.bots.append(bot)
        return bot.start()

    async def has_person(self, account="guest", room=None, nick=None):
        """Somebody logged in, and in the room if one is given, under their account's name."""
        person = Person(self.server, account, resource=f"test{len(self.people) + 1}")
        self.people.append(person)
        await person.login()
        if room:
            await person.joins(room, nick or account)
        return person

    async def has_room_with_bot(self, **settings):
        """A room with a guest and the bot in it, ready to talk. Returns both."""
        guest = await self.has_person(room=ROOM)
        bot = self.has_bot(**settings)
        await guest.sees(BOT_IN_ROOM)
        await bot.logs(f"in room {ROOM}")  # others see it there before it knows
        return guest, bot

    async def has_room_with_idle_bot(self, **settings):
        """… which has done all that it does when it comes, and has no profile to see to."""
        guest, bot = await self.has_room_with_bot(profile="off", **settings)
        for archive in (JID, ROOM):
            await bot.logs(f"archive of {archive} is read")
        return guest, bot

    def complaints(self):
        """What no test may leave behind, whatever it is about; ends the bots to find out."""
        secrets = self._server.passwords.values() if self._server else ()
        for bot in self.bots:
            if bot.is_running() and (status := bot.stop()) != 0:
                yield f"{bot.name} ended with status {status}"
            log = bot.log(100000)
            if any(secret in log for secret in secrets):
                yield f"a password stands in the log of {bot.name}"
            if re.search("Sanitizer|runtime error", log):
                yield f"a sanitizer complains of {bot.name}"

    def logs(self):
        said = ""
        for bot in self.bots:
            said += f"--- the log of {bot.name}\n" + bot.log()
        if self._server:
            said += "--- the server's log\n" + self._server.sandbox.log(self._server.log, 10)
        return said


async def a_second_begins():
    """Waits for it. Servers may stamp what they archive with whole seconds, and of the one in which
    its journal was begun the bot answers nothing: it may have been said before."""
    await asyncio.sleep(1.01 - time.time() % 1)


async def nothing_else_was_answered(guest, nick=NICK):
    """Asks in the room. Fails if the bot sent anything since, but the answer to that.

    It does one thing after the other, so there is no waiting for what must not come.
    """
    asked = guest.says(ROOM, f"{nick}: what is machine learning?")
    is_asked, given = False, None
    while True:
        stanza = await guest.receives(lambda s: s.name == "message")
        if stanza["id"] == asked:
            is_asked, given = True, stanza_id(stanza)
        elif stanza["from"].resource == nick or stanza["from"].bare == JID:
            assert is_asked and reply_to(stanza) == given, f"unexpected: {stanza}"
            return

"""What a wire test has around it: a server, the bot in a room, people."""

import prosody
from careerbot import NICK, Careerbot
from person import Person
from prosody import Prosody
from sandbox import Sandbox

ROOM = f"career@{prosody.ROOMS}"
BOT_IN_ROOM = f"{ROOM}/{NICK}"


class World:
    """All of it is gone after the test. Nothing is started before it is asked for."""

    def __init__(self, program, libstrophe=None):
        self.program = program
        self.libstrophe = libstrophe
        self.sandbox = Sandbox()
        self.people = []
        self.bot = None
        self._server = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sandbox.close()

    async def leave(self):
        for person in self.people:
            await person.logout()

    @property
    def server(self):
        if self._server is None:
            self._server = Prosody(self.sandbox).start()
        return self._server

    def has_bot(self, rooms=(ROOM,), account=None, **settings):
        """The bot, started. It gets time to log in where a test waits for it."""
        self.bot = Careerbot(self.sandbox, self.server, self.program, libstrophe=self.libstrophe)
        self.bot.configure(rooms, account, **settings)
        return self.bot.start()

    async def has_person(self, account="guest", room=None, nick=None):
        """Somebody logged in, and in the room if one is given, under their account's name."""
        person = Person(self.server, account)
        self.people.append(person)
        await person.login()
        if room:
            await person.joins(room, nick or account)
        return person

    async def has_room_with_bot(self, **settings):
        """A guest and the bot in a room, ready to talk. Returns the guest."""
        guest = await self.has_person(room=ROOM)
        self.has_bot(**settings)
        await guest.sees(BOT_IN_ROOM)
        return guest

    def logs(self):
        said = ""
        if self.bot:
            said += "--- the bot's log\n" + self.bot.log()
        if self._server:
            said += "--- the server's log\n" + self.sandbox.log(self._server.log, 10)
        return said

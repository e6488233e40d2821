"""Whatever happens to server, line and bot: each question is answered, and once.

Several people ask, in a room and directly, while the server is stopped and killed, the line cut and
the bot killed, at random. Then the books are balanced: the questions that the server has kept
against the answers that it has kept and the people have heard.

LEDGER_SECONDS: how long it goes on; LEDGER_SEED: for the same troubles again.
"""

import asyncio
import os
import random
import re
import signal
import uuid

import careerbot
from forwarder import Forwarder
from person import MUC, Person, element, reply_to, said
from world import BOT_IN_ROOM, QUESTIONS, ROOM, a_second_begins

SECONDS = float(os.environ.get("LEDGER_SECONDS", "60"))
SETTLE = 60  # until the last answer must have come
FIGURES = QUESTIONS[:3]  # which no variant of the answer leaves out
PEOPLE = ("guest", "friend", "admin")
DELAY = "{urn:xmpp:delay}delay"
MAM = "urn:xmpp:mam:2"
RSM = "http://jabber.org/protocol/rsm"


class Entry:
    """A question and what became of it."""

    def __init__(self, number, asker, in_room):
        self.number, self.asker, self.in_room = number, asker, in_room
        question, self.figure = FIGURES[number % len(FIGURES)]
        self.text = question.replace("?", f" (no. {number})?")
        self.kept_as = None  # its id in the archive
        self.answers = {}  # in the archive, by their id there
        self.heard = []  # the ids of the answers that came to the asker

    def __str__(self):
        place = "in the room" if self.in_room else "directly"
        return (
            f"no. {self.number}, asked by {self.asker} {place}: kept as {self.kept_as}, "
            f"answers kept: {list(self.answers)}, heard: {self.heard}"
        )

    def is_open(self):
        return self.kept_as and not self.answers and not self.heard

    def mistakes(self, server_forgets):
        if self.is_open():
            yield "not answered"
        # One that the server has forgotten is sent again, under the id that it had.
        heard = set(self.heard) if server_forgets else self.heard
        if len(self.answers) > 1 or len(heard) > 1:
            yield "answered more than once"
        for answer in self.answers.values():
            if self.figure not in answer.findtext("{jabber:client}body"):
                yield "answered with something else"


class Ledger:
    def __init__(self):
        self.entries = []

    def ask(self, asker, in_room):
        self.entries.append(Entry(len(self.entries), asker, in_room))
        return self.entries[-1]

    def entry_of(self, message):
        """The question that a message is, or answers: the bot repeats threads (XEP-0201)."""
        thread = message.findtext("{jabber:client}thread") or ""
        return self.entries[int(thread[2:])] if re.fullmatch(r"no\d+", thread) else None

    def hear(self, account, stanza):
        entry = self.entry_of(stanza.xml)
        is_history = stanza["type"] == "groupchat" and stanza.xml.find(DELAY) is not None
        is_answer = stanza["from"] == BOT_IN_ROOM or stanza["from"].bare == careerbot.JID
        if entry and entry.asker == account and is_answer and not is_history:
            entry.heard.append(stanza["id"])

    async def read(self, reader, archive, bot):
        """`reader` looks into an archive, in which the bot goes by the name of `bot`."""
        async for archive_id, message in archived(reader, archive):
            entry = self.entry_of(message)
            if entry and message.get("from").startswith(bot):
                entry.answers[archive_id] = message
            elif entry:
                entry.kept_as = archive_id

    def is_open(self):
        return any(entry.is_open() for entry in self.entries)

    def mistakes(self, server_forgets):
        return [f"{m}: {entry}" for entry in self.entries for m in entry.mistakes(server_forgets)]

    def __str__(self):
        kept = [entry for entry in self.entries if entry.kept_as]
        answered = sum(not entry.is_open() for entry in kept)
        return (
            f"{len(self.entries)} questions, of which the server kept {len(kept)}; "
            f"of those {answered} answered"
        )


async def archived(reader, archive):
    """All messages in an archive, oldest first, with their ids there."""
    last = None
    while True:
        query = element(f"{{{MAM}}}query", queryid=uuid.uuid4().hex)
        page = element(f"{{{RSM}}}set")
        page.append(element(f"{{{RSM}}}max", "50"))
        if last:
            page.append(element(f"{{{RSM}}}after", last))
        query.append(page)
        reader.inbox.clear()
        answer = await reader.asks(archive, query, "set", within=20)
        for stanza in reader.inbox:
            result = stanza.xml.find(f"{{{MAM}}}result")
            if result is not None:
                yield result.get("id"), next(result.iter("{jabber:client}message"))
        end = answer.xml.find(f"{{{MAM}}}fin")
        last = end.findtext(f"{{{RSM}}}set/{{{RSM}}}last")
        if end.get("complete") == "true" or not last:
            return


class Listener(Person):
    """One login of an asker; whatever is answered in it is entered at once."""

    def __init__(self, server, account, ledger):
        super().__init__(server, account, resource="ledger")
        self.ledger = ledger

    def _arrived(self, stanza):
        if said(stanza):
            self.ledger.hear(self.account, stanza)
        super()._arrived(stanza)


class Asker:
    """Somebody who comes back when the server does."""

    def __init__(self, world, account, ledger):
        self.world, self.account, self.ledger = world, account, ledger
        self.login = None
        self.gone = []  # slixmpp complains of a client that is collected before the loop ends
        self.is_online = asyncio.Event()

    async def comes(self):
        self.login = Listener(self.world.server, self.account, self.ledger)
        self.world.people.append(self.login)
        await self.login.login(20)
        await self.login.joins(ROOM, self.account, 20)
        self.is_online.set()

    def goes(self):
        self.is_online.clear()
        self.world.people.remove(self.login)
        self.login.client.abort()
        self.gone.append(self.login)

    def asks(self, rng):
        if not self.is_online.is_set() or not self.login.client.is_connected():
            return
        entry = self.ledger.ask(self.account, rng.random() < 0.5)
        thread = element("thread", f"no{entry.number}")
        if entry.in_room:
            self.login.says(ROOM, f"{careerbot.NICK}: {entry.text}", thread)
        else:
            self.login.tells(careerbot.JID, entry.text, thread)

    async def asks_on(self, rng):
        while True:
            await asyncio.sleep(rng.uniform(0.5, 2.5))
            self.asks(rng)


class Troubles:
    """What happens to server, line and bot."""

    def __init__(self, world, askers, line, bot, rng):
        self.world, self.askers, self.line, self.bot, self.rng = world, askers, line, bot, rng
        self.said = []

    async def happen(self, until):
        kinds = (
            self.the_server_is_restarted,
            self.the_server_is_killed,
            self.the_line_is_cut,
            self.the_line_breaks,
            self.the_bot_is_killed,
            self.the_bot_is_killed,
            self.the_bot_is_restarted,
        )
        while asyncio.get_running_loop().time() < until:
            await self.meet(self.rng.choice(kinds))
            await asyncio.sleep(self.rng.uniform(1, 5))
        # It comes back by itself too, but after so much trouble it takes its time.
        await self.meet(self.the_bot_is_killed)

    async def meet(self, trouble):
        """Comes over the bot when it has its hands full."""
        for asker in self.askers:
            for _ in range(self.rng.randrange(5)):
                asker.asks(self.rng)
        await asyncio.sleep(self.rng.uniform(0, 0.1))
        self.said.append(trouble.__name__.replace("_", " "))
        await trouble()

    async def a_moment(self, most=3):
        await asyncio.sleep(self.rng.uniform(0, most))

    async def the_server_is_back(self):
        for asker in self.askers:
            asker.goes()
        await self.a_moment()
        await asyncio.to_thread(self.world.server.start)
        for asker in self.askers:
            await asker.comes()

    async def the_server_is_restarted(self):
        await asyncio.to_thread(self.world.server.stop)
        await self.the_server_is_back()

    async def the_server_is_killed(self):
        self.world.server.kill()
        await self.the_server_is_back()

    async def the_line_is_cut(self):
        self.line.cut()
        await self.a_moment(6)
        self.line.mend()

    async def the_line_breaks(self):
        self.line.break_lines()

    async def the_bot_is_killed(self):
        self.bot.process.kill()
        self.bot.process.wait()
        await self.a_moment()
        self.bot.start()

    async def the_bot_is_restarted(self):
        status = await asyncio.to_thread(self.bot.stop)
        # Told so before it listens to signals, it has not begun with anything either.
        assert status in (0, -signal.SIGTERM), f"the bot ended with status {status}"
        await self.a_moment()
        self.bot.start()


async def keep_the_room(owner):
    """So that it outlives its occupants."""
    form = element("{jabber:x:data}x", type="submit")
    for name, value in (
        ("FORM_TYPE", f"{MUC}#roomconfig"),
        ("muc#roomconfig_persistentroom", "1"),
    ):
        field = element("{jabber:x:data}field", var=name)
        field.append(element("{jabber:x:data}value", value))
        form.append(field)
    query = element(f"{{{MUC}#owner}}query")
    query.append(form)
    assert (await owner.asks(ROOM, query, "set"))["type"] == "result"


async def settle(world, ledger):
    """Reads the archives until nothing is open any more, and once more then."""
    in_room = world.people[0]
    as_bot = await world.has_person(careerbot.ACCOUNT)
    deadline = asyncio.get_running_loop().time() + SETTLE
    while True:
        await ledger.read(in_room, ROOM, BOT_IN_ROOM)
        await ledger.read(as_bot, careerbot.JID, careerbot.JID)
        if asyncio.get_running_loop().time() > deadline:
            return
        if not ledger.is_open():
            deadline = 0
        await asyncio.sleep(3)


async def test_every_question_is_answered_once_whatever_happens(world):
    seed = int(os.environ.get("LEDGER_SEED", random.randrange(10**6)))
    rng = random.Random(seed)
    ledger = Ledger()
    askers = [Asker(world, account, ledger) for account in PEOPLE]
    for asker in askers:
        await asker.comes()
    await keep_the_room(askers[0].login)
    line = await Forwarder(world.server).start()
    bot = world.has_bot(account={"port": line.port}, rate="off")
    await askers[0].login.sees(BOT_IN_ROOM)
    await a_second_begins()
    troubles = Troubles(world, askers, line, bot, rng)
    asking = [asyncio.create_task(asker.asks_on(random.Random(rng.random()))) for asker in askers]
    await troubles.happen(asyncio.get_running_loop().time() + SECONDS)
    for task in asking:
        assert not task.done(), task.result()
        task.cancel()
    await settle(world, ledger)
    line.stop()
    print(f"# seed {seed}: {ledger}; {', '.join(troubles.said)}", flush=True)
    mistakes = ledger.mistakes(world.server.FORGETS_WHEN_KILLED)
    assert not mistakes, "\n".join([f"LEDGER_SEED={seed}", *mistakes])


test_every_question_is_answered_once_whatever_happens.timeout = 2 * SECONDS + SETTLE + 90

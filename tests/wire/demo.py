#!/usr/bin/env python3
"""Talk to the bot on a private XMPP server that is there for this one talk.

    demo.py [--web FOLDER] PROGRAM

A typed line is said in the room, to the bot; `/say TEXT` says it as it stands;
`/dm TEXT` sends it to the bot directly. On a terminal whatever is said in the
room is shown as it comes. Otherwise each line gets its reply, or `(no reply)`
after three seconds, and an empty line behind it, so that a script can drive it.

With --web there is a page besides, for a browser, where people talk to the bot in
the same room; FOLDER has the packages from npm that it needs.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import threading

import careerbot
import web
from careerbot import Careerbot
from person import Person, Unheard, said
from prosody import Prosody
from sandbox import Sandbox
from server import ROOMS

ROOM = f"career@{ROOMS}"
BOT = f"{ROOM}/{careerbot.NICK}"
PATIENCE = 3
WELCOME = """\
server   127.0.0.1, domain localhost, port {port} (STARTTLS) or {tls_port} (direct TLS)
CA       {ca}
account  friend@localhost, password {password}, for a client of your own
room     {room}, where {nick} sits"""
PAGE = "page     {page} for a browser: whoever opens it sits in the room"
HELP = """\
Type a question. /dm TEXT asks it directly, /say TEXT says it as it stands; Ctrl-D ends."""


class Lines:
    """Lines of standard input, whatever it is: file, pipe or terminal."""

    def __init__(self):
        self.queue = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        # A thread that does not keep us from ending while it waits for input.
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        rest = b""
        while True:
            try:
                data = os.read(0, 4096)
            except OSError:
                data = b""
            *lines, rest = (rest + data).split(b"\n")
            if not data and rest:
                lines.append(rest)
            for line in lines:
                self._put(line.decode("utf-8", "replace"))
            if not data:
                return self._put(None)

    def _put(self, line):
        self.loop.call_soon_threadsafe(self.queue.put_nowait, line)

    async def next(self):
        """The next line, or None at the end."""
        return await self.queue.get()


class Talk:
    def __init__(self, guest):
        self.guest = guest
        self.lines = Lines()

    def send(self, line):
        """Says or sends what was typed. Returns how it went out, or None if there was nothing."""
        command, _, text = line.partition(" ")
        if command not in ("/dm", "/say"):
            command, text = "", line
        text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text).strip()  # no XML holds these
        if not text:
            return None
        if command == "/dm":
            self.guest.tells(careerbot.JID, text)
            return "dm> " + text
        if not command and not re.match(rf"@?{careerbot.NICK}([:,;!?.\s-]|$)", text, re.I):
            text = f"{careerbot.NICK}: {text}"
        self.guest.says(ROOM, text)
        return "room> " + text

    async def by_script(self):
        while (line := await self.lines.next()) is not None:
            self.guest.inbox.clear()  # what comes too late is no reply to the next line
            try:
                if not self.send(line):
                    raise Unheard
                show(await self.guest.receives(is_from_bot, PATIENCE))
            except Unheard:
                print("(no reply)")
            print(flush=True)

    async def by_hand(self):
        print(HELP)
        listener = asyncio.create_task(self.listen())
        prompt()
        while (line := await self.lines.next()) is not None:
            sent = self.send(line)
            if sent and sent.partition("> ")[2] != line:
                print(sent)
            prompt()
        listener.cancel()
        print()

    async def listen(self):
        while True:
            stanza = await self.guest.receives(is_from_others, within=None)
            print("\r", end="")
            show(stanza)
            prompt()


def is_from_bot(stanza):
    return said(stanza) and (stanza["from"] == BOT or stanza["from"].bare == careerbot.JID)


def is_from_others(stanza):
    return said(stanza) and stanza["from"] != f"{ROOM}/guest"


def show(stanza):
    place = "room" if stanza["type"] == "groupchat" else "dm"
    who = "" if is_from_bot(stanza) else f"{stanza['from'].resource or stanza['from'].bare}: "
    for line in stanza["body"].split("\n"):
        print(f"{place}< {who}{line}")


def prompt():
    print("> ", end="", flush=True)


class Failure(Exception):
    pass


async def ends(bot):
    """Waits for the end of the bot, which is not expected."""
    while bot.is_running():
        await asyncio.sleep(0.1)
    raise Failure(f"the bot ended, with status {bot.process.returncode}:\n{bot.log()}")


async def demo(program, npm):
    with Sandbox() as sandbox:
        page = web.make_page(sandbox, npm, ROOM) if npm else None
        server = Prosody(sandbox, web=page).start()
        bot = Careerbot(sandbox, server, program)
        bot.configure(rooms=[{"jid": ROOM, "nick": careerbot.NICK}], rate="off", log_level="info")
        bot.start()
        async with Person(server, "guest", "demo") as guest:
            watch = asyncio.create_task(ends(bot))
            talk = asyncio.create_task(converse(server, bot, guest))
            done, others = await asyncio.wait({watch, talk}, return_when=asyncio.FIRST_COMPLETED)
            for task in others:
                task.cancel()
            for task in done:
                task.result()


async def converse(server, bot, guest):
    await guest.joins(ROOM, "guest")
    try:
        await guest.sees(BOT, within=30)
    except Unheard as unheard:
        raise Failure(f"the bot does not come into the room:\n{bot.log()}") from unheard
    print(
        WELCOME.format(
            port=server.port,
            tls_port=server.tls_port,
            ca=server.ca_file,
            password=server.passwords["friend"],
            room=ROOM,
            nick=careerbot.NICK,
        ),
        flush=True,
    )
    if server.web:
        print(PAGE.format(page=server.page), flush=True)
    talk = Talk(guest)
    await (talk.by_hand() if sys.stdin.isatty() else talk.by_script())


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--web")
    parser.add_argument("program")
    options = parser.parse_args()

    async def until_signalled():
        task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        await demo(os.path.abspath(options.program), options.web)

    try:
        asyncio.run(until_signalled())
    except asyncio.CancelledError:
        print()
    except BrokenPipeError:  # nobody reads on; nor shall Python try at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Failure, Unheard) as failure:
        sys.exit(f"demo: {failure}")


if __name__ == "__main__":
    main()

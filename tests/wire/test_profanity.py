"""A person with profanity, in a terminal."""

import os

import careerbot
from terminal import PROGRAM as TMUX
from terminal import Terminal
from world import FIGURE, QUESTION, ROOM, Skip

PROGRAM = "/usr/bin/profanity"
ACCOUNT = """\
[guest@localhost]
enabled=true
password={password}
server=127.0.0.1
port={port}
tls.policy=trust
resource=terminal
"""


async def has_profanity(world):
    if not os.path.exists(PROGRAM) or not os.path.exists(TMUX):
        raise Skip("no profanity, or no tmux")
    server, sandbox = world.server, world.sandbox
    settings = ACCOUNT.format(password=server.passwords["guest"], port=server.port)
    sandbox.mkdir("share/profanity")
    sandbox.write("share/profanity/accounts", settings)
    env = {"XDG_DATA_HOME": sandbox.path("share"), "XDG_CONFIG_HOME": sandbox.mkdir("config")}
    terminal = Terminal(sandbox, [PROGRAM, "-a", "guest@localhost"], env)
    await terminal.starts()
    await terminal.shows("logged in successfully")
    return terminal


async def test_a_talk_with_profanity(world):
    friend = await world.has_person("friend", ROOM)
    world.has_bot()
    await friend.sees(f"{ROOM}/{careerbot.NICK}")
    terminal = await has_profanity(world)
    terminal.types(f"/join {ROOM} nick guest")
    await terminal.shows("You have joined the room as guest")
    terminal.types(f"careerbot: {QUESTION}")
    await terminal.shows(FIGURE)
    terminal.types("careerbot: and in New York?")
    await terminal.shows("170,000")
    terminal.types(f"/msg {careerbot.NICK} what does a data analyst do?")  # in private
    await terminal.shows("munging")
    terminal.types("/win 1")  # in a room's window it takes every name for one of the room's
    terminal.types(f"/msg {careerbot.JID} which programming languages does an ML engineer need?")
    await terminal.shows("Python")

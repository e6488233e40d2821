"""A script with @xmpp/client, on Node.js."""

import asyncio
import json
import os
import re
import shutil
import subprocess

import careerbot
from web import HERE
from world import QUESTIONS, ROOM, Skip

(IN_ROOM, ROOM_FIGURE), (DIRECT, DIRECT_FIGURE) = QUESTIONS[:2]
OLDEST_NODE = (20, 10)


def make_script(world):
    """Where it lies in the sandbox, with all that it needs from npm."""
    packages = os.path.join(world.npm or "", "node_modules")
    if not os.path.exists(os.path.join(packages, "@xmpp/client")):
        raise Skip("no @xmpp/client from npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST_NODE:
        raise Skip(f"@xmpp/client needs a newer Node.js than {version.strip()}")
    world.sandbox.mkdir("script/node_modules")
    for package in os.listdir(packages):
        if package != "converse.js":
            source = os.path.join(packages, package)
            world.sandbox.copy(source, f"script/node_modules/{package}")
    return world.sandbox.copy(os.path.join(HERE, "web/script.mjs"), "script/script.mjs")


async def test_a_script_with_xmpp_js(world):
    script = make_script(world)
    friend = await world.has_person("friend", ROOM)
    world.has_bot()
    await friend.sees(f"{ROOM}/{careerbot.NICK}")
    service = f"xmpp://127.0.0.1:{world.server.port}"
    process = world.sandbox.start(
        [shutil.which("node"), script, service, "guest@localhost", ROOM]
        + [careerbot.JID, IN_ROOM, DIRECT],
        "script.log",
        {"PASSWORD": world.server.passwords["guest"], "NODE_EXTRA_CA_CERTS": world.server.ca_file},
    )
    while process.poll() is None:
        await asyncio.sleep(0.1)
    said = world.sandbox.log("script.log", 1000)
    assert process.returncode == 0, said
    # Its stream management miscounts now and then, for which Prosody ends the stream. It says so,
    # comes back and asks again.
    heard = [json.loads(line) for line in said.splitlines() if line.startswith('{"')]
    asked = [message["given"] for message in heard if "given" in message]
    *_, answer, direct = (message for message in heard if "given" not in message)
    assert answer["body"].startswith("script: ") and ROOM_FIGURE in answer["body"], answer
    assert answer["reply"] in asked
    assert DIRECT_FIGURE in direct["body"], direct

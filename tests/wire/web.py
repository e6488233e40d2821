"""A page to talk to the bot, with Converse.js in it, as the private server serves it."""

import json
import os

import careerbot
from server import VISITORS

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = ("index.html", "talk.css", "talk.js")
NEEDED = ("converse.min.js", "converse.min.css", "emoji.json", "images", "webfonts", "chunkjs")
NEEDED += ("libomemo.esm.min.js", "curve25519_compiled.wasm", "shared-connection-worker.js")


def converse_in(npm):
    """The folder of Converse.js among the npm packages in that folder; None: it is not there."""
    folder = os.path.join(npm or "", "node_modules", "converse.js", "dist")
    return folder if os.path.exists(os.path.join(folder, "converse.min.js")) else None


def make_page(sandbox, npm, room):
    """Puts all that the page needs in a folder of the sandbox. Returns the folder."""
    folder = sandbox.mkdir("web")
    sandbox.mkdir("web/converse")
    for name in SOURCES:
        sandbox.copy(os.path.join(HERE, "web", name), f"web/{name}")
    for name in NEEDED:
        sandbox.copy(os.path.join(converse_in(npm), name), f"web/converse/{name}")
    place = {"host": VISITORS, "room": room, "bot": careerbot.JID}
    sandbox.write("web/place.json", json.dumps(place))
    return folder

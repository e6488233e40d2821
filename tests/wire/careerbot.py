"""The bot itself, run in a sandbox against a server of ours.

It runs from a copy: the user it runs as could hardly read a clone below /root.
"""

import asyncio
import glob
import json
import os
import re

from sandbox import PATIENCE
from server import HOST

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
ACCOUNT = "careerbot"
NICK = "careerbot"
PICTURE = "bot/dist/picture.png"
JID = f"{ACCOUNT}@{HOST}"


class Careerbot:
    def __init__(self, sandbox, server, program, name="bot", libstrophe=None):
        """libstrophe: a folder with the library to take in place of the installed one."""
        self.sandbox = sandbox
        self.server = server
        self.name = name
        self.process = None
        self.folder = sandbox.mkdir(name)
        # The program finds its pack beside configure.ac.
        for entry in ("configure.ac", "knowledge", "patterns"):
            sandbox.copy(os.path.join(SOURCE, entry), f"{name}/{entry}")
        sandbox.mkdir(f"{name}/bot/dist")
        sandbox.copy(os.path.join(SOURCE, PICTURE), f"{name}/{PICTURE}")
        self.program = sandbox.copy(program, f"{name}/careerbot")
        self.libraries = sandbox.mkdir(f"{name}/lib") if libstrophe else None
        for library in glob.glob(f"{libstrophe}/libstrophe.so*") if libstrophe else ():
            sandbox.copy(library, f"{name}/lib/{os.path.basename(library)}")
        self.environment = {"LD_LIBRARY_PATH": self.libraries} if self.libraries else {}
        self.settings_file = f"{self.folder}/settings.yaml"
        self.password_file = f"{self.folder}/password"
        self.set_password(server.passwords[ACCOUNT])

    def set_password(self, password):
        self.sandbox.write(self.password_file, password + "\n")

    def configure(self, rooms=(), account=None, found_by=None, clock=None, **settings):
        """Writes the settings file; what is given replaces what is usual here.

        found_by: the name server that knows where the server is.
        clock: the one that it goes by, in place of the system's."""
        there = {"host": "127.0.0.1", "port": self.server.port}
        if found_by:
            there = {}
            self.environment.update(found_by.environment)
        if clock:
            self.environment.update(clock.environment)
        everything = {
            "account": {
                "jid": JID,
                "password_file": self.password_file,
                "ca_file": self.server.ca_file,
                **there,
                **(account or {}),
            },
            "rooms": [{"jid": room} if isinstance(room, str) else room for room in rooms],
            "journal": {"file": f"{self.folder}/journal.db"},
            "log_level": "debug",
            **settings,
        }
        # JSON is YAML.
        self.sandbox.write(self.settings_file, json.dumps(everything, indent=4) + "\n")

    def start(self):
        argv = [self.program, "run", "-c", self.settings_file]
        self.process = self.sandbox.start(argv, self.log_file, self.environment)
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def is_running(self):
        return self.process.poll() is None

    def memory_map(self):
        """Which files it runs with."""
        with open(f"/proc/{self.process.pid}/maps", encoding="ascii") as file:
            return file.read()

    def unread(self):
        """How many bytes have come over the network that it has not taken yet."""
        files = {os.readlink(file) for file in glob.glob(f"/proc/{self.process.pid}/fd/*")}
        with open("/proc/net/tcp", encoding="ascii") as table:
            rows = [line.split() for line in table][1:]
        queues = [row[4].partition(":")[2] for row in rows if f"socket:[{row[9]}]" in files]
        return sum(int(received, 16) for received in queues)

    async def exits(self, within=PATIENCE):
        """Waits for its end. Returns the exit status."""
        deadline = asyncio.get_running_loop().time() + within
        while self.process.poll() is None:
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"still running after {within} s:\n{self.log()}")
            await asyncio.sleep(0.02)
        return self.process.returncode

    async def logs(self, pattern, within=PATIENCE):
        """Waits for a line of the log with this regular expression in it."""
        deadline = asyncio.get_running_loop().time() + within
        while not re.search(pattern, self.log(1000), re.I):
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"no line with `{pattern}` in the log after {within} s")
            await asyncio.sleep(0.05)

    def stop(self):
        return self.sandbox.stop(self.process)

    @property
    def log_file(self):
        return f"{self.name}/careerbot.log"

    def log(self, lines=40):
        return self.sandbox.log(self.log_file, lines)

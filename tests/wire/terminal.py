"""A program in a terminal, driven as by a person: what is typed, and what the screen shows."""

import asyncio
import subprocess

from sandbox import PATIENCE

PROGRAM = "/usr/bin/tmux"


class Terminal:
    """140 columns by 50 lines of tmux, which knows what a screen looks like after all is drawn."""

    def __init__(self, sandbox, argv, env=None):
        self.sandbox = sandbox
        self.socket = sandbox.path("terminal")
        env = {"LANG": "C.UTF-8", "TERM": "xterm-256color", **(env or {})}
        self.server = sandbox.start(self._tmux("-D"), "terminal.log", env)
        self.argv = argv

    def _tmux(self, *command):
        return [PROGRAM, "-u", "-S", self.socket, "-f", "/dev/null", *command]

    async def starts(self, within=PATIENCE):
        # -N: in the server that was started above, which has our environment and ends with us.
        command = self._tmux("-N", "new-session", "-d", "-x", "140", "-y", "50", *self.argv)
        deadline = asyncio.get_running_loop().time() + within
        while True:  # until the server listens
            try:
                return self.sandbox.run(*command)
            except subprocess.CalledProcessError:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.1)

    def types(self, line):
        self.sandbox.run(*self._tmux("send-keys", "-l", line))
        self.sandbox.run(*self._tmux("send-keys", "Enter"))

    @property
    def screen(self):
        """Its text, without the breaks that come from its width."""
        shown = self.sandbox.run(*self._tmux("capture-pane", "-p", "-J"))
        return " ".join(shown.split())

    async def shows(self, text, within=PATIENCE):
        deadline = asyncio.get_running_loop().time() + within
        while text not in (screen := self.screen):
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"`{text}` is not on the screen after {within} s:\n{screen}")
            await asyncio.sleep(0.1)

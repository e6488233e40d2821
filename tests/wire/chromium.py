"""A headless Chromium, spoken to in its own protocol (DevTools) through a pair of pipes."""

import asyncio
import base64
import itertools
import json
import subprocess

from sandbox import PATIENCE

PROGRAM = "/usr/bin/chromium"
# It may run as root in here, and nothing of it may look for anything outside this machine.
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-pipe",
    "--window-size=1280,800",
)
# Commands come in as file 3, answers and events go out as file 4, each ended by a zero byte.
START = 'exec "$@" 3<&0 4>&1 </dev/null >&2'


class Browser:
    """One page. What goes wrong in it is raised here."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        profile = "--user-data-dir=" + sandbox.mkdir("chromium")
        self.process = sandbox.start(
            ["sh", "-c", START, "sh", PROGRAM, *OPTIONS, profile, "about:blank"],
            "chromium.log",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.numbers = itertools.count(1)
        self.waiting = {}

    async def opens(self, url):
        self.loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=2**26)
        await self.loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), self.process.stdout
        )
        self.listener = asyncio.create_task(self._listen(reader))
        targets = await self._call("Target.getTargets", session=None)
        (page,) = (t for t in targets["targetInfos"] if t["type"] == "page")
        attached = await self._call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True, session=None
        )
        self.session = attached["sessionId"]
        await self._call("Page.navigate", url=url)

    async def _listen(self, reader):
        while True:
            message = json.loads((await reader.readuntil(b"\0"))[:-1])
            if "id" in message:
                self.waiting.pop(message["id"]).set_result(message)

    async def _call(self, method, session=True, within=PATIENCE, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = self.session
        self.waiting[number] = self.loop.create_future()
        self.process.stdin.write(json.dumps(message).encode() + b"\0")
        self.process.stdin.flush()
        answer = await asyncio.wait_for(self.waiting[number], within)
        assert "error" not in answer, (method, params, answer["error"])
        return answer["result"]

    async def runs(self, script):
        """The value of an expression of JavaScript in the page, awaited if it is a promise."""
        result = await self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in result, (script, result)
        return result["result"].get("value")

    async def waits_for(self, script, within=2 * PATIENCE):
        """The value of an expression once it is true."""
        deadline = self.loop.time() + within
        while not (value := await self.runs(script)):
            if self.loop.time() > deadline:
                raise AssertionError(f"after {within} s it does not hold: {script}")
            await asyncio.sleep(0.1)
        return value

    async def types(self, text):
        """What a keyboard would do, where the cursor is."""
        for character in text:
            key = {"key": character}
            await self._call("Input.dispatchKeyEvent", type="keyDown", text=character, **key)
            await self._call("Input.dispatchKeyEvent", type="keyUp", **key)

    async def presses(self, key, code):
        text = {"text": "\r"} if key == "Enter" else {}
        keys = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self._call("Input.dispatchKeyEvent", type="keyDown", **keys, **text)
        await self._call("Input.dispatchKeyEvent", type="keyUp", **keys)

    async def pictures(self, path):
        """A picture of the page as it looks now, for a person who wants to see it."""
        picture = await self._call("Page.captureScreenshot")
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

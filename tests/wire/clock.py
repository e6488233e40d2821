"""A clock of the bot's own, on which time can pass that no test has."""

import preload


class Clock:
    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.seconds = 0
        self.environment = {
            **preload.environment(sandbox, "clock"),
            "CLOCK_FORWARD": sandbox.write("clock", "0"),
        }

    def passes(self, seconds):
        self.seconds += seconds
        self.sandbox.write("clock", str(self.seconds))

"""A clock of the bot's own, on which time can pass that no test has."""

import os

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
        # In one go: the bot looks at it at any moment.
        os.replace(self.sandbox.write("clock.new", str(self.seconds)), self.sandbox.path("clock"))

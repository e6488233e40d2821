"""Servers that go from test to test, where starting one takes more time than most tests do."""

import atexit
import threading

from ejabberd import Ejabberd
from prosody import Prosody
from sandbox import Sandbox

KINDS = {"prosody": Prosody, "ejabberd": Ejabberd}

# A server dies with the thread that started it, so each thread has its own.
_idle = threading.local()


def borrow(kind):
    """A running server with nothing in it but its accounts; None: each test starts its own."""
    if not KINDS[kind].CAN_BE_EMPTIED:
        return None
    server = getattr(_idle, kind, None)
    setattr(_idle, kind, None)
    if server and server.empty():
        return server
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return KINDS[kind](sandbox).start()


def give_back(kind, server):
    """Only one that is still as it was started; others end at once."""
    if server.was_left_alone():
        setattr(_idle, kind, server)
    else:
        server.sandbox.close()

"""What the private servers on the loopback have in common."""

import secrets
import subprocess
import time

import certificates
from sandbox import free_ports

HOST = "localhost"
ROOMS = "conference.localhost"
VISITORS = "visitors.localhost"  # who come by HTTP
ACCOUNTS = ("careerbot", "guest", "friend", "admin")


class Server:
    """Each kind knows how it is configured (`_prepare`), run (`argv`), and seen to be ready
    (`_is_ready`), and what it logs of whom it has AUTHENTICATED."""

    PATIENCE = 60  # seconds that it may take to start
    FORGETS_WHEN_KILLED = False  # what it has told people already
    CAN_BE_EMPTIED = False  # while it runs

    def __init__(self, sandbox, name, tls=True, archive=True, web=None, extra=""):
        """Not running yet. Without `tls` it offers none, without `archive` it keeps none.
        `web`: a folder to serve by HTTP, with a way in for whoever comes by it, without an account.
        `extra`: more of its configuration, in its own language; it overrules what stands above."""
        self.sandbox = sandbox
        self.name = name
        self.folder = sandbox.mkdir(name)
        self.tls = tls
        self.archive = archive
        self.web = web
        self.extra = extra
        self.process = None
        self.starts = 0
        self.passwords = new_passwords()
        self.certs = sandbox.mkdir(f"{name}/certs")
        self.authority = certificates.Authority(sandbox, f"{name}/ca")
        self.certify()

    def certify(self, authority=None, name=HOST, **validity):
        """Gives the server a certificate, in use from its next start on."""
        authority = authority or self.authority
        authority.issue(name, f"{self.certs}/{HOST}.crt", f"{self.certs}/{HOST}.key", **validity)

    @property
    def ca_file(self):
        return self.authority.certificate

    @property
    def page(self):
        """The address of what is served by HTTP."""
        return f"http://{HOST}:{self.web_port}/"

    @property
    def log(self):
        return f"{self.name}/{self.name}.log"

    def env(self):
        """What the process has in its environment besides what is there anyway."""
        return {}

    def has_authenticated(self, account):
        return any(
            self.AUTHENTICATED in line and f"{account}@{HOST}" in line
            for line in self.sandbox.log(self.log, 1000).splitlines()
        )

    def start(self):
        """Starts it, the second time on the same ports, and returns when it can be connected to."""
        if self.process is None:
            for _ in range(3):  # a port that was free may be taken a moment later
                self.port, self.tls_port, self.web_port = free_ports(3)
                if self._start():
                    return self
        elif self._start():
            return self
        raise RuntimeError(f"{self.name} does not start:\n" + self.sandbox.log(self.log))

    def was_left_alone(self):
        """Has it been running since it was first started?"""
        return self.starts == 1 and self.process.poll() is None

    def stop(self):
        self.sandbox.stop(self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def _start(self):
        self.sandbox.write(self.log, "")
        self._prepare()
        self.process = self.sandbox.start(
            self.argv(), f"{self.name}/{self.name}.out", self.env(), stdin=subprocess.PIPE
        )
        if self._gets_ready():
            self.starts += 1
            return True
        self.sandbox.stop(self.process)
        return False

    def _gets_ready(self):
        deadline = time.monotonic() + self.PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._is_ready():
                return True
            time.sleep(0.05)
        return False


def new_passwords():
    return {account: secrets.token_hex(8) for account in ACCOUNTS}

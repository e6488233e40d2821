"""A private Prosody on the loopback."""

import secrets
import time

import certificates
from sandbox import free_ports

HOST = "localhost"
ROOMS = "conference.localhost"
ACCOUNTS = ("careerbot", "guest", "friend", "admin")
PROGRAM = "/usr/bin/prosody"

CONFIG = """\
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
certificates = "{folder}/certs"
admin_socket = "{folder}/prosody.sock"
log = {{ {{ levels = {{ min = "info" }}, to = "file", filename = "{folder}/prosody.log" }} }}

interfaces = {{ "127.0.0.1" }}
local_interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_direct_tls_ports = {{ {tls_port} }}
s2s_ports = {{ }}
http_ports = {{ }}
https_ports = {{ }}
c2s_require_encryption = true
authentication = "internal_plain"
storage = "internal"

modules_enabled = {{
    "roster", "saslauth", "tls", "disco", "private", "version", "time", "ping", "mam", "carbons",
    "smacks", "blocklist", "bookmarks", "pep", "vcard4", "vcard_legacy", "lastactivity", "offline"
}}
modules_disabled = {{ "s2s" }}
default_archive_policy = true
limits = {{ }}
{extra}

VirtualHost "{host}"

Component "{rooms}" "muc"
    modules_enabled = {{ "muc_mam" }}
    restrict_room_creation = false
    muc_room_locking = false
    muc_log_by_default = true
"""


class Prosody:
    def __init__(self, sandbox, name="prosody", extra=""):
        """Not running yet. `extra`: lines for all hosts, which overrule those above."""
        self.sandbox = sandbox
        self.folder = sandbox.mkdir(name)
        self.name = name
        self.extra = extra
        self.process = None
        self.passwords = {account: secrets.token_hex(8) for account in ACCOUNTS}
        self.certs = sandbox.mkdir(f"{name}/certs")
        self.authority = certificates.Authority(sandbox, f"{name}/ca")
        self.certify()
        accounts = sandbox.mkdir(f"{name}/data/{HOST}/accounts")
        for account, password in self.passwords.items():
            data = f'return {{ ["password"] = "{password}"; }};\n'
            sandbox.write(f"{accounts}/{account}.dat", data)

    def certify(self, authority=None, name=HOST, **validity):
        """Gives the server a certificate, in use from its next start on."""
        authority = authority or self.authority
        authority.issue(name, f"{self.certs}/{HOST}.crt", f"{self.certs}/{HOST}.key", **validity)

    @property
    def ca_file(self):
        return self.authority.certificate

    def has_authenticated(self, account):
        return f"Authenticated as {account}@{HOST}" in self.sandbox.log(self.log, 1000)

    def start(self):
        """Starts it, the second time on the same ports, and returns when it can be connected to."""
        if self.process is None:
            for _ in range(3):  # a port that was free may be taken a moment later
                self.port, self.tls_port = free_ports(2)
                if self._start():
                    return self
        elif self._start():
            return self
        raise RuntimeError("Prosody does not start:\n" + self.sandbox.log(self.log))

    def stop(self):
        self.sandbox.stop(self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def log(self):
        return f"{self.name}/prosody.log"

    def _start(self):
        config = CONFIG.format(
            folder=self.folder,
            port=self.port,
            tls_port=self.tls_port,
            host=HOST,
            rooms=ROOMS,
            extra=self.extra,
        )
        config_file = self.sandbox.write(f"{self.name}/prosody.cfg.lua", config)
        self.sandbox.write(self.log, "")
        self.process = self.sandbox.start(
            [PROGRAM, "--config", config_file, "-F"], f"{self.name}/prosody.out"
        )
        wanted = [f"127.0.0.1:{port}" for port in (self.port, self.tls_port)]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            said = self.sandbox.log(self.log, 200).replace("[127.0.0.1]", "127.0.0.1")
            if all(address in said for address in wanted):
                return True
            time.sleep(0.05)
        self.sandbox.stop(self.process)
        return False

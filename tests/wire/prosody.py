"""A private Prosody."""

from server import HOST, ROOMS, Server

PROGRAM = "/usr/bin/prosody"

CONFIG = """\
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
certificates = "{folder}/certs"
admin_socket = "{folder}/prosody.sock"
log = {{ {{ levels = {{ min = "info" }}, to = "file", filename = "{folder}/{name}.log" }} }}

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
    "roster", "saslauth", "tls", "disco", "private", "version", "time", "ping", "carbons", {archive}
    "smacks", "blocklist", "bookmarks", "pep", "vcard4", "vcard_legacy", "lastactivity", "offline"
}}
modules_disabled = {{ "s2s" }}
default_archive_policy = true
limits = {{ }}
{extra}

VirtualHost "{host}"

Component "{rooms}" "muc"
    modules_enabled = {{ {room_archive} }}
    restrict_room_creation = false
    muc_room_locking = false
    muc_log_by_default = true
"""
NO_TLS = """\
c2s_require_encryption = false
modules_disabled = { "s2s", "tls" }
allow_unencrypted_plain_auth = true
"""


class Prosody(Server):
    AUTHENTICATED = "Authenticated as"

    def __init__(self, sandbox, name="prosody", **options):
        super().__init__(sandbox, name, **options)
        accounts = sandbox.mkdir(f"{name}/data/{HOST}/accounts")
        for account, password in self.passwords.items():
            data = f'return {{ ["password"] = "{password}"; }};\n'
            sandbox.write(f"{accounts}/{account}.dat", data)

    def argv(self):
        return [PROGRAM, "--config", self.config_file, "-F"]

    def _prepare(self):
        config = CONFIG.format(
            folder=self.folder,
            name=self.name,
            port=self.port,
            tls_port=self.tls_port,
            host=HOST,
            rooms=ROOMS,
            archive='"mam",' if self.archive else "",
            room_archive='"muc_mam"' if self.archive else "",
            extra=self.extra if self.tls else NO_TLS + self.extra,
        )
        self.config_file = self.sandbox.write(f"{self.name}/prosody.cfg.lua", config)

    def _is_ready(self):
        said = self.sandbox.log(self.log, 200).replace("[127.0.0.1]", "127.0.0.1")
        return all(f"127.0.0.1:{port}" in said for port in (self.port, self.tls_port))

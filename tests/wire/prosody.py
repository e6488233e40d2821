"""A private Prosody."""

from server import HOST, ROOMS, VISITORS, Server

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
https_ports = {{ }}
c2s_require_encryption = true
authentication = "internal_plain"
storage = "internal"

modules_enabled = {{
    "roster", "saslauth", "tls", "disco", "private", "version", "time", "ping", "carbons",
    "smacks", "blocklist", "bookmarks", "pep", "vcard4", "vcard_legacy", "lastactivity", "offline",
    {archive} {web_modules}
}}
modules_disabled = {{ "s2s" }}
default_archive_policy = true
limits = {{ }}
{extra}

VirtualHost "{host}"

{visitors}
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
NO_WEB = """\
http_ports = { }
"""
WEB_MODULES = '"websocket", "http_files",'
WEB = """\
http_ports = {{ {port} }}
http_interfaces = {{ "127.0.0.1" }}
http_default_host = "{host}"
http_paths = {{ files = "/" }}
http_files_dir = "{folder}"
consider_websocket_secure = true
"""
VISITORS_HOST = """\
VirtualHost "{visitors}"
    authentication = "anonymous"
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
        web = WEB.format(port=self.web_port, host=HOST, folder=self.web) if self.web else NO_WEB
        config = CONFIG.format(
            folder=self.folder,
            name=self.name,
            port=self.port,
            tls_port=self.tls_port,
            host=HOST,
            rooms=ROOMS,
            archive='"mam",' if self.archive else "",
            room_archive='"muc_mam"' if self.archive else "",
            web_modules=WEB_MODULES if self.web else "",
            visitors=VISITORS_HOST.format(visitors=VISITORS) if self.web else "",
            extra=web + ("" if self.tls else NO_TLS) + self.extra,
        )
        self.config_file = self.sandbox.write(f"{self.name}/prosody.cfg.lua", config)

    def _is_ready(self):
        said = self.sandbox.log(self.log, 200).replace("[127.0.0.1]", "127.0.0.1")
        return all(f"127.0.0.1:{port}" in said for port in (self.port, self.tls_port))

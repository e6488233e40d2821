"""A private ejabberd: one Erlang machine that is no node of anything, so that neither epmd nor a
port for other nodes is there."""

import asyncio
import contextlib
import glob
import json
import os

from server import HOST, ROOMS, VISITORS, Server, new_passwords

MODULES = {
    "mod_adhoc": {},
    "mod_blocking": {},
    "mod_caps": {},
    "mod_carboncopy": {},
    "mod_disco": {},
    "mod_last": {},
    "mod_muc": {"host": ROOMS, "default_room_options": {"mam": True}},
    "mod_offline": {},
    "mod_ping": {},
    "mod_privacy": {},
    "mod_private": {},
    "mod_pubsub": {"plugins": ["pep"]},
    "mod_roster": {},
    "mod_stream_mgmt": {"resume_timeout": 60},
    "mod_time": {},
    "mod_vcard": {},
    "mod_version": {},
}
ANONYMOUS = {"auth_method": "anonymous", "anonymous_protocol": "sasl_anon"}
FILES = {"accesslog": "/dev/null", "directory_indices": ["index.html"]}
ARCHIVE = {"mod_mam": {"default": "always"}}

# Run in the machine after ejabberd has come up, each time: what was registered a moment before a
# kill may be lost, and an account of the test before, with its password, be there again.
ACCOUNTS = """\
[begin
    ejabberd_auth:try_register(User, <<"{host}">>, Password),
    ejabberd_auth:set_password(User, <<"{host}">>, Password)
end || {{User, Password}} <- [
{accounts}
]].
file:write_file("{ready}", "").
"""
# Run in the machine before that, when it has been used.
EMPTY = """\
[ejabberd_auth:remove_user(User, Host) || {{User, Host}} <- ejabberd_auth:get_users()].
Rooms = fun() -> mod_muc:get_online_rooms(<<"{rooms}">>) end.
[mod_muc_room:destroy(Room) || {{_, _, Room}} <- Rooms()].
(fun Wait() -> Rooms() =:= [] orelse begin timer:sleep(20), Wait() end end)().
[mnesia:clear_table(Table) || Table <- [archive_msg, archive_prefs, muc_room, offline_msg]].
"""
# What the machine does all the time: it runs the files whose names it is told.
RUN_FILES = """\
spawn(fun() -> (fun Next() -> case io:get_line(user, "") of
    eof -> ok;
    Line -> file:eval(string:trim(Line)), Next()
end end)() end).
"""


class Ejabberd(Server):
    AUTHENTICATED = "Accepted c2s"
    CAN_BE_EMPTIED = True
    FORGETS_WHEN_KILLED = True  # Mnesia writes archives to the disk when it has time

    def __init__(self, sandbox, name="ejabberd", **options):
        super().__init__(sandbox, name, **options)
        self.sandbox.mkdir(f"{name}/db")
        self.ready = f"{self.folder}/ready"

    def env(self):
        library = glob.glob("/usr/lib/*/ejabberd-*/ebin")[0]
        return {
            "ERL_LIBS": os.path.dirname(os.path.dirname(library)),
            "EJABBERD_CONFIG_PATH": f"{self.folder}/ejabberd.yml",
            "EJABBERD_LOG_PATH": f"{self.folder}/{self.name}.log",
        }

    def argv(self):
        erl = ["erl", "-noshell", "+S", "1", "-mnesia", "dir", f'"{self.folder}/db"']
        return [*erl, "-s", "ejabberd", "-eval", RUN_FILES]

    def _start(self):
        self._expect_accounts()
        return super()._start()

    def _gets_ready(self):
        self._tell_accounts()
        return super()._gets_ready()

    def empty(self):
        """Takes out all that people have left in it. False: that did not work."""
        self.passwords = new_passwords()
        self.sandbox.write(self.log, "")
        self._expect_accounts(EMPTY.format(rooms=ROOMS))
        return self._gets_ready()

    def _expect_accounts(self, before=""):
        if os.path.exists(self.ready):
            os.remove(self.ready)
        accounts = ",\n".join(
            f'{{<<"{account}">>, <<"{password}">>}}' for account, password in self.passwords.items()
        )
        text = before + ACCOUNTS.format(host=HOST, accounts=accounts, ready=self.ready)
        self.accounts = self.sandbox.write(f"{self.name}/accounts.erl", text)

    def _tell_accounts(self):
        with contextlib.suppress(BrokenPipeError):  # it has ended, and that will be seen
            self._run_file(self.accounts)

    async def evaluates(self, erlang):
        """Has this done in the machine."""
        done = f"{self.folder}/done"
        erlang += f'file:write_file("{done}", "").\n'
        self._run_file(self.sandbox.write(f"{self.name}/evaluated.erl", erlang))
        while not os.path.exists(done):
            await asyncio.sleep(0.02)
        os.remove(done)

    def _run_file(self, path):
        self.process.stdin.write(f"{path}\n".encode())
        self.process.stdin.flush()

    def _prepare(self):
        c2s = {"ip": "127.0.0.1", "module": "ejabberd_c2s", "max_stanza_size": 262144}
        starttls = {"starttls": True, "starttls_required": True} if self.tls else {}
        config = {
            "hosts": [HOST, *([VISITORS] if self.web else [])],
            "loglevel": "info",
            "certfiles": [f"{self.certs}/{HOST}.crt", f"{self.certs}/{HOST}.key"],
            "listen": [
                {**c2s, "port": self.port, **starttls},
                {**c2s, "port": self.tls_port, "tls": self.tls},
                *([self._web_listener()] if self.web else []),
            ],
            "host_config": {VISITORS: ANONYMOUS} if self.web else {},
            "auth_method": "internal",
            "auth_password_format": "scram",
            "modules": {
                **MODULES,
                **(ARCHIVE if self.archive else {}),
                **({"mod_http_fileserver": FILES | {"docroot": self.web}} if self.web else {}),
            },
            **(self.extra or {}),
        }
        self.sandbox.write(f"{self.name}/ejabberd.yml", json.dumps(config, indent=4))  # is YAML

    def _web_listener(self):
        handlers = {"/xmpp-websocket": "ejabberd_http_ws", "/": "mod_http_fileserver"}
        return {
            "ip": "127.0.0.1",
            "port": self.web_port,
            "module": "ejabberd_http",
            "request_handlers": handlers,
        }

    def _is_ready(self):
        return os.path.exists(self.ready)

"""A folder and processes that are gone when we are, however we end.

Processes run as nobody where we are root. Should we be killed, the kernel kills
them (setpriv --pdeathsig), and a waiting shell, whose standard input then
closes, removes the folder.
"""

import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
import threading

PATIENCE = 30  # seconds until what must come is given up: a machine may be busy
REMOVE = 'cat; until rm -rf -- "$1" 2>/dev/null; do sleep 0.1; done'


class Sandbox:
    def __init__(self, prefix="careerbot-"):
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.folder = tempfile.mkdtemp(prefix=prefix)
        os.chmod(self.folder, 0o755)  # the CA's certificate in it is for everyone
        self._own(self.folder)
        self.processes = []
        # A session of its own: what a Ctrl-C does to us it does not do to the remover.
        self.remover = subprocess.Popen(
            ["sh", "-c", REMOVE, "sh", self.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in self.processes:
            process.kill()  # what they would put in order goes with the folder
        for process in self.processes:
            process.wait()
        self.remover.stdin.close()
        self.remover.wait()

    def _own(self, path):
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def path(self, name):
        return os.path.join(self.folder, name)

    def mkdir(self, name):
        """Makes a folder, and those above it. Returns its path."""
        path = self.folder
        for part in name.split("/"):
            path = os.path.join(path, part)
            if not os.path.isdir(path):
                os.mkdir(path)
                self._own(path)
        return path

    def write(self, name, text, mode=0o600):
        """Puts text in a file of the folder. Returns its path."""
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
        self._own(path)
        return path

    def copy(self, source, name):
        """Copies a file or a folder into the folder. Returns its path."""
        path = self.path(name)
        if os.path.isdir(source):
            shutil.copytree(source, path, dirs_exist_ok=True)
            for folder, folders, files in os.walk(path):
                for entry in [folder, *(os.path.join(folder, f) for f in files)]:
                    self._own(entry)
        else:
            shutil.copy(source, path)
            self._own(path)
        return path

    def run(self, *argv):
        """Runs a command to its end as the user that owns the folder. Returns what it printed."""
        ran = subprocess.run(self._argv(argv), check=True, capture_output=True, cwd=self.folder)
        return ran.stdout.decode("utf-8", "replace")

    def start(self, argv, log, env=None, stdin=subprocess.DEVNULL, stdout=None):
        """Starts a process; what it says goes to the end of the file `log`, if nothing else is
        said of its `stdout`."""
        with open(self.path(log), "ab") as out:
            process = subprocess.Popen(
                self._argv(argv),
                stdin=stdin,
                stdout=stdout or out,
                stderr=out,
                cwd=self.folder,
                env={**os.environ, "HOME": self.folder, **(env or {})},
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def stop(self, process, within=PATIENCE):
        """Ends a process, by force if it does not listen. Returns its exit status."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(within)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)
        return process.returncode

    def log(self, name, lines=15):
        """The last lines of a log in the folder."""
        try:
            with open(self.path(name), encoding="utf-8", errors="replace") as file:
                return "".join(file.readlines()[-lines:])
        except FileNotFoundError:
            return ""

    def _argv(self, argv):
        setpriv = ["setpriv", "--pdeathsig", "KILL"]
        if self.user:
            ids = ["--reuid", str(self.user.pw_uid), "--regid", str(self.user.pw_gid)]
            setpriv += [*ids, "--clear-groups", "--no-new-privs"]
        return [*setpriv, "--", *argv]


# Outgoing connections take their ports of the range behind these. Who stops listening on one of
# them finds it free when coming back.
PORTS = range(10000, 30000)
_given = set()  # no port twice: a server may need some time until it listens
_giving = threading.Lock()


def free_ports(count):
    """Ports of the loopback that nobody listens on at this moment."""
    with _giving:
        ports = []
        while len(ports) < count:
            port = random.choice(PORTS)
            if port not in _given and is_free(port):
                ports.append(port)
                _given.add(port)
        return ports


def is_free(port):
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

"""A certificate authority of our own, by the openssl program."""

import time

CONFIG = """\
[ca]
default_ca = here
[here]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
policy = any
default_md = sha256
unique_subject = no
copy_extensions = copy
x509_extensions = extensions
[any]
commonName = supplied
[extensions]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""

DAY = 24 * 60 * 60
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class Authority:
    def __init__(self, sandbox, name):
        self.sandbox = sandbox
        self.folder = sandbox.mkdir(name)
        self.certificate = f"{self.folder}/ca.crt"
        self.key = f"{self.folder}/ca.key"
        self.config = sandbox.write(f"{name}/ca.cnf", CONFIG.format(folder=self.folder))
        sandbox.write(f"{name}/index.txt", "")
        sandbox.write(f"{name}/serial", "01\n")
        sandbox.run(
            *["openssl", "req", "-x509", *NEW_KEY, "-days", "30", "-subj", "/CN=careerbot test CA"],
            *["-addext", "keyUsage=critical,keyCertSign,cRLSign"],
            *["-keyout", self.key, "-out", self.certificate],
        )

    def issue(self, host, certificate, key, start=-DAY, end=30 * DAY):
        """Makes a key and a certificate for host, valid from `start` to `end`, seconds from now."""
        request = certificate + ".csr"
        self.sandbox.run(
            *["openssl", "req", *NEW_KEY, "-subj", "/CN=" + host],
            *["-addext", "subjectAltName=DNS:" + host, "-keyout", key, "-out", request],
        )
        self.sandbox.run(
            *["openssl", "ca", "-batch", "-notext", "-config", self.config],
            *["-cert", self.certificate, "-keyfile", self.key, "-in", request],
            *["-startdate", stamp(start), "-enddate", stamp(end), "-out", certificate],
        )


def stamp(seconds_from_now):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + seconds_from_now))

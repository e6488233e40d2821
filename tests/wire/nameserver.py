"""A name server of our own, and how a program is brought to ask it."""

import asyncio
import ipaddress
import struct

import preload

SRV, A, AAAA = 33, 1, 28
NO_SUCH_NAME = 3
HEADER = 12


class NameServer(asyncio.DatagramProtocol):
    """`async with` it. It knows nothing but what it is told, and of what is `silent` it says not
    even that."""

    def __init__(self, sandbox):
        self.records = {}
        self.silent = set()
        self.preloaded = preload.environment(sandbox, "nameserver")

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        return self

    async def __aexit__(self, *_):
        self.transport.close()

    @property
    def environment(self):
        """For the program that is to ask here."""
        return {
            **self.preloaded,
            "NAMESERVER_PORT": str(self.transport.get_extra_info("sockname")[1]),
        }

    def has_service(self, domain, port, host, priority=10, weight=0, direct_tls=False):
        service = "_xmpps-client._tcp" if direct_tls else "_xmpp-client._tcp"
        data = struct.pack(">HHH", priority, weight, port) + encode(host)
        self._add(f"{service}.{domain}", SRV, data)

    def has_address(self, host, address):
        address = ipaddress.ip_address(address)
        self._add(host, A if address.version == 4 else AAAA, address.packed)

    def _add(self, name, kind, data):
        self.records.setdefault((name, kind), []).append(data)

    def datagram_received(self, data, address):
        end = data.index(b"\0", HEADER)
        name = decode(data[HEADER:end])
        (kind,) = struct.unpack(">H", data[end + 1 : end + 3])
        if name in self.silent:
            return
        found = self.records.get((name, kind), [])
        known = any(name == known for known, _ in self.records)
        answer = data[:2] + struct.pack(">H", 0x8180 if known else 0x8180 | NO_SUCH_NAME)
        answer += struct.pack(">HHHH", 1, len(found), 0, 0) + data[HEADER : end + 5]
        for record in found:
            answer += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(record)) + record
        self.transport.sendto(answer, address)


def encode(name):
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def decode(labels):
    name = []
    while labels:
        name.append(labels[1 : 1 + labels[0]].decode().lower())
        labels = labels[1 + labels[0] :]
    return ".".join(name)

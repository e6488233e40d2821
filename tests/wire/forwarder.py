"""A line between the bot and its server that can be cut."""

import asyncio
import socket
import struct

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closed without a goodbye


class Forwarder:
    """Passes on what comes, unless it is cut: then nothing passes, and nobody is told."""

    def __init__(self, server):
        self.server = server
        self.lines = []
        self.open = asyncio.Event()
        self.open.set()

    async def start(self):
        self.listener = await asyncio.start_server(self._client, "127.0.0.1", 0)
        self.port = self.listener.sockets[0].getsockname()[1]
        return self

    def cut(self):
        self.open.clear()

    def mend(self):
        """Passes on again. What was on its way when it was cut is lost: the lines of then break."""
        self.break_lines()
        self.open.set()

    def break_lines(self):
        for line in self.lines:
            for writer in line:
                if writer.transport.is_closing():
                    continue
                writer.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, RESET
                )
                writer.transport.abort()
        self.lines = []

    def stop(self):
        self.listener.close()
        self.break_lines()

    async def _client(self, reader, writer):
        await self.open.wait()
        try:
            server_reader, server_writer = await asyncio.open_connection(
                "127.0.0.1", self.server.port
            )
        except OSError:
            writer.transport.abort()
            return
        line = (writer, server_writer)
        self.lines.append(line)
        await asyncio.gather(
            self._pass(line, reader, server_writer), self._pass(line, server_reader, writer)
        )

    async def _pass(self, line, reader, writer):
        try:
            while data := await reader.read(65536):
                await self.open.wait()
                if line not in self.lines:
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

"""Somebody with a client that is not ours (slixmpp), as a test or the demo drives them."""

import asyncio
import inspect
import logging
import uuid
import xml.etree.ElementTree as ET

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # it has things to say when imported

import slixmpp  # noqa: E402
from slixmpp.xmlstream.handler import Callback  # noqa: E402
from slixmpp.xmlstream.matcher import MatchXPath  # noqa: E402

from sandbox import PATIENCE  # noqa: E402
from server import HOST  # noqa: E402

MUC = "http://jabber.org/protocol/muc"
MUC_USER = MUC + "#user"
SELF_PRESENCE = "110"
STANZA_ID = "urn:xmpp:sid:0"
REPLY = "urn:xmpp:reply:0"


class Unheard(AssertionError):
    """What was waited for did not come."""


class Person:
    """One login. Every message and presence that arrives waits in `inbox` until it is asked for."""

    def __init__(self, server, account, resource="test"):
        self.server = server
        self.account = account
        self.jid = f"{account}@{HOST}"
        self.inbox = []
        self.present = set()  # full JIDs whose presence is known
        self.arrival = asyncio.Event()
        self.client = slixmpp.ClientXMPP(f"{self.jid}/{resource}", server.passwords[account])
        self.client.ca_certs = server.ca_file
        for kind in ("message", "presence"):
            everything = MatchXPath("{jabber:client}" + kind)
            self.client.register_handler(Callback("every " + kind, everything, self._arrived))
        self.client.auto_authorize = None
        self.client.auto_subscribe = False

    async def __aenter__(self):
        await self.login()
        return self

    async def __aexit__(self, *_):
        await self.logout()

    async def login(self, within=PATIENCE):
        online = asyncio.get_running_loop().create_future()
        self.client.add_event_handler("session_start", online.set_result, disposable=True)
        address = ("127.0.0.1", self.server.port)
        as_one = "address" in inspect.signature(self.client.connect).parameters  # slixmpp < 1.9
        self.client.connect(*([address] if as_one else address))
        try:
            await asyncio.wait_for(online, within)
        except asyncio.TimeoutError:
            raise Unheard(f"{self.jid} cannot log in") from None
        await self.client.get_roster()  # without, no answer to a request for presence comes
        self.client.send_presence()

    async def logout(self):
        await self.client.disconnect()

    # --- what comes

    def _arrived(self, stanza):
        self.inbox.append(stanza)
        if stanza.name == "presence":
            if stanza["type"] in ("error", "unavailable"):
                self.present.discard(stanza["from"].full)
            else:
                self.present.add(stanza["from"].full)
        self.arrival.set()

    async def _next_arrival(self, deadline):
        """False when nothing came until then."""
        self.arrival.clear()
        left = None if deadline is None else deadline - asyncio.get_running_loop().time()
        try:
            await asyncio.wait_for(self.arrival.wait(), left)
        except asyncio.TimeoutError:
            return False
        return True

    async def receives(self, wanted, within=PATIENCE):
        """The first stanza for which wanted(stanza) holds, taken from the inbox.

        Those before it are dropped, so that what comes is waited for in its order.
        """
        deadline = deadline_in(within)
        seen = []
        while True:
            while self.inbox:
                stanza = self.inbox.pop(0)
                if wanted(stanza):
                    return stanza
                seen.append(str(stanza))
            if not await self._next_arrival(deadline):
                raise Unheard("\n".join(["waited in vain; what came instead:", *seen]))

    async def hears(self, sender, within=PATIENCE):
        """The next message with a body from this JID, or from a resource of it if it is bare."""
        return await self.receives(
            lambda s: said(s) and sender in (s["from"], s["from"].bare), within
        )

    def has_got_from(self, bare_jid):
        """The messages with a body from there that wait in the inbox."""
        return [stanza for stanza in self.inbox if said(stanza) and stanza["from"].bare == bare_jid]

    async def sees_own(self, message, within=PATIENCE):
        """Waits for our message to come back from the room. Returns the id it got there."""
        reflected = await self.receives(
            lambda s: s.name == "message" and s["id"] == message, within
        )
        return stanza_id(reflected)

    # --- what goes

    def send(self, stanza):
        """Sends a stanza given as an element. Returns its id."""
        stanza.attrib.setdefault("id", uuid.uuid4().hex)
        self.client.send_raw(ET.tostring(stanza, encoding="unicode"))
        return stanza.attrib["id"]

    def says(self, to, body, *children, kind="groupchat"):
        """A message, to a room if nothing else is said. Returns its id."""
        stanza = element("message", to=str(to), type=kind)
        if body is not None:
            stanza.append(element("body", body))
        stanza.extend(children)
        return self.send(stanza)

    def tells(self, to, body, *children):
        """A direct message. Returns its id."""
        return self.says(to, body, *children, kind="chat")

    async def asks(self, to, query, kind="get", within=PATIENCE):
        """Sends an IQ with this child. Returns the stanza that answers, result or error."""
        iq = self.client.make_iq(ito=to, itype=kind)
        iq.append(query)
        try:
            return await iq.send(timeout=within)
        except slixmpp.exceptions.IqError as error:
            return error.iq

    # --- rooms

    async def joins(self, room, nick, within=PATIENCE):
        presence = self.client.make_presence(pto=f"{room}/{nick}")
        presence.xml.append(element(f"{{{MUC}}}x"))
        presence.send()
        await self.receives(lambda stanza: SELF_PRESENCE in status_codes(stanza), within)
        await self.receives(is_subject, within)

    async def sees(self, occupant, within=PATIENCE):
        """Waits until this occupant ("room/nick") is there."""
        await self.sees_somebody(lambda jid: jid == occupant, within)

    async def sees_somebody(self, wanted, within=PATIENCE):
        """Waits until there is one for whose full JID wanted(jid) holds."""
        deadline = deadline_in(within)
        while not any(map(wanted, self.present)):
            if not await self._next_arrival(deadline):
                raise Unheard(f"not there after {within} s; who is: {self.present}")

    async def misses(self, occupant, within=PATIENCE):
        """Waits until this occupant is gone."""
        deadline = deadline_in(within)
        while occupant in self.present:
            if not await self._next_arrival(deadline):
                raise Unheard(f"{occupant} is still there after {within} s")


def deadline_in(seconds):
    return None if seconds is None else asyncio.get_running_loop().time() + seconds


def stanza_id(stanza):
    """The id that the room gave a message (XEP-0359); None where it keeps no archive."""
    given = stanza.xml.find(f"{{{STANZA_ID}}}stanza-id")
    return None if given is None else given.get("id")


def reply_to(stanza):
    """The id of the message that this one is a reply to (XEP-0461)."""
    reply = stanza.xml.find(f"{{{REPLY}}}reply")
    return None if reply is None else reply.get("id")


def element(tag, text=None, /, **attributes):
    new = ET.Element(tag, attributes)
    new.text = text
    return new


def said(stanza):
    return stanza.name == "message" and bool(stanza["body"])


def is_subject(stanza):
    return stanza.xml.find("{jabber:client}subject") is not None and not said(stanza)


def status_codes(stanza):
    return {status.get("code") for status in stanza.xml.iter(f"{{{MUC_USER}}}status")}

"""What clients expect besides an answer, and what must be left alone."""

import xml.etree.ElementTree as ET

import careerbot
from person import STANZA_ID, element
from world import BOT_IN_ROOM, FIGURE, QUESTION, ROOM, nothing_else_was_answered

MARKERS = "urn:xmpp:chat-markers:0"
RECEIPTS = "urn:xmpp:receipts"
CHAT_STATES = "http://jabber.org/protocol/chatstates"
CARBONS = "urn:xmpp:carbons:2"
FORWARD = "urn:xmpp:forward:0"
HINTS = "urn:xmpp:hints"
REPLY = "urn:xmpp:reply:0"
FALLBACK = "urn:xmpp:fallback:0"
REFERENCE = "urn:xmpp:reference:0"


async def subscribe(person):
    person.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await person.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")


def has(stanza, name, namespace):
    return stanza.xml.find(f"{{{namespace}}}{name}") is not None


# --- receipts, markers, states


async def test_who_sees_it_sees_that_it_has_read(world):
    guest, _ = await world.has_room_with_bot()
    await subscribe(guest)
    asked = guest.tells(
        careerbot.JID,
        QUESTION,
        element(f"{{{MARKERS}}}markable"),
        element(f"{{{RECEIPTS}}}request"),
        element("thread", "thread-9"),
    )
    marker = await guest.receives(lambda s: has(s, "displayed", MARKERS))
    assert marker.xml.find(f"{{{MARKERS}}}displayed").get("id") == asked
    assert marker.xml.find("{jabber:client}thread").text == "thread-9"
    assert not marker["body"]
    answer = await guest.hears(careerbot.JID)
    assert not has(answer, "markable", MARKERS) and not has(answer, "request", RECEIPTS)


async def test_a_stranger_is_told_nothing_but_the_answer(world):
    guest, _ = await world.has_room_with_bot()
    extras = (element(f"{{{MARKERS}}}markable"), element(f"{{{RECEIPTS}}}request"))
    guest.tells(careerbot.JID, QUESTION, *extras)
    first = await guest.receives(lambda s: s.name == "message")
    assert FIGURE in first["body"]
    guest.says(ROOM, f"careerbot: {QUESTION}", *extras)
    answer = await guest.receives(lambda s: s.name == "message" and s["from"] == BOT_IN_ROOM)
    assert FIGURE in answer["body"]
    await nothing_else_was_answered(guest)


async def test_markers_and_states_without_words_are_not_answered(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION)
    answer = await guest.hears(careerbot.JID)
    for tag in (
        element(f"{{{MARKERS}}}displayed", id=answer["id"]),
        element(f"{{{RECEIPTS}}}received", id=answer["id"]),
        element(f"{{{CHAT_STATES}}}composing"),
        element(f"{{{CHAT_STATES}}}gone"),
    ):
        guest.tells(careerbot.JID, None, tag)
        guest.says(ROOM, None, tag)
    await nothing_else_was_answered(guest)


async def test_no_states_are_shown_to_a_room(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, f"careerbot: {QUESTION}", element(f"{{{CHAT_STATES}}}active"))
    answer = await guest.receives(lambda s: s.name == "message" and s["from"] == BOT_IN_ROOM)
    assert FIGURE in answer["body"]
    assert not has(answer, "active", CHAT_STATES)


async def test_answers_are_for_the_archive_and_asides_are_not(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION)
    assert has(await guest.hears(careerbot.JID), "store", HINTS)
    guest.says(ROOM, "careerbot: please be quiet")
    aside = await guest.hears(BOT_IN_ROOM)
    assert has(aside, "no-store", HINTS) and not has(aside, "store", HINTS)


async def test_answers_have_an_id_that_no_server_changes(world):
    guest, _ = await world.has_room_with_bot()
    for to, kind, sender in (
        (ROOM, "groupchat", BOT_IN_ROOM),
        (careerbot.JID, "chat", careerbot.JID),
    ):
        guest.says(to, f"careerbot: {QUESTION}", kind=kind)
        answer = await guest.hears(sender)
        assert answer.xml.find(f"{{{STANZA_ID}}}origin-id").get("id") == answer["id"]


async def test_a_thread_is_kept_in_a_room(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, f"careerbot: {QUESTION}", element("thread", "thread-8"))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer.xml.find("{jabber:client}thread").text == "thread-8"


# --- replies and mentions


async def test_its_own_words_quoted_for_older_clients_are_no_question(world):
    """Quoted without a reply, and with one whose fallback names only a part of the body."""
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, "> what does an ML engineer earn in New York?\ncareerbot: and in India?")
    answer = await guest.hears(BOT_IN_ROOM)
    assert "170,000" not in answer["body"]
    quotation = "> 🙂 what does a data analyst do?\n"
    fallback = element(f"{{{FALLBACK}}}fallback", **{"for": REPLY})
    end = str(len(quotation))  # code points
    fallback.append(element(f"{{{FALLBACK}}}body", start="0", end=end))
    reply = element(f"{{{REPLY}}}reply", to=f"{ROOM}/guest", id="whatever")
    guest.says(ROOM, f"{quotation}careerbot: {QUESTION}", reply, fallback)
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_a_mention_of_another_is_not_for_it(world):
    guest, _ = await world.has_room_with_bot()
    await world.has_person("friend", ROOM, nick="Ann Lee")
    said = f"Ann Lee {QUESTION}"
    attributes = {"type": "mention", "begin": "0", "end": "7"}
    uri = f"xmpp:{ROOM}/Ann%20Lee"
    guest.says(ROOM, said, element(f"{{{REFERENCE}}}reference", uri=uri, **attributes))
    await nothing_else_was_answered(guest)


async def test_a_mention_by_its_real_address_is_for_it(world):
    guest, _ = await world.has_room_with_bot()
    said = f"{QUESTION} ask careerbot"
    begin = said.index("careerbot")
    attributes = {"type": "mention", "begin": str(begin), "end": str(len(said))}
    uri = f"xmpp:{careerbot.JID}"
    guest.says(ROOM, said, element(f"{{{REFERENCE}}}reference", uri=uri, **attributes))
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


# --- what is not for it


def carbon(kind, sender, body):
    """A copy as the server makes them of what other clients of an account send and receive."""
    copy = element(f"{{{CARBONS}}}{kind}")
    forwarded = ET.SubElement(copy, f"{{{FORWARD}}}forwarded")
    message = ET.SubElement(forwarded, "{jabber:client}message")
    message.attrib.update({"from": sender, "to": careerbot.JID, "type": "chat", "id": "forged"})
    ET.SubElement(message, "{jabber:client}body").text = body
    return copy


async def test_forged_carbons_are_not_acted_upon(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend")
    for kind in ("received", "sent"):
        for body in (None, QUESTION):
            copy = carbon(kind, f"{friend.jid}/test", QUESTION)
            guest.tells(careerbot.JID, body, copy)
            guest.tells(BOT_IN_ROOM, body, copy)
    await nothing_else_was_answered(guest)
    assert not friend.has_got_from(careerbot.JID)


async def test_every_kind_of_encryption_gets_one_line_a_day(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend")
    admin = await world.has_person("admin")
    eme = "{urn:xmpp:eme:0}encryption"
    kinds = (
        (guest, "This message is encrypted.", [element("{urn:xmpp:openpgp:0}openpgp", "wcBM")]),
        (friend, "?OTRv23? Somebody wants to talk off the record", []),
        (admin, "[This message is encrypted]", [element(eme, namespace="urn:example:new")]),
    )
    for person, body, children in kinds:
        for _ in range(3):
            person.tells(careerbot.JID, body, *children)
        line = await person.hears(careerbot.JID)
        assert "encrypt" in line["body"].lower(), line
        person.tells(careerbot.JID, QUESTION)
        assert FIGURE in (await person.hears(careerbot.JID))["body"]
        assert not person.has_got_from(careerbot.JID)


async def test_nobody_is_lectured_on_encryption_in_a_room(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(
        ROOM,
        "I sent you an OMEMO encrypted message but your client doesn't seem to support that.",
        element("{eu.siacs.conversations.axolotl}encrypted"),
    )
    await nothing_else_was_answered(guest)

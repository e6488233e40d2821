"""What other clients ask a client: who it is, what it can, whether it is there."""

import base64
import hashlib

import careerbot
from person import element
from world import BOT_IN_ROOM, QUESTION, ROOM

DISCO = "http://jabber.org/protocol/disco"


async def bot_jid(guest):
    """Its full JID, which it has told who talks to it."""
    guest.tells(careerbot.JID, QUESTION)
    return (await guest.hears(careerbot.JID))["from"]


async def test_version_names_the_program_and_no_system(world):
    guest, _ = await world.has_room_with_bot()
    version = await guest.asks(await bot_jid(guest), element("{jabber:iq:version}query"))
    said = {child.tag.partition("}")[2]: child.text for child in version.xml[0]}
    assert said["name"] == "careerbot"
    assert said["version"]
    assert "os" not in said


async def test_ping_time_and_last_activity_are_answered(world):
    guest, _ = await world.has_room_with_bot()
    bot = await bot_jid(guest)
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await guest.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")
    for query in ("{urn:xmpp:ping}ping", "{urn:xmpp:time}time", "{jabber:iq:last}query"):
        answer = await guest.asks(bot, element(query))
        assert answer["type"] == "result", answer
    time = await guest.asks(bot, element("{urn:xmpp:time}time"))
    assert time.xml.find("{urn:xmpp:time}time/{urn:xmpp:time}utc").text.endswith("Z")


async def test_it_says_that_it_is_a_bot(world):
    guest, _ = await world.has_room_with_bot()
    bot = await bot_jid(guest)
    info = await guest.asks(bot, element(f"{{{DISCO}#info}}query"))
    identity = info.xml.find(f".//{{{DISCO}#info}}identity")
    assert (identity.get("category"), identity.get("type")) == ("client", "bot")
    features = {feature.get("var") for feature in info.xml.iter(f"{{{DISCO}#info}}feature")}
    assert {f"{DISCO}#info", "urn:xmpp:ping", "jabber:iq:version"} <= features, features
    items = await guest.asks(bot, element(f"{{{DISCO}#items}}query"))
    assert items["type"] == "result"
    unknown = await guest.asks(bot, element(f"{{{DISCO}#info}}query", node="no-such-node"))
    assert unknown["error"]["condition"] == "item-not-found"


async def test_its_caps_name_what_disco_tells(world):
    guest, _ = await world.has_room_with_bot()
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    caps = (
        await guest.receives(
            lambda s: s["from"].bare == careerbot.JID
            and s.xml.find("{http://jabber.org/protocol/caps}c") is not None
        )
    ).xml.find("{http://jabber.org/protocol/caps}c")
    node = f"{caps.get('node')}#{caps.get('ver')}"
    info = await guest.asks(await bot_jid(guest), element(f"{{{DISCO}#info}}query", node=node))
    assert info["type"] == "result"
    assert caps.get("ver") == verification(info)


def verification(info):
    """XEP-0115 section 5.1, by hand, for a disco without forms."""
    text = ""
    for identity in info.xml.iter(f"{{{DISCO}#info}}identity"):
        text += f"{identity.get('category')}/{identity.get('type')}//{identity.get('name')}<"
    features = sorted(feature.get("var") for feature in info.xml.iter(f"{{{DISCO}#info}}feature"))
    text += "".join(f"{feature}<" for feature in features)
    return base64.b64encode(hashlib.sha1(text.encode()).digest()).decode()


async def test_what_it_does_not_know_gets_an_error(world):
    guest, _ = await world.has_room_with_bot()
    bot = await bot_jid(guest)
    for kind in ("get", "set"):
        for query in ("{urn:example:no-such-thing}query", "{jabber:iq:roster}query"):
            answer = await guest.asks(bot, element(query), kind)
            assert answer["type"] == "error", answer
            assert answer["error"]["condition"] == "service-unavailable", answer


async def test_the_room_shows_no_more_of_it(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    info = await friend.asks(BOT_IN_ROOM, element(f"{{{DISCO}#info}}query"))
    assert info["type"] == "result"
    assert info["from"] == BOT_IN_ROOM
    assert careerbot.JID not in str(info)


async def test_a_subscription_is_granted(world):
    guest, _ = await world.has_room_with_bot()
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await guest.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")
    await guest.receives(
        lambda s: s.name == "presence"
        and s["from"].bare == careerbot.JID
        and s["type"] == "available"
    )

"""What other clients ask a client: who it is, what it can, whether it is there."""

import base64
import hashlib
import importlib

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


# Each feature that it announces, with what shows that it is true: a question by IQ that must be
# answered, or the test in which it is seen.
PROOFS = {
    "http://jabber.org/protocol/caps": "queries.its_caps_name_what_disco_tells",
    "http://jabber.org/protocol/chatstates": "talk.chat_states_go_to_those_who_use_them",
    "http://jabber.org/protocol/commands": element(
        f"{{{DISCO}#items}}query", node="http://jabber.org/protocol/commands"
    ),
    "http://jabber.org/protocol/disco#info": element(f"{{{DISCO}#info}}query"),
    "http://jabber.org/protocol/disco#items": element(f"{{{DISCO}#items}}query"),
    "http://jabber.org/protocol/muc": "talk.a_private_message_is_answered_in_private",
    "jabber:iq:last": element("{jabber:iq:last}query"),
    "jabber:iq:version": element("{jabber:iq:version}query"),
    "jabber:x:conference": "invitations.a_direct_invitation_is_followed_and_lasts",
    "jabber:x:data": "profile.who_answers_for_it_can_be_found",
    "urn:xmpp:chat-markers:0": "talk.what_can_be_marked_is_marked_as_displayed",
    "urn:xmpp:eme:0": "rooms.encrypted_messages_get_one_friendly_line",
    "urn:xmpp:fallback:0": "talk.a_reply_to_it_addresses_it",
    "urn:xmpp:message-correct:0": "changes.an_edited_question_gets_its_answer_corrected",
    "urn:xmpp:message-retract:1": "changes.a_question_taken_back_takes_its_answer_with_it",
    "urn:xmpp:ping": element("{urn:xmpp:ping}ping"),
    "urn:xmpp:reactions:0": "changes.a_reaction_is_an_opinion_and_gets_no_answer",
    "urn:xmpp:receipts": "talk.a_receipt_is_sent_to_whom_our_presence_is_shown",
    "urn:xmpp:reference:0": "talk.a_mention_anywhere_addresses_it",
    "urn:xmpp:reply:0": "talk.a_question_in_the_room_is_answered_with_nick_and_reference",
    "urn:xmpp:sid:0": "courtesy.answers_have_an_id_that_no_server_changes",
    "urn:xmpp:time": element("{urn:xmpp:time}time"),
}


async def test_what_it_announces_is_true(world):
    guest, _ = await world.has_room_with_bot()
    bot = await bot_jid(guest)
    # ejabberd lets nobody else ask when it was last active.
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await guest.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")
    info = await guest.asks(bot, element(f"{{{DISCO}#info}}query"))
    for feature in info.xml.iter(f"{{{DISCO}#info}}feature"):
        proof = PROOFS.get(feature.get("var"))
        assert proof is not None, f"nothing shows that it knows {feature.get('var')}"
        if isinstance(proof, str):
            module, _, name = proof.partition(".")
            assert hasattr(importlib.import_module(f"test_{module}"), f"test_{name}"), proof
        else:
            answer = await guest.asks(bot, proof)
            assert answer["type"] == "result", answer


async def test_its_caps_name_what_disco_tells(world):
    guest, _ = await world.has_room_with_bot(contact=["xmpp:b@example.org", "mailto:a@example.org"])
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
    """XEP-0115 section 5.1, by hand."""
    text = ""
    for identity in info.xml.iter(f"{{{DISCO}#info}}identity"):
        text += f"{identity.get('category')}/{identity.get('type')}//{identity.get('name')}<"
    features = sorted(feature.get("var") for feature in info.xml.iter(f"{{{DISCO}#info}}feature"))
    text += "".join(f"{feature}<" for feature in features)
    for form in info.xml.iter("{jabber:x:data}x"):
        fields = {f.get("var"): sorted(value.text for value in f) for f in form}
        text += fields.pop("FORM_TYPE")[0] + "<"
        for name in sorted(fields):
            text += "".join(f"{part}<" for part in (name, *fields[name]))
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

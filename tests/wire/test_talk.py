"""Asking and being answered: in the room, directly, and in private through the room."""

import careerbot
from person import Unheard, element, reply_to, said, stanza_id
from world import BOT_IN_ROOM, FIGURE, QUESTION, QUESTIONS, ROOM, nothing_else_was_answered

RECEIPTS = "urn:xmpp:receipts"
MARKERS = "urn:xmpp:chat-markers:0"
CHAT_STATES = "http://jabber.org/protocol/chatstates"
MUC_USER = "http://jabber.org/protocol/muc#user"
REFERENCE = "urn:xmpp:reference:0"
REPLY = "urn:xmpp:reply:0"
FALLBACK = "urn:xmpp:fallback:0"
CLIENT = "{jabber:client}"


async def test_a_question_in_the_room_is_answered_with_nick_and_reference(world):
    guest, _ = await world.has_room_with_bot()
    asked = await guest.sees_own(guest.says(ROOM, f"careerbot: {QUESTION}"))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["type"] == "groupchat"
    assert answer["body"].startswith("guest: "), answer["body"]
    assert FIGURE in answer["body"]
    assert reply_to(answer) == asked
    assert answer.xml.find(f"{{{REPLY}}}reply").get("to") == f"{ROOM}/guest"


async def test_a_direct_message_is_answered(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION)
    answer = await guest.hears(careerbot.JID)
    assert answer["type"] == "chat"
    assert answer["to"] == guest.client.boundjid
    assert FIGURE in answer["body"]
    assert not answer["body"].startswith("guest: ")


async def test_a_direct_message_of_type_normal_is_answered(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(careerbot.JID, QUESTION, kind="normal")
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]


async def test_a_private_message_is_answered_in_private(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(BOT_IN_ROOM, QUESTION, element(f"{{{MUC_USER}}}x"))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["type"] == "chat"
    assert FIGURE in answer["body"]
    assert answer.xml.find(f"{{{MUC_USER}}}x") is not None


def reply_element(to, stanza):
    return element(f"{{{REPLY}}}reply", to=to, id=stanza)


async def test_a_reply_goes_on_with_what_it_replies_to(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    answers = []
    for question, figure in QUESTIONS[:2]:
        guest.says(ROOM, f"careerbot: {question}")
        answers.append(await guest.hears(BOT_IN_ROOM))
        assert figure in answers[-1]["body"]
    # Its client says to whom by the reply alone.
    guest.says(ROOM, "tell me more", reply_element(BOT_IN_ROOM, stanza_id(answers[0])))
    more = await guest.hears(BOT_IN_ROOM)
    assert QUESTIONS[0][1] in more["body"] and QUESTIONS[1][1] not in more["body"]
    friend.says(ROOM, "says who?", reply_element(BOT_IN_ROOM, stanza_id(answers[0])))
    source = (await friend.receives(lambda s: said(s) and s["body"].startswith("friend: ")))["body"]
    assert "India" in source, source


async def test_a_direct_reply_goes_on_with_what_it_replies_to(world):
    guest, _ = await world.has_room_with_bot()
    answers = []
    for question, figure in QUESTIONS[:2]:
        guest.tells(careerbot.JID, question)
        answers.append(await guest.hears(careerbot.JID))
        assert figure in answers[-1]["body"]
    guest.tells(careerbot.JID, "says who?", reply_element(careerbot.JID, answers[0]["id"]))
    source = (await guest.hears(careerbot.JID))["body"]
    assert "India" in source, source


async def test_each_of_several_askers_is_named(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    guest.says(ROOM, f"careerbot: {QUESTIONS[0][0]}")
    assert (await guest.hears(BOT_IN_ROOM))["body"].startswith("guest: ")
    friend.says(ROOM, f"careerbot: {QUESTIONS[1][0]}")
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("friend: ")
    assert QUESTIONS[1][1] in answer["body"]


async def test_every_way_to_address_it_is_understood(world):
    guest, _ = await world.has_room_with_bot(rate="off")
    await world.has_person("friend", ROOM)
    ways = ("careerbot: {}", "careerbot, {}", "@careerbot {}", "@careerbot: {}", "CareerBot: {}")
    ways += ("careerbot {}", "careerbot; {}", "careerbot! {}", "friend, careerbot: {}")
    ways += ("> something older\ncareerbot: {}",)
    for way, (question, word) in zip(ways, QUESTIONS, strict=True):
        guest.says(ROOM, way.format(question))
        try:
            answer = await guest.hears(BOT_IN_ROOM)
        except Unheard as unheard:
            raise AssertionError(f"no answer to {way}") from unheard
        assert word.lower() in answer["body"].lower(), (way, answer["body"])


async def test_a_mention_anywhere_addresses_it(world):
    guest, _ = await world.has_room_with_bot()
    said = "perhaps 🙂 careerbot knows: what does an ML engineer earn in India?"
    begin = said.index("careerbot")  # code points, as the reference counts them
    mention = element(
        f"{{{REFERENCE}}}reference",
        type="mention",
        begin=str(begin),
        end=str(begin + len("careerbot")),
        uri=f"xmpp:{BOT_IN_ROOM}",
    )
    guest.says(ROOM, said, mention)
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_a_reply_to_it_addresses_it(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, "careerbot: what does an ML engineer earn in New York?")
    first = await guest.hears(BOT_IN_ROOM)
    quotation = "".join(f"> {line}\n" for line in first["body"].splitlines())
    fallback = element(f"{{{FALLBACK}}}fallback", **{"for": REPLY})
    body = element(f"{{{FALLBACK}}}body", start="0", end=str(len(quotation)))
    fallback.append(body)
    given = first.xml.find("{urn:xmpp:sid:0}stanza-id").get("id")
    reply = element(f"{{{REPLY}}}reply", to=BOT_IN_ROOM, id=given)
    guest.says(ROOM, quotation + "and in India?", reply, fallback)
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_what_is_said_to_nobody_or_others_is_not_answered(world):
    guest, _ = await world.has_room_with_bot()
    await world.has_person("friend", ROOM)
    for said in (
        QUESTION,
        f"friend: {QUESTION}",
        f"friend, {QUESTION}",
        f"careerbots: {QUESTION}",
        f"I asked careerbot yesterday: {QUESTION}",
        f"> careerbot: {QUESTION}",
        f"/me wonders {QUESTION}",
    ):
        guest.says(ROOM, said)
    await nothing_else_was_answered(guest)


async def test_a_file_gets_one_friendly_line(world):
    guest, _ = await world.has_room_with_bot()
    address = "https://upload.example.org/ab12/cv.pdf"
    for _ in range(2):
        uploaded = element("{jabber:x:oob}x")
        uploaded.append(element("{jabber:x:oob}url", address))
        guest.tells(careerbot.JID, address, uploaded)
    line = await guest.hears(careerbot.JID)
    assert "file" in line["body"] or "typed" in line["body"], line["body"]
    await nothing_else_was_answered(guest)


async def test_a_thread_is_kept(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION, element("thread", "thread-7"))
    assert (await guest.hears(careerbot.JID)).xml.find(CLIENT + "thread").text == "thread-7"


async def has_subscriber(world):
    """A guest to whom our presence is shown."""
    guest, _ = await world.has_room_with_bot()
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await guest.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")
    return guest


async def test_a_receipt_is_sent_to_whom_our_presence_is_shown(world):
    guest = await has_subscriber(world)
    asked = guest.tells(careerbot.JID, QUESTION, element(f"{{{RECEIPTS}}}request"))
    receipt = await guest.receives(lambda s: s.xml.find(f"{{{RECEIPTS}}}received") is not None)
    assert receipt.xml.find(f"{{{RECEIPTS}}}received").get("id") == asked
    assert not receipt["body"]


async def test_what_can_be_marked_is_marked_as_displayed(world):
    guest = await has_subscriber(world)
    asked = guest.tells(careerbot.JID, QUESTION, element(f"{{{MARKERS}}}markable"))
    displayed = await guest.receives(lambda s: s.xml.find(f"{{{MARKERS}}}displayed") is not None)
    assert displayed.xml.find(f"{{{MARKERS}}}displayed").get("id") == asked
    assert not displayed["body"]


async def test_no_receipt_is_sent_in_a_room(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, f"careerbot: {QUESTION}", element(f"{{{RECEIPTS}}}request"))
    first = await guest.receives(lambda s: s.name == "message" and s["from"] == BOT_IN_ROOM)
    assert first["body"] and first.xml.find(f"{{{RECEIPTS}}}received") is None
    await nothing_else_was_answered(guest)


async def test_chat_states_go_to_those_who_use_them(world):
    def has_state(stanza):
        return any(child.tag.startswith(f"{{{CHAT_STATES}}}") for child in stanza.xml)

    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION)
    assert not has_state(await guest.hears(careerbot.JID))
    guest.tells(careerbot.JID, "what is machine learning?", element(f"{{{CHAT_STATES}}}active"))
    await guest.receives(lambda s: s.name == "message" and has_state(s))

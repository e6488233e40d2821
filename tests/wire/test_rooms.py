"""Manners in a room: nicks, being thrown out, and whom it never answers."""

import asyncio

import careerbot
from person import MUC, Person, element
from world import BOT_IN_ROOM, FIGURE, QUESTION, QUESTIONS, ROOM, nothing_else_was_answered

ADMIN = MUC + "#admin"
OMEMO = "eu.siacs.conversations.axolotl"


async def test_a_taken_nick_makes_it_take_another(world):
    await world.has_person("friend", ROOM, nick=careerbot.NICK)
    world.has_bot()
    guest = await world.has_person("guest", ROOM)
    await guest.sees_somebody(lambda jid: jid.startswith(ROOM) and "careerbot_" in jid)
    (occupant,) = (jid for jid in guest.present if "careerbot_" in jid)
    nick = occupant.partition("/")[2]
    guest.says(ROOM, f"{nick}: {QUESTION}")
    assert FIGURE in (await guest.hears(occupant))["body"]
    guest.says(ROOM, f"careerbot: {QUESTION}")  # that is friend's name here
    await nothing_else_was_answered(guest, nick)


async def expel(owner, **item):
    query = element(f"{{{ADMIN}}}query")
    query.append(element(f"{{{ADMIN}}}item", **item))
    answer = await owner.asks(ROOM, query, kind="set")
    assert answer["type"] == "result", answer


async def answers_a_direct_question(person):
    person.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await person.hears(careerbot.JID))["body"]


async def stays_away_but_answers(guest):
    await guest.misses(BOT_IN_ROOM)
    await answers_a_direct_question(guest)
    await asyncio.sleep(3)
    assert BOT_IN_ROOM not in guest.present


async def test_a_kick_is_respected(world):
    guest, _ = await world.has_room_with_bot()
    await expel(guest, nick=careerbot.NICK, role="none")
    await stays_away_but_answers(guest)


async def test_a_ban_is_respected(world):
    guest, _ = await world.has_room_with_bot()
    await expel(guest, jid=careerbot.JID, affiliation="outcast")
    await stays_away_but_answers(guest)


async def test_history_is_not_answered(world):
    guest = await world.has_person(room=ROOM)
    await guest.sees_own(guest.says(ROOM, f"careerbot: {QUESTION}"))
    world.has_bot()
    await guest.sees(BOT_IN_ROOM)
    await nothing_else_was_answered(guest)


async def test_errors_and_headlines_are_not_answered(world):
    guest, _ = await world.has_room_with_bot()
    guest.tells(careerbot.JID, "what is machine learning?")
    bot = (await guest.hears(careerbot.JID))["from"]
    for kind in ("error", "headline"):
        guest.says(bot, QUESTION, kind=kind)
    guest.says(careerbot.JID, None, element("subject", QUESTION), kind="normal")
    guest.tells(careerbot.JID, "")
    guest.says(ROOM, None, element("subject", f"careerbot: {QUESTION}"))
    await nothing_else_was_answered(guest)


async def knows_for_a_bot(bot, occupant):
    """Waits until somebody has told the bot to be one too."""
    await bot.logs(f'RECV: <iq [^>]*from="{occupant}"[^>]*>.*type="bot"')


async def test_bots_are_not_answered(world):
    guest, bot = await world.has_room_with_bot()
    robot = Person(world.server, "friend", "robot")
    world.people.append(robot)
    for plugin in ("xep_0030", "xep_0115"):
        robot.client.register_plugin(plugin)
    robot.client["xep_0030"].add_identity(category="client", itype="bot")
    await robot.login()
    await robot.client["xep_0115"].update_caps()
    await robot.joins(ROOM, "robot")
    await knows_for_a_bot(bot, f"{ROOM}/robot")
    await robot.sees_own(robot.says(ROOM, f"careerbot: {QUESTION}"))
    await nothing_else_was_answered(guest)
    # Of who writes directly it knows nothing at first.
    robot.tells(careerbot.JID, QUESTION)
    await knows_for_a_bot(bot, robot.client.boundjid.full)
    for question, _ in QUESTIONS[1:3]:
        robot.tells(careerbot.JID, question)
    await answers_a_direct_question(guest)
    assert len(robot.has_got_from(careerbot.JID)) <= 1


async def test_the_same_text_over_and_over_is_not_answered_for_ever(world):
    guest, _ = await world.has_room_with_bot(rate="off")
    for _ in range(6):
        guest.tells(careerbot.JID, QUESTION)
    other_question, other_figure = QUESTIONS[1]
    guest.tells(careerbot.JID, other_question)
    answers = 0
    while other_figure not in (answer := await guest.hears(careerbot.JID))["body"]:
        assert FIGURE in answer["body"]
        answers += 1
    assert 1 <= answers <= 2, answers


async def test_who_asks_too_fast_is_told_once(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend")
    for number in range(12):
        guest.tells(careerbot.JID, f"what does an ML engineer earn in India? {number}")
    for _ in range(6):  # at once
        assert FIGURE in (await guest.hears(careerbot.JID))["body"]
    assert FIGURE not in (await guest.hears(careerbot.JID))["body"]  # a kind word
    await answers_a_direct_question(friend)
    assert not guest.has_got_from(careerbot.JID)


async def test_it_is_quiet_when_asked_to_be(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, "careerbot: please be quiet")
    await guest.hears(BOT_IN_ROOM)
    guest.says(ROOM, f"careerbot: {QUESTION}")
    guest.tells(careerbot.JID, QUESTION)
    answer = await guest.receives(
        lambda s: s.name == "message" and s["from"] != f"{ROOM}/guest" and s["body"]
    )
    assert answer["type"] == "chat", answer


async def test_encrypted_messages_get_one_friendly_line(world):
    guest, _ = await world.has_room_with_bot()
    for number in range(2):
        guest.tells(
            careerbot.JID,
            "I sent you an OMEMO encrypted message but your client doesn't seem to support that.",
            element(f"{{{OMEMO}}}encrypted"),
            element("{urn:xmpp:eme:0}encryption", namespace=OMEMO, name="OMEMO"),
        )
    line = await guest.hears(careerbot.JID)
    assert "encrypt" in line["body"].lower()
    await nothing_else_was_answered(guest)


async def configure(owner, room=ROOM, own={}, **options):
    """Gives a room another configuration; each option is the name behind `muc#roomconfig_`,
    and those in `own` are the server's own fields."""
    form = element("{jabber:x:data}x", type="submit")
    named = {f"muc#roomconfig_{name}": value for name, value in options.items()}
    for name, value in {"FORM_TYPE": MUC + "#roomconfig", **named, **own}.items():
        field = element("{jabber:x:data}field", var=name)
        field.append(element("{jabber:x:data}value", value))
        form.append(field)
    query = element(f"{{{MUC}#owner}}query")
    query.append(form)
    answer = await owner.asks(room, query, kind="set")
    assert answer["type"] == "result", answer


async def test_a_room_with_a_password_is_joined(world):
    guest = await world.has_person(room=ROOM)
    await configure(guest, roomsecret="sesame-2207", passwordprotectedroom="1")
    bot = world.has_bot(rooms=[{"jid": ROOM, "password": "sesame-2207"}])
    await guest.sees(BOT_IN_ROOM)
    assert "sesame" not in bot.log(1000)

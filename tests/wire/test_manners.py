"""The best-behaved participant of a room: whom it answers there, when, and in which words."""

import asyncio

import careerbot
import prosody
from person import element, reply_to, said
from sandbox import PATIENCE
from test_rooms import configure, knows_for_a_bot
from world import BOT_IN_ROOM, FIGURE, QUESTION, QUESTIONS, ROOM, nothing_else_was_answered

MUC_USER = "http://jabber.org/protocol/muc#user"


def helpful(nick=careerbot.NICK, wait="1 s"):
    return [{"jid": ROOM, "nick": nick, "speak": "when it can help", "wait": wait}]


async def hears_one_of(guest, nicks, within=PATIENCE):
    """The next message of one of these occupants."""
    return await guest.receives(
        lambda s: said(s) and s["from"].bare == ROOM and s["from"].resource in nicks, within
    )


def said_by(guest, *nicks):
    """How many messages of these occupants wait in the inbox."""
    return sum(s["from"].resource in nicks for s in guest.has_got_from(ROOM))


# --- questions to nobody


async def test_a_question_to_nobody_is_answered_where_that_helps(world):
    guest, _ = await world.has_room_with_bot(rooms=helpful())
    asked = await guest.sees_own(guest.says(ROOM, QUESTION))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("guest: ")
    assert FIGURE in answer["body"]
    assert reply_to(answer) == asked


async def test_a_person_who_answers_first_is_not_corrected(world):
    guest, _ = await world.has_room_with_bot(rooms=helpful(wait="5 s"))
    friend = await world.has_person("friend", ROOM)
    asked = guest.says(ROOM, QUESTION)
    await friend.receives(lambda s: s["id"] == asked)
    friend.says(ROOM, "guest: some seven lakhs, I believe")
    await asyncio.sleep(9)  # it takes its time, so that not all bots of a room speak at once
    await nothing_else_was_answered(guest)


async def test_talk_among_people_is_left_alone(world):
    guest, _ = await world.has_room_with_bot(rooms=helpful())
    friend = await world.has_person("friend", ROOM)
    guest.says(ROOM, "did anybody see the match yesterday?")
    friend.says(ROOM, "guest: what does an ML engineer earn in India?")
    guest.says(ROOM, "I'm an ML engineer and love it")
    await asyncio.sleep(4)
    await nothing_else_was_answered(guest)


async def test_several_who_ask_nobody_at_once_each_see_their_answer(world):
    guest, _ = await world.has_room_with_bot(rooms=helpful())
    friend = await world.has_person("friend", ROOM)
    asked = {}
    for person, (question, figure) in ((guest, QUESTIONS[0]), (friend, QUESTIONS[1])):
        given = await person.sees_own(person.says(ROOM, question))
        asked[given] = (person.account, figure)
    for _ in range(2):
        answer = await guest.hears(BOT_IN_ROOM)
        nick, figure = asked.pop(reply_to(answer))
        assert answer["body"].startswith(f"{nick}: "), answer["body"]
        assert figure in answer["body"]


# --- other bots


async def test_two_of_a_kind_in_one_room_never_talk_to_each_other(world):
    guest, bot = await world.has_room_with_bot(rooms=helpful(wait="2 s"))
    account = {"jid": f"admin@{prosody.HOST}"}
    password = world.server.passwords["admin"]
    other = world.has_bot(helpful("adviser", wait="2 s"), account, password)
    bots = ("careerbot", "adviser")
    await knows_for_a_bot(bot, f"{ROOM}/adviser")
    await knows_for_a_bot(other, BOT_IN_ROOM)
    guest.says(ROOM, "adviser, careerbot: what is machine learning?")
    first = await hears_one_of(guest, bots)
    second = await hears_one_of(guest, bots)
    assert first["from"] != second["from"]
    # They know of each other now: one answers, the other sees that.
    for question, figure in QUESTIONS[:3] + QUESTIONS[4:6]:
        guest.says(ROOM, question)
        answer = await hears_one_of(guest, bots)
        assert figure in answer["body"] and answer["body"].startswith("guest: ")
        await asyncio.sleep(6)
        assert not said_by(guest, *bots)
    guest.says(ROOM, "careerbot: adviser: what does a data analyst do?")
    guest.says(ROOM, "adviser: what would you ask careerbot?")
    await asyncio.sleep(5)
    assert said_by(guest, *bots) <= 2
    guest.inbox.clear()
    await asyncio.sleep(4)
    assert said_by(guest, *bots) == 0


async def test_an_echo_ends(world):
    """A client that says everything back to the bot, and does not tell that it is one."""
    guest, _ = await world.has_room_with_bot(rate="off")
    parrot = await world.has_person("friend", ROOM, nick="parrot")
    parrot.says(ROOM, "careerbot: hello?")
    said_back = 0
    for _ in range(30):
        try:
            heard = await parrot.hears(BOT_IN_ROOM, within=2 if said_back else PATIENCE)
        except AssertionError:
            break
        words = heard["body"].partition("parrot: ")[2]
        parrot.says(ROOM, f"careerbot: {words}")
        parrot.tells(careerbot.JID, words)
        said_back += 1
    assert 1 <= said_back < 10, said_back


# --- its words


async def test_the_same_question_of_another_is_answered_in_other_words(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    guest.says(ROOM, f"careerbot: {QUESTION}")
    first = (await guest.hears(BOT_IN_ROOM))["body"]
    friend.says(ROOM, f"careerbot: {QUESTION}")
    second = (await guest.hears(BOT_IN_ROOM))["body"]
    assert FIGURE in first and FIGURE in second
    assert first.removeprefix("guest: ") != second.removeprefix("friend: ")


async def test_an_aside_is_not_repeated_word_for_word(world):
    guest, _ = await world.has_room_with_bot(rate="off")
    friend = await world.has_person("friend", ROOM)
    words = []
    for number, (question, figure) in enumerate(QUESTIONS):
        person = friend if number % 2 else guest
        asked = await person.sees_own(person.says(ROOM, f"careerbot: flurb grmpf zzt {number}"))
        person.says(ROOM, f"careerbot: {question}")
        answer = await guest.hears(BOT_IN_ROOM)
        if reply_to(answer) == asked:  # sooner it is silent than that it says the same again
            words.append(answer["body"].partition(": ")[2])
            answer = await guest.hears(BOT_IN_ROOM)
        assert figure.lower() in answer["body"].lower(), answer["body"]
    assert len(words) == len(set(words)) >= 3, words


async def test_a_nick_that_looks_like_styling_stays_as_it_is(world):
    await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM, nick="*star*")
    friend.says(ROOM, f"careerbot: {QUESTION}")
    answer = await friend.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("*star*: ")
    assert answer.xml.find("{urn:xmpp:styling:0}unstyled") is not None


async def test_a_styled_question_is_understood(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, "careerbot: what does an *ML engineer* earn in _India_?")
    answer = await guest.hears(BOT_IN_ROOM)
    assert FIGURE in answer["body"]
    assert answer.xml.find("{urn:xmpp:styling:0}unstyled") is None


# --- long answers

LONG_QUESTION = "what traits should an ML engineer have?"


async def test_a_room_gets_the_short_form_and_the_rest_on_request(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, f"careerbot: {LONG_QUESTION}")
    short = (await guest.hears(BOT_IN_ROOM))["body"]
    guest.says(ROOM, "careerbot: tell me more")
    more = (await guest.hears(BOT_IN_ROOM))["body"]
    assert more.startswith("guest: ") and "1. " in more
    assert len(more) > len(short) and len(more) <= 1500 and more.count("\n") < 8


async def test_the_rest_can_be_had_in_private(world):
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, f"careerbot: {LONG_QUESTION}")
    await guest.hears(BOT_IN_ROOM)
    guest.tells(BOT_IN_ROOM, "tell me more", element(f"{{{MUC_USER}}}x"))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["type"] == "chat"
    assert "1. " in answer["body"]


async def test_the_rest_can_be_had_directly_where_addresses_are_shown(world):
    guest = await world.has_person(room=ROOM)
    await configure(guest, whois="anyone")
    world.has_bot()
    await guest.sees(BOT_IN_ROOM)
    guest.says(ROOM, f"careerbot: {LONG_QUESTION}")
    await guest.hears(BOT_IN_ROOM)
    guest.tells(careerbot.JID, "tell me more")
    assert "1. " in (await guest.hears(careerbot.JID))["body"]
    guest.tells(careerbot.JID, QUESTION)
    await guest.hears(careerbot.JID)
    guest.says(ROOM, "careerbot: tell me more")  # of what was said there
    assert FIGURE not in (await guest.hears(BOT_IN_ROOM))["body"]

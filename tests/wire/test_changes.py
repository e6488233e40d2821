"""What happens to messages afterwards: corrected, taken back, taken down, reacted to."""

import asyncio
import os
import sqlite3

import careerbot
from person import element, reply_to, stanza_id
from sandbox import PATIENCE
from world import (
    BOT_IN_ROOM,
    FIGURE,
    QUESTION,
    QUESTIONS,
    ROOM,
    a_second_begins,
    nothing_else_was_answered,
)

CORRECT = "urn:xmpp:message-correct:0"
RETRACT = "urn:xmpp:message-retract:1"
OLDER_RETRACT = "urn:xmpp:message-retract:0"
FASTEN = "urn:xmpp:fasten:0"
MODERATE = "urn:xmpp:message-moderate:1"
REACTIONS = "urn:xmpp:reactions:0"
FALLBACK = "urn:xmpp:fallback:0"

OTHER_QUESTION, OTHER_FIGURE = QUESTIONS[1]


def child(stanza, tag):
    return stanza.xml.find(tag)


def correction(of):
    return element(f"{{{CORRECT}}}replace", id=of)


def retraction(of):
    """As newer clients send it. Goes with the words of FALLBACK_WORDS."""
    return (
        element(f"{{{RETRACT}}}retract", id=of),
        element(f"{{{FALLBACK}}}fallback", **{"for": RETRACT}),
    )


def older_retraction(of):
    apply_to = element(f"{{{FASTEN}}}apply-to", id=of)
    apply_to.append(element(f"{{{OLDER_RETRACT}}}retract"))
    return (apply_to, element(f"{{{FALLBACK}}}fallback"))


FALLBACK_WORDS = "/me took something back that your client cannot take away"


def reactions(to, *emoji):
    tag = element(f"{{{REACTIONS}}}reactions", id=to)
    tag.extend(element(f"{{{REACTIONS}}}reaction", one) for one in emoji)
    return tag


def retracted_by(stanza):
    """The id of the message that this one takes back."""
    tag = child(stanza, f"{{{RETRACT}}}retract")
    return None if tag is None else tag.get("id")


def older_retracted_by(stanza):
    """The same in the older form, by the id of its sender."""
    tag = child(stanza, f"{{{FASTEN}}}apply-to[{{{OLDER_RETRACT}}}retract]")
    return None if tag is None else tag.get("id")


async def sees_taken_back(person, sender, answer):
    """Both forms: the room's id is for newer clients, the sender's for the others."""
    gone = await person.hears(sender)
    assert retracted_by(gone) == stanza_id(answer), gone
    assert older_retracted_by(gone) is None
    await person.receives(lambda s: older_retracted_by(s) == answer["id"] and not s["body"])
    return gone


def journal(bot, sql):
    """Rows of the journal of a bot that runs."""
    file = os.path.join(bot.folder, "journal.db")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


async def journal_says(bot, sql, rows, within=PATIENCE):
    deadline = asyncio.get_running_loop().time() + within
    while (found := journal(bot, sql)) != rows:
        assert asyncio.get_running_loop().time() < deadline, found
        await asyncio.sleep(0.05)


# --- corrected


async def test_an_edited_question_gets_its_answer_corrected(world):
    guest, _ = await world.has_room_with_bot()
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    first = await guest.hears(BOT_IN_ROOM)
    assert FIGURE in first["body"]
    for question, figure in (QUESTIONS[1], QUESTIONS[2]):
        guest.says(ROOM, f"careerbot: {question}", correction(asked))
        answer = await guest.hears(BOT_IN_ROOM)
        assert figure in answer["body"]
        assert answer["body"].startswith("guest: ")
        assert child(answer, f"{{{CORRECT}}}replace").get("id") == first["id"]
        assert answer["id"] != first["id"]


async def test_an_edited_direct_question_gets_its_answer_corrected(world):
    guest, _ = await world.has_room_with_bot()
    asked = guest.tells(careerbot.JID, QUESTION)
    first = await guest.hears(careerbot.JID)
    guest.tells(careerbot.JID, OTHER_QUESTION, correction(asked))
    answer = await guest.hears(careerbot.JID)
    assert OTHER_FIGURE in answer["body"]
    assert child(answer, f"{{{CORRECT}}}replace").get("id") == first["id"]


async def test_an_edit_can_make_a_question_of_a_remark(world):
    guest, _ = await world.has_room_with_bot()
    said = guest.says(ROOM, QUESTION)
    guest.says(ROOM, f"careerbot: {QUESTION}", correction(said))
    answer = await guest.hears(BOT_IN_ROOM)
    assert FIGURE in answer["body"]
    assert child(answer, f"{{{CORRECT}}}replace") is None


async def test_nobody_edits_the_question_of_another(world):
    guest, _ = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    await friend.hears(BOT_IN_ROOM)
    friend.says(ROOM, OTHER_QUESTION, correction(asked))
    await nothing_else_was_answered(friend)


# --- taken back


async def taken_back_in_the_room(world, form):
    guest, bot = await world.has_room_with_bot()
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    answer = await guest.hears(BOT_IN_ROOM)
    await journal_says(bot, "SELECT reply_stanza FROM question", [(stanza_id(answer),)])
    guest.says(ROOM, FALLBACK_WORDS, *form(asked))
    gone = await sees_taken_back(guest, BOT_IN_ROOM, answer)
    assert child(gone, f"{{{FALLBACK}}}fallback").get("for") == RETRACT
    assert gone["type"] == "groupchat"
    await journal_says(bot, "SELECT * FROM question", [])
    await nothing_else_was_answered(guest)


async def test_a_question_taken_back_takes_its_answer_with_it(world):
    await taken_back_in_the_room(world, retraction)


async def test_a_question_taken_back_by_an_older_client_does_too(world):
    await taken_back_in_the_room(world, older_retraction)


async def test_a_retraction_may_name_the_question_as_the_room_does(world):
    guest, bot = await world.has_room_with_bot()
    asked = await guest.sees_own(guest.says(ROOM, f"careerbot: {QUESTION}"))
    answer = await guest.hears(BOT_IN_ROOM)
    guest.says(ROOM, FALLBACK_WORDS, *retraction(asked))
    await sees_taken_back(guest, BOT_IN_ROOM, answer)
    await journal_says(bot, "SELECT * FROM question", [])


async def test_a_direct_question_taken_back_takes_its_answer_with_it(world):
    guest, bot = await world.has_room_with_bot()
    asked = guest.tells(careerbot.JID, QUESTION)
    answer = await guest.hears(careerbot.JID)
    guest.tells(careerbot.JID, FALLBACK_WORDS, *retraction(asked))
    gone = await guest.hears(careerbot.JID)
    assert retracted_by(gone) == older_retracted_by(gone) == answer["id"], gone
    await journal_says(bot, "SELECT * FROM question", [])


async def test_nobody_takes_back_the_question_of_another(world):
    guest, bot = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    asked = await guest.sees_own(guest.says(ROOM, f"careerbot: {QUESTION}"))
    await friend.hears(BOT_IN_ROOM)
    friend.says(ROOM, FALLBACK_WORDS, *retraction(asked))
    await nothing_else_was_answered(friend)
    assert len(journal(bot, "SELECT * FROM question")) == 2


async def test_what_is_taken_back_while_it_is_away_is_forgotten_too(world):
    guest, bot = await world.has_room_with_bot()
    in_room = guest.says(ROOM, f"careerbot: {QUESTION}")
    answers = {stanza_id(await guest.hears(BOT_IN_ROOM))}
    direct = guest.tells(careerbot.JID, OTHER_QUESTION)
    answers.add((await guest.hears(careerbot.JID))["id"])
    bot.stop()
    await guest.misses(BOT_IN_ROOM)
    await a_second_begins()
    guest.says(ROOM, FALLBACK_WORDS, *retraction(in_room))
    guest.tells(careerbot.JID, FALLBACK_WORDS, *retraction(direct))
    bot.start()
    while answers:
        gone = await guest.receives(retracted_by)
        if gone["from"].resource != "guest":
            answers.remove(retracted_by(gone))
            if gone["type"] == "groupchat":
                await guest.receives(older_retracted_by)
    await journal_says(bot, "SELECT * FROM question", [])
    await nothing_else_was_answered(guest)


async def test_what_is_edited_while_it_is_away_is_answered_anew(world):
    guest, bot = await world.has_room_with_bot()
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    first = await guest.hears(BOT_IN_ROOM)
    bot.stop()
    await guest.misses(BOT_IN_ROOM)
    await a_second_begins()
    guest.says(ROOM, f"careerbot: {OTHER_QUESTION}", correction(asked))
    bot.start()
    answer = await guest.hears(BOT_IN_ROOM)
    assert OTHER_FIGURE in answer["body"]
    assert child(answer, f"{{{CORRECT}}}replace").get("id") == first["id"]


# --- taken down

MODERATED_ROOMS = "moderated.localhost"
MODERATED = f"career@{MODERATED_ROOMS}"


async def taken_down(world, form):
    world.needs("prosody", "the moderation here is a module of Prosody's")
    here = os.path.dirname(os.path.abspath(__file__))
    plugins = world.sandbox.mkdir("plugins")
    world.sandbox.copy(os.path.join(here, "mod_moderation.lua"), "plugins/mod_moderation.lua")
    world.new_server(
        extra=f"""
plugin_paths = {{ "{plugins}" }}
Component "{MODERATED_ROOMS}" "muc"
    modules_enabled = {{ "muc_mam", "moderation" }}
    restrict_room_creation = false
    muc_room_locking = false
    muc_log_by_default = true
"""
    ).start()
    guest = await world.has_person(room=MODERATED)
    friend = await world.has_person("friend", MODERATED)
    bot = world.has_bot(rooms=[MODERATED])
    occupant = f"{MODERATED}/{careerbot.NICK}"
    await friend.sees(occupant)
    asked = await friend.sees_own(friend.says(MODERATED, f"careerbot: {QUESTION}"))
    answer = await friend.hears(occupant)
    request = element(f"{{{MODERATE}}}moderate", id=asked, form=form)
    assert (await guest.asks(MODERATED, request, "set"))["type"] == "result"
    await sees_taken_back(friend, occupant, answer)
    await journal_says(bot, "SELECT * FROM question", [])


async def test_a_question_taken_down_by_a_moderator_is_erased(world):
    await taken_down(world, "newer")


async def test_a_question_taken_down_in_an_older_room_is_too(world):
    await taken_down(world, "older")


# --- reacted to


async def test_a_reaction_is_an_opinion_and_gets_no_answer(world):
    guest, bot = await world.has_room_with_bot()
    friend = await world.has_person("friend", ROOM)
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    answer = await guest.hears(BOT_IN_ROOM)
    liked = "SELECT liked FROM feedback ORDER BY liked"
    guest.says(ROOM, None, reactions(stanza_id(answer), "👎"))
    await journal_says(bot, liked, [(-1,)])
    guest.says(ROOM, "👍", reactions(stanza_id(answer), "🎉", "👍"))
    friend.says(ROOM, None, reactions(stanza_id(answer), "🍕"))
    await journal_says(bot, liked, [(0,), (1,)])
    friend.says(ROOM, None, reactions(stanza_id(answer)))
    await journal_says(bot, liked, [(1,)])
    guest.says(ROOM, None, reactions(asked, "👎"))  # not on ours
    await nothing_else_was_answered(guest)
    assert journal(bot, liked) == [(1,)]


async def test_a_reaction_to_a_direct_answer_counts_too(world):
    guest, bot = await world.has_room_with_bot()
    guest.tells(careerbot.JID, QUESTION)
    answer = await guest.hears(careerbot.JID)
    guest.tells(careerbot.JID, None, reactions(answer["id"], "👍"))
    await journal_says(bot, "SELECT liked FROM feedback", [(1,)])


async def test_the_answer_refers_to_the_question(world):
    """… so that clients can show it beside what it answers, after an edit too."""
    guest, _ = await world.has_room_with_bot()
    asked = guest.says(ROOM, f"careerbot: {QUESTION}")
    assert reply_to(await guest.hears(BOT_IN_ROOM))
    edited = guest.says(ROOM, f"careerbot: {OTHER_QUESTION}", correction(asked))
    edited = await guest.sees_own(edited)
    assert reply_to(await guest.hears(BOT_IN_ROOM)) == edited

"""What was asked while it was away, and what it must not say twice."""

import signal

import careerbot
import ejabberd
from person import reply_to, said
from world import BOT_IN_ROOM, QUESTIONS, ROOM, a_second_begins, nothing_else_was_answered

(IN_ROOM, ROOM_FIGURE), (DIRECT, DIRECT_FIGURE) = QUESTIONS[:2]


def kill(bot):
    bot.process.kill()
    bot.process.wait()


async def answers_both(guest, room_question):
    """The two questions, in whatever order, and nothing else."""
    waiting = {BOT_IN_ROOM: ROOM_FIGURE, careerbot.JID: DIRECT_FIGURE}
    while waiting:
        answer = await guest.receives(
            lambda s: said(s) and (s["from"].bare == careerbot.JID or s["from"] == BOT_IN_ROOM)
        )
        place = BOT_IN_ROOM if answer["from"] == BOT_IN_ROOM else careerbot.JID
        assert waiting.pop(place) in answer["body"]
        if place == BOT_IN_ROOM:
            assert reply_to(answer) == room_question


async def test_what_was_asked_while_it_was_down_is_answered_once(world):
    guest, bot = await world.has_room_with_bot()
    await a_second_begins()
    kill(bot)
    await guest.misses(BOT_IN_ROOM)
    asked = await guest.sees_own(guest.says(ROOM, f"careerbot: {IN_ROOM}"))
    guest.tells(careerbot.JID, DIRECT)
    bot.start()
    await answers_both(guest, asked)
    kill(bot)
    await guest.misses(BOT_IN_ROOM)
    bot.start()
    await guest.sees(BOT_IN_ROOM)
    await bot.logs(f"archive of {ROOM} is read(.|\n)*archive of {ROOM} is read")
    await nothing_else_was_answered(guest)


async def test_what_an_occupant_said_to_it_alone_is_not_answered_later(world):
    guest, bot = await world.has_room_with_bot()
    await a_second_begins()
    bot.signal(signal.SIGSTOP)  # still there for its server, which keeps what it does not read
    guest.tells(BOT_IN_ROOM, IN_ROOM)
    guest.tells(careerbot.JID, DIRECT)
    await guest.sees_own(guest.says(ROOM, "hm"))
    kill(bot)
    await guest.misses(BOT_IN_ROOM)
    bot.start()
    assert DIRECT_FIGURE in (await guest.hears(careerbot.JID))["body"]
    await guest.sees(BOT_IN_ROOM)
    await nothing_else_was_answered(guest)


async def test_offline_messages_serve_where_there_is_no_archive(world):
    world.new_server(archive=False).start()
    guest, bot = await world.has_room_with_bot()
    await a_second_begins()
    kill(bot)
    await guest.misses(BOT_IN_ROOM)
    guest.tells(careerbot.JID, DIRECT)
    bot.start()
    assert DIRECT_FIGURE in (await guest.hears(careerbot.JID))["body"]
    guest.tells(careerbot.JID, IN_ROOM)
    assert ROOM_FIGURE in (await guest.hears(careerbot.JID))["body"]


async def test_a_server_that_keeps_nothing_unless_told_is_told(world):
    if world.kind == "ejabberd":
        archive = {"mod_mam": {"default": "never"}}
        extra = {"modules": {**ejabberd.MODULES, **archive}}
    else:
        extra = "default_archive_policy = false"
    world.new_server(extra=extra).start()
    guest, bot = await world.has_room_with_bot()
    await a_second_begins()
    await bot.logs(f"archive of {careerbot.JID} is")
    bot.signal(signal.SIGSTOP)  # what comes now is not kept for somebody who is away
    guest.tells(careerbot.JID, DIRECT)
    await guest.sees_own(guest.says(ROOM, "hm"))
    kill(bot)
    await guest.misses(BOT_IN_ROOM)
    bot.start()
    assert DIRECT_FIGURE in (await guest.hears(careerbot.JID))["body"]

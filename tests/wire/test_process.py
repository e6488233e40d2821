"""The process: signals, reload, and what it does at its end."""

import asyncio
import signal

import careerbot
from world import BOT_IN_ROOM, FIGURE, QUESTION, ROOM

OTHER_ROOM = "other@conference.localhost"

ANSWERS = """\
answers:
  pet.hamster:
    title: What hamsters do
    section: none
    source: this test
    short: A hamster runs in its wheel all night.
    text: A hamster runs in its wheel all night, and sleeps by day.
"""
INTENTS = """\
intents:
  - id: pet.hamster
    sure: true
    say: |
      what does a hamster do [all] (day|night) [long]
"""
ABOUT_HAMSTERS = "what does a hamster do all night?"


async def test_sigterm_leaves_the_room_and_ends_well(world):
    guest, bot = await world.has_room_with_bot()
    bot.signal(signal.SIGTERM)
    await guest.misses(BOT_IN_ROOM)
    assert await bot.exits() == 0


async def test_sigint_ends_it_well_too(world):
    _, bot = await world.has_room_with_bot()
    bot.signal(signal.SIGINT)
    assert await bot.exits() == 0


async def test_what_was_asked_before_sigterm_is_answered(world):
    guest, bot = await world.has_room_with_idle_bot()
    bot.signal(signal.SIGSTOP)
    before = bot.unread()
    guest.says(ROOM, f"careerbot: {QUESTION}")
    while bot.unread() == before:
        await asyncio.sleep(0.05)
    bot.signal(signal.SIGTERM)
    bot.signal(signal.SIGCONT)
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_sighup_takes_over_a_changed_pack(world):
    guest, bot = await world.has_room_with_bot()
    world.sandbox.write(f"{bot.name}/knowledge/pet.yaml", ANSWERS)
    world.sandbox.write(f"{bot.name}/patterns/pet.yaml", INTENTS)
    bot.signal(signal.SIGHUP)
    await bot.logs("reload|loaded again")
    guest.tells(careerbot.JID, ABOUT_HAMSTERS)
    assert "wheel" in (await guest.hears(careerbot.JID))["body"]


async def test_sighup_keeps_the_pack_when_the_new_one_is_broken(world):
    guest, bot = await world.has_room_with_bot()
    world.sandbox.write(f"{bot.name}/knowledge/pet.yaml", ANSWERS)
    world.sandbox.write(f"{bot.name}/patterns/pet.yaml", INTENTS + "  - id: [unclosed\n")
    bot.signal(signal.SIGHUP)
    await bot.logs(r"pet\.yaml:\d+")
    guest.tells(careerbot.JID, ABOUT_HAMSTERS)
    assert "wheel" not in (await guest.hears(careerbot.JID))["body"]
    guest.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]
    assert BOT_IN_ROOM in guest.present


async def test_sighup_joins_and_leaves_rooms(world):
    guest, bot = await world.has_room_with_bot()
    await guest.joins(OTHER_ROOM, "guest")
    bot.configure(rooms=[OTHER_ROOM])
    bot.signal(signal.SIGHUP)
    await guest.sees(f"{OTHER_ROOM}/{careerbot.NICK}")
    await guest.misses(BOT_IN_ROOM)


async def test_sighup_keeps_the_settings_when_the_new_ones_are_broken(world):
    guest, bot = await world.has_room_with_bot()
    world.sandbox.write(bot.settings_file, "rooms: [\n")
    bot.signal(signal.SIGHUP)
    await bot.logs(r"settings\.yaml:\d+")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_wrong_settings_end_it_with_78(world):
    bot = world.has_bot(no_such_setting=True)
    assert await bot.exits() == 78
    assert "no_such_setting" in bot.log()


async def test_a_damaged_journal_does_not_keep_it_from_answering(world):
    guest = await world.has_person(room=ROOM)
    world.sandbox.write("damaged.db", "this is no database\n" * 100)
    bot = world.has_bot(journal={"file": world.sandbox.path("damaged.db")})
    await guest.sees(BOT_IN_ROOM)
    await bot.logs("journal")
    guest.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]

"""A person who comes by the web page, with Converse.js in Chromium."""

import os

import careerbot
import web
from chromium import PROGRAM, Browser
from sandbox import PATIENCE
from test_changes import CORRECT, FALLBACK_WORDS, child, journal_says, retraction
from world import BOT_IN_ROOM, QUESTIONS, ROOM, Skip, nothing_else_was_answered

(FIRST, FIRST_FIGURE), (SECOND, SECOND_FIGURE) = QUESTIONS[:2]
ENTER, UP = ("Enter", 13), ("ArrowUp", 38)
BOX = "document.querySelector('converse-muc textarea')"
# The text of the newest message of the bot's.
SAID = f"[...document.querySelectorAll('.chat-msg[data-from=\"{BOT_IN_ROOM}\"]')].at(-1)"
HEARD = "(%s?.querySelector('converse-chat-message-body')?.innerText ?? '').includes('%s')"


async def has_page(world):
    """The page, open, and somebody else in the room, who hears what all hear."""
    if not os.path.exists(PROGRAM):
        raise Skip("no Chromium")
    if not web.converse_in(world.npm):
        raise Skip("no Converse.js from npm")
    world.new_server(web=web.make_page(world.sandbox, world.npm, ROOM)).start()
    guest, bot = await world.has_room_with_bot()
    page = Browser(world.sandbox)
    await page.opens(world.server.page)
    await guest.sees(f"{ROOM}/you", 2 * PATIENCE)
    await page.waits_for(f"!!{BOX}")
    return page, guest, bot


async def says(page, text):
    await page.runs(f"{BOX}.focus()")
    await page.types(text)
    await page.presses(*ENTER)


async def test_a_mention_a_correction_and_a_reaction_with_converse(world):
    page, guest, bot = await has_page(world)
    await says(page, f"hello @careerbot, {FIRST}")
    await page.waits_for(HEARD % (SAID, FIRST_FIGURE))
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("you: "), answer["body"]

    await page.runs(f"{BOX}.focus()")
    await page.presses(*UP)  # that is how Converse edits what was said last
    await page.waits_for(f"{BOX}.value.includes('India')")
    await page.runs(f"{BOX}.select()")
    await says(page, f"hello @careerbot, {SECOND}")
    await page.waits_for(HEARD % (SAID, SECOND_FIGURE))
    assert await page.runs(f"!!{SAID}.querySelector('.chat-msg__edit-modal')"), "not as an edit"
    assert not await page.runs(HEARD % (SAID, FIRST_FIGURE))
    corrected = await guest.hears(BOT_IN_ROOM)
    assert child(corrected, f"{{{CORRECT}}}replace").get("id") == answer["id"]

    await page.runs(f"{SAID}.querySelector('.chat-msg__action-reaction').click()")
    await page.waits_for(f"!!{SAID}.querySelector('.reaction-item')")
    await page.runs(f"{SAID}.querySelector('.reaction-item').click()")
    await journal_says(bot, "SELECT liked FROM feedback", [(1,)])
    await page.waits_for(f"{SAID}.innerText.includes('👍')")
    await nothing_else_was_answered(guest)


async def test_an_answer_taken_back_is_gone_from_converse(world):
    page, guest, _ = await has_page(world)
    asked = guest.says(ROOM, f"careerbot: {FIRST}")
    await page.waits_for(HEARD % (SAID, FIRST_FIGURE))
    guest.says(ROOM, FALLBACK_WORDS, *retraction(asked))
    await page.waits_for(f"!document.body.innerText.includes('{FIRST_FIGURE}')")


async def test_a_direct_message_with_converse(world):
    page, _, _ = await has_page(world)
    await page.runs("document.getElementById('direct').click()")
    await page.waits_for("!!document.querySelector('converse-chat textarea')")
    await page.runs("document.querySelector('converse-chat textarea').focus()")
    await page.types(FIRST)
    await page.presses(*ENTER)
    said = f"[...document.querySelectorAll('.chat-msg[data-from^=\"{careerbot.JID}\"]')].at(-1)"
    await page.waits_for(HEARD % (said, FIRST_FIGURE))

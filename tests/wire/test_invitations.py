"""Invitations into rooms: whose are followed, and for how long."""

import asyncio

import careerbot
import server
from person import MUC, MUC_USER, element, status_codes
from test_rooms import configure, expel
from world import BOT_IN_ROOM, FIGURE, QUESTION, ROOM

CONFERENCE = "jabber:x:conference"
GUEST = f"guest@{server.HOST}"


async def has_lonely_bot(world, **settings):
    """A guest in a room, and a bot that is in none."""
    guest = await world.has_person(room=ROOM)
    bot = world.has_bot(rooms=(), **settings)
    await bot.logs("online as")
    return guest, bot


def invites(person, room=ROOM, **attributes):
    invitation = element(f"{{{CONFERENCE}}}x", jid=room, **attributes)
    person.says(careerbot.JID, "Come in!", invitation, kind="normal")


def invites_through_the_room(person, room=ROOM):
    invitation = element(f"{{{MUC_USER}}}x")
    invitation.append(element(f"{{{MUC_USER}}}invite", to=careerbot.JID))
    person.says(room, None, invitation, kind="normal")


async def answers_in_the_room(guest):
    guest.says(ROOM, f"careerbot: {QUESTION}")
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]


async def test_a_direct_invitation_is_followed_and_lasts(world):
    guest, bot = await has_lonely_bot(world, invites_from=[GUEST])
    invites(guest)
    await guest.sees(BOT_IN_ROOM)
    await answers_in_the_room(guest)
    assert not guest.has_got_from(careerbot.JID), "the invitation itself was answered"
    bot.stop()
    await guest.misses(BOT_IN_ROOM)
    bot.start()
    await guest.sees(BOT_IN_ROOM)
    await answers_in_the_room(guest)


async def test_an_invitation_through_the_room_is_followed(world):
    # Prosody does not tell who invites, so its rooms have to be named.
    guest, _ = await has_lonely_bot(world, invites_from=[server.ROOMS])
    invites_through_the_room(guest)
    await guest.sees(BOT_IN_ROOM)
    await answers_in_the_room(guest)


async def test_an_invitation_by_anybody_else_is_declined_once(world):
    guest, bot = await has_lonely_bot(world, invites_from=["admin@localhost"])
    for _ in range(3):
        invites(guest)
        invites_through_the_room(guest)
    await guest.receives(lambda s: s.xml.find(f".//{{{MUC_USER}}}decline") is not None)
    await bot.logs("not following the invitation(.|\n)*not following the invitation")
    await asyncio.sleep(1)
    assert BOT_IN_ROOM not in guest.present
    assert all(s.name != "message" or s["from"].bare != careerbot.JID for s in guest.inbox)
    assert not [s for s in guest.inbox if s.xml.find(f".//{{{MUC_USER}}}decline") is not None]
    assert bot.log(1000).count("not following the invitation") == 2


async def test_an_invitation_opens_a_room_with_a_password(world):
    guest, bot = await has_lonely_bot(world, invites_from=[server.HOST])
    await configure(guest, passwordprotectedroom="1", roomsecret="sesame-1207")
    invites(guest)
    await bot.logs("did not let us in: it wants a password")
    assert BOT_IN_ROOM not in guest.present
    invites(guest, password="sesame-1207")
    await guest.sees(BOT_IN_ROOM)
    bot.stop()
    await guest.misses(BOT_IN_ROOM)
    bot.start()
    await guest.sees(BOT_IN_ROOM)
    assert "sesame" not in bot.log(10000)


async def test_a_kick_takes_an_invitation_back(world):
    guest, bot = await has_lonely_bot(world, invites_from=[GUEST])
    invites(guest)
    await guest.sees(BOT_IN_ROOM)
    await expel(guest, nick=careerbot.NICK, role="none")
    await bot.logs("kicked from room .* forgotten")
    bot.stop()
    bot.start()
    await bot.logs("online as .*\n(.*\n)*.*online as")
    await asyncio.sleep(2)
    assert BOT_IN_ROOM not in guest.present
    invites(guest)  # and another one brings it back
    await guest.sees(BOT_IN_ROOM)

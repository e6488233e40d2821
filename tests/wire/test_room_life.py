"""What can happen to a room, and to those in it, while the bot is there."""

import asyncio
import signal

import careerbot
import prosody
from person import MUC, element
from test_rooms import configure, expel
from world import BOT_IN_ROOM, FIGURE, QUESTION, ROOM

# How a room lets newcomers in without a voice is no field of the standard's.
VISITORS = {
    "prosody": {"muc#roomconfig_default_role": "visitor"},
    "ejabberd": {"members_by_default": "0"},
}
TOMBSTONES = "only Prosody remembers where a room has moved"
ELSEWHERE = f"elsewhere@{prosody.ROOMS}"
NEW_SEAT = f"{ELSEWHERE}/{careerbot.NICK}"


async def grants(owner, **item):
    """Another role or affiliation for somebody: `expel` with a kinder purpose."""
    await expel(owner, **item)


async def destroys(owner, reason, moved_to=None):
    query = element(f"{{{MUC}#owner}}query")
    destroy = element(f"{{{MUC}#owner}}destroy", **({"jid": moved_to} if moved_to else {}))
    destroy.append(element(f"{{{MUC}#owner}}reason", reason))
    query.append(destroy)
    answer = await owner.asks(ROOM, query, kind="set")
    assert answer["type"] == "result", answer


def renames(person, nick):
    person.client.send_presence(pto=f"{ROOM}/{nick}")


async def test_without_voice_it_answers_in_private(world):
    guest, _ = await world.has_room_with_bot()
    await configure(guest, moderatedroom="1")
    await grants(guest, nick=careerbot.NICK, role="visitor")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["type"] == "chat", answer
    assert FIGURE in answer["body"]
    assert not answer["body"].startswith("guest:")
    # What is no answer is not worth going behind the room's back for.
    guest.says(ROOM, "careerbot: please be quiet")
    await asyncio.sleep(1)
    assert not guest.has_got_from(ROOM) or guest.has_got_from(ROOM)[-1]["from"] != BOT_IN_ROOM


async def test_a_moderated_room_in_which_it_has_no_voice_from_the_start(world):
    guest = await world.has_person(room=ROOM)
    await configure(guest, moderatedroom="1", own=VISITORS[world.kind])
    bot = world.has_bot()
    await bot.logs(f"in room {ROOM}")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["type"] == "chat", answer
    assert FIGURE in answer["body"]


async def test_without_voice_and_private_words_it_is_silent(world):
    world.needs("ejabberd", "only ejabberd forbids private messages")
    guest, bot = await world.has_room_with_bot()
    await configure(guest, moderatedroom="1", own={"allow_private_messages": "0"})
    await grants(guest, nick=careerbot.NICK, role="visitor")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    await asyncio.sleep(3)
    assert not [s for s in guest.inbox if s["from"] == BOT_IN_ROOM and s.name == "message"]
    assert bot.log(10000).count("7.4 lakhs") <= 4  # tried, and not over and over
    guest.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]


async def test_voice_that_is_given_back_is_used(world):
    guest, _ = await world.has_room_with_bot()
    await configure(guest, moderatedroom="1")
    await grants(guest, nick=careerbot.NICK, role="visitor")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    assert (await guest.hears(BOT_IN_ROOM))["type"] == "chat"
    await grants(guest, nick=careerbot.NICK, role="participant")
    guest.says(ROOM, f"careerbot: {QUESTION}")
    assert (await guest.hears(BOT_IN_ROOM))["type"] == "groupchat"


async def test_a_room_for_members_is_entered_when_it_invites(world):
    guest = await world.has_person(room=ROOM)
    await configure(guest, membersonly="1")
    bot = world.has_bot()
    await bot.logs("did not let us in: it is for members only")
    invitation = element(f"{{{MUC}#user}}x")
    invitation.append(element(f"{{{MUC}#user}}invite", to=careerbot.JID))
    guest.says(ROOM, None, invitation, kind="normal")
    await guest.sees(BOT_IN_ROOM)


async def test_it_stays_out_of_a_room_that_wants_members_only_all_of_a_sudden(world):
    guest, bot = await world.has_room_with_bot()
    await configure(guest, membersonly="1")
    await bot.logs("for members only now; staying away until somebody in it invites us")


async def test_a_closed_room_is_left_alone(world):
    guest, bot = await world.has_room_with_bot()
    await destroys(guest, "all is said")
    await bot.logs(r"was closed \(all is said\)")
    await guest.joins(ELSEWHERE, "guest")
    guest.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await guest.hears(careerbot.JID))["body"]


async def has_room_that_moves(world, **settings):
    """Somebody in the new room, and the bot that was in the old one."""
    owner = await world.has_person("guest", ROOM)
    await configure(owner, persistentroom="1")  # so that Prosody knows of the move later on
    await owner.joins(ELSEWHERE, "owner")
    bot = world.has_bot(**settings)
    await owner.sees(BOT_IN_ROOM)
    await destroys(owner, "too small", ELSEWHERE)
    await bot.logs(rf"was closed \(too small\); people meet now in {ELSEWHERE}")
    return owner, bot


async def test_a_room_that_moves_is_not_followed(world):
    world.needs("prosody", TOMBSTONES)
    owner, bot = await has_room_that_moves(world)
    await asyncio.sleep(1)
    bot.stop()
    bot.start()
    await bot.logs("moved or been closed")
    await asyncio.sleep(1)
    assert NEW_SEAT not in owner.present


async def test_a_room_that_moves_is_followed_where_its_server_is_listed(world):
    owner, bot = await has_room_that_moves(world, invites_from=[prosody.ROOMS])
    await owner.sees(NEW_SEAT)


async def test_a_room_that_moved_is_found_by_what_it_left_behind(world):
    world.needs("prosody", TOMBSTONES)
    owner, bot = await has_room_that_moves(world)
    bot.stop()
    bot.configure([ROOM], invites_from=[prosody.ROOMS])
    bot.start()
    await owner.sees(NEW_SEAT)


async def has_asker_renamed(world):
    """A guest who asked for the pay in New York, and is called Jean since."""
    guest, _ = await world.has_room_with_bot()
    guest.says(ROOM, "careerbot: what does an ML engineer earn in New York?")
    assert "170,000" in (await guest.hears(BOT_IN_ROOM))["body"]
    renames(guest, "Jean")
    await guest.sees(f"{ROOM}/Jean")
    return guest


async def test_it_knows_people_by_another_nick(world):
    guest = await has_asker_renamed(world)
    guest.says(ROOM, "careerbot: tell me more")
    answer = await guest.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("Jean: "), answer["body"]
    assert "170,000" in answer["body"]


async def test_who_takes_over_a_nick_takes_over_nothing_else(world):
    await has_asker_renamed(world)
    friend = await world.has_person("friend", ROOM, nick="guest")
    friend.says(ROOM, "careerbot: tell me more")
    answer = await friend.hears(BOT_IN_ROOM)
    assert answer["body"].startswith("guest: "), answer["body"]
    assert "170,000" not in answer["body"]
    assert "170,000" not in answer["body"]


async def test_another_nick_of_its_own_is_answered_to(world):
    guest, bot = await world.has_room_with_bot()
    bot.configure([{"jid": ROOM, "nick": "mentor"}])
    bot.signal(signal.SIGHUP)
    await guest.sees(f"{ROOM}/mentor")
    await guest.misses(BOT_IN_ROOM)
    guest.says(ROOM, f"careerbot: {QUESTION}")  # nobody of that name is here
    guest.says(ROOM, f"mentor: {QUESTION}")
    answer = await guest.hears(f"{ROOM}/mentor")
    assert FIGURE in answer["body"]
    await asyncio.sleep(0.5)
    assert not [s for s in guest.has_got_from(ROOM) if s["from"].resource == "mentor"]

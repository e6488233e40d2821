"""What is seen of the bot by who looks: vCard, picture, nickname, whom to turn to."""

import asyncio
import base64
import hashlib
import os

import careerbot
from ejabberd import MODULES
from person import element
from test_queries import DISCO, bot_jid
from world import BOT_IN_ROOM

VCARD = "vcard-temp"
UPDATE = "vcard-temp:x:update"
PUBSUB = "http://jabber.org/protocol/pubsub"
AVATAR = "urn:xmpp:avatar:metadata"
NICK = "http://jabber.org/protocol/nick"

with open(os.path.join(careerbot.SOURCE, careerbot.PICTURE), "rb") as file:
    PICTURE = file.read()
HASH = hashlib.sha1(PICTURE).hexdigest()
# The nickname comes last: it is there already, or has been published.
DONE = rf'RECV: <iq [^\n]*type="result"[^\n]*node="{NICK}"'


async def vcard_of(guest, jid=careerbot.JID):
    card = (await guest.asks(jid, element(f"{{{VCARD}}}vCard"))).xml.find(f"{{{VCARD}}}vCard")
    return {child.tag.partition("}")[2]: child for child in card}


async def items_of(guest, node):
    pubsub = element(f"{{{PUBSUB}}}pubsub")
    pubsub.append(element(f"{{{PUBSUB}}}items", node=node))
    answer = await guest.asks(careerbot.JID, pubsub)
    return list(answer.xml.iter(f"{{{PUBSUB}}}item"))


async def is_contact(guest):
    """Its presence, and what it publishes, is shown to who asks for it."""
    guest.client.send_presence(pto=careerbot.JID, ptype="subscribe")
    await guest.receives(lambda s: s.name == "presence" and s["type"] == "subscribed")


async def test_its_vcard_has_a_name_words_and_a_picture(world):
    guest, bot = await world.has_room_with_bot()
    await bot.logs(DONE)
    for jid in (careerbot.JID, BOT_IN_ROOM):
        card = await vcard_of(guest, jid)
        assert card["FN"].text == card["NICKNAME"].text == "careerbot"
        assert "Machine Learning Engineer" in (card.get("DESC", card.get("NOTE"))).text
        photo = {child.tag.partition("}")[2]: child.text for child in card["PHOTO"]}
        assert photo["TYPE"] == "image/png"
        assert base64.b64decode(photo["BINVAL"]) == PICTURE


async def test_its_presence_names_the_picture(world):
    guest, bot = await world.has_room_with_bot()
    photo = f".//{{{UPDATE}}}photo"
    shown = await guest.receives(
        lambda s: s.name == "presence" and s["from"] == BOT_IN_ROOM and s.xml.findtext(photo)
    )
    assert shown.xml.findtext(photo) == HASH
    assert shown.xml.find("{http://jabber.org/protocol/caps}c") is not None


async def test_its_avatar_and_nickname_are_published(world):
    guest, bot = await world.has_room_with_bot()
    await is_contact(guest)
    await bot.logs(DONE)
    (avatar,) = await items_of(guest, AVATAR)
    assert avatar.get("id") == HASH
    (data,) = await items_of(guest, "urn:xmpp:avatar:data")
    assert base64.b64decode(data[0].text) == PICTURE
    (nick,) = await items_of(guest, NICK)
    assert nick[0].text == "careerbot"


def published(bot):
    """How often it has published anything, in all of its runs."""
    sent = [line for line in bot.log(100000).splitlines() if "SENT: <iq" in line]
    return sum('type="set"' in line and ("<publish" in line or "<vCard" in line) for line in sent)


async def test_what_is_published_already_is_not_published_again(world):
    guest, bot = await world.has_room_with_bot()
    await bot.logs(DONE)
    first = published(bot)
    assert first >= 2
    bot.stop()
    bot.start()
    await bot.logs(f"(?s)online as.*online as.*{DONE}")
    await asyncio.sleep(1)
    assert published(bot) == first
    # … but what the settings change.
    bot.stop()
    bot.configure(profile={"name": "Ada"})
    bot.start()
    await bot.logs(f"(?s)online as.*online as.*online as.*{DONE}")
    assert (await vcard_of(guest))["FN"].text == "Ada"


async def test_a_profile_of_the_owners_making_is_left_alone(world):
    owner = await world.has_person(careerbot.ACCOUNT)
    card = element(f"{{{VCARD}}}vCard")
    card.append(element(f"{{{VCARD}}}FN", "Somebody"))
    card.append(element(f"{{{VCARD}}}URL", "https://example.org"))
    assert (await owner.asks(None, card, kind="set"))["type"] == "result"
    await owner.logout()
    guest, bot = await world.has_room_with_bot(profile="off")
    await asyncio.sleep(1)
    assert (await vcard_of(guest))["FN"].text == "Somebody"
    bot.stop()
    bot.configure()
    bot.start()
    await bot.logs(DONE)
    card = await vcard_of(guest)
    assert card["FN"].text == "careerbot"
    assert card["URL"].text == "https://example.org"  # none of the bot's business


async def test_who_answers_for_it_can_be_found(world):
    contacts = ["xmpp:admin@localhost", "mailto:abuse@example.org"]
    guest, _ = await world.has_room_with_bot(contact=contacts)
    info = await guest.asks(await bot_jid(guest), element(f"{{{DISCO}#info}}query"))
    (field,) = (
        f for f in info.xml.iter("{jabber:x:data}field") if f.get("var") == "abuse-addresses"
    )
    assert [value.text for value in field] == contacts


async def test_a_server_that_keeps_no_profile_is_fine(world):
    if world.kind == "ejabberd":
        kept = {name: MODULES[name] for name in MODULES.keys() - {"mod_vcard", "mod_pubsub"}}
        extra = {"modules": kept}
    else:
        extra = 'modules_disabled = { "s2s", "pep", "vcard4", "vcard_legacy" }'
    world.new_server(extra=extra).start()
    guest, bot = await world.has_room_with_bot()
    guest.says(BOT_IN_ROOM.partition("/")[0], "careerbot: what is machine learning?")
    await guest.hears(BOT_IN_ROOM)
    assert "vCard" not in "".join(
        line for line in bot.log(1000).splitlines() if "warning" in line or "error:" in line
    )

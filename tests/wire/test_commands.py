"""What people run by forms of their client, and what they can say instead."""

import slixmpp

import careerbot
from ejabberd import MODULES
from person import Unheard, element
from prosody import HOST, ROOMS
from sandbox import PATIENCE
from world import BOT_IN_ROOM, FIGURE, QUESTION, ROOM

COMMANDS = "http://jabber.org/protocol/commands"
FORMS = "jabber:x:data"
NEW_ROOM = f"other@{ROOMS}"
ADMINS = {"admins": [f"admin@{HOST}"]}
EVERYBODYS = {"ask", "topics", "about", "privacy"}
ADMINS_ALONE = {"join", "leave", "rooms", "say", "block", "report", "unblock", "status", "reload"}


class Runner:
    """Somebody whose client knows XEP-0050."""

    def __init__(self, person, bot_jid):
        self.person = person
        self.bot = bot_jid
        for plugin in ("xep_0030", "xep_0004", "xep_0050"):
            person.client.register_plugin(plugin)
        self.plugin = person.client["xep_0050"]

    async def nodes(self):
        items = await self.plugin.get_commands(self.bot)
        return {item[1] for item in items["disco_items"]["items"]}

    async def run(self, node, action="execute", session=None, **values):
        """One step. Returns its <command/>; what is given is filled in."""
        payload = None
        if values:
            payload = self.person.client["xep_0004"].make_form(ftype="submit")
            for var, value in values.items():
                payload.add_field(var=var, value=value)
        answer = await self.plugin.send_command(
            self.bot, node, action=action, sessionid=session, payload=payload, timeout=PATIENCE
        )
        return answer["command"]

    async def completes(self, node, **values):
        """A command of one form. Returns what is said in the end."""
        form = await self.run(node)
        assert form["status"] == "executing", form
        return words(await self.run(node, "complete", form["sessionid"], **values))

    async def refused(self, node, *args, **values):
        """Returns the conditions in the error."""
        try:
            unexpected = await self.run(node, *args, **values)
        except slixmpp.exceptions.IqError as error:
            tags = (child.tag for child in error.iq.xml.find("{jabber:client}error"))
            return [tag.partition("}")[2] for tag in tags if not tag.endswith("}text")]
        raise AssertionError(f"not refused: {unexpected}")


def words(command):
    """What a command that has ended says, by note and form."""
    assert command["status"] == "completed", command
    said = [note.text for note in command.xml.iter(f"{{{COMMANDS}}}note")]
    for field in command.xml.iter(f"{{{FORMS}}}field"):
        if field.get("type") != "hidden":
            said += [value.text for value in field.iter(f"{{{FORMS}}}value")]
    return "\n".join(said)


async def bot_jid(person):
    """Its full JID, which it has told who talks to it."""
    person.tells(careerbot.JID, QUESTION)
    return (await person.hears(careerbot.JID))["from"]


async def has_runner(world, account="friend"):
    person = await world.has_person(account)
    return Runner(person, await bot_jid(person))


async def test_everybody_sees_the_commands_of_everybody(world):
    await world.has_room_with_bot(**ADMINS)
    friend = await has_runner(world)
    assert await friend.nodes() == EVERYBODYS
    info = await friend.person.client["xep_0030"].get_info(friend.bot, node="ask")
    assert ("automation", "command-node") in {i[:2] for i in info["disco_info"]["identities"]}
    assert COMMANDS in info["disco_info"]["features"]
    whole = await friend.person.client["xep_0030"].get_info(friend.bot)
    assert COMMANDS in whole["disco_info"]["features"]


async def test_a_question_is_answered_by_form(world):
    await world.has_room_with_bot()
    friend = await has_runner(world)
    form = await friend.run("ask")
    assert form["status"] == "executing"
    assert form.xml.find(f".//{{{FORMS}}}required") is not None
    assert FIGURE in words(
        await friend.run("ask", "complete", form["sessionid"], question=QUESTION)
    )
    assert await friend.refused("ask", "complete", form["sessionid"], question=QUESTION) == [
        "not-allowed",
        "session-expired",
    ]


async def test_topics_lead_to_answers_and_back(world):
    await world.has_room_with_bot()
    friend = await has_runner(world)
    form = await friend.run("topics")
    options = {
        option.get("label"): option.find(f"{{{FORMS}}}value").text
        for option in form.xml.iter(f"{{{FORMS}}}option")
    }
    assert len(options) > 30
    assert "salary.india" in options.values()
    session = form["sessionid"]
    shown = await friend.run("topics", "next", session, topic="salary.india")
    assert shown["status"] == "executing"
    assert FIGURE in "\n".join(value.text for value in shown.xml.iter(f"{{{FORMS}}}value"))
    back = await friend.run("topics", "prev", session)
    assert len(list(back.xml.iter(f"{{{FORMS}}}option"))) == len(options)
    last = await friend.run("topics", "complete", session, topic="salary.new-york")
    assert "170,000" in words(last)


async def test_privacy_tells_and_erases(world):
    await world.has_room_with_bot()
    friend = await has_runner(world)  # has asked one question
    form = await friend.run("privacy")
    told = "\n".join(value.text for value in form.xml.iter(f"{{{FORMS}}}value"))
    assert ": 1" in told and "archives" in told, told
    assert "erased" in (await friend.completes("privacy", erase="1")).lower()
    friend.person.tells(careerbot.JID, "privacy")
    said = (await friend.person.hears(careerbot.JID))["body"]
    assert "nothing" in said.lower() and "archives" in said, said


async def test_plain_words_do_the_same(world):
    await world.has_room_with_bot(**ADMINS)
    friend = await world.has_person("friend")
    for said, wanted in (
        ("topics", "- What ML engineers earn in India"),
        ("about", "my version is 0."),
        ("privacy", "nothing"),
    ):
        friend.tells(careerbot.JID, said)
        heard = (await friend.hears(careerbot.JID))["body"]
        assert wanted.lower() in heard.lower(), heard


async def test_only_admins_by_their_own_address_may_command(world):
    guest, _ = await world.has_room_with_bot(**ADMINS)
    friend = await has_runner(world)
    for node in ADMINS_ALONE:
        assert await friend.refused(node) == ["forbidden"]
    assert await friend.refused("dance") == ["item-not-found"]
    # The nick is not the address, nor is a seat in the room.
    impostor = await world.has_person("guest", ROOM, "admin")
    through_room = Runner(impostor, BOT_IN_ROOM)
    assert await through_room.nodes() == EVERYBODYS
    assert await through_room.refused("join") == ["forbidden"]
    admin = await world.has_person("admin", ROOM, "boss")
    assert await Runner(admin, BOT_IN_ROOM).refused("join") == ["forbidden"]
    admin.says(BOT_IN_ROOM, f"join {NEW_ROOM}", kind="chat")
    assert "way" not in (await admin.hears(BOT_IN_ROOM))["body"]
    runner = Runner(admin, await bot_jid(admin))
    assert await runner.nodes() == EVERYBODYS | ADMINS_ALONE


async def test_an_admin_sends_it_into_a_room_for_good(world):
    _, bot = await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    said = await admin.completes("join", room=NEW_ROOM, nick="Clerk")
    assert NEW_ROOM in said and "restart" in said, said
    guest = await world.has_person("guest", NEW_ROOM, "visitor")
    await guest.sees(f"{NEW_ROOM}/Clerk")
    assert f"{NEW_ROOM}: in it as Clerk" in words(await admin.run("rooms"))

    assert bot.stop() == 0
    await guest.misses(f"{NEW_ROOM}/Clerk")
    bot.start()
    await guest.sees(f"{NEW_ROOM}/Clerk")
    admin.bot = await bot_jid(admin.person)
    assert "for good" in await admin.completes("leave", room=NEW_ROOM)
    await guest.misses(f"{NEW_ROOM}/Clerk")
    assert "in 1 of 1" in words(await admin.run("status"))


async def test_the_password_of_a_room_reaches_no_log(world):
    _, bot = await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    await admin.completes("join", room=NEW_ROOM, password="knock-knock")
    await bot.logs(f"in room {NEW_ROOM}")
    log = bot.log(100000)
    assert f"told by {admin.person.jid}: join {NEW_ROOM}" in log
    assert "jabber:x:data" in log
    assert "knock" not in log


async def test_an_admin_commands_in_plain_words(world):
    guest, _ = await world.has_room_with_bot(**ADMINS)
    admin = await world.has_person("admin")

    async def told(said):
        admin.tells(careerbot.JID, said)
        return (await admin.hears(careerbot.JID))["body"]

    assert NEW_ROOM in await told(f"join {NEW_ROOM}")
    visitor = await world.has_person("friend", NEW_ROOM)
    await visitor.sees(f"{NEW_ROOM}/careerbot")
    assert f"{NEW_ROOM}: in it as careerbot" in await told("rooms")
    assert "Said" in await told(f"say {ROOM} Tea is ready.")
    assert (await guest.hears(BOT_IN_ROOM))["body"] == "Tea is ready."
    assert "for good" in await told(f"leave {NEW_ROOM}")
    await visitor.misses(f"{NEW_ROOM}/careerbot")


async def test_an_admin_has_everything_loaded_anew(world):
    _, bot = await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    await admin.run("reload")
    assert "anew" in (await admin.person.hears(careerbot.JID))["body"]
    await bot.logs("reloaded: ")
    bot.configure([ROOM, "no room"], **ADMINS)
    admin.person.tells(careerbot.JID, "reload")
    assert "loading" in (await admin.person.hears(careerbot.JID))["body"]
    said = (await admin.person.hears(careerbot.JID))["body"]
    assert "as it was" in said and "no room" in said, said


async def test_the_server_keeps_away_whom_an_admin_blocks(world):
    await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    friend = await world.has_person("friend")
    friend.tells(careerbot.JID, QUESTION)
    await friend.hears(careerbot.JID)
    said = await admin.completes("block", address=friend.jid)
    assert "the server keeps it away" in said, said
    friend.tells(careerbot.JID, QUESTION)
    returned = await friend.receives(lambda s: s.name == "message")
    assert returned["type"] == "error", returned
    await admin.completes("unblock", address=friend.jid)
    friend.tells(careerbot.JID, QUESTION)
    assert FIGURE in (await friend.hears(careerbot.JID))["body"]


async def test_those_who_run_the_server_are_told_whom_an_admin_reports(world):
    world.needs("prosody", "what takes reports here is a module of Prosody's")
    world.new_server_with("reporting")
    await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    friend = await world.has_person("friend")
    said = await admin.completes("report", address=friend.jid)
    assert "know of the abuse" in said, said
    report = await admin.person.hears(HOST)
    assert report["body"] == f"{careerbot.JID} reports {friend.jid}: urn:xmpp:reporting:abuse"
    friend.tells(careerbot.JID, QUESTION)
    assert (await friend.receives(lambda s: s.name == "message"))["type"] == "error"


async def test_it_is_deaf_to_whom_an_admin_blocks_where_the_server_does_not(world):
    if world.kind == "ejabberd":
        extra = {"modules": {name: MODULES[name] for name in MODULES.keys() - {"mod_blocking"}}}
    else:
        extra = 'modules_disabled = { "s2s", "blocklist" }'
    world.new_server(extra=extra).start()
    await world.has_room_with_bot(**ADMINS)
    admin = await has_runner(world, "admin")
    friend = await world.has_person("friend")
    said = await admin.completes("block", address=friend.jid)
    assert "I do that alone" in said, said
    friend.tells(careerbot.JID, QUESTION)
    try:
        raise AssertionError(f"heard {await friend.hears(careerbot.JID, 1.5)}")
    except Unheard:
        pass


async def test_slips_in_the_protocol_get_their_errors(world):
    await world.has_room_with_bot()
    friend = await has_runner(world)
    assert await friend.refused("ask", "dance") == ["bad-request", "malformed-action"]
    assert await friend.refused("ask", "next") == ["bad-request", "bad-sessionid"]
    session = (await friend.run("ask"))["sessionid"]
    assert await friend.refused("ask", "prev", session) == ["bad-request", "bad-action"]
    assert await friend.refused("ask", "complete", session) == ["bad-request", "bad-payload"]
    cancelled = await friend.run("ask", "cancel", session)
    assert cancelled["status"] == "canceled"
    nodeless = await friend.person.asks(friend.bot, element(f"{{{COMMANDS}}}command"), "set")
    assert nodeless["error"]["condition"] == "item-not-found"

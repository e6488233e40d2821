"""A room that has lost the bot, and told neither it nor anybody else."""

import asyncio
import re

from clock import Clock
from server import HOST
from world import (
    BOT_IN_ROOM,
    FIGURE,
    QUESTION,
    ROOM,
    a_second_begins,
    nothing_else_was_answered,
)

ECHO = 30  # seconds after which what it says should have come back
SILENCE = 15 * 60  # after which it asks

# The room's process is left without what it knows of the account, wherever that stands.
FORGET = """\
Others = fun
    ({<<"careerbot">>, _, _}, _) -> false;
    (<<"careerbot">>, _) -> false;
    (_, _) -> true
end.
Without = fun
    (Map) when is_map(Map) -> maps:filter(Others, Map);
    (Field) -> Field
end.
Forget = fun
    (State) when element(1, State) =:= state ->
        list_to_tuple(lists:map(Without, tuple_to_list(State)));
    (Other) -> Other
end.
[sys:replace_state(Room, fun(Process) -> lists:map(Forget, Process) end)
    || {_, _, Room} <- mod_muc:get_online_rooms(<<"conference.localhost">>)].
"""


async def has_room_with_bot(world, room=ROOM):
    """Returns a guest, the bot, and its clock."""
    if world.kind == "prosody":
        world.new_server_with("forget")
    clock = Clock(world.sandbox)
    # Idle, it says nothing in the room by which it could find out.
    guest, bot = await world.has_room_with_idle_bot(rooms=[room], clock=clock)
    await a_second_begins()
    return guest, bot, clock


async def forgets_bot(world, witness):
    if world.kind == "prosody":
        witness.tells(HOST, BOT_IN_ROOM)
        await witness.hears(HOST)
    else:
        await world.server.evaluates(FORGET)


async def is_back_with_one_answer(guest, bot):
    await bot.logs(f"{ROOM} has forgotten us; going in again(.|\n)*in room {ROOM}")
    assert FIGURE in (await guest.hears(BOT_IN_ROOM))["body"]
    await nothing_else_was_answered(guest)


async def test_after_long_silence_it_asks_whether_it_is_still_there(world):
    guest, bot, clock = await has_room_with_bot(world)
    await forgets_bot(world, guest)
    guest.says(ROOM, f"careerbot: {QUESTION}")
    clock.passes(SILENCE - 60)
    await asyncio.sleep(3)
    assert not guest.has_got_from(ROOM) or guest.has_got_from(ROOM)[-1]["from"] != BOT_IN_ROOM
    clock.passes(120)
    await is_back_with_one_answer(guest, bot)


async def test_what_it_said_into_the_void_is_said_again(world):
    world.needs("prosody", "ejabberd tells who is not in the room that it is not")
    helpful = {"jid": ROOM, "speak": "when it can help", "wait": "1 min"}
    guest, bot, clock = await has_room_with_bot(world, helpful)
    guest.says(ROOM, QUESTION)
    await bot.logs(f"RECV: <message .*{re.escape(QUESTION)}")
    await forgets_bot(world, guest)
    clock.passes(80)
    await bot.logs('SENT: <message [^>]*type="groupchat"')
    clock.passes(ECHO)
    await is_back_with_one_answer(guest, bot)

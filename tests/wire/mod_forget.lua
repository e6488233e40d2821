-- For a test: a room forgets an occupant ("room@service/nick") whom a message to the server names. It
-- tells nobody, and passes over in silence what is said in it by those it does not know, as where the
-- link between two servers broke unseen.
local jid = require "util.jid";
local st = require "util.stanza";

module:hook("message/host", function(event)
	local seat = event.stanza:get_child_text("body");
	local service = select(2, jid.split(seat));
	local muc = prosody.hosts[service].modules.muc;
	local room = muc.get_room_from_jid(jid.bare(seat));
	local occupant = room:get_occupant_by_nick(seat);

	for session in occupant:each_session() do
		occupant:remove_session(session);
	end
	room:save_occupant(occupant);
	module:context(service):hook("message/bare", function(said)
		local from, to = said.stanza.attr.from, said.stanza.attr.to;
		return not muc.get_room_from_jid(to):get_occupant_by_real_jid(from) or nil;
	end, 100);
	event.origin.send(st.message({ to = event.stanza.attr.from, from = module.host }, "forgotten"));
	return true;
end);

-- What Prosody lacks for a test: a moderator takes a message down (XEP-0425), and the room announces
-- it in the form asked for, as newer and older services do.
local st = require "util.stanza";
local muc = module:depends "muc";

local retract, older_retract = "urn:xmpp:message-retract:1", "urn:xmpp:message-retract:0";
local moderate, older_moderate = "urn:xmpp:message-moderate:1", "urn:xmpp:message-moderate:0";

local function announcement(room, id, by, form)
	local message = st.message { type = "groupchat", from = room.jid };
	if form == "older" then
		return message:tag("apply-to", { xmlns = "urn:xmpp:fasten:0", id = id })
			:tag("moderated", { xmlns = older_moderate, by = by })
			:tag("retract", { xmlns = older_retract }):reset();
	end
	return message:tag("retract", { xmlns = retract, id = id })
		:tag("moderated", { xmlns = moderate, by = by }):reset();
end

module:hook("iq-set/bare/" .. moderate .. ":moderate", function(event)
	local origin, iq = event.origin, event.stanza;
	local room = muc.get_room_from_jid(iq.attr.to);
	local tag = iq.tags[1];
	room:broadcast_message(announcement(room, tag.attr.id,
		room:get_occupant_jid(iq.attr.from), tag.attr.form));
	origin.send(st.reply(iq));
	return true;
end);

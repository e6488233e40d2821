-- For a test: ends the streams of an account with a stream error, as a message to the server names
-- them: "account condition" or "account condition text-of-the-condition".
local st = require "util.stanza";

module:hook("message/host", function(event)
	local account, condition, text = event.stanza:get_child_text("body"):match("^(%S+) (%S+) ?(.*)$");
	local sessions = prosody.hosts[module.host].sessions[account].sessions;

	for _, session in pairs(sessions) do
		session:close(st.stanza("stream:error")
			:tag(condition, { xmlns = "urn:ietf:params:xml:ns:xmpp-streams" }):text(text):up());
	end
	return true;
end);

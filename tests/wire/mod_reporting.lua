-- What Prosody lacks for a test: it takes reports of abuse (XEP-0377), and passes them on to the admin.
local jid_bare = require "util.jid".bare;
local st = require "util.stanza";

local reporting = "urn:xmpp:reporting:1";

module:add_feature(reporting);

module:hook("iq-set/self/urn:xmpp:blocking:block", function(event)
	for item in event.stanza.tags[1]:childtags("item") do
		local report = item:get_child("report", reporting);

		if report then
			local by = jid_bare(event.stanza.attr.from or event.origin.full_jid);
			local words = ("%s reports %s: %s"):format(by, item.attr.jid, report.attr.reason);
			module:send(st.message({ to = "admin@" .. module.host, from = module.host }, words));
		end
	end
end, 10);

// Somebody with @xmpp/client: asks in the room, then directly, and ends when both are answered.
//
//     PASSWORD=... node script.mjs SERVICE ACCOUNT ROOM BOT QUESTION DIRECT-QUESTION
//
// Prints every message with a body that comes from the bot, as a line of JSON.
import { client, xml } from "@xmpp/client";

const [service, account, room, bot, question, directQuestion] = process.argv.slice(2);
const [username, domain] = account.split("@");
const xmpp = client({ service, domain, username, password: process.env.PASSWORD });

xmpp.timeout = 30000; // its own two seconds are little for a busy machine

const say = (to, type, body) =>
	xmpp.send(xml("message", { to, type, id: `asked-${type}` }, xml("body", {}, body)));

const isSelf = (stanza) =>
	stanza.getChildren("x").some((x) => x.getChildren("status").some((s) => s.attrs.code === "110"));

const report = (stanza) => {
	const { from, type } = stanza.attrs;
	const reply = stanza.getChild("reply", "urn:xmpp:reply:0")?.attrs.id ?? null;

	console.log(JSON.stringify({ from, type, reply, body: stanza.getChildText("body") }));
};

xmpp.on("stanza", async (stanza) => {
	const { from = "", type, id } = stanza.attrs;

	if (stanza.is("presence") && isSelf(stanza)) {
		await say(room, "groupchat", `careerbot: ${question}`);
	} else if (stanza.is("message") && id === "asked-groupchat") {
		const given = stanza.getChild("stanza-id", "urn:xmpp:sid:0").attrs.id;

		console.log(JSON.stringify({ given }));
	} else if (stanza.is("message") && stanza.getChild("body")) {
		if (from === `${room}/careerbot`) {
			report(stanza);
			await say(bot, "chat", directQuestion);
		} else if (from.startsWith(`${bot}/`) && type === "chat") {
			report(stanza);
			process.exit(); // stop() acknowledges too little for Prosody, and that ends in an error
		}
	}
});

xmpp.on("online", async () => {
	const join = xml("x", { xmlns: "http://jabber.org/protocol/muc" });

	await xmpp.send(xml("presence"));
	await xmpp.send(xml("presence", { to: `${room}/script` }, join));
});

xmpp.on("error", (error) => console.error(error));
await xmpp.start();

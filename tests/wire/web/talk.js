// A room of the private server, with the bot in it, for whoever opens the page: nobody logs in.
import "./converse/converse.min.js";

const { host, room, bot } = await (await fetch("place.json")).json();

converse.plugins.add("talk", {
	initialize() {
		const { api } = this._converse;
		const direct = document.getElementById("direct");

		direct.addEventListener("click", () => api.chats.open(bot, { maximized: true }, true));
	},
});

converse.initialize({
	assets_path: "converse/",
	authentication: "anonymous",
	auto_login: true,
	jid: host,
	websocket_url: `ws://${location.host}/xmpp-websocket`,
	discover_connection_methods: false,
	auto_join_rooms: [{ jid: room, nick: "you" }],
	allow_logout: false,
	play_sounds: false,
	show_desktop_notifications: false,
	view_mode: "fullscreen",
	// What makes no sense here, or would ask other servers for something.
	blacklisted_plugins: [
		"converse-bookmarks",
		"converse-omemo",
		"converse-push",
		"converse-register",
	],
	whitelisted_plugins: ["talk"],
});

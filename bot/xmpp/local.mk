noinst_LIBRARIES += libxmpp.a
libxmpp_a_SOURCES = \
	bot/xmpp/account.c bot/xmpp/account.h \
	bot/xmpp/adhoc.h \
	bot/xmpp/address.c bot/xmpp/address.h \
	bot/xmpp/archives.c bot/xmpp/archives.h \
	bot/xmpp/backoff.c bot/xmpp/backoff.h \
	bot/xmpp/blocking.c bot/xmpp/blocking.h \
	bot/xmpp/body.c bot/xmpp/body.h \
	bot/xmpp/caps.c bot/xmpp/caps.h \
	bot/xmpp/cause.c bot/xmpp/cause.h \
	bot/xmpp/chat.h \
	bot/xmpp/commands.c bot/xmpp/commands.h \
	bot/xmpp/ctx.c bot/xmpp/ctx.h \
	bot/xmpp/dialer.c bot/xmpp/dialer.h \
	bot/xmpp/dialogs.c bot/xmpp/dialogs.h \
	bot/xmpp/fold.c bot/xmpp/fold.h \
	bot/xmpp/form.c bot/xmpp/form.h \
	bot/xmpp/form_stanza.c bot/xmpp/form_stanza.h \
	bot/xmpp/identity.c bot/xmpp/identity.h \
	bot/xmpp/inbox.c bot/xmpp/inbox.h \
	bot/xmpp/invitation.c bot/xmpp/invitation.h \
	bot/xmpp/invitations.c bot/xmpp/invitations.h \
	bot/xmpp/jid.c bot/xmpp/jid.h \
	bot/xmpp/mam.c bot/xmpp/mam.h \
	bot/xmpp/mam_prefs.c bot/xmpp/mam_prefs.h \
	bot/xmpp/message.c bot/xmpp/message.h \
	bot/xmpp/ns.h \
	bot/xmpp/occupants.c bot/xmpp/occupants.h \
	bot/xmpp/outbox.c bot/xmpp/outbox.h \
	bot/xmpp/peers.c bot/xmpp/peers.h \
	bot/xmpp/presence.c bot/xmpp/presence.h \
	bot/xmpp/profile.c bot/xmpp/profile.h \
	bot/xmpp/pulse.c bot/xmpp/pulse.h \
	bot/xmpp/queries.c bot/xmpp/queries.h \
	bot/xmpp/race.c bot/xmpp/race.h \
	bot/xmpp/recent.c bot/xmpp/recent.h \
	bot/xmpp/reply.c bot/xmpp/reply.h \
	bot/xmpp/resolver.c bot/xmpp/resolver.h \
	bot/xmpp/room.c bot/xmpp/room.h \
	bot/xmpp/room_exit.c bot/xmpp/room_inner.h \
	bot/xmpp/room_stay.c \
	bot/xmpp/rooms.c bot/xmpp/rooms.h \
	bot/xmpp/rooms_seat.c bot/xmpp/rooms_inner.h \
	bot/xmpp/roster.c bot/xmpp/roster.h \
	bot/xmpp/services.c bot/xmpp/services.h \
	bot/xmpp/session.c bot/xmpp/session.h \
	bot/xmpp/session_stream.c bot/xmpp/session_inner.h \
	bot/xmpp/session_turn.c \
	bot/xmpp/spoken.c bot/xmpp/spoken.h \
	bot/xmpp/srv.c bot/xmpp/srv.h \
	bot/xmpp/stamp.c bot/xmpp/stamp.h \
	bot/xmpp/stanza.c bot/xmpp/stanza.h \
	bot/xmpp/stream.c bot/xmpp/stream.h \
	bot/xmpp/stream_login.c bot/xmpp/stream_inner.h \
	bot/xmpp/watchdog.c bot/xmpp/watchdog.h \
	bot/xmpp/wire.c bot/xmpp/wire.h
libxmpp_a_CPPFLAGS = $(xmpp_inc) $(STROPHE_CFLAGS) $(UTF8PROC_CFLAGS)

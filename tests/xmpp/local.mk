xmpp_test_inc = $(xmpp_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/xmpp \
	$(STROPHE_CFLAGS) $(CMOCKA_CFLAGS)
xmpp_test_libs = libxmpp.a libbase.a $(STROPHE_LIBS) $(RESOLV_LIBS) $(UTF8PROC_LIBS)

# For trying the wire by hand and from scripts; no test by itself.
noinst_PROGRAMS += tests/xmpp/parrot
tests_xmpp_parrot_SOURCES = tests/xmpp/parrot.c
tests_xmpp_parrot_CPPFLAGS = $(xmpp_inc) $(STROPHE_CFLAGS)
tests_xmpp_parrot_LDADD = $(xmpp_test_libs)

if HAVE_CMOCKA
check_PROGRAMS += tests/xmpp/test-address
tests_xmpp_test_address_SOURCES = tests/xmpp/test-address.c
tests_xmpp_test_address_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_address_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-archives
tests_xmpp_test_archives_SOURCES = tests/xmpp/test-archives.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_archives_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_archives_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-backoff
tests_xmpp_test_backoff_SOURCES = tests/xmpp/test-backoff.c
tests_xmpp_test_backoff_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_backoff_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-blocking
tests_xmpp_test_blocking_SOURCES = tests/xmpp/test-blocking.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_blocking_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_blocking_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-body
tests_xmpp_test_body_SOURCES = tests/xmpp/test-body.c
tests_xmpp_test_body_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_body_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-caps
tests_xmpp_test_caps_SOURCES = tests/xmpp/test-caps.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_caps_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_caps_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-cause
tests_xmpp_test_cause_SOURCES = tests/xmpp/test-cause.c
tests_xmpp_test_cause_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_cause_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-commands
tests_xmpp_test_commands_SOURCES = tests/xmpp/test-commands.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_commands_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_commands_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-dialer
tests_xmpp_test_dialer_SOURCES = tests/xmpp/test-dialer.c
tests_xmpp_test_dialer_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_dialer_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-fold
tests_xmpp_test_fold_SOURCES = tests/xmpp/test-fold.c
tests_xmpp_test_fold_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_fold_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-invitations
tests_xmpp_test_invitations_SOURCES = tests/xmpp/test-invitations.c tests/xmpp/xml.c \
	tests/xmpp/xml.h
tests_xmpp_test_invitations_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_invitations_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-jid
tests_xmpp_test_jid_SOURCES = tests/xmpp/test-jid.c
tests_xmpp_test_jid_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_jid_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-mam-prefs
tests_xmpp_test_mam_prefs_SOURCES = tests/xmpp/test-mam-prefs.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_mam_prefs_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_mam_prefs_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-message
tests_xmpp_test_message_SOURCES = tests/xmpp/test-message.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_message_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_message_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-occupants
tests_xmpp_test_occupants_SOURCES = tests/xmpp/test-occupants.c
tests_xmpp_test_occupants_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_occupants_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-peers
tests_xmpp_test_peers_SOURCES = tests/xmpp/test-peers.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_peers_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_peers_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-presence
tests_xmpp_test_presence_SOURCES = tests/xmpp/test-presence.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_presence_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_presence_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-profile
tests_xmpp_test_profile_SOURCES = tests/xmpp/test-profile.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_profile_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_profile_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-pulse
tests_xmpp_test_pulse_SOURCES = tests/xmpp/test-pulse.c
tests_xmpp_test_pulse_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_pulse_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-queries
tests_xmpp_test_queries_SOURCES = tests/xmpp/test-queries.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_queries_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_queries_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-race
tests_xmpp_test_race_SOURCES = tests/xmpp/test-race.c
tests_xmpp_test_race_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_race_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-recent
tests_xmpp_test_recent_SOURCES = tests/xmpp/test-recent.c
tests_xmpp_test_recent_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_recent_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-reply
tests_xmpp_test_reply_SOURCES = tests/xmpp/test-reply.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_reply_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_reply_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-resolver
tests_xmpp_test_resolver_SOURCES = tests/xmpp/test-resolver.c tests/xmpp/dns.c tests/xmpp/dns.h
tests_xmpp_test_resolver_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_resolver_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-room
tests_xmpp_test_room_SOURCES = tests/xmpp/test-room.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_room_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_room_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-rooms
tests_xmpp_test_rooms_SOURCES = tests/xmpp/test-rooms.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_rooms_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_rooms_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-roster
tests_xmpp_test_roster_SOURCES = tests/xmpp/test-roster.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_roster_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_roster_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-services
tests_xmpp_test_services_SOURCES = tests/xmpp/test-services.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_services_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_services_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-srv
tests_xmpp_test_srv_SOURCES = tests/xmpp/test-srv.c tests/xmpp/dns.c tests/xmpp/dns.h
tests_xmpp_test_srv_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_srv_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-stamp
tests_xmpp_test_stamp_SOURCES = tests/xmpp/test-stamp.c
tests_xmpp_test_stamp_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_stamp_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-stream
tests_xmpp_test_stream_SOURCES = tests/xmpp/test-stream.c
tests_xmpp_test_stream_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_stream_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-inbox
tests_xmpp_test_inbox_SOURCES = tests/xmpp/test-inbox.c tests/xmpp/xml.c tests/xmpp/xml.h
tests_xmpp_test_inbox_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_inbox_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)

check_PROGRAMS += tests/xmpp/test-session
tests_xmpp_test_session_SOURCES = tests/xmpp/test-session.c
tests_xmpp_test_session_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_test_session_LDADD = $(xmpp_test_libs) $(CMOCKA_LIBS)
endif

if FUZZING
noinst_PROGRAMS += tests/xmpp/fuzz-stanza
tests_xmpp_fuzz_stanza_SOURCES = tests/xmpp/fuzz-stanza.c
tests_xmpp_fuzz_stanza_CPPFLAGS = $(xmpp_inc) $(STROPHE_CFLAGS)
tests_xmpp_fuzz_stanza_LDADD = $(xmpp_test_libs)
tests_xmpp_fuzz_stanza_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
endif
EXTRA_DIST += tests/xmpp/fuzz-stanza.dict
dist_check_SCRIPTS += tests/xmpp/manual.test

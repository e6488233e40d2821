xmpp_test_inc = $(xmpp_inc) -I$(top_srcdir)/tests $(STROPHE_CFLAGS)
xmpp_test_libs = libxmpp.a libbase.a $(STROPHE_LIBS) $(UTF8PROC_LIBS)

# For trying the wire by hand and from scripts; no test by itself.
noinst_PROGRAMS += tests/xmpp/parrot
tests_xmpp_parrot_SOURCES = tests/xmpp/parrot.c
tests_xmpp_parrot_CPPFLAGS = $(xmpp_test_inc)
tests_xmpp_parrot_LDADD = $(xmpp_test_libs)

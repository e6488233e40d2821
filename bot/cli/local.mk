noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	bot/cli/ask.c bot/cli/ask.h \
	bot/cli/bot.c bot/cli/bot.h \
	bot/cli/check.c bot/cli/check.h \
	bot/cli/cli.c bot/cli/cli.h \
	bot/cli/exchange.h bot/cli/exchange_explain.c bot/cli/exchange_json.c \
	bot/cli/logging.c bot/cli/logging.h \
	bot/cli/options.c bot/cli/options.h \
	bot/cli/packs.c bot/cli/packs.h \
	bot/cli/rlimits.c bot/cli/rlimits.h \
	bot/cli/run.c bot/cli/run.h \
	bot/cli/setup.c bot/cli/setup.h \
	bot/cli/signals.c bot/cli/signals.h
libcli_a_CPPFLAGS = $(cli_inc) $(JANSSON_CFLAGS) \
	-DBINDIR='"$(bindir)"' -DPKGDATADIR='"$(pkgdatadir)"' -DSOURCEDIR='"$(abs_top_srcdir)"' \
	-DDEFAULT_SETTINGS='"$(sysconfdir)/careerbot/settings.yaml"'

bin_PROGRAMS += careerbot
careerbot_SOURCES = bot/main.c
careerbot_CPPFLAGS = $(cli_inc)
careerbot_LDADD = libcli.a libdesk.a libanswer.a libjournal.a libxmpp.a libsettings.a libtext.a \
	libbase.a $(STROPHE_LIBS) $(RESOLV_LIBS) $(PCRE2_LIBS) $(UTF8PROC_LIBS) $(HUNSPELL_LIBS) \
	$(SQLITE_LIBS) $(CRYPTO_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS)

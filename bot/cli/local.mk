noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	bot/cli/ask.c bot/cli/ask.h \
	bot/cli/check.c bot/cli/check.h \
	bot/cli/cli.h \
	bot/cli/exchange.h bot/cli/exchange_explain.c bot/cli/exchange_json.c \
	bot/cli/rlimits.c bot/cli/rlimits.h \
	bot/cli/logging.c bot/cli/logging.h \
	bot/cli/options.c bot/cli/options.h \
	bot/cli/packs.c bot/cli/packs.h \
	bot/cli/setup.c bot/cli/setup.h \
	bot/cli/signals.c bot/cli/signals.h
libcli_a_CPPFLAGS = $(cli_inc) $(JANSSON_CFLAGS) \
	-DBINDIR='"$(bindir)"' -DPKGDATADIR='"$(pkgdatadir)"' -DSOURCEDIR='"$(abs_top_srcdir)"' \
	-DDEFAULT_SETTINGS='"$(sysconfdir)/careerbot/settings.yaml"'

bin_PROGRAMS += careerbot
careerbot_SOURCES = bot/main.c
careerbot_CPPFLAGS = $(cli_inc)
careerbot_LDADD = libtext.a libbase.a $(FYAML_LIBS) $(JANSSON_LIBS)

if HAVE_CMOCKA
cli_test_inc = $(cli_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/cli \
	$(JANSSON_CFLAGS) $(CMOCKA_CFLAGS)
cli_test_libs = libcli.a libsettings.a libtext.a libbase.a \
	$(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
cli_test_help = \
	tests/cli/fake-answer.c tests/cli/fake-answer.h \
	tests/cli/terminal.c tests/cli/terminal.h
check_PROGRAMS += \
	tests/cli/test-ask \
	tests/cli/test-check \
	tests/cli/test-options \
	tests/cli/test-run
tests_cli_test_ask_SOURCES = $(cli_test_help) tests/cli/test-ask.c
tests_cli_test_ask_CPPFLAGS = $(cli_test_inc)
tests_cli_test_ask_LDADD = $(cli_test_libs)
tests_cli_test_check_SOURCES = $(cli_test_help) tests/cli/test-check.c
tests_cli_test_check_CPPFLAGS = $(cli_test_inc)
tests_cli_test_check_LDADD = $(cli_test_libs)
tests_cli_test_options_SOURCES = tests/cli/test-options.c
tests_cli_test_options_CPPFLAGS = $(cli_test_inc)
tests_cli_test_options_LDADD = $(cli_test_libs)
tests_cli_test_run_SOURCES = tests/cli/test-run.c
tests_cli_test_run_CPPFLAGS = $(cli_test_inc)
tests_cli_test_run_LDADD = $(cli_test_libs)
endif

dist_check_SCRIPTS += tests/cli/command-line.test

TEST_EXTENSIONS = .test
tap = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/.build-aux/tap-driver.sh
LOG_DRIVER = $(tap)
TEST_LOG_DRIVER = $(tap)
# TEST_DATA: tests read below the source folder and write only in the build folder.
# cmocka catches SIGSEGV, which would hide the sanitizer's trace.
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	TEST_DATA='$(abs_top_srcdir)'; export TEST_DATA; \
	TEST_BUILD='$(abs_top_builddir)'; export TEST_BUILD; \
	ASAN_OPTIONS=handle_segv=2; export ASAN_OPTIONS;

EXTRA_DIST += tests/testing.h

include tests/base/local.mk
include tests/text/local.mk
include tests/settings/local.mk
include tests/answer/local.mk
include tests/journal/local.mk
include tests/xmpp/local.mk
include tests/desk/local.mk
include tests/cli/local.mk
include tests/quality/local.mk
include tests/talks/local.mk
include tests/wire/local.mk
include tests/bench/local.mk
include tests/fuzz/local.mk

dist_check_SCRIPTS += tests/layers.test

TESTS += $(check_PROGRAMS) $(dist_check_SCRIPTS)

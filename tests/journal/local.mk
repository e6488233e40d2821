if HAVE_CMOCKA
check_PROGRAMS += tests/journal/test-joined tests/journal/test-lately tests/journal/test-opening \
	tests/journal/test-owing tests/journal/test-record
journal_test_inc = $(journal_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/journal \
	$(SQLITE_CFLAGS) $(CMOCKA_CFLAGS)
journal_test_libs = libjournal.a libbase.a $(SQLITE_LIBS) $(CRYPTO_LIBS) $(CMOCKA_LIBS)
tests_journal_test_joined_SOURCES = tests/journal/test-joined.c \
	tests/journal/world.c tests/journal/world.h
tests_journal_test_joined_CPPFLAGS = $(journal_test_inc)
tests_journal_test_joined_LDADD = $(journal_test_libs)
tests_journal_test_lately_SOURCES = tests/journal/test-lately.c
tests_journal_test_lately_CPPFLAGS = $(journal_test_inc)
tests_journal_test_lately_LDADD = $(journal_test_libs)
tests_journal_test_opening_SOURCES = tests/journal/test-opening.c \
	tests/journal/world.c tests/journal/world.h
tests_journal_test_opening_CPPFLAGS = $(journal_test_inc)
tests_journal_test_opening_LDADD = $(journal_test_libs)
tests_journal_test_owing_SOURCES = tests/journal/test-owing.c \
	tests/journal/world.c tests/journal/world.h
tests_journal_test_owing_CPPFLAGS = $(journal_test_inc)
tests_journal_test_owing_LDADD = $(journal_test_libs)
tests_journal_test_record_SOURCES = tests/journal/test-record.c \
	tests/journal/world.c tests/journal/world.h
tests_journal_test_record_CPPFLAGS = $(journal_test_inc)
tests_journal_test_record_LDADD = $(journal_test_libs)
endif

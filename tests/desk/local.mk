if HAVE_CMOCKA
desk_tests = tests/desk/test-bucket tests/desk/test-change tests/desk/test-desk \
	tests/desk/test-gap tests/desk/test-hold tests/desk/test-orders tests/desk/test-rivals \
	tests/desk/test-wish tests/desk/test-wording
check_PROGRAMS += $(desk_tests)
desk_test_inc = $(desk_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/desk \
	$(SQLITE_CFLAGS) $(CMOCKA_CFLAGS)
desk_test_libs = libdesk.a libjournal.a libxmpp.a libsettings.a libbase.a $(SQLITE_LIBS) $(CRYPTO_LIBS) $(CMOCKA_LIBS)
desk_world = tests/desk/world.c tests/desk/world.h \
	tests/desk/fake-answer.c tests/desk/fake-answer.h
tests_desk_test_bucket_SOURCES = tests/desk/test-bucket.c
tests_desk_test_bucket_CPPFLAGS = $(desk_test_inc)
tests_desk_test_bucket_LDADD = $(desk_test_libs)
tests_desk_test_change_SOURCES = tests/desk/test-change.c $(desk_world)
tests_desk_test_change_CPPFLAGS = $(desk_test_inc)
tests_desk_test_change_LDADD = $(desk_test_libs)
tests_desk_test_desk_SOURCES = tests/desk/test-desk.c $(desk_world)
tests_desk_test_desk_CPPFLAGS = $(desk_test_inc)
tests_desk_test_desk_LDADD = $(desk_test_libs)
tests_desk_test_gap_SOURCES = tests/desk/test-gap.c $(desk_world)
tests_desk_test_gap_CPPFLAGS = $(desk_test_inc)
tests_desk_test_gap_LDADD = $(desk_test_libs)
tests_desk_test_hold_SOURCES = tests/desk/test-hold.c $(desk_world)
tests_desk_test_hold_CPPFLAGS = $(desk_test_inc)
tests_desk_test_hold_LDADD = $(desk_test_libs)
tests_desk_test_orders_SOURCES = tests/desk/test-orders.c $(desk_world)
tests_desk_test_orders_CPPFLAGS = $(desk_test_inc)
tests_desk_test_orders_LDADD = $(desk_test_libs)
tests_desk_test_rivals_SOURCES = tests/desk/test-rivals.c
tests_desk_test_rivals_CPPFLAGS = $(desk_test_inc)
tests_desk_test_rivals_LDADD = $(desk_test_libs)
tests_desk_test_wish_SOURCES = tests/desk/test-wish.c
tests_desk_test_wish_CPPFLAGS = $(desk_test_inc)
tests_desk_test_wish_LDADD = $(desk_test_libs)
tests_desk_test_wording_SOURCES = tests/desk/test-wording.c \
	tests/desk/fake-answer.c tests/desk/fake-answer.h
tests_desk_test_wording_CPPFLAGS = $(desk_test_inc)
tests_desk_test_wording_LDADD = $(desk_test_libs)
endif

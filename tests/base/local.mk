if HAVE_CMOCKA
check_PROGRAMS += tests/base/test-buf tests/base/test-utf8
tests_base_test_buf_SOURCES = tests/base/test-buf.c
tests_base_test_buf_CPPFLAGS = $(base_inc) -I$(top_srcdir)/tests $(CMOCKA_CFLAGS)
tests_base_test_buf_LDADD = libbase.a $(CMOCKA_LIBS)
tests_base_test_utf8_SOURCES = tests/base/test-utf8.c
tests_base_test_utf8_CPPFLAGS = $(base_inc) -I$(top_srcdir)/tests $(CMOCKA_CFLAGS)
tests_base_test_utf8_LDADD = libbase.a $(CMOCKA_LIBS)
endif

if HAVE_CMOCKA
base_test_inc = $(base_inc) -I$(top_srcdir)/tests $(CMOCKA_CFLAGS)
base_test_libs = libbase.a $(CMOCKA_LIBS)
check_PROGRAMS += \
	tests/base/test-buf \
	tests/base/test-chance \
	tests/base/test-err \
	tests/base/test-log \
	tests/base/test-pool \
	tests/base/test-strmap \
	tests/base/test-utf8
tests_base_test_buf_SOURCES = tests/base/test-buf.c
tests_base_test_buf_CPPFLAGS = $(base_test_inc)
tests_base_test_buf_LDADD = $(base_test_libs)
tests_base_test_chance_SOURCES = tests/base/test-chance.c
tests_base_test_chance_CPPFLAGS = $(base_test_inc)
tests_base_test_chance_LDADD = $(base_test_libs)
tests_base_test_err_SOURCES = tests/base/test-err.c
tests_base_test_err_CPPFLAGS = $(base_test_inc)
tests_base_test_err_LDADD = $(base_test_libs)
tests_base_test_log_SOURCES = tests/base/test-log.c
tests_base_test_log_CPPFLAGS = $(base_test_inc)
tests_base_test_log_LDADD = $(base_test_libs)
tests_base_test_pool_SOURCES = tests/base/test-pool.c
tests_base_test_pool_CPPFLAGS = $(base_test_inc)
tests_base_test_pool_LDADD = $(base_test_libs)
tests_base_test_strmap_SOURCES = tests/base/test-strmap.c
tests_base_test_strmap_CPPFLAGS = $(base_test_inc)
tests_base_test_strmap_LDADD = $(base_test_libs)
tests_base_test_utf8_SOURCES = tests/base/test-utf8.c
tests_base_test_utf8_CPPFLAGS = $(base_test_inc)
tests_base_test_utf8_LDADD = $(base_test_libs)
endif

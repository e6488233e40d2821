if HAVE_CMOCKA
text_test_inc = $(text_inc) -I$(top_srcdir)/tests $(JANSSON_CFLAGS) $(CMOCKA_CFLAGS)
text_test_libs = libtext.a libbase.a $(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += \
	tests/text/test-closest \
	tests/text/test-json \
	tests/text/test-problems \
	tests/text/test-slip \
	tests/text/test-yaml
tests_text_test_closest_SOURCES = tests/text/test-closest.c
tests_text_test_closest_CPPFLAGS = $(text_test_inc)
tests_text_test_closest_LDADD = $(text_test_libs)
tests_text_test_json_SOURCES = tests/text/test-json.c
tests_text_test_json_CPPFLAGS = $(text_test_inc)
tests_text_test_json_LDADD = $(text_test_libs)
tests_text_test_problems_SOURCES = tests/text/test-problems.c
tests_text_test_problems_CPPFLAGS = $(text_test_inc)
tests_text_test_problems_LDADD = $(text_test_libs)
tests_text_test_slip_SOURCES = tests/text/test-slip.c
tests_text_test_slip_CPPFLAGS = $(text_test_inc)
tests_text_test_slip_LDADD = $(text_test_libs)
tests_text_test_yaml_SOURCES = tests/text/test-yaml.c
tests_text_test_yaml_CPPFLAGS = $(text_test_inc)
tests_text_test_yaml_LDADD = $(text_test_libs)
endif

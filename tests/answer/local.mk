if HAVE_CMOCKA
answer_test_inc = $(answer_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/answer $(CMOCKA_CFLAGS)
answer_test_libs = libanswer.a libtext.a libbase.a $(PCRE2_LIBS) $(UTF8PROC_LIBS) \
	$(HUNSPELL_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
answer_workshop = tests/answer/workshop.c tests/answer/workshop.h

check_PROGRAMS += tests/answer/test-normalise
tests_answer_test_normalise_SOURCES = tests/answer/test-normalise.c $(answer_workshop)
tests_answer_test_normalise_CPPFLAGS = $(answer_test_inc)
tests_answer_test_normalise_LDADD = $(answer_test_libs)
endif

if HAVE_CMOCKA
check_PROGRAMS += tests/talks/test-talks
tests_talks_test_talks_SOURCES = tests/talks/test-talks.c
tests_talks_test_talks_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests $(CMOCKA_CFLAGS)
tests_talks_test_talks_LDADD = libanswer.a libtext.a libbase.a $(PCRE2_LIBS) $(UTF8PROC_LIBS) \
	$(HUNSPELL_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
endif
EXTRA_DIST += \
	tests/talks/and-in-india.talk \
	tests/talks/change-of-subject.talk \
	tests/talks/compared.talk \
	tests/talks/correction.talk \
	tests/talks/forgotten.talk \
	tests/talks/greeting-and-question.talk \
	tests/talks/long-story.talk \
	tests/talks/named-before.talk \
	tests/talks/named-by-number.talk \
	tests/talks/new-topic-old-place.talk \
	tests/talks/nonsense.talk \
	tests/talks/not-this-but-that.talk \
	tests/talks/one-part-open.talk \
	tests/talks/over-there.talk \
	tests/talks/overheard.talk \
	tests/talks/own-topic.talk \
	tests/talks/persons.talk \
	tests/talks/remarks.talk \
	tests/talks/room-and-direct.talk \
	tests/talks/rooms-keep-talks-apart.talk \
	tests/talks/shorter.talk \
	tests/talks/source.talk \
	tests/talks/the-next-one.talk \
	tests/talks/the-second-one.talk \
	tests/talks/topic-first.talk \
	tests/talks/two-places.talk \
	tests/talks/two-questions.talk \
	tests/talks/typos.talk \
	tests/talks/uncovered-then-covered.talk \
	tests/talks/yes-and-no.talk

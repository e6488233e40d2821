if HAVE_CMOCKA
answer_test_inc = $(answer_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/answer $(CMOCKA_CFLAGS)
answer_test_libs = libanswer.a libtext.a libbase.a $(PCRE2_LIBS) $(UTF8PROC_LIBS) \
	$(HUNSPELL_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
answer_workshop = tests/answer/workshop.c tests/answer/workshop.h
answer_packs = tests/answer/packs.c tests/answer/packs.h
check_PROGRAMS += \
	tests/answer/test-answer \
	tests/answer/test-chart \
	tests/answer/test-chart-naive \
	tests/answer/test-clauses \
	tests/answer/test-facts \
	tests/answer/test-fields \
	tests/answer/test-followup \
	tests/answer/test-grammar \
	tests/answer/test-load \
	tests/answer/test-matcher \
	tests/answer/test-memory \
	tests/answer/test-mistakes \
	tests/answer/test-model \
	tests/answer/test-normalise \
	tests/answer/test-regexp \
	tests/answer/test-repair \
	tests/answer/test-spelling \
	tests/answer/test-talks \
	tests/answer/test-words
tests_answer_test_answer_SOURCES = tests/answer/test-answer.c $(answer_packs)
tests_answer_test_answer_CPPFLAGS = $(answer_test_inc)
tests_answer_test_answer_LDADD = $(answer_test_libs)
tests_answer_test_chart_SOURCES = tests/answer/test-chart.c $(answer_workshop)
tests_answer_test_chart_CPPFLAGS = $(answer_test_inc)
tests_answer_test_chart_LDADD = $(answer_test_libs)
tests_answer_test_chart_naive_SOURCES = tests/answer/test-chart-naive.c $(answer_workshop)
tests_answer_test_chart_naive_CPPFLAGS = $(answer_test_inc)
tests_answer_test_chart_naive_LDADD = $(answer_test_libs)
tests_answer_test_clauses_SOURCES = tests/answer/test-clauses.c $(answer_packs)
tests_answer_test_clauses_CPPFLAGS = $(answer_test_inc)
tests_answer_test_clauses_LDADD = $(answer_test_libs)
tests_answer_test_facts_SOURCES = tests/answer/test-facts.c $(answer_packs)
tests_answer_test_facts_CPPFLAGS = $(answer_test_inc)
tests_answer_test_facts_LDADD = $(answer_test_libs)
tests_answer_test_fields_SOURCES = tests/answer/test-fields.c
tests_answer_test_fields_CPPFLAGS = $(answer_test_inc)
tests_answer_test_fields_LDADD = $(answer_test_libs)
tests_answer_test_followup_SOURCES = tests/answer/test-followup.c $(answer_packs)
tests_answer_test_followup_CPPFLAGS = $(answer_test_inc)
tests_answer_test_followup_LDADD = $(answer_test_libs)
tests_answer_test_grammar_SOURCES = tests/answer/test-grammar.c $(answer_workshop)
tests_answer_test_grammar_CPPFLAGS = $(answer_test_inc)
tests_answer_test_grammar_LDADD = $(answer_test_libs)
tests_answer_test_load_SOURCES = tests/answer/test-load.c $(answer_packs)
tests_answer_test_load_CPPFLAGS = $(answer_test_inc)
tests_answer_test_load_LDADD = $(answer_test_libs)
tests_answer_test_matcher_SOURCES = tests/answer/test-matcher.c $(answer_workshop)
tests_answer_test_matcher_CPPFLAGS = $(answer_test_inc)
tests_answer_test_matcher_LDADD = $(answer_test_libs)
tests_answer_test_memory_SOURCES = tests/answer/test-memory.c $(answer_packs)
tests_answer_test_memory_CPPFLAGS = $(answer_test_inc)
tests_answer_test_memory_LDADD = $(answer_test_libs)
tests_answer_test_memory_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
tests_answer_test_mistakes_SOURCES = tests/answer/test-mistakes.c $(answer_packs)
tests_answer_test_mistakes_CPPFLAGS = $(answer_test_inc)
tests_answer_test_mistakes_LDADD = $(answer_test_libs)
tests_answer_test_model_SOURCES = tests/answer/test-model.c
tests_answer_test_model_CPPFLAGS = $(answer_test_inc)
tests_answer_test_model_LDADD = $(answer_test_libs)
tests_answer_test_normalise_SOURCES = tests/answer/test-normalise.c $(answer_workshop)
tests_answer_test_normalise_CPPFLAGS = $(answer_test_inc)
tests_answer_test_normalise_LDADD = $(answer_test_libs)
tests_answer_test_regexp_SOURCES = tests/answer/test-regexp.c
tests_answer_test_regexp_CPPFLAGS = $(answer_test_inc)
tests_answer_test_regexp_LDADD = $(answer_test_libs)
tests_answer_test_repair_SOURCES = tests/answer/test-repair.c $(answer_workshop)
tests_answer_test_repair_CPPFLAGS = $(answer_test_inc)
tests_answer_test_repair_LDADD = $(answer_test_libs)
tests_answer_test_spelling_SOURCES = tests/answer/test-spelling.c $(answer_workshop)
tests_answer_test_spelling_CPPFLAGS = $(answer_test_inc)
tests_answer_test_spelling_LDADD = $(answer_test_libs)
tests_answer_test_talks_SOURCES = tests/answer/test-talks.c
tests_answer_test_talks_CPPFLAGS = $(answer_test_inc)
tests_answer_test_talks_LDADD = $(answer_test_libs)
tests_answer_test_words_SOURCES = tests/answer/test-words.c $(answer_workshop)
tests_answer_test_words_CPPFLAGS = $(answer_test_inc)
tests_answer_test_words_LDADD = $(answer_test_libs)
endif
EXTRA_DIST += tests/quality/facts.tsv \
	tests/answer/packs/library/knowledge/answers.yaml \
	tests/answer/packs/library/knowledge/voice.yaml \
	tests/answer/packs/library/patterns/elsewhere.yaml \
	tests/answer/packs/library/patterns/library.yaml \
	tests/answer/packs/library/patterns/words.yaml

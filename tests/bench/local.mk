# How fast the engine is, at sizes that no person writes. Run by hand, on a quiet machine: `make bench`.
EXTRA_PROGRAMS = tests/bench/bench
tests_bench_bench_SOURCES = tests/bench/bench.c \
	tests/bench/corpus.c tests/bench/corpus.h \
	tests/bench/naive.c tests/bench/naive.h
tests_bench_bench_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/bench $(PCRE2_CFLAGS)
tests_bench_bench_LDADD = libanswer.a libtext.a libbase.a $(PCRE2_LIBS) $(UTF8PROC_LIBS) \
	$(HUNSPELL_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS)
CLEANFILES += $(EXTRA_PROGRAMS)

bench: tests/bench/bench$(EXEEXT)
	@tests/bench/bench$(EXEEXT) $(srcdir)

.PHONY: bench

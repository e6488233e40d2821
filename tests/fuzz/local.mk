# Bytes that somebody made up, for everything that reads text from outside. `make check` gives each
# target its seeds; with libFuzzer (CC=clang ./configure --enable-fuzzing --enable-sanitizers)
# `make fuzz FUZZ_SECONDS=600` searches from there.
fuzz_targets = \
	tests/fuzz/fuzz-ask \
	tests/fuzz/fuzz-knowledge \
	tests/fuzz/fuzz-normalise \
	tests/fuzz/fuzz-patterns \
	tests/fuzz/fuzz-regex \
	tests/fuzz/fuzz-settings \
	tests/fuzz/fuzz-srv \
	tests/fuzz/fuzz-template \
	tests/fuzz/fuzz-utf8

FUZZ_SECONDS = 10
if FUZZING
noinst_PROGRAMS += $(fuzz_targets)
fuzz_main = tests/fuzz/fuzz.h
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz: $(noinst_PROGRAMS)
	$(top_srcdir)/tests/fuzz/run . $(FUZZ_SECONDS)
else
check_PROGRAMS += $(fuzz_targets)
fuzz_main = tests/fuzz/fuzz.h tests/fuzz/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
fuzz:
	@echo 'this needs CC=clang ./configure --enable-fuzzing --enable-sanitizers' >&2; exit 1
endif
.PHONY: fuzz

fuzz_files = tests/fuzz/files.c
fuzz_base_libs = libbase.a $(UTF8PROC_LIBS)
fuzz_settings_libs = libsettings.a libtext.a libbase.a $(FYAML_LIBS) $(JANSSON_LIBS)
fuzz_answer_libs = libanswer.a libtext.a libbase.a $(PCRE2_LIBS) $(UTF8PROC_LIBS) \
	$(HUNSPELL_LIBS) $(FYAML_LIBS) $(JANSSON_LIBS)

tests_fuzz_fuzz_ask_SOURCES = tests/fuzz/fuzz-ask.c $(fuzz_main)
tests_fuzz_fuzz_ask_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_ask_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_ask_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_knowledge_SOURCES = tests/fuzz/fuzz-knowledge.c $(fuzz_main) $(fuzz_files)
tests_fuzz_fuzz_knowledge_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_knowledge_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_knowledge_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_normalise_SOURCES = tests/fuzz/fuzz-normalise.c $(fuzz_main)
tests_fuzz_fuzz_normalise_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_normalise_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_normalise_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_patterns_SOURCES = tests/fuzz/fuzz-patterns.c $(fuzz_main) $(fuzz_files)
tests_fuzz_fuzz_patterns_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_patterns_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_patterns_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_regex_SOURCES = tests/fuzz/fuzz-regex.c $(fuzz_main)
tests_fuzz_fuzz_regex_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_regex_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_regex_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_settings_SOURCES = tests/fuzz/fuzz-settings.c $(fuzz_main) $(fuzz_files)
tests_fuzz_fuzz_settings_CPPFLAGS = $(settings_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_settings_LDADD = $(fuzz_settings_libs)
tests_fuzz_fuzz_settings_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_srv_SOURCES = tests/fuzz/fuzz-srv.c $(fuzz_main)
tests_fuzz_fuzz_srv_CPPFLAGS = $(xmpp_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_srv_LDADD = libxmpp.a libbase.a $(RESOLV_LIBS)
tests_fuzz_fuzz_srv_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_template_SOURCES = tests/fuzz/fuzz-template.c $(fuzz_main) $(fuzz_files)
tests_fuzz_fuzz_template_CPPFLAGS = $(answer_inc) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_template_LDADD = $(fuzz_answer_libs)
tests_fuzz_fuzz_template_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_utf8_SOURCES = tests/fuzz/fuzz-utf8.c $(fuzz_main)
tests_fuzz_fuzz_utf8_CPPFLAGS = $(base_inc) $(UTF8PROC_CFLAGS) -I$(top_srcdir)/tests/fuzz
tests_fuzz_fuzz_utf8_LDADD = $(fuzz_base_libs)
tests_fuzz_fuzz_utf8_LDFLAGS = $(fuzz_ldflags)

EXTRA_DIST += \
	tests/fuzz/leaks \
	tests/fuzz/run \
	tests/fuzz/fuzz-ask.dict \
	tests/fuzz/fuzz-knowledge.dict \
	tests/fuzz/fuzz-normalise.dict \
	tests/fuzz/fuzz-patterns.dict \
	tests/fuzz/fuzz-regex.dict \
	tests/fuzz/fuzz-settings.dict \
	tests/fuzz/fuzz-srv.dict \
	tests/fuzz/fuzz-template.dict \
	tests/fuzz/fuzz-utf8.dict \
	tests/fuzz/seeds/ask/noise \
	tests/fuzz/seeds/ask/overheard \
	tests/fuzz/seeds/ask/slips \
	tests/fuzz/seeds/ask/talk \
	tests/fuzz/seeds/knowledge/answers.yaml \
	tests/fuzz/seeds/knowledge/empty-item.yaml \
	tests/fuzz/seeds/knowledge/mistakes.yaml \
	tests/fuzz/seeds/knowledge/voice.yaml \
	tests/fuzz/seeds/normalise/chatty \
	tests/fuzz/seeds/normalise/lower-case \
	tests/fuzz/seeds/normalise/numbers \
	tests/fuzz/seeds/normalise/spellings \
	tests/fuzz/seeds/normalise/twice \
	tests/fuzz/seeds/normalise/unicode \
	tests/fuzz/seeds/patterns/nothing-needed.yaml \
	tests/fuzz/seeds/patterns/decide.yaml \
	tests/fuzz/seeds/patterns/empty-ending.yaml \
	tests/fuzz/seeds/patterns/intents.yaml \
	tests/fuzz/seeds/patterns/language.yaml \
	tests/fuzz/seeds/patterns/mistakes.yaml \
	tests/fuzz/seeds/patterns/nothing-said.yaml \
	tests/fuzz/seeds/regex/backtracking \
	tests/fuzz/seeds/regex/kinds \
	tests/fuzz/seeds/regex/mistake \
	tests/fuzz/seeds/regex/unfinished-verb \
	tests/fuzz/seeds/regex/verb \
	tests/fuzz/seeds/regex/words \
	tests/fuzz/seeds/settings/mistakes.yaml \
	tests/fuzz/seeds/settings/small.yaml \
	tests/fuzz/seeds/settings/whole.yaml \
	tests/fuzz/seeds/srv/nothing \
	tests/fuzz/seeds/srv/refused \
	tests/fuzz/seeds/srv/weights \
	tests/fuzz/seeds/template/concepts \
	tests/fuzz/seeds/template/mistakes \
	tests/fuzz/seeds/template/nested \
	tests/fuzz/seeds/utf8/invalid \
	tests/fuzz/seeds/utf8/valid

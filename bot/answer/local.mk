noinst_LIBRARIES += libanswer.a
libanswer_a_SOURCES = \
	bot/answer/answer.c bot/answer/answer.h \
	bot/answer/asked.c bot/answer/asked.h \
	bot/answer/beliefs.c bot/answer/beliefs.h \
	bot/answer/chart.c bot/answer/chart.h \
	bot/answer/clauses.c bot/answer/clauses.h \
	bot/answer/compose.c bot/answer/compose.h \
	bot/answer/decide.c bot/answer/decide.h \
	bot/answer/dictionary.c bot/answer/dictionary.h \
	bot/answer/engine.c bot/answer/engine.h \
	bot/answer/explain.c bot/answer/explain.h \
	bot/answer/feature.c bot/answer/feature.h \
	bot/answer/fields.c bot/answer/fields.h \
	bot/answer/followup.c bot/answer/followup.h \
	bot/answer/grammar.c bot/answer/grammar.h \
	bot/answer/intents.c bot/answer/intents.h \
	bot/answer/knowledge.c bot/answer/knowledge.h \
	bot/answer/language.c bot/answer/language.h \
	bot/answer/lessons.c bot/answer/lessons.h \
	bot/answer/lint.c \
	bot/answer/load.c \
	bot/answer/matcher.c bot/answer/matcher.h \
	bot/answer/model.c bot/answer/model.h \
	bot/answer/normalise.c bot/answer/normalise.h \
	bot/answer/pattern_index.c bot/answer/pattern_index.h \
	bot/answer/phrase_index.c bot/answer/phrase_index.h \
	bot/answer/questions.c bot/answer/questions.h \
	bot/answer/rarity.c bot/answer/rarity.h \
	bot/answer/regexp.c bot/answer/regexp.h \
	bot/answer/repair.c bot/answer/repair.h \
	bot/answer/roles.c bot/answer/roles.h \
	bot/answer/spelling.c bot/answer/spelling.h \
	bot/answer/stem.c bot/answer/stem.h \
	bot/answer/talks.c bot/answer/talks.h \
	bot/answer/thresholds.c bot/answer/thresholds.h \
	bot/answer/utterance.h \
	bot/answer/whole.c bot/answer/whole.h \
	bot/answer/words.c bot/answer/words.h
libanswer_a_CPPFLAGS = $(answer_inc) $(PCRE2_CFLAGS) $(UTF8PROC_CFLAGS) $(HUNSPELL_CFLAGS)
